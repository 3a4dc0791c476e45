package listing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	// maxTitle and maxTitleWords are the maximum lengths of a title, in bytes and in words.
	maxTitle      = 400
	maxTitleWords = 40
)

// isHeading reports whether a node is a heading.
func isHeading(n *block.Node) bool {
	return n.Form == block.Element && (dom.HeadingLevel(n.Tag) > 0 || dom.Attr(n.HTML, "role") == "heading")
}

// titleOf returns the range of nodes of an item's title: a heading around or in the item's link; or else a heading in
// the box, or a line in the box whose class calls it a title, if that is a better title than the link (see saysMore);
// or else a part of the link; or else a part of the box (see partOf). If there is none of these, the range is empty.
func (f *finder) titleOf(it item) (from, to int32) {
	nodes := f.Tree.Nodes
	a := f.links[it.link].node
	for at := a; at >= it.from && at != block.None; at = nodes[at].Parent {
		if isHeading(&nodes[at]) && f.fits(at) {
			return at, nodes[at].End
		}
	}
	if from, to, ok := f.headingIn(a, nodes[a].End); ok {
		return from, to
	}
	for _, named := range [...]func(from, to int32) (int32, int32, bool){f.headingIn, f.namedIn} {
		if from, to, ok := named(it.from, it.to); ok && f.saysMore(it, from, to) {
			return from, to
		}
	}
	if from, to, ok := f.partOf(a); ok && !f.actions[f.links[it.link].text] {
		return from, to
	}
	if from, to, ok := f.partOf(it.from); ok && !f.isOfOther(it, from) {
		return from, to
	}
	return a, a
}

// isOfOther reports whether a text is in a link that leads to a different page than the item's link, for example to
// reviews, while the item's link is a picture with an alternative text.
func (f *finder) isOfOther(it item, from int32) bool {
	l := &f.links[it.link]
	a := f.Tree.Ancestor(from, atom.A)
	if l.words == 0 && l.text == "" || f.blockOf(l.node) != block.None || a == block.None || f.actions[l.text] {
		return false
	}
	to, ok := f.Address(strings.TrimSpace(dom.Attr(f.Tree.Nodes[a].HTML, "href")))
	return ok && to != l.address
}

// namedIn returns the first line that its class name or microdata calls a title (see isNamedTitle), in a range of
// nodes.
func (f *finder) namedIn(from, to int32) (first, end int32, ok bool) {
	for i := from; i < to; i++ {
		if n := &f.Tree.Nodes[i]; n.Form == block.Element && !f.side[i] && isNamedTitle(n) && f.fits(i) && f.isLine(i) {
			return i, n.End, true
		}
	}
	return 0, 0, false
}

// saysMore reports whether a text is a better title than the item's link: the link only names an action, or the text is
// longer than that of the link and, if the link has words, is not a line that many entries have with different numbers.
func (f *finder) saysMore(it item, from, to int32) bool {
	l := &f.links[it.link]
	title := f.textOf(from, to)
	return f.actions[l.text] || len(title) > len(l.text) && (l.words == 0 || !f.numbered[unnumbered(title)])
}

// isLine reports whether an element has at most one block.
func (f *finder) isLine(i int32) bool {
	blocks := f.blocksIn(i, f.Tree.Nodes[i].End)
	return blocks[1]-blocks[0] <= 1
}

// fits reports whether node i has at least one word and at most maxTitleWords.
func (f *finder) fits(i int32) bool {
	words := f.in(i, f.Tree.Nodes[i].End).words
	return words > 0 && words <= maxTitleWords
}

// headingIn returns the first heading that has the length of a title, in a range of nodes.
func (f *finder) headingIn(from, to int32) (first, end int32, ok bool) {
	for i := from; i < to; i++ {
		if n := &f.Tree.Nodes[i]; !f.side[i] && isHeading(n) && f.fits(i) {
			return i, n.End, true
		}
	}
	return 0, 0, false
}

