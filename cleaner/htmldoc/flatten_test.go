package htmldoc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// deep wraps markup in more elements than the parser allows.
func deep(markup string) string {
	return strings.Repeat("<div>", 1000) + markup + strings.Repeat("</div>", 1000)
}

// manyTags is the number of tags that the function numbered writes: more than the parser allows.
const manyTags = 1200

func numbered(format string) string {
	var b strings.Builder
	for i := range manyTags {
		fmt.Fprintf(&b, format, i, i)
	}
	return b.String()
}

func TestParseFlattensDeepPages(t *testing.T) {
	for name, page := range map[string]string{
		"divs":          strings.Repeat("<div>", 100_000) + "heart" + strings.Repeat("</div>", 100_000) + "<p>after</p>",
		"unclosed":      "<p>before</p>" + strings.Repeat("<div><span>", 50_000) + "heart <p>after",
		"tables":        strings.Repeat("<table><tr><td>", 1000) + "heart" + strings.Repeat("</td></tr></table>", 1000) + "after",
		"broken rows":   deep(strings.Repeat("<table><td><tr>", 1000)+"heart"+strings.Repeat("</table>", 1000)) + "after",
		"not in a cell": deep(strings.Repeat("<table>", 1000)+"heart"+strings.Repeat("</table>", 1000)) + "after",
		"lists":         strings.Repeat("<ul><li>", 2000) + "heart" + strings.Repeat("</ul>", 2000) + "after",
		"formatting":    numbered("<div><b id=%d>w%d </div>") + "heart<p>after</p>",
		"fonts":         numbered("<font size=%d>w%d ") + "heart after",
		"anchors":       numbered("<a name=%d><div>w%d ") + "heart after",
		"drawings":      strings.Repeat("<svg><g>", 1000) + "<text>heart</text>" + strings.Repeat("</g></svg>", 1000) + "<p>after</p>",
		"images":        "<svg>" + strings.Repeat("<image></image>", 10) + strings.Repeat("<g>", 1000) + "<text>heart</text></svg><p>after</p>",
		"cdata":         deep("<svg><text><![CDATA[heart]]></text></svg>") + "after",
		"plain text":    deep("<svg>") + "<plaintext>heart " + strings.Repeat("<div>", 1000) + "after",
		"raw text":      deep("<script>if (a < b) { x = '</div>' }</script>heart") + "<p>after</p>",
		"open script":   deep("heart <p>after</p><script>x = 1"),
		"empty script":  deep("<svg><script/></svg>heart <p>after</p>"),
		"end tags":      deep("heart</p></br></b></table></td></body></html>") + "<p>after</p>",
		"templates":     strings.Repeat("<template>", 1000) + "x" + strings.Repeat("</template>", 1000) + "<p>heart after",
		"selects":       strings.Repeat("<select><option>", 1000) + "heart</select>" + deep("") + "after",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
			require.NoError(t, err)
			assert.True(t, doc.Flattened)
			assert.Contains(t, text(doc), "heart")
			assert.Contains(t, text(doc), "after")
			assert.LessOrEqual(t, depth(doc.Root), 512)
		})
	}
}

// A parser that has opened 512 elements may still add text to the last of them.
func TestNoTreeIsDeeperThanTheParserOpens(t *testing.T) {
	for _, inner := range []string{"", "heart", "<p>heart", "<!-- heart -->", "<table><tr><td>heart", "<select><option>heart", "<b><a>heart</a><div></b>heart"} {
		for n := 490; n < 514; n++ {
			doc, err := htmldoc.ParseBytes([]byte(strings.Repeat("<div>", n)+inner), htmldoc.Source{})
			require.NoError(t, err)
			require.LessOrEqual(t, depth(doc.Root), 512, "%d before %s", n, inner)
			require.Equal(t, strings.Count(inner, "heart")-strings.Count(inner, "<!--"), strings.Count(text(doc), "heart"))
		}
	}
}

// The parser opens a tbody and a tr around each cell.
func TestFlattenedTablesAreNotTooDeep(t *testing.T) {
	for n := 100; n < 330; n++ {
		page := "<b>" + strings.Repeat("<table><td>", n) + "<p><table><td><math><mi>heart<svg/>after"
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
		require.NoError(t, err)
		require.LessOrEqual(t, depth(doc.Root), 512, n)
		require.Contains(t, text(doc), "heart")
		require.Contains(t, text(doc), "after")
		if n > 130 {
			require.Positive(t, elements(doc, "td"), "%d tables are no longer tables", n)
		}
	}
}

func elements(doc *htmldoc.Document, name string) int {
	count := 0
	for n := range doc.Root.Descendants() {
		if n.Type == html.ElementNode && n.Data == name {
			count++
		}
	}
	return count
}

func TestFlattenedPagesLoseNoText(t *testing.T) {
	for name, format := range map[string]string{
		"misnested formatting": "<div><b id=%d>w%d </div>",
		"unclosed fonts":       "<font size=%d>w%d ",
		"unclosed spans":       "<span id=%d>w%d </b>",
		"nested tables":        "<table id=%d><tr><td>w%d ",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(numbered(format)), htmldoc.Source{})
			require.NoError(t, err)
			require.True(t, doc.Flattened)
			words := strings.Fields(text(doc))
			require.Len(t, words, manyTags)
			for i, word := range words {
				require.Equal(t, fmt.Sprintf("w%d", i), word)
			}
		})
	}
}

// A flattened page keeps its structure, both inside and outside the wrappers.
func TestFlattenedPagesKeepTheirStructure(t *testing.T) {
	const inner = `<h2>Tides</h2><p>One <b>b</b>old <a href="/x">link</a><p>Two<ul><li>a<p>b<li>c</ul><table><tr><td>1<td>2<tr><td>3</table>` +
		`<dl><dt>t<dd>d<dt>u</dl><select><option>o<option>p</select>`
	doc, err := htmldoc.ParseBytes([]byte(deep(inner)+"<section><i>x<p>last</i></section><p>end"), htmldoc.Source{})
	require.NoError(t, err)
	require.True(t, doc.Flattened)
	count := make(map[string]int)
	for n := range doc.Root.Descendants() {
		if n.Type == html.ElementNode {
			count[n.Data]++
		}
	}
	for name, want := range map[string]int{
		"h2": 1, "p": 5, "a": 1, "ul": 1, "li": 2, "table": 1, "tr": 2, "td": 3, "dl": 1, "dt": 2, "dd": 1, "option": 2, "section": 1,
	} {
		assert.Equal(t, want, count[name], name)
	}
	assert.Contains(t, text(doc), "One bold link", "a dropped inline tag does not split a word")

	dropped, err := htmldoc.ParseBytes([]byte(deep("<div>one</div><div>two</div>")), htmldoc.Source{})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, html.Render(&b, dropped.Root))
	assert.Contains(t, b.String(), "one<br/><br/>two", "a dropped block leaves a break")
}

// depth counts the levels below root without recursion.
func depth(root *html.Node) int {
	deepest, level := 0, 0
	for n := root; n != nil; {
		deepest = max(deepest, level)
		if n.FirstChild != nil {
			n, level = n.FirstChild, level+1
			continue
		}
		for n != nil && n.NextSibling == nil {
			n, level = n.Parent, level-1
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return deepest
}
