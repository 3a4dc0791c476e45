package htmldoc_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func TestLinks(t *testing.T) {
	const page = `<base href="/news/"><a href="one.html#top">One</a> <a href=" two
.html " REL="NoFollow  UGC">T <b>wo</b></a> <a href="one.html#end">again</a> <a href="javascript:void(0)">no</a>
<a href="mailto:a@b.example">no</a><a href="#x">no</a><a href="">no</a><a href="//cdn.example/three">Three</a>
<a href="?q=a b"><img alt="A map"></a><a href="HTTP://Other.example:80/a:b">colon</a><map><area href="/area" alt="The bay"></map>
<a name="x">no</a><a href="http://[bad">bad</a><a href="java
script:x">no</a><a href="card"><style>.a{}</style><noscript><img alt=no></noscript><h3>Pier</h3><p>Closed<br>now</p><img alt=no></a>`
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://lantern.example/index.html?x=1"})
	require.NoError(t, err)
	assert.Equal(t, "https://lantern.example/news/", doc.Base.String())
	assert.Equal(t, []htmldoc.Link{
		{URL: "https://lantern.example/news/one.html", Text: "One"},
		{URL: "https://lantern.example/news/two.html", Rel: "nofollow ugc", Text: "T wo"},
		{URL: "https://cdn.example/three", Text: "Three"},
		{URL: "https://lantern.example/news/?q=a%20b", Text: "A map"},
		{URL: "http://other.example/a:b", Text: "colon"},
		{URL: "https://lantern.example/area", Text: "The bay"},
		{URL: "https://lantern.example/news/card", Text: "Pier Closed now"},
	}, doc.Links())
}

func TestLinkTextIsBounded(t *testing.T) {
	page := `<a href="/x">` + strings.Repeat("ö", 5000) + strings.Repeat("<i></i>", 50_000) + strings.Repeat("<b>word </b>", 50_000)
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://a.example/"})
	require.NoError(t, err)
	links := doc.Links()
	require.Len(t, links, 1)
	assert.LessOrEqual(t, len(links[0].Text), 2<<10)
	assert.Empty(t, strings.Trim(links[0].Text, "ö"), "cut between characters")
}

func TestResolve(t *testing.T) {
	doc, err := htmldoc.ParseBytes(nil, htmldoc.Source{URL: "https://lantern.example/news/today?x=1#top"})
	require.NoError(t, err)
	for ref, want := range map[string]string{
		"":                             "https://lantern.example/news/today?x=1",
		"#photos":                      "https://lantern.example/news/today?x=1#photos",
		"../a/./b":                     "https://lantern.example/a/b",
		" \x01/a\tb\n ":                "https://lantern.example/ab",
		`..\photos\pier.jpg?a\b`:       `https://lantern.example/photos/pier.jpg?a\b`,
		"/100%-off":                    "https://lantern.example/100%25-off",
		"/a%20b%E9":                    "https://lantern.example/a%20b%E9",
		"2026:review.html":             "https://lantern.example/news/2026:review.html",
		"?q=été \"x\"":                 "https://lantern.example/news/today?q=%C3%A9t%C3%A9%20%22x%22",
		"/été":                         "https://lantern.example/%C3%A9t%C3%A9",
		"//Other.example":              "https://other.example/",
		"HTTPS://Other.example:443/Ab": "https://other.example/Ab",
		"http:///other.example/a":      "http://other.example/a",
		"https:/other.example/a":       "https://other.example/a",
		"https:page":                   "https://lantern.example/news/page",
		"http:other.example":           "http://other.example/",
		"mailto:desk@lantern.example":  "mailto:desk@lantern.example",
		"data:text/plain,a b":          "data:text/plain,a b",
		"/a\x01b?c#50%":                "https://lantern.example/a%01b?c#50%25",
	} {
		abs, ok := doc.Resolve(ref)
		assert.True(t, ok, "%q", ref)
		assert.Equal(t, want, abs, "%q", ref)
	}
	for _, ref := range []string{"http://[bad", "https://", "//a b/c", "http://a.example:port/"} {
		abs, ok := doc.Resolve(ref)
		assert.False(t, ok, "%q", ref)
		assert.Empty(t, abs)
	}
}

func TestResolveWithoutAddress(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(`<a href="/a">x</a><a href="https://b.example/">y</a>`), htmldoc.Source{})
	require.NoError(t, err)
	assert.Nil(t, doc.URL)
	assert.Nil(t, doc.Base)
	assert.Equal(t, []htmldoc.Link{{URL: "https://b.example/", Text: "y"}}, doc.Links())
	ref, ok := doc.Resolve("../a?b#c")
	assert.True(t, ok)
	assert.Equal(t, "../a?b#c", ref)
	_, ok = doc.Resolve("//[bad")
	assert.False(t, ok)
}

func TestBase(t *testing.T) {
	for name, c := range map[string]struct{ page, url, want string }{
		"relative":             {`<base href="../x/">`, "https://a.example/b/c", "https://a.example/x/"},
		"first of two":         {`<base target=_top><base href="/1/"><base href="/2/">`, "https://a.example/b", "https://a.example/1/"},
		"in the body":          {`<p>x<div><base href="//c.example"></div>`, "https://a.example/b", "https://c.example/"},
		"without an address":   {`<base href="https://c.example/d#e">`, "", "https://c.example/d"},
		"no script":            {`<base href="javascript:alert(1)//">`, "https://a.example/b", "https://a.example/b"},
		"no file":              {`<base href="file:///etc/">`, "https://a.example/b", "https://a.example/b"},
		"no broken address":    {`<base href="http://[bad">`, "https://a.example/b", "https://a.example/b"},
		"no data":              {`<base href="data:text/html,x">`, "https://a.example/b", "https://a.example/b"},
		"fragment of the page": {``, "https://a.example/b#c", "https://a.example/b"},
		"saved page":           {`<base href="https://a.example/">`, "file:///saved/page.html", "https://a.example/"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.page), htmldoc.Source{URL: c.url})
			require.NoError(t, err)
			require.NotNil(t, doc.Base)
			assert.Equal(t, c.want, doc.Base.String())
		})
	}
}
