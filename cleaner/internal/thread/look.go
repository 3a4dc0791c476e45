package thread

import (
	"hash/maphash"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

var seed = maphash.MakeSeed()

// hashOf returns a number for a kind of key and its parts. Digits in them are left out: they count posts and days.
func hashOf(kind byte, parts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	_ = h.WriteByte(kind)
	for _, part := range parts {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				_ = h.WriteByte(part[i])
			}
		}
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// stateWords are class names of a box's place among others.
var stateWords = text.SetOf("even", "odd", "alt", "alternate", "first", "last", "clearfix", "row-odd", "row-even")

// firstToken returns the first name of a class attribute that does not only say which of several boxes this is.
func firstToken(class string) string {
	for name := range strings.FieldsSeq(class) {
		if !stateWords.Has(name) {
			return name
		}
	}
	return ""
}

// keys appends numbers that boxes like node i have too: by its class, by the first of its classes, by its id without
// its number, and, if it has neither, by the look of its parent and of its first children.
func (f *finder) keys(keys []uint64, i int32) []uint64 {
	n := f.Tree.Nodes[i].HTML
	class, id := strings.TrimSpace(dom.Attr(n, "class")), dom.Attr(n, "id")
	if t := dom.Attr(n, "itemtype"); t != "" {
		keys = append(keys, hashOf('t', t[strings.LastIndexByte(t, '/')+1:]))
	}
	if class != "" {
		first := firstToken(class)
		if keys = append(keys, hashOf('f', n.Data, first)); first != class {
			keys = append(keys, hashOf('c', n.Data, class))
		}
	}
	if strings.ContainsAny(id, "0123456789") {
		keys = append(keys, hashOf('i', n.Data, id))
	}
	if class == "" {
		keys = append(keys, f.structureKey(i))
	}
	return keys
}

// maxKeyChildren is how many children a key looks at.
const maxKeyChildren = 3

// structureKey is the key of an element without a class.
func (f *finder) structureKey(i int32) uint64 {
	nodes := f.Tree.Nodes
	n := &nodes[i]
	parts := []string{n.HTML.Data}
	if n.Parent != block.None {
		up := nodes[n.Parent].HTML
		parts = append(parts, up.Data, firstToken(dom.Attr(up, "class")))
	}
	for c, k := i+1, 0; c < n.End && k < maxKeyChildren; c = nodes[c].End {
		if e := &nodes[c]; e.Form == block.Element && dom.IsBlockElement(e.Tag) {
			parts = append(parts, e.HTML.Data, firstToken(dom.Attr(e.HTML, "class")))
			k++
		}
	}
	return hashOf('s', parts...)
}

// maxPlace is the number that later elements of one look in a row share.
const maxPlace = 9

// A places numbers what elements are in their parents.
type places struct {
	// before counts the siblings before, by their tags; classes are the class attributes by their first names.
	before  map[siblingKey]int
	classes map[siblingKey]string
}

type siblingKey struct {
	parent int32
	name   string
}

// of returns a number for what a node is in its parent: by its tag and the first name of its class, by all of them if a
// sibling before it has the same first name, and without a class by how many elements of its tag are before it.
func (p *places) of(n *block.Node, parent int32) uint64 {
	if n.Form != block.Element {
		return uint64(n.Form) + 1
	}
	class, prop := strings.TrimSpace(dom.Attr(n.HTML, "class")), dom.Attr(n.HTML, "itemprop")
	if class == "" && prop == "" {
		if isProfile(n) {
			return hashOf('u')
		}
		key := siblingKey{parent, n.HTML.Data}
		before := p.before[key]
		p.before[key]++
		if !dom.IsBlockElement(n.Tag) && n.Tag != atom.Td && n.Tag != atom.Tr {
			before = 0
		}
		return hashOf(byte(min(before, maxPlace)), n.HTML.Data)
	}
	first := firstToken(class)
	if n.Tag == atom.Td { // classes of cells in a row differ by a number, or not at all
		key := siblingKey{parent, "td"}
		p.before[key]++
		return hashOf(byte('0'+min(p.before[key], maxPlace)), first, prop)
	}
	key := siblingKey{parent, first}
	if other, ok := p.classes[key]; !ok {
		p.classes[key] = class
	} else if other != class {
		first = class
	}
	return hashOf('p', n.HTML.Data, first, prop)
}