// partOf returns the part of an element that its class name or microdata calls a title or, if there is none, the part
// that is bold. Failing that, it returns a block in the element that is not a date, a price, a number or a label: the
// first one with at least two words, or else the first one. If there is no such block, it returns the whole element,
// provided that it has the length of a title and is not a label.
func (f *finder) partOf(a int32) (from, to int32, ok bool) {
	nodes := f.Tree.Nodes
	end := nodes[a].End
	for _, isTitle := range [...]func(n *block.Node) bool{isNamedTitle, isBold} {
		for i := a + 1; i < end; i++ {
			if n := &nodes[i]; n.Form == block.Element && !f.side[i] && isTitle(n) && f.fits(i) {
				return i, n.End, true
			}
		}
	}
	best := -1
	blocks := f.blocksIn(a, end)
	for b := blocks[0]; b < blocks[1]; b++ {
		bl := &f.Blocks[b]
		if bl.Words == 0 || f.isMeta(bl.Text) || f.labels[bl.Text] {
			continue
		}
		if best < 0 || f.Blocks[best].Words < 2 && bl.Words > f.Blocks[best].Words {
			best = b
		}
	}
	switch {
	case best >= 0:
		return f.Blocks[best].First, min(f.Blocks[best].End, end), true
	case f.fits(a) && !f.labels[f.textOf(a, end)]:
		return a, end, true
	}
	return 0, 0, false
}

// titleNames are parts of the class names of titles.
var titleNames = [...]string{"title", "headline", "heading", "titel", "titre", "titulo"}

// isNamedTitle reports whether an element's class name calls it a title, or microdata marks it as a name.
func isNamedTitle(n *block.Node) bool {
	if dom.Attr(n.HTML, "itemprop") == "name" {
		return true
	}
	class := strings.ToLower(dom.Attr(n.HTML, "class"))
	for _, name := range titleNames {
		if strings.Contains(class, name) && !strings.Contains(class, "subtitle") {
			return true
		}
	}
	return false
}

// isBold reports whether an element is bold.
func isBold(n *block.Node) bool { return n.Tag == atom.Strong || n.Tag == atom.B }

// isMeta reports whether a line of at most 48 bytes contains a price, is mostly a date, or has no letters.
func (f *finder) isMeta(s string) bool {
	if len(s) > 48 {
		return false
	}
	if _, ok := findPrice(s); ok {
		return true
	}
	if span, ok := dates.Find(s, f.Style); ok && 2*(span.End-span.Start) > len(s) {
		return true
	}
	return text.Letters(s) == 0
}

// titleText returns the text of an item's title. If that is empty, it returns the title or aria-label attribute of the
// item's link, or the first alternative text of a picture in the item, or "" if there is none.
func (f *finder) titleText(it item, from, to int32) string {
	s := f.textOf(from, to)
	a := f.Tree.Nodes[f.links[it.link].node].HTML
	if s == "" {
		s = text.FoldSpace(dom.Attr(a, "title"))
	}
	if s == "" {
		s = text.FoldSpace(dom.Attr(a, "aria-label"))
	}
	if s == "" {
		for i := it.from; i < it.to && s == ""; i++ {
			if n := &f.Tree.Nodes[i]; n.Form == block.Image {
				s = text.FoldSpace(dom.Attr(n.HTML, "alt"))
			}
		}
	}
	if len(s) > maxTitle {
		s = strings.ToValidUTF8(s[:maxTitle], "")
	}
	return s
}

// isApart reports whether node i is a text that only a style sheet separates from the text before it, such as a
// product's name after a brand in another element. It looks for a lower-case letter before the boundary and a capital
// letter after it.
func (f *finder) isApart(i int32, before string) bool {
	if f.Tree.Nodes[i-1].Form != block.Element {
		return false
	}
	last, size := utf8.DecodeLastRuneInString(before)
	other, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	first, _ := utf8.DecodeRuneInString(f.Tree.Nodes[i].Text)
	return unicode.IsLower(last) && unicode.IsLetter(other) && unicode.IsUpper(first)
}

// textOf returns the text of a range of nodes in the main content, with a space between blocks.
func (f *finder) textOf(from, to int32) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		n := &f.Tree.Nodes[i]
		if f.side[i] {
			continue
		}
		if n.Form == block.Element && (dom.IsBlockElement(n.Tag) || n.Tag == atom.Br) {
			b.WriteByte(' ')
		}
		if n.Form == block.Text && f.isApart(i, b.String()) {
			b.WriteByte(' ')
		}
		b.WriteString(n.Text)
	}
	return text.FoldSpace(dom.Printable(b.String()))
}
