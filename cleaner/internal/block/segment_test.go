package block

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// segment splits a page into blocks and leaves out the elements with the given tags.
func segment(t testing.TB, markup string, without ...atom.Atom) (*Tree, []Block) {
	t.Helper()
	tree := newTree(t, markup)
	skip := make([]bool, len(tree.Nodes))
	for i := range tree.Nodes {
		for _, tag := range without {
			skip[i] = skip[i] || tree.Nodes[i].Tag == tag
		}
	}
	return tree, Segment(tree, skip)
}

// describe returns a description of each block: its kind, its element, and its text.
func describe(tree *Tree, blocks []Block) []string {
	var list []string
	for _, b := range blocks {
		kind := b.Kind.String()
		if b.Level > 0 {
			kind += fmt.Sprint(b.Level)
		}
		list = append(list, fmt.Sprintf("%s %s: %s", kind, tree.Nodes[b.Elem].Tag, b.Text))
	}
	return list
}

var segmentCases = []struct {
	name, markup string
	want         []string
}{
	{"paragraphs", `<p>one</p><p>two</p>`, []string{"paragraph p: one", "paragraph p: two"}},
	{"a box's own text around a block", `<div>one<p>two</p>three</div>`, []string{"paragraph div: one", "paragraph p: two", "paragraph div: three"}},
	{"text in the body", `one <i>two</i>`, []string{"paragraph body: one two"}},
	{"inline tags do not split", `<p>w<b>or</b>d <span>and</span> <a href=/>link</a>, a<wbr>b</p>`, []string{"paragraph p: word and link, ab"}},
	{"a comment does not split", `<p>wo<!-- x -->rd</p>`, []string{"paragraph p: word"}},
	{"a block element in an inline one splits", `<a href=/>one<div>two</div>three</a>`, []string{"paragraph body: one", "paragraph div: two", "paragraph body: three"}},
	{"an empty block element splits", `<div>one<p></p>two</div>`, []string{"paragraph div: one", "paragraph div: two"}},
	{"one break is a line", `<p>one<br>two</p>`, []string{"paragraph p: one\ntwo"}},
	{"two breaks split", `<p>one<br><br>two</p>`, []string{"paragraph p: one", "paragraph p: two"}},
	{"five breaks split once", `<p>one<br><br><br> <br><br>two</p>`, []string{"paragraph p: one", "paragraph p: two"}},
	{"two breaks with space between split", `<p>one<br> &nbsp;<br>two</p>`, []string{"paragraph p: one", "paragraph p: two"}},
	{"two breaks in inline tags split", `<p>one<b><br></b><i><br>two</i></p>`, []string{"paragraph p: one", "paragraph p: two"}},
	{"breaks at the ends", `<p><br>one<br></p>`, []string{"paragraph p: one"}},
	{"a horizontal rule splits", `<div>one<hr>two</div>`, []string{"paragraph div: one", "paragraph div: two"}},
	{"white space collapses", "<p>  one \t\r\n two&nbsp;&nbsp;three <b> four </b> five  </p>", []string{"paragraph p: one two three four five"}},
	{"white space between tags is a space", "<p><b>one</b>\n<i>two</i></p>", []string{"paragraph p: one two"}},
	{"space before and after a break is dropped", "<p>one <br> two</p>", []string{"paragraph p: one\ntwo"}},
	{"blocks without text", "<p> </p><p>&nbsp;</p><p>\u200b</p><p>\u200d\u200c</p><div><br></div>", nil},
	{"a dot is text", "<p>.</p>", []string{"paragraph p: ."}},
	{"code is verbatim", "<pre>\nif x {\n\ty  :=  1\n\n}\n</pre>", []string{"code pre: if x {\n\ty  :=  1\n\n}\n"}},
	{"highlighted code is one", "<pre><code><span>a</span> <span>b</span>\n  c</code></pre>", []string{"code pre: a b\n  c"}},
	{"breaks in code are lines", "<pre>a<br><br>b</pre>", []string{"code pre: a\n\nb"}},
	{"code without text", "<pre>\n \t</pre>", nil},
	{"inline code collapses", "<p>a <code>b  c</code></p>", []string{"paragraph p: a b c"}},
	{"old code elements", "<listing>a  b</listing><xmp><i>c</i></xmp>", []string{"code listing: a  b", "code xmp: <i>c</i>"}},
	{"headings", "<h1>a</h1><h3>b</h3><h6><div>c</div></h6>", []string{"heading1 h1: a", "heading3 h3: b", "heading6 div: c"}},
	{"a list", "<ul><li>a<li><p>b</p></ul>", []string{"item li: a", "item p: b"}},
	{"lists in lists", "<ul><li>a<ul><li>b<ol><li>c</ol></ul>d</ul>", []string{"item li: a", "item li: b", "item li: c", "item li: d"}},
	{"definitions", "<dl><dt>a<dd>b<dd><p>c</dl>", []string{"item dt: a", "item dd: b", "item p: c"}},
	{"a quote", "<blockquote>a<p>b</p><ul><li>c</ul></blockquote>", []string{"quote blockquote: a", "quote p: b", "item li: c"}},
	{"a heading in an item", "<ul><li><h2>a</h2></ul>", []string{"heading2 h2: a"}},
	{"code in a quote", "<blockquote><pre>a</pre></blockquote>", []string{"code pre: a"}},
	{"a figure", "<figure><img src=a><figcaption>a<br>b</figcaption></figure>", []string{"caption figcaption: a\nb"}},
	{"a caption by class", `<div><img src=a><p class="wp-caption-text">a</p></div><p>b</p>`, []string{"caption p: a", "paragraph p: b"}},
	{"a photographer by class", `<div><img src=a><div class="photo-credit">a</div></div>`, []string{"caption div: a"}},
	{"a caption's class without an image", `<article><div><p class="caption">a</p></div></article>`, []string{"paragraph p: a"}},
	{
		"labels of a form", "<label>a <input></label><fieldset><legend>b</legend></fieldset><select><optgroup><option>c</optgroup></select>",
		[]string{"label body: a", "label legend: b", "label option: c"},
	},
	{"a label inside a paragraph", "<p><label>a</label></p><p>b <label>c</label></p>", []string{"label p: a", "paragraph p: b c"}},
	{"a formula is a word of its line", `<p>Let <math><mi>x</mi><annotation encoding=tex> x  y </annotation></math>be.</p>`, []string{"paragraph p: Let x ybe."}},
	{"a formula alone", `<p><script type="math/tex">a+b</script></p>`, []string{"paragraph p: a+b"}},
	{"a formula in code", `<pre>a <script type="math/tex">b</script></pre>`, []string{"code pre: a b"}},
	{"glyphs are characters", `<p>a<img alt="🐔">b <img alt="🎉"></p>`, []string{"paragraph p: a🐔b 🎉"}},
	{"images are not text", `<p>a<img alt="A hen" src=a>b</p>`, []string{"paragraph p: ab"}},
	{"an accordion", "<details><summary>a</summary>b</details>", []string{"paragraph summary: a", "paragraph details: b"}},
}

