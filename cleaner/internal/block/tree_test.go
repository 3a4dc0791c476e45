package block

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

func parse(t testing.TB, markup string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	require.NoError(t, err)
	return root
}

func newTree(t testing.TB, markup string) *Tree {
	t.Helper()
	return NewTree(parse(t, markup), nil)
}

// find returns the first node with a tag.
func find(t testing.TB, tree *Tree, tag atom.Atom) int32 {
	t.Helper()
	for i := range tree.Nodes {
		if tree.Nodes[i].Tag == tag {
			return int32(i)
		}
	}
	require.Fail(t, "no such element", tag.String())
	return None
}

// label returns a readable name of a node: its tag, or its text in quotes.
func label(n *Node) string {
	switch {
	case n.Form == Text:
		return "“" + n.Text + "”"
	case n.HTML.Type == html.DocumentNode:
		return "document"
	}
	return n.HTML.Data
}

func TestTreeIsTheDocumentInOrder(t *testing.T) {
	tree := newTree(
		t,
		`<!DOCTYPE html><!-- no --><title>Hens</title><body><ul><li>Ada<!-- no --><li>Bea <b>the loud</b></ul>out`,
	)
	var order []string
	for i := range tree.Nodes {
		order = append(order, label(&tree.Nodes[i]))
	}
	assert.Equal(t, []string{
		"document", "html", "head", "title", "“Hens”", "body", "ul", "li", "“Ada”", "li", "“Bea ”", "b", "“the loud”", "“out”",
	}, order, "comments and the doctype are left out")
}

func TestTreeNestingMatchesParser(t *testing.T) {
	root := parse(
		t,
		`<body><div><p>a<i>b</i></p><!-- x --><p></p></div><table><tr><td>c<td>d<ul><li>e</ul></table><p>f`,
	)
	before := render(t, root)
	tree := NewTree(root, nil)
	index := make(map[*html.Node]int32)
	for i := range tree.Nodes {
		index[tree.Nodes[i].HTML] = int32(i)
	}
	require.Len(t, index, len(tree.Nodes), "each node once")
	for i := range tree.Nodes {
		n := &tree.Nodes[i]
		if n.Parent == None {
			assert.Equal(t, root, n.HTML)
			continue
		}
		assert.Equal(t, index[n.HTML.Parent], n.Parent, label(n))
		inside := int32(0)
		for d := range n.HTML.Descendants() {
			if at, ok := index[d]; ok {
				inside++
				assert.True(t, tree.Contains(int32(i), at), "%s holds %s", label(n), d.Data)
			}
		}
		assert.Equal(t, int32(i)+1+inside, n.End, "%s ends after its last descendant", label(n))
		assert.Equal(t, None, n.Block, "no segmentation yet")
	}
	assert.Equal(t, before, render(t, root), "the page is never changed")
}

func render(t testing.TB, root *html.Node) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, html.Render(&b, root))
	return b.String()
}

func TestTreeOfOneNode(t *testing.T) {
	tree := NewTree(&html.Node{Type: html.TextNode, Data: "alone"}, nil)
	require.Len(t, tree.Nodes, 1)
	assert.Equal(t, int32(1), tree.Nodes[0].End)
	assert.Empty(t, NewTree(&html.Node{Type: html.CommentNode}, nil).Nodes)
}

// A Tree made from part of a page ends with that part, not with the page.
func TestTreeOfAPart(t *testing.T) {
	root := parse(t, `<div><p>in</p></div><p>out</p>`)
	for d := range root.Descendants() {
		if d.DataAtom == atom.Div {
			tree := NewTree(d, nil)
			require.Len(t, tree.Nodes, 3)
			assert.Equal(t, None, tree.Nodes[0].Parent)
			assert.Equal(t, int32(3), tree.Nodes[0].End)
		}
	}
}

