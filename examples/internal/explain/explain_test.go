package explain_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/explain"
)

func letters(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// firstWord returns the first word that consists only of ASCII letters, or "".
func firstWord(s string) string {
	for word := range strings.FieldsSeq(s) {
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			return word
		}
	}
	return ""
}

const millPage = `<!doctype html><html lang="en"><head><title>The hens of the mill | Mill News</title>
<meta name="author" content="Ada Holm"><meta property="article:published_time" content="2026-05-03T08:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/hens">Hens</a></li></ul></nav>
<main><h1>The hens of the mill</h1><p class="meta">By Ada Holm, 3 May 2026</p>
<p>The miller's hens lay on the water side on Mondays, and on every other day wherever the cat is not.</p>
<p>The cat was asked about this in the spring, and has kept away from the water side ever since.</p>
<p>Nine eggs were found on Monday, which is one more than there are hens, and nobody has counted the cat.</p>
<img src="/hens.jpg" alt="Nine hens and a cat"></main>
<aside><h3>Read more</h3><ul><li><a href="/a">The geese of the weir</a></li><li><a href="/b">The duck that came twice</a></li></ul></aside>
<div style="display:none"><p>Menu</p></div><script>hens()</script><div class="sr-only">Opens in a new window</div></body></html>`

func TestItems(t *testing.T) {
	p := newPage(t, millPage)
	require.NoError(t, p.Failure)
	verdicts := make(map[string]explain.Verdict)
	last := -1
	for i := range p.Items {
		it := &p.Items[i]
		verdicts[it.Text] = it.Verdict
		assert.NotEmpty(t, it.ID)
		if it.Verdict != explain.Kept {
			assert.NotEmpty(t, it.Stage, it.Text)
		}
		element := p.Element(it.At)
		require.NotNil(t, element, it.ID)
		assert.GreaterOrEqual(t, it.At, last-2, "in page order, except for enclosing elements")
		last = it.At
		if it.Kind != "picture" {
			assert.Contains(t, strings.Join(strings.Fields(letters(element)), " "), it.Text)
		}
	}
	assert.Equal(t, explain.Kept, verdicts["The cat was asked about this in the spring, and has kept away from the water side ever since."])
	assert.Equal(t, explain.ByRule, verdicts["The hens of the mill"])
	assert.Equal(t, explain.Kept, verdicts["Nine hens and a cat"], "the picture")
	assert.Equal(t, explain.Hidden, verdicts["Menu"])
	assert.NotContains(t, verdicts, "hens()")
	kept, all := p.Kept()
	assert.Greater(t, kept, 50)
	assert.Greater(t, all, kept)
	assert.Nil(t, p.Element(-1))
	assert.Nil(t, p.Element(1<<20))
}

// The sources of fields are found in the visible text and in the markup.
func TestFields(t *testing.T) {
	p := newPage(t, millPage)
	fields := make(map[string]explain.Field)
	for _, f := range p.Fields {
		fields[f.Name] = f
	}
	assert.Equal(t, "Ada Holm", fields["byline"].Value)
	assert.NotEmpty(t, fields["byline"].Source)
	shown, declared := places(fields["byline"])
	assert.Contains(t, shown, "By Ada Holm, 3 May 2026")
	assert.Contains(t, declared, `<meta name="author" content="Ada Holm">`)
	_, declared = places(fields["published"])
	assert.Contains(t, declared, "article:published_time")
	_, declared = places(fields["title"])
	assert.Contains(t, declared, "<title>The hens of the mill | Mill News")
}

func places(f explain.Field) (shown, declared string) {
	for _, place := range f.Places {
		if place.Item != "" {
			shown += place.Markup + "\n"
		} else {
			declared += place.Markup + "\n"
		}
	}
	return shown, declared
}

// A date is shown in the line that the rule for dates removed, in whatever form that line writes it.
func TestDateIsFoundInItsLine(t *testing.T) {
	p := newPage(t, strings.Replace(millPage, `<p class="meta">By Ada Holm, 3 May 2026</p>`, `<p>3 May 2026</p>`, 1))
	for _, f := range p.Fields {
		if f.Name == "published" {
			shown, _ := places(f)
			assert.Equal(t, "3 May 2026\n", shown)
			return
		}
	}
	assert.Fail(t, "no field published")
}

func TestText(t *testing.T) {
	var b strings.Builder
	newPage(t, millPage).Text(&b)
	for _, line := range []string{"article (", "title      The hens of the mill", "kept  judge  block", "  +     0.9", "hidden"} {
		assert.Contains(t, b.String(), line)
	}
	var with strings.Builder
	explain.WriteBlocks(&with, newPage(t, millPage).Trace, func(text string) bool { return strings.HasPrefix(text, "Nine eggs") })
	assert.Contains(t, with.String(), "kept  truth  judge  block")
	assert.Regexp(t, `  \+     \+    0\.\d\d   paragraph Nine eggs`, with.String())
}

// A page without an article is explained, too. A canceled context is an error.
func TestNoArticle(t *testing.T) {
	p := newPage(t, `<title>Nothing</title><nav><a href=/>Home</a></nav>`)
	require.ErrorIs(t, p.Failure, cleaner.ErrNoArticle)
	var b strings.Builder
	p.Text(&b)
	assert.Contains(t, b.String(), "no article")
	require.NoError(t, p.HTML(&b, "nothing"))
	view, err := p.ArticleView()
	require.NoError(t, err)
	assert.Contains(t, view, "No article was found.")

	doc, err := htmldoc.ParseBytes([]byte(millPage), htmldoc.Source{})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = explain.New(ctx, doc, explain.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

// Options that change only verdicts do not change the layout. A different page has a different layout.
func TestLayout(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(millPage), htmldoc.Source{})
	require.NoError(t, err)
	a, err := explain.New(t.Context(), doc, explain.Options{})
	require.NoError(t, err)
	b, err := explain.New(t.Context(), doc, explain.Options{Cleaner: cleaner.Options{Favor: cleaner.FavorPrecision}})
	require.NoError(t, err)
	assert.Equal(t, a.Layout(), b.Layout())
	assert.NotEqual(t, a.Layout(), newPage(t, hens+hens).Layout())
}
