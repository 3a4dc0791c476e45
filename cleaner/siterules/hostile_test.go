package siterules

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

const hostileText = "<p>The bell of the wreck was rung for the first time in ninety years, by a diver who had lost a bet.</p>"

// hostilePages returns pages that are deep, wide or both, or have much text.
func hostilePages(tb testing.TB) map[string]*htmldoc.Document {
	tb.Helper()
	markup := map[string]string{
		"deep":  strings.Repeat("<div class=a><b>", 240) + hostileText,
		"wide":  hostileText + "<ul>" + strings.Repeat("<li class=a>", 4_000) + "</ul>",
		"bushy": strings.Repeat(strings.Repeat("<div>", 200)+"<i>"+strings.Repeat("</div>", 200), 40) + hostileText,
		"long":  strings.Repeat("<div class=a>", 100) + strings.Repeat(hostileText, 1000),
	}
	pages := make(map[string]*htmldoc.Document)
	for name, m := range markup {
		doc, err := htmldoc.Parse(strings.NewReader("<!doctype html><title>The bell</title><body>"+m),
			htmldoc.Source{URL: "https://wreck.example/bell"})
		require.NoError(tb, err)
		pages[name] = doc
	}
	return pages
}

// hostileSelectors are selectors that, without a limit on their steps, would take minutes on some of the pages.
var hostileSelectors = []string{
	strings.Repeat("div ", 40) + "#none", strings.Repeat("* > ", 30) + "* #none", strings.Repeat("li ~ ", 20) + "#none",
	"li:nth-last-child(2n+1):nth-of-type(3n+2)", "*:has(*:has(#none))", "*:not(:has(div div))", ":contains(none)",
	":matches((a|b|ab)*c)", "*:has(b:contains(none))",
	"//*[.//*[.//*[.//*]]]", strings.Repeat("//*", 30), "//*[contains(., 'none')]", "//*[count(preceding::*) > 1]",
	"//*[count(//*[count(//*) > 3]) > 2]", "//li[last()]/preceding-sibling::li[position() mod 2 = 1]",
	"//*[.//text() = //*/text()]", "(//* | //*/* | //*/*/*)[. = //*]", "//*/ancestor::*/descendant::*/ancestor::*",
	"xpath:string-join(//*/ancestor::*, ',')", "xpath:concat(//*, //*, //*)", "xpath:sum(//*/following::*)",
	"//*[matches(., '(x+x+)+y')]", "//*[translate(., 'abc', 'xyz') = replace(., 'a', 'b')]",
	"xpath:" + strings.Repeat("(", 1000) + "//a" + strings.Repeat(")", 1000),
}

// A costly selector stops when its budget is used up, on any page. Without budgets, most of the selectors would take
// minutes, and the test binary's timeout would end the test.
func TestHostileSelectorsEnd(t *testing.T) {
	for name, doc := range hostilePages(t) {
		t.Run(name, func(t *testing.T) {
			costly := 0
			for _, text := range hostileSelectors {
				s, err := compile(text)
				if err != nil {
					continue // rejected at once
				}
				b := newBudget(doc.Root)
				b.begin()
				s.find(doc.Root, b)
				if b.spent {
					costly++
				}
			}
			assert.Positive(t, costly)
		})
	}
}

// All selectors on a page together have a budget, too.
func TestManyCostlySelectors(t *testing.T) {
	doc := hostilePages(t)["wide"]
	text := "keep:\n" + strings.Repeat("  - //*[count(preceding::*) > 9999999]\n", 500)
	rules, err := Parse("wreck.example.yaml", []byte(text))
	require.NoError(t, err)
	require.NotNil(t, rules.Match(doc, doc.URL))
	assert.Len(t, rules.Unmatched(), 1000, "each is unmatched, and costly")
}

