package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// The titles of entries stay if a rule removes the date below them: they do not head sections that rules have emptied.
func TestEntriesWithDates(t *testing.T) {
	var rows strings.Builder
	titles := []string{"Rope work for beginners", "A night among the gulls", "How to read a tide table", "Soup for forty"}
	for k, title := range titles {
		fmt.Fprintf(&rows, "<div class=row><h3>%s</h3><p class=date>%d May 2031</p></div>", title, k+3)
	}
	article := cleanSurely(t, "<h1>Courses on the pier</h1><p>"+decideA+"</p><p>"+decideB+"</p>"+rows.String()+"<p>"+decideC+"</p>")
	for _, title := range titles {
		assert.Contains(t, article.Text(), title)
	}
	removed := false
	for _, r := range article.Removed {
		removed = removed || r.Rule == "date-line"
	}
	assert.True(t, removed, "no rule removed a date")
}

// A headline below most of the text is the heading of one part of the page, and the text above it stays.
func TestHeadlineBelowTheText(t *testing.T) {
	intro := "<p>" + decideA + "</p><p>" + strings.Join(teaserExcerpts, "</p><p>") + "</p>"
	last := "<p>" + decideD + "</p><p>Nobody asked whose moths they had been, and the coat went back into the wardrobe, " +
		"where it has been since, with the door closed and a chair in front of it.</p>"
	text := cleanSurely(t, intro+"<h1>Courses on the pier</h1>"+last).Text()
	assert.Contains(t, text, decideA)
	assert.Contains(t, text, decideD)
	text = cleanSurely(t, intro+"<h1>Courses on the pier</h1>"+strings.Repeat(last, 3)).Text()
	assert.Contains(t, text, decideA, "the first third of the text")
	text = cleanSurely(t, "<p>"+decideB+"</p><h1>Courses on the pier</h1>"+last+intro).Text()
	assert.NotContains(t, text, decideB, "above the headline of an article")
}

// A copy of a box is dropped, with the heading above it. Single paragraphs may be repeated, and text within one box.
func TestRepeatedText(t *testing.T) {
	const short = "Bring a coat that may get wet."
	text := "<p>" + short + "</p><p>" + decideA + "</p>"
	box := "<div>" + text + "</div>"
	article := cleanSurely(t, "<h1>Courses on the pier</h1><p>"+decideC+"</p><h2>The crossing</h2>"+box+
		"<p>"+decideD+"</p><h2>On a telephone</h2>"+box+"<h2>The wardrobe</h2><p>"+decideB+"</p><p>"+decideC+"</p>")
	got := article.Text()
	assert.Equal(t, 1, strings.Count(got, decideA))
	assert.Equal(t, 1, strings.Count(got, short))
	assert.Equal(t, 2, strings.Count(got, decideC))
	assert.NotContains(t, got, "On a telephone")
	var copies []string
	for _, r := range article.Removed {
		if r.Rule == repeatRule.name {
			copies = append(copies, r.Text)
		}
	}
	assert.Equal(t, []string{short, decideA}, copies)
	got = cleanSurely(t, "<h1>Courses on the pier</h1><div>"+text+"<p>"+decideB+"</p>"+text+"</div>").Text()
	assert.Equal(t, 2, strings.Count(got, decideA), "the author repeats it")
}