func TestForms(t *testing.T) {
	tests := []struct {
		name, markup, tag string
		form              Form
		text              string
	}{
		{"an element", `<p>x</p>`, "p", Element, ""},
		{
			"MathML is its TeX",
			`<math><semantics><mi>x</mi><annotation encoding="application/x-tex"> x^2 </annotation></semantics></math>`,
			"math",
			Formula,
			"x^2",
		},
		{"MathML is its alternative text", `<math alttext="x+1"><mi>y</mi></math>`, "math", Formula, "x+1"},
		{
			"MathML is its characters",
			`<math> <mi>x</mi> <mo>=</mo> <mn>2</mn><annotation-xml>no</annotation-xml></math>`,
			"math",
			Formula,
			"x = 2",
		},
		{"TeX in a script", `<script type="math/tex; mode=display"> \frac12 </script>`, "script", Formula, `\frac12`},
		{"another script", `<script type="text/javascript">x</script>`, "script", Element, ""},
		{"an emoji", `<img alt="🐔" src=e.png>`, "img", Glyph, "🐔"},
		{"an emoji of several characters", `<img alt="👩‍🍳❤️" src=e.png>`, "img", Glyph, "👩‍🍳❤️"},
		{"a picture with letters", `<img alt="A hen" src=e.png>`, "img", Image, ""},
		{"a picture with an ideograph", `<img alt="鶏" src=e.png>`, "img", Image, ""},
		{"a picture with punctuation", `<img alt="…" src=e.png>`, "img", Image, ""},
		{"a picture without a word", `<img src=e.png>`, "img", Image, ""},
		{"a long row of emoji", `<img alt="` + strings.Repeat("🐔", 9) + `">`, "img", Image, ""},
		{"AMP's picture", `<amp-img src=e.png></amp-img>`, "amp-img", Image, ""},
		{"a drawing with its text", `<svg><title>no</title><text>no</text></svg>`, "svg", Image, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree := newTree(t, "<body>"+test.markup+"<p>after</p>")
			found := false
			for i := range tree.Nodes {
				if n := &tree.Nodes[i]; n.HTML.Type == html.ElementNode && n.HTML.Data == test.tag && !found {
					found = true
					assert.Equal(t, test.form, n.Form)
					assert.Equal(t, test.text, n.Text)
					if n.Form != Element {
						assert.Equal(t, int32(i)+1, n.End, "it is a single node")
					}
				}
			}
			assert.True(t, found)
			assert.Equal(t, "after", tree.Nodes[len(tree.Nodes)-1].Text, "the following text is not lost")
		})
	}
}

func TestAttributes(t *testing.T) {
	tree := newTree(t, `<body><p class="a" hidden title="">text<svg><a xlink:href="x"></a></svg>`)
	p := find(t, tree, atom.P)
	assert.Equal(t, "a", tree.Attr(p, "class"))
	assert.Empty(t, tree.Attr(p, "id"))
	assert.Empty(t, tree.Attr(p+1, "class"), "text has no attributes")
	n := tree.Nodes[p].HTML
	assert.True(t, dom.HasAttr(n, "hidden"))
	assert.True(t, dom.HasAttr(n, "title"), "even if empty")
	assert.False(t, dom.HasAttr(n, "class2"))
	for d := range n.Descendants() {
		if d.Data == "a" {
			assert.NotEmpty(t, d.Attr)
			assert.Empty(t, dom.Attr(d, "href"), "attributes of other namespaces are different")
			assert.False(t, dom.HasAttr(d, "href"))
		}
	}
}

func TestAncestorAndContains(t *testing.T) {
	tree := newTree(t, `<body><nav><ul><li><a href=/>x</a></li></ul></nav><p>y</p>`)
	a, li, nav, body := find(
		t,
		tree,
		atom.A,
	), find(
		t,
		tree,
		atom.Li,
	), find(
		t,
		tree,
		atom.Nav,
	), find(
		t,
		tree,
		atom.Body,
	)
	p := find(t, tree, atom.P)
	assert.Equal(t, a, tree.Ancestor(a, atom.A), "a node counts as its own ancestor")
	assert.Equal(t, li, tree.Ancestor(a, atom.Nav, atom.Li), "the nearest of several")
	assert.Equal(t, nav, tree.Ancestor(a+1, atom.Nav), "from a text")
	assert.Equal(t, None, tree.Ancestor(p, atom.Nav))
	assert.Equal(t, None, tree.Ancestor(None, atom.Nav))
	assert.True(t, tree.Contains(nav, a))
	assert.True(t, tree.Contains(nav, nav))
	assert.False(t, tree.Contains(nav, p))
	assert.False(t, tree.Contains(a, nav))
	assert.True(t, tree.Contains(body, p))
}

func TestDeepPagesDoNotNeedADeepStack(t *testing.T) {
	root := &html.Node{Type: html.DocumentNode}
	at := root
	for range 200_000 {
		div := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
		at.AppendChild(div)
		at = div
	}
	at.AppendChild(&html.Node{Type: html.TextNode, Data: "deep"})
	tree := NewTree(root, nil)
	require.Len(t, tree.Nodes, 200_002)
	assert.Equal(t, int32(200_002), tree.Nodes[1].End)
	blocks := Segment(tree, make([]bool, len(tree.Nodes)))
	require.Len(t, blocks, 1)
	assert.Equal(t, "deep", blocks[0].Text)
}
