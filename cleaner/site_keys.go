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

// The keys of what a page shows are hashes of 64 bits. They are the same on all machines, since machines merge what
// they saw.

// fingerprint makes the keys of a page that was cut into blocks.
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
		if k.box == block.None && bl.Kind == block.Cell { // a pager in a row of a layout
			k.box = p.Tree.Ancestor(bl.Elem, atom.Table)
		}
		k.masked, _ = hashMasked(bl.Text)
		k.place = mix(keyPlace, places[bl.Elem], uint64(bl.Kind))
		k.here = mix(keyHere, text, k.place)
	}
	f.identify(p, title)
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Form == block.Image && p.marks[i] == unmarked {
			if src := p.imageAddress(n.HTML); src != "" { // a placeholder repeats only if what scripts load instead does
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

// outerBoxes gives, for each node, the outermost list or table of data that it is in or is, None where there is none.
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

// tellingTexts is how many of a page's longest texts tell its story: the longest may be a notice that all pages of
// the host have.
const tellingTexts = 3

// identify makes the keys by which a page is known again that shows other things beside the same.
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

// places hash the way from the root to each element: the elements' names, and what each is called. That is its first
// class or, where it has none, its id, digits masked: further classes say what is open or chosen on this page, and
// ids of sections are the page's own.
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

// nameOf is what an element is called.
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
