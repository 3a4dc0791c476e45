package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// labelsOf returns the label of each block of a page with an article. The given markup is above its headline, within
// its text, or below it.
func labelsOf(t *testing.T, above, within, below string) map[string]string {
	t.Helper()
	const text = "<p>" + decideA + "</p><p>" + decideB + "</p><p>" + decideC + "</p>"
	doc, err := htmldoc.Parse(strings.NewReader(`<!doctype html><html lang="en"><head><title>Magnus is ready</title>
<meta name="author" content="Ada Pell"><meta name="keywords" content="ferry, quay, hens">
<meta property="og:site_name" content="The Quay Gazette"><meta property="article:published_time" content="2026-05-03">
</head><body><main>`+above+"<h1>Magnus is ready</h1>"+text+within+text+"</main>"+below+"</body></html>"),
		htmldoc.Source{URL: "https://www.quay.example/news/magnus"})
	require.NoError(t, err)
	p := New(Options{}).page(doc)
	defer p.releaseAll()
	runThrough(p, "label")
	labels := make(map[string]string)
	for b := range p.Blocks {
		labels[p.Blocks[b].Text] = p.labels[b].name
	}
	return labels
}

const (
	inCell = "<table><tr><th>Day<th>Entry</tr><tr><td>Monday<td>%</tr><tr><td>Tuesday<td>a crate of hens</tr></table>"
	inPre  = "<pre>%</pre>"
	hens   = "<p><a href=/b>The hens</a></p>"
)