func TestSegment(t *testing.T) {
	for _, test := range segmentCases {
		t.Run(test.name, func(t *testing.T) {
			tree, blocks := segment(t, "<body>"+test.markup)
			assert.Equal(t, test.want, describe(tree, blocks))
		})
	}
}

// Every node with text has the index of its block, the blocks are in order, and each block's text is the text of its
// nodes.
func TestBlocksAndNodesAgree(t *testing.T) {
	for _, test := range segmentCases {
		t.Run(test.name, func(t *testing.T) {
			tree, blocks := segment(t, "<body>"+test.markup)
			texts := make([]string, len(blocks))
			for i := range tree.Nodes {
				n := &tree.Nodes[i]
				if n.Block == None {
					assert.True(t, n.Form == Element || n.Form == Image || isBlank(n.Text), "%q belongs to no block", n.Text)
					continue
				}
				b := &blocks[n.Block]
				assert.True(t, b.First <= int32(i) && int32(i) < b.End, "the run of block %d contains node %d", n.Block, i)
				assert.True(t, tree.Contains(b.Elem, int32(i)))
				texts[n.Block] += n.Text
			}
			for b := range blocks {
				assert.Equal(t, squeeze(texts[b]), squeeze(blocks[b].Text))
				assert.Equal(t, int32(text.CountWords(blocks[b].Text)), blocks[b].Words)
				if b > 0 {
					assert.GreaterOrEqual(t, blocks[b].First, blocks[b-1].End, "in order")
				}
			}
		})
	}
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00A0", " ")), "")
}

func TestSkippedNodesAreLeftOut(t *testing.T) {
	tree, blocks := segment(t, `<p>one <button>no <b>no</b></button>two</p><nav><ul><li>no</ul></nav><p>three</p>`, atom.Button, atom.Nav)
	assert.Equal(t, []string{"paragraph p: one two", "paragraph p: three"}, describe(tree, blocks))
	for i := range tree.Nodes {
		if strings.TrimSpace(tree.Nodes[i].Text) == "no" {
			assert.Equal(t, None, tree.Nodes[i].Block)
		}
	}
	_, blocks = segment(t, `<p>one</p>`, atom.Html)
	assert.Empty(t, blocks)
	assert.Empty(t, Segment(&Tree{}, nil))
}

func TestLinkWords(t *testing.T) {
	tests := []struct {
		name, markup string
		words, links int32
	}{
		{"none", `<p>one two three</p>`, 3, 0},
		{"some", `<p>one <a href=/>two three</a> four</p>`, 4, 2},
		{"all", `<a href=/><p>one two</p></a>`, 2, 2},
		{"in elements", `<p><b><a href=/><i>one</i> two</a></b></p>`, 2, 2},
		{"an anchor is not a link", `<p><a name=x>one</a> <a id=y>two</a></p>`, 2, 0},
		{"no more than there are", `<p>l<a href=/>in</a>k<a href=/>ed</a></p>`, 1, 1},
		{"code", `<pre>one <a href=/>two</a></pre>`, 2, 1},
		{"an emoji", `<p><a href=/><img alt="🐔"></a> one</p>`, 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, blocks := segment(t, test.markup)
			require.Len(t, blocks, 1)
			assert.Equal(t, test.words, blocks[0].Words)
			assert.Equal(t, test.links, blocks[0].LinkWords)
			assert.InDelta(t, float64(test.links)/float64(test.words), blocks[0].LinkDensity(), 1e-9)
		})
	}
	assert.Zero(t, (&Block{LinkWords: 1}).LinkDensity(), "of no words")
}

func TestKindsHaveNames(t *testing.T) {
	seen := make(map[string]bool)
	for k := Paragraph; k <= Date; k++ {
		assert.NotEmpty(t, k.String())
		assert.False(t, seen[k.String()], k.String())
		seen[k.String()] = true
	}
}
