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

// hashOf returns a hash for a kind of key and its parts. It ignores digits, because they number posts and days.
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

// stateWords are class names that do not describe a box. Most of them only give its position among others.
var stateWords = text.SetOf("even", "odd", "alt", "alternate", "first", "last", "clearfix", "row-odd", "row-even")

// firstToken returns the first class name that is not in stateWords, or "" if there is none.
func firstToken(class string) string {
	for name := range strings.FieldsSeq(class) {
		if !stateWords.Has(name) {
			return name
		}
	}
	return ""
}

// keys appends hashes that node i shares with boxes that look like it. They are hashes of its schema.org type, of the
// first of its class names, of its whole class, and of its id without the number. If it has no class, its structureKey
// is appended, too.
func (f *finder) keys(keys []uint64, i int32) []uint64 {
	n := f.Tree.Nodes[i].HTML
	class, id := strings.TrimSpace(dom.Attr(n, "class")), dom.Attr(n, "id")
	if t := dom.Attr(n, "itemtype"); t != "" {
		keys = append(keys, hashOf('t', text.AfterSlash(t)))
	}
	if class != "" {
		first := firstToken(class)
		if keys = append(keys, hashOf('f', n.Data, first)); first != class {
			keys = append(keys, hashOf('c', n.Data, class))
		}
	}
	if hasNumber(id) {
		keys = append(keys, hashOf('i', n.Data, id))
	}
	if class == "" {
		keys = append(keys, f.structureKey(i))
	} else if f.inZone != nil {
		keys = append(keys, f.siblingKey(i))
	}
	return keys
}

// maxKeyChildren is the maximum number of children that structureKey covers.
const maxKeyChildren = 3

// structureKey returns the key of an element without a class: a hash of its tag and of the looks of its parent and its
// first children.
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

// maxPlace is the highest position that an element can have. All later siblings of the same kind share it.
const maxPlace = 9

// A places value numbers elements by their positions in their parents.
type places struct {
	// before counts the children seen so far, by parent and tag. classes maps a parent and a first class name to the
	// class attribute of the first child that has this name.
	before  map[siblingKey]int
	classes map[siblingKey]string
}

type siblingKey struct {
	parent int32
	name   string
}

// of computes a hash of a node's position in its parent. For most elements, it depends on the tag, the itemprop and the
// first class name. If the first sibling with that name has another class attribute, it depends on the whole attribute.
// For a cell with a class or an itemprop, it also depends on the number of cells before it. Without a class and an
// itemprop, it depends on the tag and, except for inline elements, on the number of earlier siblings with that tag.
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
	if n.Tag == atom.Td { // the classes of a row's cells differ by a number or not at all
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

// siblingKey returns the key of an element with a class: a hash of its tag, its parent and the look of its first child.
// Siblings with classes that alternate, such as grey and white, share it.
func (f *finder) siblingKey(i int32) uint64 {
	nodes := f.Tree.Nodes
	n := &nodes[i]
	parts := []string{n.HTML.Data}
	for c := i + 1; c < n.End; c = nodes[c].End {
		if e := &nodes[c]; e.Form == block.Element && dom.IsBlockElement(e.Tag) {
			parts = append(parts, e.HTML.Data, firstToken(dom.Attr(e.HTML, "class")))
			break
		}
	}
	return hashOf('a', parts...) ^ uint64(n.Parent)<<32
}
