package cleaner

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	outs := []string{"div", "span", "blockquote", "ul><li", "ol><li", "dl><dd", "table><tr><td", "section", "article", "figure", "aside", "details", "b", "em", "p", "h2", "pre", "code", "q", "a href=/x", "button", "form", "div class=comment", "div class=post", "div class=admonition", "div class=tab-panel", "div class=footnote", "div style='white-space:pre-wrap'", "label", "picture", "ruby", "noscript", "math", "svg", "object", "main", "header", "footer", "nav", "li", "sup", "div itemscope itemtype=https://schema.org/Comment itemprop=comment", "div class=highlight", "div role=note", "div class=gallery"}
	ins := []string{"x ", "<p>The tide is late, said Ada, and went.</p>", "<button>tide</button>", "<a href=/t>tide</a> ", "<br>", "<i>tide</i>", "<div>tide</div>", "<img src=/a.jpg alt=tide>", "<span class=line>tide is late</span>", "<li>tide", "<td>tide", "<sup><a href=#n1>1</a></sup>", "<time datetime=2026-01-02>2 Jan</time> ", "<h3>Tide</h3>", "<code>tide</code>\n", "<input type=checkbox>", "<dt>tide<dd>late", "<iframe src=https://player.example/x></iframe>", "<math><mi>x</mi></math>", "<svg><path d='M0 0'/></svg>", "<div class=comment><a href=/u/a>ada</a> <time>2 Jan 2026</time><p>The tide</p></div>"}
	tag := func(s string) string {
		var o string
		for _, p := range strings.Split(s, "><") {
			o += "<" + p + ">"
		}
		return o
	}
	end := func(s string) string {
		parts := strings.Split(s, "><")
		var o string
		for i := len(parts) - 1; i >= 0; i-- {
			o += "</" + strings.Fields(parts[i])[0] + ">"
		}
		return o
	}
	try := func(name string, page []byte) {
		start := time.Now()
		_, err := Clean(bytes.NewReader(page), "https://quay.example/news/tide-and-bus")
		if d := time.Since(start); d > 1500*time.Millisecond {
			fmt.Printf("%6.2f s %s %d KB %v\n", d.Seconds(), name, len(page)>>10, err)
		}
	}
	for _, o := range outs {
		for _, in := range ins {
			n := 1_000_000 / len(in)
			if n > 60_000 {
				n = 60_000
			}
			depth := 480 / (1 + strings.Count(o, "><"))
			try("deep "+o+" / "+in, []byte("<body>"+strings.Repeat(tag(o), depth)+strings.Repeat(in, n)+strings.Repeat(end(o), depth)))
			// many at each depth
			var b strings.Builder
			b.WriteString("<body>")
			for range depth {
				b.WriteString(tag(o) + strings.Repeat(in, max(1, n/depth)))
			}
			try("each "+o+" / "+in, []byte(b.String()))
			try("flat "+o+" / "+in, []byte("<body>"+strings.Repeat(tag(o)+in+end(o), min(n, 20000))))
			try("wide "+o+" / "+in, []byte("<body>"+strings.Repeat(tag(o)+strings.Repeat(in, 100)+end(o), min(n/100, 500))))
			comb := strings.Repeat(strings.Repeat(tag(o), 60)+in+strings.Repeat(end(o), 60), min(n/100, 400))
			try("comb "+o+" / "+in, []byte("<body>"+comb))
		}
	}
}
