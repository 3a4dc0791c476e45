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

// keyKind says what a key is of.
type keyKind uint64

const (
	keyHere  keyKind = iota + 1 // a block's text at its place
	keyPlace                    // a block's place
	keyImage                    // an image's address
	keyTitle                    // the beginning or the end of a title
	keyPage                     // all of a page
)

// Constants of the FNV-1a hash (Fowler, Noll, Vo), and of SplitMix64's last step (Steele, Lea, Flood, OOPSLA 2014).
const (
	hashStart = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

// mix makes one key of a kind and values.
func mix(kind keyKind, values ...uint64) uint64 {
	h := uint64(kind) * 0x9E3779B97F4A7C15
	for _, v := range values {
		h = (h ^ v) * 0xBF58476D1CE4E5B9
		h ^= h >> 29
	}
	h = (h ^ h>>27) * 0x94D049BB133111EB
	if h ^= h >> 31; h == 0 {
		return 1
	}
	return h
}

// hashMasked hashes a text in which a run of digits stands for any other, so that a page is known again whose
// counters have moved. White space is one space. letters reports whether there is something to recognize: two
// letters.
func hashMasked(text string) (hash uint64, letters bool) { return hashFolded(text, true) }

// hashText hashes a text with its digits: figures are content, and what differs in them does not repeat.
func hashText(text string) (hash uint64, letters bool) { return hashFolded(text, false) }

// hashFolded hashes a text, its case and white space folded.
func hashFolded(text string, masked bool) (hash uint64, letters bool) {
	h, last, count := uint64(hashStart), byte(' '), 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			if masked {
				c = '0'
			}
		case c <= ' ':
			c = ' '
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			count++
		case c >= 'a' && c <= 'z' || c >= 0xC3 && c != 0xE2: // 0xE2 begins dashes, quotes, bullets and arrows
			count++
		}
		if (c == '0' && masked || c == ' ') && c == last {
			continue
		}
		h, last = (h^uint64(c))*hashPrime, c
	}
	return h, count >= 2
}

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

// imageAddress is the address of the picture that a reader sees, from wherever the page is.
func (p *page) imageAddress(n *html.Node) string {
	src := content.ImageSource(n)
	if src == "" || strings.HasPrefix(src, "data:") {
		return src
	}
	if abs, ok := p.Doc.Resolve(src); ok {
		return abs
	}
	return src
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

// known are the keys of the page as a whole.
func (f *fingerprint) known() []uint64 {
	keys := make([]uint64, 0, 3)
	for _, k := range [...]uint64{f.page, f.story, f.address} {
		if k != 0 {
			keys = append(keys, k)
		}
	}
	return keys
}

func hashExact(s string) uint64 {
	h := uint64(hashStart)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
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

func bitsMixed(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	return h ^ h>>27
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

// all lists the page's keys, each once.
func (f *fingerprint) all() []uint64 {
	keys := make([]uint64, 0, 2*len(f.blocks)+len(f.images)+len(f.titles)+3)
	for b := range f.blocks {
		k := &f.blocks[b]
		keys = append(keys, k.place)
		if k.letters {
			keys = append(keys, k.here)
		}
	}
	for _, k := range f.images {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > maxPageKeys {
		keys = keys[:maxPageKeys] // the same choice on every page
	}
	keys = append(append(keys, f.titles...), f.known()...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// maxPageKeys is how many keys of a page are counted at most: the smallest, which are as good as any. So one page
// cannot push out what many have taught.
const maxPageKeys = 1 << 13
