package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// A line that the judge doubts is kept if it is in a panel amid kept text. Each of the other pages differs from the
// first in one thing.
func TestPanelBounds(t *testing.T) {
	const line = "Who feeds the cat of the ferry on Sunday, when Magnus is ashore and the sexton has other things to do"
	const before, after, text = "<p>" + decideA + "</p>", "<p>" + decideB + "</p>", "<p>" + decideC + "</p>"
	clean := func(body string, opinion float32) string {
		return cleanJudged(t, "<!doctype html><html lang=en><title>Courses on the pier</title>"+body, judge.KindArticle,
			func(text string) float32 {
				if text == line {
					return opinion
				}
				return sureOpinion
			}).Text()
	}
	in := func(panel string) string {
		return "<body><h1>Courses on the pier</h1><div>" + before + panel + after + "</div>"
	}
	const panel = "<div class=panel><div>" + line + "</div>" + text + "</div>"
	box := strings.Replace(panel, "panel", "box", 1)
	for _, body := range []string{
		in(panel), in("<div class=panel><h3>" + line + "</h3>" + text + "</div>"),
		in("<div class=panel><blockquote>" + line + "</blockquote>" + text + "</div>"),
		in("<details open><summary>The cat</summary><div>" + line + "</div>" + text + "</details>"),
	} {
		assert.Contains(t, clean(body, 0.16), line, body)
	}
	assert.NotContains(t, clean(in(panel), 0.1), line, "the judge is sure")
	for _, body := range []string{
		in(box),
		in(strings.Replace(panel, line, "<a href=/cat>"+line+"</a>", 1)),
		in(strings.Replace(panel, line, "<a role=button>"+line+"</a>", 1)),
		in(strings.Replace(box, "<div>", "<div class=quoteExpand>", 1)),
		"<body><h1>Courses on the pier</h1><div>" + panel + before + after + "</div>",
		"<body><h1>Courses on the pier</h1><div>" + before + after + "<div class=panel>" + text + "<div>" + line +
			"</div></div></div>",
		"<body class=faq><h1>Courses on the pier</h1>" + before + box + after,
		"<body><main class=faq><h1>Courses on the pier</h1>" + before + box + after + "</main>",
		"<body><article class=faq><h1>Courses on the pier</h1>" + before + box + after + "</article>",
	} {
		assert.NotContains(t, clean(body, 0.16), line, body)
	}
}

// A heading is kept with the item below it, but no other line is.
func TestHeadingsOfItems(t *testing.T) {
	const line = "On the deck"
	const text = "<p>" + decideA + "</p><p>" + decideB + "</p><p>" + decideC + "</p>"
	clean := func(body string) string {
		page := "<!doctype html><html lang=en><title>Courses on the pier</title><body><h1>Courses on the pier</h1>" + text
		return cleanJudged(t, page+body, judge.KindArticle, func(text string) float32 {
			if text == line {
				return 0.01
			}
			return sureOpinion
		}).Text()
	}
	const items = "<ul><li>" + decideD + "</li><li>" + decideC + "</li></ul>"
	assert.Contains(t, clean("<h2>"+line+"</h2>"+items), line)
	assert.NotContains(t, clean("<div>"+line+"</div>"+items), line)
}

// A line that the judge doubts is kept below the headline of a manual's page, in what the page marks as its main part.
func TestMainPartOfManual(t *testing.T) {
	const line = "Who feeds the cat of the ferry on Sunday, when Magnus is ashore and the sexton has other things to do"
	const text = "<p>" + decideA + "</p><p>" + decideB + "</p><p>" + decideC + "</p>"
	clean := func(body string, kind judge.Kind, opinion float32) string {
		page := "<!doctype html><html lang=en><title>Courses on the pier</title><body>" + body
		return cleanJudged(t, page, kind, func(text string) float32 {
			if text == line {
				return opinion
			}
			return sureOpinion
		}).Text()
	}
	const content = "<h1>Courses on the pier</h1>" + text + "<div class=box><p>" + line + "</p></div>"
	for _, box := range []string{"<main>%s</main>", "<div role=main>%s</div>", "<article>%s</article>", "<section>%s</section>"} {
		body := fmt.Sprintf(box, content)
		assert.Contains(t, clean(body, judge.KindDocumentation, 0.35), line, box)
		assert.NotContains(t, clean(body, judge.KindDocumentation, 0.05), line, "the judge is sure")
		assert.NotContains(t, clean(body, judge.KindArticle, 0.35), line, box)
	}
	const footer = "<footer><p>The pier is closed on Sunday.</p></footer>"
	assert.NotContains(t, clean("<div>"+content+"</div>"+footer, judge.KindDocumentation, 0.35), line)
	outside := "<main><h1>Courses on the pier</h1>" + text + "</main><div class=box><p>" + line + "</p></div>"
	assert.NotContains(t, clean(outside, judge.KindDocumentation, 0.35), line)
}

// On a manual's page that consists of nothing but its text, such as a notebook, all of the text below the headline
// counts, also in a box of its own.
func TestBarePageOfManual(t *testing.T) {
	const line = "Who feeds the cat of the ferry on Sunday, when Magnus is ashore and the sexton has other things to do"
	clean := func(body string, kind judge.Kind) string {
		page := "<!doctype html><html lang=en><title>Courses on the pier</title><body>" + body + "</body></html>"
		return cleanJudged(t, page, kind, func(text string) float32 {
			if text == line {
				return 0.04
			}
			return sureOpinion
		}).Text()
	}
	const cell = "<div class=cell><h1>Courses on the pier</h1><p>" + decideA + "</p><p>" + decideB + "</p></div>"
	const doubted = "<div class=box><p>" + line + "</p></div>"
	assert.Contains(t, clean(cell+doubted, judge.KindDocumentation), line)
	assert.NotContains(t, clean(cell+doubted, judge.KindArticle), line)
	const footer = "<footer><p>The pier is closed on Sunday.</p></footer>"
	assert.NotContains(t, clean(cell+doubted+footer, judge.KindDocumentation), line)
	const menu = "<div class=cell><a href=/pier>The pier and its cats</a> <a href=/ferry>The ferry and its hens</a></div>"
	assert.NotContains(t, clean(strings.Repeat(menu, 9)+cell+doubted, judge.KindDocumentation), line)
}
