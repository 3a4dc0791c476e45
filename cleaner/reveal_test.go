package cleaner

import (
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

const (
	shellHead = `<!doctype html><html lang="en"><head><title>Which rope for the ferry? | Quay Talk</title></head><body><div id="app"><p>Loading…</p></div>`
	post1     = "The old rope has frayed where it runs over the bollard, and the harbour master wants it replaced before the spring tides. I would like something that does not float, holds a splice well and can be had in forty-metre lengths."
	post2     = "Take three-strand nylon and be done with it. It sinks, it stretches before it breaks, and the chandler on Fore Street will cut it to any length that you ask for, as long as you bring the barrow yourself."
	posts     = `<h1>Which rope for the ferry?</h1><div class="post"><p>` + post1 + `</p></div><div class="post"><p>` + post2 + `</p></div>`
)

func TestHiddenContentIsRead(t *testing.T) {
	escape := strings.NewReplacer(`"`, `\"`, "</", `<\/`)
	for name, markup := range map[string]string{
		"frame": shellHead + `<iframe srcdoc="` + html.EscapeString("<!DOCTYPE html><html><body>"+posts+"</body></html>") +
			`"></iframe></body></html>`,
		"noscript":   shellHead + `<noscript>` + posts + `</noscript></body></html>`,
		"template":   shellHead + `<template id="t">` + posts + `</template></body></html>`,
		"json-ld":    shellHead + `<script type="application/ld+json">{"@type":"DiscussionForumPosting","text":"` + post1 + `","comment":[{"@type":"Comment","text":"` + post2 + `"}]}</script></body></html>`,
		"page state": shellHead + `<script>window.__STATE__ = {"thread":{"id":7,"tags":["rope"],"posts":[{"author":"Ada","cooked":"` + escape.Replace("<p>"+post1+"</p>") + `"},{"author":"Bo","cooked":"` + escape.Replace("<p>"+post2+"</p>") + `"}]}};function go(){return 1}</script></body></html>`,
	} {
		t.Run(name, func(t *testing.T) {
			article, err := Clean(strings.NewReader(markup), "https://quay.example/t/rope/7")
			require.NoError(t, err)
			assert.Equal(t, post1+"\n\n"+post2, article.Text())
			assert.Equal(t, name, article.Provenance["content"])
		})
	}
}

func TestHiddenTextNextToContentIsIgnored(t *testing.T) {
	shown := strings.Replace(shellHead, "<p>Loading…</p>", "<h1>Which rope for the ferry?</h1><p>"+post1+"</p><p>"+post1+"</p>", 1)
	for name, markup := range map[string]string{
		"frame":      shown + `<iframe srcdoc="<p>` + post2 + `</p>"></iframe></body></html>`,
		"noscript":   shown + `<noscript><p>` + post2 + `</p></noscript></body></html>`,
		"template":   shown + `<template><p>` + post2 + `</p></template></body></html>`,
		"json-ld":    shown + `<script type="application/ld+json">{"@type":"Article","text":"` + post2 + `"}</script></body></html>`,
		"page state": shown + `<script>window.s={"text":"` + post2 + `"}</script></body></html>`,
	} {
		t.Run(name, func(t *testing.T) {
			article, err := Clean(strings.NewReader(markup), "https://quay.example/t/rope/7")
			require.NoError(t, err)
			assert.NotContains(t, article.Text(), "nylon")
			assert.NotEqual(t, name, article.Provenance["content"])
		})
	}
}

// The order of the scripts does not matter for whether the article in a page's data is found, nor does an accent in the
// title, which the data may contain as an escape.
func TestArticleInOneOfManyScripts(t *testing.T) {
	story := strings.Repeat("<p>"+post2+"<\\/p>", 3)
	settings := `<script>window.settings = {"keys":"` + strings.Repeat("0123456789abcdef", 90) + `"}</script>`
	for title, escaped := range map[string]string{
		"Which rope for the ferry?":  "Which rope for the ferry?",
		"Which rope for the ferrée?": `Which rope for the ferr\u00e9e?`,
	} {
		shown := strings.Replace(strings.Replace(shellHead, "Which rope for the ferry?", title, 1),
			"<p>Loading…</p>", "<h1>"+title+"</h1><p>"+post1+" "+post1[:40]+".</p>", 1)
		data := `<script>window.page = {"post":{"title":"` + escaped + `","content":"` + story + `"}}</script>`
		for _, scripts := range []string{settings + data, data + settings} {
			article, err := Clean(strings.NewReader(shown+scripts+"</body></html>"), "https://quay.example/t/rope/7")
			require.NoError(t, err)
			assert.Equal(t, "page state", article.Provenance["content"])
			assert.Contains(t, article.Text(), post2)
		}
	}
}

// Browsers render declarative shadow roots, so their text is as visible as any other.
func TestShadowRootsAreShown(t *testing.T) {
	const open, end = `<quay-post><template shadowrootmode="open">`, `</template></quay-post>`
	page := `<!doctype html><html lang="en"><head><title>Which rope for the ferry?</title></head><body><main><h1>Which rope for the ferry?</h1><p>` + post1 + "</p>"
	for name, markup := range map[string]string{
		"one":    open + `<style>p{color:red}</style><p>` + post2 + `</p>` + end,
		"nested": open + `<div>` + open + `<p>` + post2 + `</p>` + end + `</div>` + end,
	} {
		t.Run(name, func(t *testing.T) { checkShadowRoots(t, page+markup+`</main></body></html>`) })
	}
}

func checkShadowRoots(t *testing.T, markup string) {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(markup), htmldoc.Source{})
	require.NoError(t, err)
	article, err := CleanDocument(doc)
	require.NoError(t, err)
	assert.Equal(t, post1+"\n\n"+post2, article.Text())
	again, err := CleanDocument(doc)
	require.NoError(t, err)
	assert.Equal(t, article.Text(), again.Text(), "the document was changed")
}

func TestStringsOfData(t *testing.T) {
	long := func(word string) string { return strings.TrimSpace(strings.Repeat(word+" ", minStateWords)) }
	for name, c := range map[string]struct {
		script string
		want   []stateText
	}{
		"an object":     {`{"b":"` + long("one") + `","a":["` + long("two") + `"],"short":"no"}`, []stateText{{"b", long("one")}, {"a", long("two")}}},
		"an assignment": {`window.x = [{"k":"` + long("one") + `"}]; alert("` + long("two") + `")`, []stateText{{"k", long("one")}}},
		"code":          {`alert("` + long("one") + `")`, nil},
		"cut off":       {`{"a":"` + long("one") + `","b":{"c":"` + long("two"), []stateText{{"a", long("one")}}},
		"nothing":       {"", nil},
		"a style":       {`{"css":".a{color:red} ` + long("one") + `"}`, nil},
	} {
		assert.Equal(t, c.want, stringsOf(c.script), name)
	}
	deep := strings.Repeat(`{"a":`, 20_000)
	assert.Empty(t, stringsOf(deep), "deep nesting must not overflow the stack")
}