// A quotation or an aside that contains nothing but a part of a paragraph is a pull quote. Boxes of several paragraphs,
// and quotations that say something else, stay.
func TestRepeatedQuote(t *testing.T) {
	const quote = "nobody wants to be the one who stops it"
	around := func(box string) string {
		return cleanSurely(t, "<h1>Courses on the pier</h1><p>"+decideA+"</p>"+box+"<p>The bell rings at noon, because "+
			quote+", and the sexton least of all.</p><p>"+decideB+"</p><p>"+decideC+"</p>").Text()
	}
	for _, box := range []string{
		"<blockquote><p>“Nobody wants to be the one who stops it.”</p></blockquote>",
		"<div><aside><q>Nobody wants to be the one who stops it</q></aside></div>",
		`<div class="article__quote"><svg></svg><p>Nobody wants to be the one who stops it</p></div>`,
		"<figure><blockquote>Nobody wants to be the one who stops it</blockquote><figcaption>Ada Pell</figcaption></figure>",
	} {
		got := around(box)
		assert.NotContains(t, got, "Nobody wants", box)
		assert.NotContains(t, got, "Ada Pell", box)
		assert.Contains(t, got, quote, box)
	}
	for _, box := range []string{
		"<blockquote><p>Nobody wants to be the one who stops it, says the mayor.</p></blockquote>",
		"<aside><p>Nobody wants to be the one who stops it.</p><p>Bring a coat that may get wet.</p></aside>",
		"<aside><p>Bring a coat that may get wet.</p><p>Nobody wants to be the one who stops it.</p></aside>",
		"<aside><p>Nobody wants to be the one who stops it</p><p>Ada Pell</p><p>Bring a coat that may get wet.</p></aside>",
		"<aside><p>Nobody wants to be the one <a href=/noon>who stops it</a></p></aside>",
		"<aside><h3>Nobody wants to be the one who stops it</h3></aside>",
		"<aside><p>Nobody wants to be the one who stops it</p><p>Ada Pell, who rings the bell at noon and at six</p></aside>",
		`<div class="box"><p>Nobody wants to be the one who stops it</p></div>`,
		`<section class="quote"><p>Nobody wants to be the one who stops it</p></section>`,
		"<p>Nobody wants to be the one who stops it.</p>",
	} {
		assert.Contains(t, around(box), "Nobody wants", box)
	}
}

// A list without links stays if the text around it in the same box stays, or if it ends that box. The judge is unsure
// about short items.
func TestPlainLists(t *testing.T) {
	const text, after = "<p>" + decideA + "</p><p>" + decideB + "</p>", "<p>" + decideC + "</p>"
	const list = "<h2>On the deck</h2><ul><li>a crate of hens</li><li>one wardrobe</li></ul>"
	clean := func(body string) string {
		page := `<!doctype html><html lang="en"><title>Courses on the pier</title><body><h1>Courses on the pier</h1>`
		return cleanJudged(t, page+body, judge.KindArticle, func(text string) float32 {
			if len(text) < 40 {
				return -1
			}
			return sureOpinion
		}).Text()
	}
	for _, body := range []string{
		"<div>" + text + list + after + "</div>",
		"<div>" + text + after + list + "</div>",
	} {
		assert.Contains(t, clean(body), "On the deck\n\n- a crate of hens\n- one wardrobe", body)
	}
	for _, body := range []string{
		"<div>" + text + "</div><div>" + list + "</div>" + after,
		"<div>" + text + list + "<p>All rights reserved.</p></div>",
		"<div>" + text + "<ul><li><a href=/a>a crate of hens</a></li></ul>" + after + "</div>",
	} {
		assert.NotContains(t, clean(body), "a crate of hens", body)
	}
}

// cleanSurely cleans a page with the title "Courses on the pier" for a judge that is sure that all of it is content.
func cleanSurely(t *testing.T, body string) *Article {
	t.Helper()
	page := `<!doctype html><html lang="en"><title>Courses on the pier</title><body>` + body
	return cleanJudged(t, page, judge.KindService, func(string) float32 { return sureOpinion })
}

// The header of an accordion's section contains only the question: the answer is outside of it, and both stay.
func TestHeaderOfItsOwn(t *testing.T) {
	var rows strings.Builder
	questions := []string{"How do I raise the riser?", "Does it need any tools?", "Who feeds the cat?"}
	for k, question := range questions {
		fmt.Fprintf(&rows, `<div class=section><div class=top id=h%d><button aria-expanded=false aria-controls=c%d>%s</button></div>
<div id=c%d class=collapse aria-labelledby=h%d><div class=body><p>%s</p></div></div></div>`, k, k, question, k, k, teaserExcerpts[k])
	}
	text := cleanSurely(t, "<h1>Courses on the pier</h1><p>"+decideA+"</p><p>"+decideB+"</p>"+rows.String()).Text()
	for k, question := range questions {
		assert.Contains(t, text, question+"\n\n"+teaserExcerpts[k])
	}
}
