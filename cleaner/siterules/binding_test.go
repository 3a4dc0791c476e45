package siterules

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

const (
	boatText = "The boat of the customs office lay in the lock for eleven days, with two men, a dog and four hundred boxes of oranges on board."
	lockText = "The keeper of the lock, who had lost the key, brought them bread in the evenings and a newspaper that was always the same."
)

// cleanBoat cleans a page that has the given markup after its two paragraphs.
func cleanBoat(t *testing.T, rules, more string, opts cleaner.Options) *cleaner.Article {
	t.Helper()
	r, err := Parse("lock.example.yaml", []byte(rules))
	require.NoError(t, err)
	opts.SiteRules = r
	page := fmt.Sprintf("<!doctype html><html lang=en><title>In the lock</title><main><h1>In the lock</h1><div class=t><p>%s</p><p>%s</p>%s</div></main>",
		boatText, lockText, more)
	a, err := cleaner.New(opts).Clean(strings.NewReader(page), "https://lock.example/boat")
	require.NoError(t, err)
	return a
}

// Site rules overrule the chaff rules for pages and for lines.
func TestRulesWinOverChaff(t *testing.T) {
	const chaff = `<p class=c>Share on Facebook</p><p class=c>Facebook<br>Twitter<br>LinkedIn</p><p class=c>Read more</p>` +
		`<p class=c>© 2026 The Lock. All rights reserved.</p><p class=c>We use cookies to make this site better.</p><p class=c>” data-script=” &gt;</p>`
	lines := []string{"Share on Facebook", "Twitter", "Read more", "All rights reserved", "We use cookies", "data-script"}
	for _, line := range []string{"Twitter", "All rights reserved", "data-script"} {
		require.NotContains(t, cleanBoat(t, "", chaff, cleaner.Options{}).Text(), line)
	}
	for _, rules := range []string{"keep: .c\n", "content: .t\n", "content: .t\nremove: h1\nkeep: .c\n"} {
		text := cleanBoat(t, rules, chaff, cleaner.Options{}).Text()
		for _, line := range lines {
			assert.Contains(t, text, line, rules)
		}
		assert.Contains(t, text, boatText, rules)
	}
	a := cleanBoat(t, "remove: p:nth-of-type(2)\n", "", cleaner.Options{})
	assert.Equal(t, boatText, a.Text(), "a rule also wins over the judge")
}

// Site rules overrule the detection of text that the host's other pages repeat.
func TestRulesWinOverSite(t *testing.T) {
	const foot = `<p class=f>The Lock is printed on paper from the mill below the weir, by people who have never been in a hurry.</p><img src="/mill.jpg" alt="The mill" width=600 height=400>`
	page := func(i int) string {
		return fmt.Sprintf(`<!doctype html><html lang=en><title>Story %d</title><main><h1>Story %d of the lock</h1><div class=t><p>%s %s %d</p><p>%s</p>%s</div></main>`,
			i, i, strings.Repeat("Oranges ", i+1), boatText, i, strings.Replace(lockText, "key", "key number "+strings.Repeat("x", i+1), 1), foot)
	}
	site := cleaner.NewSite()
	for i := range 12 {
		doc := pageAt(t, fmt.Sprintf("https://lock.example/%d", i), page(i))
		site.Observe(doc)
	}
	for rules, want := range map[string]bool{"": false, "keep: [.f, img]\n": true, "content: .t\n": true} {
		r, err := Parse("lock.example.yaml", []byte(rules))
		require.NoError(t, err)
		c := cleaner.New(cleaner.Options{SiteRules: r}).ForSite(site.Snapshot())
		a, err := c.CleanDocument(pageAt(t, "https://lock.example/3", page(3)))
		require.NoError(t, err)
		assert.Equal(t, want, strings.Contains(a.Text(), "paper from the mill"), rules)
		assert.Equal(t, want, strings.Contains(a.Markdown(), "mill.jpg"), rules)
	}
}

// Hidden parts stay out of the content, unless all of the content is hidden or a rule keeps them.
func TestHiddenContent(t *testing.T) {
	const more = `<div class=h hidden><p>The dog is called Valve.</p><p style="display:none">It bites.</p></div>`
	hidden := func(rules string) string { return cleanBoat(t, rules, more, cleaner.Options{}).Text() }
	assert.NotContains(t, hidden("content: .t\n"), "Valve")
	assert.Equal(t, "The dog is called Valve.", hidden("content: .h\n"))
	assert.Contains(t, hidden("keep: .h\n"), "The dog is called Valve.\n\nIt bites.")
	text := hidden("keep: .h p:first-child\n")
	assert.Contains(t, text, "Valve")
	assert.NotContains(t, text, "bites", "what is beside it stays hidden")
	assert.NotContains(t, hidden("keep: .h\nremove: .h p + p\n"), "bites")
	assert.Contains(t, hidden("remove: .h\nkeep: .h p + p\n"), "It bites.")
}

