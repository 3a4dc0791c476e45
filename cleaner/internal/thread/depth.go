package thread

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// setDepths sets the depth of each post. If posts are nested, it is the number of posts around the post. Otherwise it
// is the number of different smaller indentations that posts on the page have. If no post is indented, the number of
// lists around a post is its indentation.
func (f *finder) setDepths(posts []Post) {
	nested := false
	var open []int32 // ends of the enclosing posts
	for k := range posts {
		p := &posts[k]
		for len(open) > 0 && open[len(open)-1] <= p.From {
			open = open[:len(open)-1]
		}
		p.Depth = len(open)
		nested = nested || p.Depth > 0
		open = append(open, p.To)
	}
	if nested {
		return
	}
	indents := make([]int, len(posts))
	for k := range posts {
		indents[k] = f.indentOf(&posts[k])
	}
	if !slices.ContainsFunc(indents, func(n int) bool { return n != 0 }) {
		least := make(map[int8]int)
		for k := range posts {
			indents[k] = f.listsAround(posts[k].From)
			group := f.groupOf[posts[k].From]
			if n, ok := least[group]; !ok || indents[k] < n {
				least[group] = indents[k]
			}
		}
		for k := range posts {
			indents[k] -= least[f.groupOf[posts[k].From]]
		}
	}
	levels := slices.Clone(indents)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	for k := range posts {
		posts[k].Depth, _ = slices.BinarySearch(levels, indents[k])
	}
}

// listsAround returns the number of lists around a node.
func (f *finder) listsAround(i int32) (lists int) {
	for up := f.Tree.Nodes[i].Parent; up != block.None; up = f.Tree.Nodes[up].Parent {
		if tag := f.Tree.Nodes[up].Tag; tag == atom.Ul || tag == atom.Ol {
			lists++
		}
	}
	return lists
}

// indentAttrs are attributes with a post's depth. indentWords are words that precede the depth in a class name, as in
// WordPress's depth-2.
var (
	indentAttrs = [...]string{"indent", "depth", "data-depth", "data-level", "aria-level"}
	indentWords = text.SetOf("depth", "level", "indent", "lvl", "thread-level")
)

// indentOf returns the indentation of a post according to the attributes of its first elements, or 0 if they have none.
func (f *finder) indentOf(p *Post) int {
	for i := p.From; i < p.To && i < p.From+maxIndentNodes; i++ {
		n := &f.Tree.Nodes[i]
		if n.Form == block.Text || n.Form == block.Formula {
			continue
		}
		for _, key := range indentAttrs {
			if depth, err := strconv.Atoi(dom.Attr(n.HTML, key)); err == nil {
				return depth
			}
		}
		for name := range strings.FieldsSeq(dom.Attr(n.HTML, "class")) {
			cut := strings.LastIndexAny(name, "-_") + 1
			if depth, err := strconv.Atoi(name[cut:]); err == nil && cut > 0 && indentWords.Has(strings.ToLower(name[:cut-1])) {
				return depth
			}
		}
		if depth, ok := marginOf(dom.Attr(n.HTML, "style")); ok {
			return depth
		}
	}
	return 0
}

// maxIndentNodes is the maximum number of nodes of a post that are checked for its depth.
const maxIndentNodes = 12

// marginOf returns the number in the left margin or padding of a style attribute, in any unit, and whether there is
// one.
func marginOf(style string) (int, bool) {
	for _, property := range [...]string{"margin-left:", "padding-left:"} {
		if at := strings.Index(style, property); at >= 0 {
			value := strings.TrimSpace(style[at+len(property):])
			if n, end, _ := text.ReadNumber(value, 0); end > 0 {
				return n, true
			}
		}
	}
	return 0, false
}
