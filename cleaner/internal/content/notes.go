package content

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/notes"
)

// A noteBook contains the notes that are content. Notes become list items with an id, and the references become links
// to them. Both are numbered in the order in which the text refers to them.
type noteBook struct {
	refs map[int32]int           // the numbers of notes, by the nodes of references
	at   map[int32]*numbered     // the notes, by their first nodes
	cut  map[int32]int           // how many bytes of a text are a note's mark, by the text's node
	has  func(i, end int32) bool // whether a note begins in a range of nodes
}

type numbered struct {
	*notes.Note
	number int
}

// takeNotes numbers the notes whose text and at least one reference are kept, and leaves out the parts of them that
// repeat their marks.
func (b *builder) takeNotes(all []notes.Note) {
	if len(all) == 0 {
		return
	}
	nodes := b.tree.Nodes
	keep := slices.Clone(b.keep)
	var starts []int32
	for k := range all {
		n := &all[k]
		isKept := false
		for _, ref := range n.Refs {
			isKept = isKept || anyKept(b.keep, ref, nodes[ref].End)
		}
		if parent := nodes[n.From].Parent; !isKept || !anyKept(b.keep, n.From, n.To) ||
			parent == block.None || nodes[parent].Tag != atom.Font && !dom.IsBlockElement(nodes[parent].Tag) {
			continue
		}
		if b.notes.refs == nil {
			b.notes = noteBook{refs: make(map[int32]int), at: make(map[int32]*numbered), cut: make(map[int32]int)}
		}
		number := len(b.notes.at) + 1
		for _, ref := range n.Refs {
			b.notes.refs[ref] = number
		}
		for _, s := range n.Skip {
			for i := s; i < nodes[s].End; i++ {
				keep[i] = false
			}
		}
		if n.Cut != block.None {
			b.notes.cut[n.Cut] = n.CutBytes
		}
		b.notes.at[n.From] = &numbered{n, number}
		starts = append(starts, n.From)
	}
	b.keep = keep
	slices.Sort(starts)
	b.notes.has = func(i, end int32) bool {
		at, _ := slices.BinarySearch(starts, i)
		return at < len(starts) && starts[at] < end
	}
}

func anyKept(keep []bool, from, to int32) bool { return slices.Contains(keep[from:to], true) }

// holdsNote reports whether a note begins at or below node i.
func (b *builder) holdsNote(i int32) bool {
	return b.notes.has != nil && b.notes.has(i, b.tree.Nodes[i].End)
}

func noteID(number int) string { return dom.NotePrefix + strconv.Itoa(number) }

// isNoteID reports whether an id is that of a note in content.
func isNoteID(id string) bool {
	number, ok := strings.CutPrefix(id, dom.NotePrefix)
	n, err := strconv.Atoi(number)
	return ok && err == nil && n > 0 && n < 100_000
}

// reference returns the element for a reference to a note, and the element inside it that contains the mark.
func (b *builder) reference(i int32, number int) (outer, inner *html.Node) {
	a := dom.NewElement(atom.A)
	a.Attr = []html.Attribute{{Key: "href", Val: "#" + noteID(number)}}
	if b.tree.Nodes[i].Tag == atom.A {
		return a, a
	}
	sup := dom.NewElement(atom.Sup)
	sup.AppendChild(a)
	return sup, a
}

// noteItem returns the list item of a note, with its id and its number: the number that the page gives it, or else its
// number in the content.
func noteItem(n *numbered) *html.Node {
	item := dom.NewElement(atom.Li)
	value := n.number
	if shown, err := strconv.Atoi(n.Mark); err == nil && shown > 0 {
		value = shown
	}
	item.Attr = []html.Attribute{{Key: "value", Val: strconv.Itoa(value)}, {Key: "id", Val: noteID(n.number)}}
	return item
}

// dropRule drops the horizontal rule that separates notes from the text: the last node of the output, or the node
// before a heading at the end of the output.
func (f *flowBuilder) dropRule() {
	rule := f.out.LastChild
	if rule != nil && dom.IsHeadingNode(rule) {
		rule = rule.PrevSibling
	}
	if rule != nil && rule.DataAtom == atom.Hr {
		f.out.RemoveChild(rule)
	}
}

// note builds a note as a list item. Consecutive notes form one list.
func (f *flowBuilder) note(n *numbered) {
	f.end()
	item := noteItem(n)
	inner := flowBuilder{builder: f.builder, out: item, mode: direct, attrs: f.tree.Nodes[n.From].HTML}
	if n.To == f.tree.Nodes[n.From].End && !isNesting(f.tree.Nodes[n.From].Tag) &&
		f.tree.Nodes[n.From].Tag != atom.Pre {
		inner.children(n.From)
	} else {
		for c := n.From; c < n.To; c = f.tree.Nodes[c].End {
			inner.child(c)
		}
	}
	if item.FirstChild == nil {
		return
	}
	f.dropRule()
	list := f.out.LastChild
	if list == nil || list.DataAtom != atom.Ol || list.LastChild == nil || dom.Attr(list.LastChild, "id") == "" {
		list = dom.NewElement(atom.Ol)
		f.out.AppendChild(list)
	}
	list.AppendChild(item)
}
