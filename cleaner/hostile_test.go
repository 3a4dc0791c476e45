package cleaner

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// shapes are pages of n parts, in shapes that make extractors take quadratic time.
var shapes = []struct {
	name  string
	n     int
	build func(b *strings.Builder, n int)
}{
	{"siblings", 100_000, func(b *strings.Builder, n int) {
		for i := range n {
			fmt.Fprintf(b, "<div class=item-%d>The tide was late for the %dth time, said Ada.</div>\n", i%100, i)
		}
	}},
	{"500 deep", 4_000, func(b *strings.Builder, n int) {
		b.WriteString(strings.Repeat("<div class=wrap>", 480))
		for i := range n {
			fmt.Fprintf(b, "<p>The %dth bus waited for the tide, as it does on Sundays.</p>\n", i)
		}
		b.WriteString(strings.Repeat("</div>", 480))
	}},
	{"parts of a caption", 50_000, func(b *strings.Builder, n int) {
		b.WriteString("<figure><img src=/pier.jpg><figcaption>" + strings.Repeat("<div>pier</div>", n) + "</figcaption></figure>")
	}},
	{"deeper than the limit of parsers", 50_000, func(b *strings.Builder, n int) {
		b.WriteString(strings.Repeat("<div>text ", n))
	}},
	{"links in a paragraph", 50_000, func(b *strings.Builder, n int) {
		b.WriteString("<p>")
		for i := range n {
			fmt.Fprintf(b, "<a href=/pier/%d>pier %d</a>, ", i, i)
		}
	}},
	{"links in a list", 50_000, func(b *strings.Builder, n int) {
		b.WriteString("<ul>")
		for i := range n {
			fmt.Fprintf(b, "<li><a href=/pier/%d>pier %d</a>", i, i)
		}
	}},
	{"line breaks", 1_000_000, func(b *strings.Builder, n int) { b.WriteString("<p>a" + strings.Repeat("<br>", n) + "b") }},
	{"lines", 100_000, func(b *strings.Builder, n int) { b.WriteString("<p>" + strings.Repeat("the tide is late<br>", n)) }},
	{"spans in a paragraph", 100_000, func(b *strings.Builder, n int) { b.WriteString("<p>" + strings.Repeat("<span>tide </span>", n)) }},
	{"unclosed links", 20_000, func(b *strings.Builder, n int) {
		for i := range n {
			fmt.Fprintf(b, "<a href=/%d>the tide ", i)
		}
	}},
	{"unclosed formatting", 20_000, func(b *strings.Builder, n int) { b.WriteString(strings.Repeat("<b><p>the tide is late ", n)) }},
	{"table cells", 50_000, func(b *strings.Builder, n int) {
		b.WriteString("<table>" + strings.Repeat("<tr><td>tide<td>late</tr>\n", n))
	}},
	{"nested lists", 50_000, func(b *strings.Builder, n int) { b.WriteString(strings.Repeat("<ul><li>tide</ul>", n)) }},
	{"forms", 20_000, func(b *strings.Builder, n int) {
		b.WriteString(strings.Repeat("<form class=subscribe><input type=email><p>the tide</p></form>", n))
	}},
	{"headings", 50_000, func(b *strings.Builder, n int) {
		b.WriteString("<title>The tide is late</title>" + strings.Repeat("<h2>The tide is late</h2>", n))
	}},
	{"signs", 100_000, func(b *strings.Builder, n int) {
		b.WriteString(strings.Repeat("<p>The bus waited for the tide, as it does on Sundays, and Ada went home by the pier with the mail and two sacks of flour.</p>", 20) + strings.Repeat("<p>*</p>", n))
	}},
	{"paragraphs in a link", 50_000, func(b *strings.Builder, n int) {
		text := strings.Repeat("<p>The bus waited for the tide, as it does on Sundays, and Ada went home by the pier with the mail and two sacks of flour.</p>", 20)
		b.WriteString(text + "<a href=/card>" + strings.Repeat("<div>tide late</div>", n) + "</a>" + text)
	}},
	{"related headings", 30_000, func(b *strings.Builder, n int) {
		b.WriteString(strings.Repeat("<h3>Read also:</h3><p><a href=/b>The tide is late</a></p>", n))
	}},
	{"a body in JSON", 10_000, func(b *strings.Builder, n int) {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, "The %dth bus waited for the tide, as it does on Sundays. ", i)
		}
		fmt.Fprintf(b, `<script type="application/ld+json">{"@type":"Article","articleBody":%q}</script>`, text.String())
		for i := range n {
			fmt.Fprintf(b, "<p>The %dth bus waited for the tide, as it does on Sundays.</p>\n", n-i-1)
		}
	}},
	{"one long word", 2_000_000, func(b *strings.Builder, n int) { b.WriteString("<p>" + strings.Repeat("a", n)) }},
	{"one long class", 500_000, func(b *strings.Builder, n int) {
		b.WriteString("<div class='" + strings.Repeat("a-b ", n) + "'><p>The tide is late, said Ada, and went home.</p></div>")
	}},
}

func shape(build func(b *strings.Builder, n int), n int) []byte {
	var b strings.Builder
	b.WriteString("<!doctype html><body>")
	build(&b, n)
	return []byte(b.String())
}

// BenchmarkShapes cleans the shapes. "x-html.Parse" is the time relative to the parser for the same bytes, if the
// parser accepts them. "growth" is the factor by which the time grows when the number of parts doubles: above 2.3 is
// worse than linear.
func BenchmarkShapes(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			half, whole := shape(s.build, s.n/2), shape(s.build, s.n)
			b.SetBytes(int64(len(whole)))
			clean := func(page []byte) time.Duration {
				start := time.Now()
				_, _ = Clean(bytes.NewReader(page), "https://quay.example/news/tide-and-bus") // no article is a valid result
				return time.Since(start)
			}
			parsed := true
			parse := func(page []byte) time.Duration {
				start := time.Now()
				_, err := html.Parse(bytes.NewReader(page))
				parsed = err == nil // no comparison if the page is too deep for the parser
				return time.Since(start)
			}
			var halves, wholes, parses time.Duration
			for b.Loop() {
				halves += clean(half)
				wholes += clean(whole)
				parses += parse(whole)
			}
			if parsed {
				b.ReportMetric(wholes.Seconds()/parses.Seconds(), "x-html.Parse")
			}
			b.ReportMetric(wholes.Seconds()/halves.Seconds(), "growth")
		})
	}
}