// A rule matches the line in the first markup, and not the one in the others: each differs from the first in one thing.
func TestRuleBounds(t *testing.T) {
	type where struct{ above, within, below string }
	in := func(box, line string) where { return where{below: strings.Replace(box, "%", line, 1)} }
	for _, c := range []struct {
		rule, line string
		match      where
		leave      []where
	}{
		{
			"kicker", "Harbour news",
			where{above: "<p class=kicker>Harbour news</p>"},
			[]where{{above: "<p class=kicker>Harbour news</p><p>Monday</p>"}, {within: "<p class=kicker>Harbour news</p>"}},
		},
		{"byline", "Ada Pell", in("<p>%</p>", "Ada Pell"), []where{in(inCell, "Ada Pell"), in(inPre, "Ada Pell")}},
		{
			"date-line", "May 3, 2026", in("<p>%</p>", "May 3, 2026"),
			[]where{
				in(inCell, "May 3, 2026"), in(inPre, "May 3, 2026"), in("<h2>%</h2><p>"+decideA+"</p>", "May 3, 2026"),
				in("<ul><li>%</li><li>May 4, 2026</li></ul>", "May 3, 2026"),
				in("<ul><li>May 2, 2026</li><li>%</li></ul>", "May 3, 2026"),
			},
		},
		{
			"navigation-label", "Back to top", in("<p><a href=#top>%</a></p>", "Back to top"),
			[]where{in("<p>%</p>", "Back to top")},
		},
		{
			"menu-row", "Home | Photographs | Guestbook",
			where{within: "<p><a href=/a>Home</a> | <a href=/b>Photographs</a> | <a href=/c>Guestbook</a></p>"},
			[]where{
				{within: "<p><a href=/a>Home</a> | Photographs | <a href=/c>Guestbook</a></p>"},
				{within: strings.Replace(
					inCell, "%", "<a href=/a>Home</a> | <a href=/b>Photographs</a> | <a href=/c>Guestbook</a>", 1,
				)},
			},
		},
		{
			"pager", "Older letters",
			where{within: "<p><a rel=next href=/2>Older letters</a></p>"},
			[]where{
				{within: "<p><a rel=nofollow href=/2>Older letters</a></p>"},
				{within: "<p><a rel=next href=/2>Older</a> <a href=/3>letters</a></p>"},
			},
		},
		{
			"machine-value", "https://quay.example/a.jpg",
			where{within: "<p>https://quay.example/a.jpg</p>"},
			[]where{
				{within: "<h2>https://quay.example/a.jpg</h2><p>" + decideA + "</p>"},
				{within: "<p><code>https://quay.example/a.jpg</code></p>"},
				{within: "<p><a href=/a>https://quay.example/a.jpg</a></p>"},
			},
		},
		{
			"machine-value", "ferry, quay, hens",
			where{within: "<p>ferry, quay, hens</p>"},
			[]where{{within: "<h2>ferry, quay, hens</h2><p>" + decideA + "</p>"}},
		},
		{
			"copyright-line", "© 2026 The Quay Gazette", in("<p>%</p>", "© 2026 The Quay Gazette"),
			[]where{{within: "<p>© 2026 The Quay Gazette</p>"}, in(inPre, "© 2026 The Quay Gazette")},
		},
		{
			"follow-invitation", "Follow The Quay Gazette on Facebook",
			where{within: "<p>Follow The Quay Gazette on Facebook</p>"},
			[]where{
				{within: "<blockquote>Follow The Quay Gazette on Facebook</blockquote>"},
				{within: strings.Replace(inCell, "%", "Follow The Quay Gazette on Facebook", 1)},
			},
		},
		{
			"tool-row", "Print this page",
			where{within: "<p>Print this page</p>"},
			[]where{
				{within: "<h2>Print this page</h2><p>" + decideA + "</p>"},
				{within: strings.Replace(inCell, "%", "Print this page", 1)},
			},
		},
		{
			"reading-time", "5 min read",
			where{within: "<p>5 min read</p>"},
			[]where{
				{within: strings.Replace(inCell, "%", "5 min read", 1)},
				{within: "<p>5 min read</p><p>6 min read</p><p>7 min read</p><p>8 min read</p>"},
			},
		},
		{
			"contents-list", "The crate", in("<ul><li><a href=#a>%</a></li><li><a href=#b>The hens</a></li></ul>", "The crate"),
			[]where{
				in("<ul><li><a href=#a>%</a></li></ul>", "The crate"),
				in("<ul><li><a href=#a>%</a></li><li><a href=/b>The hens</a></li></ul>", "The crate"),
				in("<ul><li><a href=#a>%</a></li><li>The hens</li></ul>", "The crate"),
			},
		},
		{
			"link-tail", "The crate", in("<p><a href=/a>%</a></p>"+hens+"<p><a href=/c>The dock</a></p>", "The crate"),
			[]where{
				in("<p><a href=/a>%</a></p>"+hens, "The crate"),
				in("<p><a href=https://other.example/a>%</a></p>"+hens+"<p><a href=/c>The dock</a></p>", "The crate"),
			},
		},
		{
			"tag-list", "Returns",
			where{within: "<div class=tags><p>Returns</p><ul><li>ropes</li><li>hens</li></ul></div>"},
			[]where{
				{within: "<div class=tags><p>Returns</p><ul><li>" + strings.Repeat("the length of the rope in feet, ", 9) + "</li></ul></div>"},
			},
		},
		{
			"tag-list", "Ferry",
			where{within: "<p><a rel=tag href=/t>Ferry</a></p>"},
			[]where{
				{within: "<p><a href=/t>Ferry</a></p>"},
				{within: strings.Replace(inCell, "%", "<a rel=tag href=/t>Ferry</a>", 1)},
			},
		},
		{
			"date-line", "May 9, 2027", in("<p>%</p>", "May 9, 2027"),
			[]where{
				{within: "<p>May 9, 2027</p>"},
				{within: "<ul><li>May 9, 2027</li><li>The town hall</li></ul>"},
				{above: "<ul><li>May 9, 2027</li><li>The town hall</li></ul>"},
				{above: "<ul><li>May 8, 2027</li><li>May 9, 2027</li></ul>"},
			},
		},
		{
			"date-line", "2 hours ago",
			where{within: "<p><time>2 hours ago</time></p>"},
			[]where{
				{within: "<ul><li><time>2 hours ago</time></li></ul>"},
				{within: "<p>2 hours ago</p>"},
				{within: "<p><time>2 hours</time> ago</p>"},
			},
		},
		{
			"pager", "Newer letters",
			where{within: "<p><a rel=prev href=/2>Newer letters</a></p>"},
			[]where{{within: "<p><a href=/2>Newer letters</a></p>"}},
		},
		{
			"line-numbers", "1\n2\n3",
			where{within: "<pre>1\n2\n3</pre>"},
			[]where{{within: "<p>1<br>2<br>3</p>"}},
		},
		{
			"residue", `" data-src="/a.jpg" class="lazy" />`,
			where{within: `<p>&quot; data-src=&quot;/a.jpg&quot; class=&quot;lazy&quot; /&gt;</p>`},
			[]where{
				{within: `<p><code>&quot; data-src=&quot;/a.jpg&quot; class=&quot;lazy&quot; /&gt;</code></p>`},
				in(inCell, `&quot; data-src=&quot;/a.jpg&quot; class=&quot;lazy&quot; /&gt;`),
			},
		},
		{
			"share-row", "Facebook",
			where{within: "<p>Facebook</p><p>Twitter</p>"},
			[]where{{within: "<h2>Facebook</h2><p>Twitter</p>"}, {within: "<p>Facebook</p>"}},
		},
		{
			"newsletter-box", "Tell us about the boat", in("<form><p>%</p><input type=email></form>", "Tell us about the boat"),
			[]where{
				in("<form><p>%</p><input type=email><input><textarea></textarea></form>", "Tell us about the boat"),
				in("<form><p>%</p><input></form>", "Tell us about the boat"),
				in("<p>%</p><input type=email>", "Tell us about the boat"),
			},
		},
		{
			"tool-row", "See the chart", in("<p class=no-print>%</p>", "See the chart"),
			[]where{{within: "<p class=no-print>See the chart</p>"}, in("<p>%</p>", "See the chart")},
		},
		{"tool-row", "Copied!", where{within: "<p><a href=/p>Copied!</a></p>"}, []where{in("<p>%</p>", "Copied!")}},
		{"tool-row", "Copied!", where{within: "<pre>bell.ring()</pre><p>Copied!</p>"}, []where{{within: "<p>Copied!</p>"}}},
		{
			"advertisement-label", "Rope, cheap", in("<div class=advertisement><p>%</p></div>", "Rope, cheap"),
			[]where{
				in("<div class=advertisement><h3>%</h3></div>", "Rope, cheap"),
				in("<div class=advertisement><p><code>%</code></p></div>", "Rope, cheap"),
				in("<div class=advertisement><ul><li>%</li></ul></div>", "Rope, cheap"),
				in("<div class=advertisement>"+inPre+"</div>", "Rope, cheap"),
				in("<div class=advertisement>"+inCell+"</div>", "Rope, cheap"),
			},
		},
		{
			"appeal", "If you value our work, please donate.", in("<p>%</p>", "If you value our work, please donate."),
			[]where{
				in("<blockquote>%</blockquote>", "If you value our work, please donate."),
				in(inPre, "If you value our work, please donate."),
				{above: "<p>If you value our work, please donate.</p>"},
			},
		},
	} {
		t.Run(c.rule+"/"+c.line, func(t *testing.T) {
			got, found := labelsOf(t, c.match.above, c.match.within, c.match.below)[c.line]
			assert.True(t, found, "the line is no block")
			assert.Equal(t, c.rule, got)
			for _, w := range c.leave {
				got, found := labelsOf(t, w.above, w.within, w.below)[c.line]
				assert.True(t, found, "the line is no block in %q", w)
				assert.NotEqual(t, c.rule, got, "%q", w)
			}
		})
	}
}
