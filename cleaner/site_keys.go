package cleaner

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// The keys of what a page shows are hashes of 64 bits. They are the same on all machines, since machines merge what they saw.

// keyKind says what a key is of.
type keyKind uint64

const (
	keyText    keyKind = iota + 1 // a block's text
	keyHere                       // a block's text at its place
	keyPlace                      // a block's place
	keyPair                       // a block's text at its place, and that of the next block
	keyOpening                    // the beginning of a block's text at its place
	keyLink                       // the address that a link leads to
	keyImage                      // an image's address
	keyTitle                      // the beginning or the end of a title
	keyPage                       // all of a page
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

// hashMasked hashes a text in which a run of digits stands for any other: times, dates and counters differ from page to page.
// White space is one space. letters tells whether there is something to recognise in it: two letters.
func hashMasked(text string) (hash uint64, letters bool) {
	h, last, count := uint64(hashStart), byte(' '), 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			c = '0'
		case c <= ' ':
			c = ' '
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			count++
		case c >= 'a' && c <= 'z' || c >= 0xC3 && c != 0xE2: // 0xE2 begins dashes, quotes, bullets and arrows
			count++
		}
		if (c == '0' || c == ' ') && c == last {
			continue
		}
		h, last = (h^uint64(c))*hashPrime, c
	}
	return h, count >= 2
}

// A sighting is what is known of a page for comparing it with others of its host.
type sighting struct {
	// blocks are the keys of the page's blocks, in order.
	blocks []blockKeys
	// images are the keys of the page's images, by node; titles those of the beginnings and ends of its title.
	images map[int32]uint64
	titles []uint64
	// page is the key of what it shows, story that of its title and its longest text, and address that of its address, 0 if it has none.
	page, story, address uint64
}

// blockKeys are a block's.
type blockKeys struct {
	text, here, place, pair, opening uint64
	// links are those of the addresses that it links to.
	links []uint64
	// letters tells that the text can be recognised.
	letters bool
}

// openingBytes is how much of a text its opening is, two or three words, and minOpened how long a text is that has one.
const (
	openingBytes = 16
	minOpened    = 24
)

// maxBlockLinks is how many links of a block are looked at.
const maxBlockLinks = 16

// sight makes the keys of a page that was cut into blocks.
func (p *page) sight(title string) *sighting {
	s := &sighting{blocks: make([]blockKeys, len(p.blocks)), images: make(map[int32]uint64)}
	places := p.places()
	for b := range p.blocks {
		bl, k := &p.blocks[b], &s.blocks[b]
		text, letters := hashMasked(bl.Text)
		k.letters = letters
		k.place = mix(keyPlace, places[bl.Elem], uint64(bl.Kind))
		k.text, k.here = mix(keyText, text), mix(keyHere, text, k.place)
		if len(bl.Text) >= minOpened {
			opening, _ := hashMasked(bl.Text[:openingBytes])
			k.opening = mix(keyOpening, opening, k.place)
		}
		if bl.LinkWords > 0 {
			k.links = p.linkKeys(bl)
		}
	}
	all := make([]uint64, len(s.blocks))
	for b := range s.blocks {
		all[b] = s.blocks[b].here
		next := uint64(0)
		if b+1 < len(s.blocks) {
			next = s.blocks[b+1].text
		}
		s.blocks[b].pair = mix(keyPair, s.blocks[b].here, next)
	}
	s.page = mix(keyPage, all...)
	s.identify(p, title)
	for i := range p.tree.Nodes {
		if n := &p.tree.Nodes[i]; n.Form == block.Image && p.marks[i] == unmarked {
			if src := block.Attr(n.HTML, "src"); src != "" {
				s.images[int32(i)] = mix(keyImage, hashExact(src))
			}
		}
	}
	for _, part := range titleEnds(title) {
		s.titles = append(s.titles, titleKey(part))
	}
	return s
}

// tellingTexts is how many of a page's longest texts tell its story: the longest may be a notice that all pages of the host have.
const tellingTexts = 3

// identify makes the keys by which a page is known again that shows other things beside the same.
func (s *sighting) identify(p *page, title string) {
	longest := make([]int, 0, tellingTexts+1)
	for b := range p.blocks {
		at := len(longest)
		for at > 0 && len(p.blocks[b].Text) > len(p.blocks[longest[at-1]].Text) {
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
			story = append(story, s.blocks[b].text)
		}
		s.story = mix(keyPage, story...)
	}
	if p.doc.URL != nil {
		u := *p.doc.URL
		u.Fragment, u.RawFragment = "", ""
		s.address = mix(keyPage, hashExact(u.String()))
	}
}

// known are the keys of the page as a whole.
func (s *sighting) known() []uint64 {
	keys := make([]uint64, 0, 3)
	for _, k := range [...]uint64{s.page, s.story, s.address} {
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

// places hash the way from the root to each element: the elements' names, and what each is called. That is its first class or, where
// it has none, its id, digits masked: further classes say what is open or chosen on this page, and ids of sections are the page's own.
func (p *page) places() []uint64 {
	nodes := p.tree.Nodes
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
		name, _ := hashMasked(nameOf(n.HTML, block.HeadingLevel(n.Tag) > 0))
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
	if class := block.Attr(n, "class"); class != "" {
		class = strings.TrimSpace(class)
		if i := strings.IndexAny(class, " \t\n"); i >= 0 {
			class = class[:i]
		}
		return class
	}
	if heading || n.DataAtom == atom.P || n.DataAtom == atom.Li || n.DataAtom == atom.Dt || n.DataAtom == atom.Tr {
		return ""
	}
	return block.Attr(n, "id")
}

// linkKeys are the keys of the addresses that a block links to.
func (p *page) linkKeys(bl *block.Block) []uint64 {
	var keys []uint64
	add := func(i int32) {
		if n := &p.tree.Nodes[i]; n.Tag == atom.A && len(keys) < maxBlockLinks {
			if href := block.Attr(n.HTML, "href"); href != "" && href[0] != '#' {
				keys = append(keys, mix(keyLink, hashExact(href)))
			}
		}
	}
	for i := p.tree.Nodes[bl.First].Parent; i != block.None && i >= bl.Elem; i = p.tree.Nodes[i].Parent {
		add(i)
	}
	for i := bl.First; i < bl.End; i++ {
		add(i)
	}
	if len(keys) == 0 { // a link around the whole box
		if a := p.tree.Ancestor(bl.Elem, atom.A); a != block.None {
			add(a)
		}
	}
	return keys
}

// all lists the page's keys, each once.
func (s *sighting) all() []uint64 {
	keys := make([]uint64, 0, 5*len(s.blocks)+len(s.images)+len(s.titles)+1)
	for b := range s.blocks {
		k := &s.blocks[b]
		keys = append(keys, k.place)
		if k.letters {
			keys = append(keys, k.text, k.here, k.pair)
		}
		if k.opening != 0 {
			keys = append(keys, k.opening)
		}
		keys = append(keys, k.links...)
	}
	for _, k := range s.images {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > maxPageKeys {
		keys = keys[:maxPageKeys] // the same choice on every page
	}
	keys = append(append(keys, s.titles...), s.known()...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// maxPageKeys is how many keys of a page are counted at most: the smallest, which are as good as any. So one page cannot push out what
// many have taught.
const maxPageKeys = 1 << 13