// A page can be cleaned after rules have replaced texts and wrapped, moved and dissolved elements many times.
func TestHostileEdits(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute under the race detector")
	}
	var directives strings.Builder
	for range 40 {
		directives.WriteString("replace_string(e): eeeeeeeeee\nreplace_string(<b>): <b><b>\n")
		directives.WriteString("wrap_in(blockquote): //*\nmove_into(//p): //div\nmove_into(//div): //p\ndissolve: //b\n")
	}
	directives.WriteString("replace_string(): x\nstrip_attr: //@*\nwrap_in(script): //p\nbody: //p\n")
	rules, err := LoadFS(fstest.MapFS{"wreck.example.txt": {Data: []byte(directives.String())}})
	require.NoError(t, err)
	for name, doc := range hostilePages(t) {
		if name == "wide" || name == "long" {
			continue // 40 passes over so many elements take too long
		}
		t.Run(name, func(t *testing.T) {
			before := countNodes(doc)
			a, err := cleaner.New(cleaner.Options{SiteRules: rules}).CleanDocument(doc)
			if err == nil {
				assert.NotContains(t, a.HTML(), "<script")
			} else {
				require.ErrorIs(t, err, cleaner.ErrNoArticle)
			}
			assert.Equal(t, before, countNodes(doc), "the page is not changed")
		})
	}
}

func countNodes(doc *htmldoc.Document) (n int) {
	for range doc.Root.Descendants() {
		n++
	}
	return n
}

// Whatever rules select, no script is rendered.
func TestNothingRuns(t *testing.T) {
	const page = `<!doctype html><title>The bell</title><body onload="run()"><article onclick="run()">` + hostileText + `
<script>run("kept-script")</script><style>.kept-style{}</style><a href="javascript:run()">Ring it</a><svg onload="run()"><script>run()</script></svg>
<iframe src="javascript:run()" srcdoc="<script>run()</script>">kept-frame</iframe><object data="evil.swf">Object</object><embed src="evil.swf">
<form action="javascript:run()"><input value="kept-input" onfocus="run()"><button onclick="run()">Send</button><textarea>kept-area</textarea></form>
<noscript><img src=x onerror="run()"></noscript><template><script>run()</script></template><math><mtext><script>run()</script></mtext></math>
<img src="x.png" onerror="run()" alt="x" width=500><base href="javascript:/a/"><link rel=stylesheet href=evil.css></article>`
	for _, rule := range []string{
		"keep: [script, style, iframe, object, embed, form, noscript, template, svg, math, article, body, head, link, base]",
		"content: html", "content: [script, iframe, svg, article]", "keep: \"//*\"", "keep: \"//node()\"", "content: \"//script/text()\"",
		"title: //script\nimage: //a\nauthor: //iframe/@srcdoc\ndate: style",
	} {
		rules, err := Parse("wreck.example.yaml", []byte(rule))
		require.NoError(t, err)
		a, err := cleaner.New(cleaner.Options{SiteRules: rules}).Clean(strings.NewReader(page), "https://wreck.example/bell")
		require.NoError(t, err, rule)
		html := a.HTML()
		for _, bad := range []string{
			"<script", "<style", "<iframe", "<object", "<embed", "<form", "<input", "onclick", "onload", "onerror", "javascript:",
			"srcdoc=", "kept-script", "kept-style", "kept-input", "kept-area",
		} {
			if strings.HasPrefix(rule, "title") && strings.HasPrefix(bad, "kept") {
				continue // a title is text
			}
			assert.NotContains(t, html, bad, rule)
		}
		assert.NotContains(t, a.Markdown(), "](javascript:", rule)
		assert.NotContains(t, a.Image, "javascript:")
		assert.Contains(t, a.Text(), "a diver who had lost a bet", rule)
	}
}

// Several goroutines may use one Rules.
func TestConcurrentUse(t *testing.T) {
	rules, err := LoadFS(fstest.MapFS{
		"wreck.example.yaml": {Data: []byte("keep: [p b, \"//p[contains(., 'bell')]\"]\ntitle: //title\n")},
		"wreck.example.txt":  {Data: []byte("strip: //i\nbody: //p\nreplace_string(bell): gong\n")},
	})
	require.NoError(t, err)
	doc, err := htmldoc.Parse(strings.NewReader("<!doctype html><title>The bell</title>"+hostileText), htmldoc.Source{
		URL: "https://wreck.example/bell",
	})
	require.NoError(t, err)
	c := cleaner.New(cleaner.Options{SiteRules: rules})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				a, err := c.CleanDocument(doc)
				if assert.NoError(t, err) {
					assert.Contains(t, a.Text(), "The gong of the wreck")
				}
				rules.Unmatched()
				rules.Report()
			}
		})
	}
	group.Wait()
}
