package htmldoc

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// leftOpen returns a page that leaves n different formatting elements open, and closes the elements around them.
func leftOpen(open string, n int, shut, block string) string {
	var b strings.Builder
	b.WriteString("<div>")
	for i := range n {
		fmt.Fprintf(&b, open, i)
	}
	return b.String() + shut + strings.Repeat(block, 20_000)
}

// Without the guard, the trees of these pages would take thousands of times as many bytes as the pages.
func TestPagesThatReopenElements(t *testing.T) {
	for name, page := range map[string]string{
		"left open":           leftOpen("<b a=%d>", 240, "</div>", "<p>x"),
		"upper case":          leftOpen("<STRONG a=%d>", 240, "</div>", "<P>x"),
		"closed in a table":   leftOpen("<i a=%d>", 200, "<table><tr><td>"+strings.Repeat("</i>", 200)+"</table></div>", "<p>x"),
		"closed in a comment": leftOpen("<u a=%d>", 240, "<!--"+strings.Repeat("</u>", 240)+"--></div>", "<p>x"),
		"closed in a select":  leftOpen("<b a=%d>", 240, "<object><select></object>"+strings.Repeat("</b>", 240)+"</select></object></div>", "<p>x"),
		"closed in a style":   leftOpen("<em a=%d>", 240, "<svg><style><!--</style></svg>"+strings.Repeat("</em>", 240)+"--></style></svg></div>", "<p>x"),
		"opened in a style":   "<div><svg><style>" + leftOpen("<b a=%d>", 240, "</div></div>", "<p>x"),
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := ParseBytes([]byte(page), Source{})
			if err != nil {
				require.ErrorIs(t, err, ErrTooLarge)
				return
			}
			nodes := 0
			for range doc.Root.Descendants() {
				nodes++
			}
			assert.Less(t, nodes, 3*len(page))
			assert.True(t, doc.Flattened)
			assert.Contains(t, text(doc.Root), "xxxxxx", "the text is kept")
		})
	}
}

func text(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// A page that closes its many formatting elements is parsed normally, even through the guard.
func TestGuardedParserGivesSameTree(t *testing.T) {
	page := []byte(strings.Repeat("<p><b>The <i>ferry</i></b> was <code>late</code> <a href=/a>again</a>.</p>\n<table><tr><td><b>x</table>", 1000))
	guard := &reopenGuard{text: page, left: 4 * DefaultMaxNodes}
	root, err := html.ParseWithOptions(guard, guard.option())
	require.NoError(t, err)
	require.True(t, guard.active.IsValid(), "x/net/html has changed: the guard assumes that every tag stays open")
	want, err := html.Parse(bytes.NewReader(page))
	require.NoError(t, err)
	var a, b bytes.Buffer
	require.NoError(t, html.Render(&a, want))
	require.NoError(t, html.Render(&b, root))
	assert.Equal(t, a.String(), b.String())
}

// The parser stops soon after the limit, before the tree of a large page fills the memory. So does the parser of a
// flattened page.
func TestParserStopsAtMaxNodes(t *testing.T) {
	for _, head := range []string{"", strings.Repeat("<div>", 600)} {
		page := []byte(head + strings.Repeat("<p>a", 1<<19))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ParseBytes(page, Source{MaxNodes: 50_000})
		runtime.ReadMemStats(&after)
		require.ErrorIs(t, err, ErrTooLarge)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(30*len(page)), "bytes allocated")
	}
}

func TestMaxNodes(t *testing.T) {
	page := []byte("<p>a" + strings.Repeat("<br>", 1000))
	_, err := ParseBytes(page, Source{MaxNodes: 1000})
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = ParseBytes(page, Source{MaxNodes: 1010})
	require.NoError(t, err)
	_, err = ParseBytes([]byte(strings.Repeat("<p>", DefaultMaxNodes+1)), Source{})
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = ParseBytes([]byte(strings.Repeat("<div>a", DefaultMaxNodes/4)), Source{})
	require.NoError(t, err, "depth is flattened, not refused")
}
