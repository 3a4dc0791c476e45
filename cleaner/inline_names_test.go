package cleaner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// inlineHosts are blocks of a page. PROBE is replaced by an inline element and the text around it.
var inlineHosts = []string{
	`<p>PROBE</p>`,
	`<ul><li>Wait for slack water.</li><li>PROBE</li><li>Keep the goats below deck.</li></ul>`,
	`<table><tr><th>Boat</th><th>What the log says</th></tr><tr><td>Havsula</td><td>PROBE</td></tr><tr><td>Terna</td><td>Laid up for the winter with a cracked rudder.</td></tr></table>`,
	`<blockquote>PROBE</blockquote>`,
	`<h2>PROBE</h2><p>The harbour office keeps the minutes of that meeting in a biscuit tin, and lends them to anyone who asks politely.</p>`,
	`<figure><img src="/quay.jpg" width="640" height="480" alt=""><figcaption>PROBE</figcaption></figure>`,
}

// inlineTags are the inline elements, before the attributes that name them are added. The test uses them in turn.
var inlineTags = []string{"span", "time", "a href=\"/places/tollvik\"", "b", "em", "small"}

// inlineAround has pairs of texts: one before and one after the inline element.
var inlineAround = [][2]string{
	{"", " woke early, for the cable had come after nine years of waiting."},
	{"After nine years of waiting the whole town of ", " woke early, for the cable had come."},
	{"The cable had come, and nobody slept that night in the town of ", "."},
	{"", " — the cable has come, after nine years."},
	{"", " has its cable."},
}

// inlineAttributes returns attributes that say what an element is: class and id with all names that the rules know, and
// other attributes with the values that the rules know.
func inlineAttributes() []string {
	zoned := slices.Sorted(slices.Values(zone.Names()))
	var all []string
	for k, name := range zoned {
		data := []string{"data-component", "data-testid"}[k%2]
		all = append(all, `class="`+name+`"`, `class="story__`+name+`"`, `id="`+name+`"`, data+`="`+name+`"`)
	}
	others := []string{"hidden", "print-only", "no-print", "cookie-notice", "cookie-banner", "consent-message", "gdpr", "username", "poster"}
	for _, stems := range judge.Families {
		others = append(others, stems...)
	}
	for _, name := range others {
		all = append(all, `class="`+name+`"`)
	}
	all = append(all, `id="cookie-notice"`, `id="consent"`)
	for _, role := range []string{"navigation", "search", "tab", "note", "button", "link", "complementary", "contentinfo", "banner", "form", "status", "alert"} {
		all = append(all, `role="`+role+`"`)
	}
	for _, prop := range []string{"comment", "author", "datePublished", "dateModified", "publisher", "keywords", "articleSection", "headline"} {
		all = append(all, `itemprop="`+prop+`"`)
	}
	for _, of := range []string{"BreadcrumbList", "Comment", "UserComments", "Person", "Organization"} {
		all = append(all, `itemscope itemtype="https://schema.org/`+of+`"`)
	}
	return append(all, `rel="tag"`, `rel="author"`, `rel="next"`, `rel="prev"`)
}

func inlinePage(blocks string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The day of the cable | The Tollvik Courier</title>
<meta name="author" content="Astrid Lunde"><meta property="article:published_time" content="2024-05-14T08:30:00+02:00"></head><body>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>The day of the cable</h1>
<p>The harbour at Tollvik has had a ferry since 1871, and for most of that time nobody asked what it cost. It carried fish, furniture and the occasional bride.</p>
<p>That changed in March, when the county published figures showing that each crossing loses the price of a modest dinner. Within a week there were two petitions.</p>
` + blocks + `
<p>The new boat would be electric, forty metres long, and able to turn in the width of a football pitch. Its batteries would charge at each quay, provided the cable is replaced first.</p>
<p>Replacing the cable is the expensive part. The seabed there is a shelf of slate with a layer of old anchors on top, and the contractor described the job as dentistry.</p>
</article><footer><p>© 2024 The Tollvik Courier</p></footer></body></html>`
}

// The name of an inline element describes that element only, not the block that contains it.
func TestInlineNamesKeepBlocks(t *testing.T) {
	for k, attribute := range inlineAttributes() {
		for at, around := range inlineAround {
			tag := inlineTags[(k+at)%len(inlineTags)]
			name, _, _ := strings.Cut(tag, " ")
			for half := range 2 { // all hosts on one page would look like a list of articles
				hosts := inlineHosts[3*half : 3*half+3]
				var blocks strings.Builder
				for h, host := range hosts {
					part := fmt.Sprintf("<%s %s>%s</%s>", tag, attribute, placeName(h), name)
					blocks.WriteString(strings.ReplaceAll(host, "PROBE", around[0]+part+around[1]) + "\n")
				}
				a, err := Clean(strings.NewReader(inlinePage(blocks.String())), "https://www.tollvikcourier.example/news/cable")
				require.NoError(t, err)
				text := a.Text() + "\n" + inlineMarks.ReplaceAllString(a.HTML(), "") // captions are only in the HTML
				for h, host := range hosts {
					if want := around[0] + placeName(h) + around[1]; !strings.Contains(text, want) {
						assert.Fail(t, "a block is gone", "%s %s in %s, place %d\n%+v", name, attribute, host, at, a.Removed)
					}
				}
			}
		}
	}
}

func placeName(h int) string { return fmt.Sprintf("Tollvik %c", 'A'+h) }

// inlineMarks matches the start tags and end tags of inline elements.
var inlineMarks = regexp.MustCompile(`</?(a|b|em|small|span|strong|time)\b[^>]*>`)
