package cleaner

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Keys are 64-bit hashes of what a page shows. They are the same on all machines, so that Sites from several machines
// can be merged.

// fingerprint computes the keys of a page that has been cut into blocks.
func (p *page) fingerprint(title string) *fingerprint {
	f := &fingerprint{blocks: make([]blockKeys, len(p.Blocks)), images: make(map[int32]uint64)}
	places, boxes := p.places(), p.outerBoxes()
	for b := range p.Blocks {
		if p.isStoppedAt(b) {
			return f
		}
		bl, k := &p.Blocks[b], &f.blocks[b]
		text, letters := hashText(bl.Text)
		k.letters, k.box = letters, boxes[bl.Elem]
		if k.box == block.None && bl.Kind == block.Cell { // a pager in a row of a layout table
			k.box = p.Tree.Ancestor(bl.Elem, atom.Table)
		}
		k.masked, _ = hashMasked(bl.Text)
		k.place = mix(keyPlace, places[bl.Elem], uint64(bl.Kind))
		k.here = mix(keyHere, text, k.place)
	}
	f.identify(p, title)
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Form == block.Image && p.marks[i] == unmarked {
			if src := p.imageAddress(n.HTML); src != "" { // a placeholder is repeated only if its picture is
				other, plain := content.OtherSource(n.HTML), content.NoscriptSource(n.HTML)
				f.images[int32(i)] = mix(keyImage, hashExact(src), hashExact(other), hashExact(plain))
			}
		}
	}
	for _, part := range titleEnds(title) {
		f.titles = append(f.titles, titleKey(part))
	}
	return f
}

// outerBoxes returns, for each node, the outermost list or data table that the node is or is in, or None.
func (p *page) outerBoxes() []int32 {
	nodes := p.Tree.Nodes
	boxes := make([]int32, len(nodes))
	for i := range nodes {
		n := &nodes[i]
		boxes[i] = block.None
		if n.Parent != block.None {
			boxes[i] = boxes[n.Parent]
		}
		if boxes[i] != block.None {
			continue
		}
		switch n.Tag {
		case atom.Ul, atom.Ol, atom.Dl, atom.Menu:
			boxes[i] = int32(i)
		case atom.Table:
			if p.Tree.IsDataTable(int32(i)) {
				boxes[i] = int32(i)
			}
		}
	}
	return boxes
}

// tellingTexts is how many of a page's longest texts identify its story. The longest text alone may be a notice on all
// pages of the host.
const tellingTexts = 3

// identify computes the keys by which the page as a whole is recognized. The key f.story stays the same if the page
// shows different text next to the same content. It is 0 if the page has no blocks. The key f.address is 0 if the
// page's address is unknown.
func (f *fingerprint) identify(p *page, title string) {
	all := make([]uint64, 2*len(f.blocks))
	for b := range f.blocks {
		all[2*b], all[2*b+1] = f.blocks[b].masked, f.blocks[b].place
	}
	f.page = mix(keyPage, all...)
	longest := make([]int, 0, tellingTexts+1)
	for b := range p.Blocks {
		at := len(longest)
		for at > 0 && len(p.Blocks[b].Text) > len(p.Blocks[longest[at-1]].Text) {
			at--
		}
		if at < tellingTexts {
			longest = slices.Insert(longest, at, b)
			longest = longest[:min(len(longest), tellingTexts)]
		}
	}
	if len(longest) > 0 {
		story := []uint64{hashExact(title)}
		for _, b := range longest {
			story = append(story, f.blocks[b].masked)
		}
		f.story = mix(keyPage, story...)
	}
	if p.Doc.URL != nil {
		u := *p.Doc.URL
		u.Fragment, u.RawFragment = "", ""
		f.address = mix(keyPage, hashExact(u.String()))
	}
}

// places returns, for each element, a hash of the path from the root to it. The path consists of the elements' tags and
// names. An element's name is its first class or, if it has none, its id, with digits masked. Further classes are
// ignored, because they show what is open or selected on this page. The elements html, body and section have no name.
func (p *page) places() []uint64 {
	nodes := p.Tree.Nodes
	places := make([]uint64, len(nodes))
	for i := range nodes {
		n := &nodes[i]
		if n.Form != block.Element || n.Parent == block.None {
			continue
		}
		above := places[n.Parent]
		if n.Tag == atom.Html || n.Tag == atom.Body || n.Tag == atom.Section {
			places[i] = (above ^ uint64(n.Tag)) * hashPrime
			continue
		}
		name, _ := hashMasked(nameOf(n.HTML, dom.HeadingLevel(n.Tag) > 0))
		places[i] = (bitsMixed(above^name) ^ uint64(n.Tag)) * hashPrime
	}
	return places
}

// nameOf returns the name of an element for use in places. Headings, paragraphs, list items, terms and table rows have
// no name without a class, because their ids are unique to a page.
func nameOf(n *html.Node, heading bool) string {
	if class := dom.Attr(n, "class"); class != "" {
		class = strings.TrimSpace(class)
		if i := strings.IndexAny(class, " \t\n"); i >= 0 {
			class = class[:i]
		}
		return class
	}
	if heading || n.DataAtom == atom.P || n.DataAtom == atom.Li || n.DataAtom == atom.Dt || n.DataAtom == atom.Tr {
		return ""
	}
	return dom.Attr(n, "id")
}