// A rule for part of a paragraph applies only to that part.
func TestInlineRules(t *testing.T) {
	const more = `<p>The oranges <i>went to the</i> <b class=x>poor</b> of the town, who had asked for potatoes and got a speech as well.</p>`
	assert.Contains(t, cleanBoat(t, "remove: .x\n", more, cleaner.Options{}).Text(), "The oranges went to the of the town")
	a := cleanBoat(t, "content: i\n", more, cleaner.Options{})
	assert.Equal(t, "went to the", a.Text())
	var removed []string
	for _, r := range a.Removed {
		assert.Equal(t, "site-rule: lock.example.yaml:1", r.Rule)
		removed = append(removed, r.Text)
	}
	assert.Equal(t, []string{
		"In the lock", boatText, lockText, "The oranges", "poor",
		"of the town, who had asked for potatoes and got a speech as well.",
	}, removed)
	a = cleanBoat(t, "content: .t > p:first-child\nkeep: .x\n", more, cleaner.Options{})
	assert.Equal(t, boatText+"\n\npoor", a.Text())
}

// With rules, the locations of blocks still refer to the page as parsed.
func TestPlacesWithRules(t *testing.T) {
	a := cleanBoat(t, "remove: .x\nkeep: .h\n", `<p class=x>Oranges!</p><p class=h hidden>The dog is called Valve.</p>`,
		cleaner.Options{Blocks: true})
	var css []string
	for b := range a.Blocks() {
		css = append(css, b.CSS)
	}
	assert.Equal(t, []string{
		"html > body > main > div > p:nth-of-type(1)", "html > body > main > div > p:nth-of-type(2)", "html > body > main > div > p:nth-of-type(4)",
	}, css)
	for _, r := range a.Removed {
		if r.Stage == "rules" {
			assert.Equal(t, "html > body > main > div > p:nth-of-type(3)", r.CSS)
		}
	}
}

// Rules do not apply to the page's data. Content that is visible on the page takes precedence over the data.
func TestRulesAndPageData(t *testing.T) {
	r, err := Parse("lock.example.yaml", []byte("content: .t\nremove: .none\n"))
	require.NoError(t, err)
	for name, shown := range map[string]string{"shown": `<div class=t><p>Eleven days in the lock.</p></div>`, "empty": `<div class=t></div>`} {
		page := `<!doctype html><html lang=en><title>In the lock</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"In the lock","articleBody":"` +
			boatText + " " + lockText + " " + boatText + `"}</script><body>` + shown
		a, err := cleaner.New(cleaner.Options{SiteRules: r}).Clean(strings.NewReader(page), "https://lock.example/boat")
		require.NoError(t, err, name)
		if name == "shown" {
			assert.Equal(t, "Eleven days in the lock.", a.Text())
		} else {
			assert.Contains(t, a.Text(), lockText)
		}
	}
}

// Directives that rewrite a page do not change the caller's page.
func TestRewritingLeavesThePageAlone(t *testing.T) {
	rules, err := LoadFS(fstest.MapFS{"lock.example.txt": {Data: []byte("dissolve: //b\nstrip_attr: //p/@class\nreplace_string(dog): cat\nbody: //p\n")}})
	require.NoError(t, err)
	doc := pageAt(t, "https://lock.example/", "<p class=a>The <b>dog</b> is called Valve, and it does not come when it is called by that name or another.")
	before := doc.Root.LastChild.LastChild.FirstChild.Attr[0].Val
	a, err := cleaner.New(cleaner.Options{SiteRules: rules}).CleanDocument(doc)
	require.NoError(t, err)
	assert.Contains(t, a.Text(), "The cat is called")
	assert.Equal(t, before, doc.Root.LastChild.LastChild.FirstChild.Attr[0].Val)
	assert.Equal(t, "https://lock.example/", a.URL)
}

// Pictures that rules remove are listed with the rule.
func TestRemovedPictures(t *testing.T) {
	const more = `<p><img src="/lock.jpg" alt="The lock" width=600></p><div class=ad><img src="/oranges.jpg" alt="Oranges" width=600></div>`
	for rules, want := range map[string]string{
		"remove: .ad\n": "remove: .ad", "content: .t > p\n": "it is not in content: .t > p",
	} {
		a := cleanBoat(t, rules, more, cleaner.Options{})
		assert.Contains(t, a.Markdown(), "lock.jpg")
		assert.NotContains(t, a.Markdown(), "oranges.jpg")
		var got []string
		for _, r := range a.Removed {
			if strings.Contains(r.Text, "oranges.jpg") {
				got = append(got, r.Rule+" "+r.Reason)
			}
		}
		assert.Equal(t, []string{"site-rule: lock.example.yaml:1 " + want}, got, rules)
	}
}
