package block

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// kindOf returns the kind of a run of text in the block element elem, and the level if it is a heading, else 0. The
// run's nodes are in [first, last).
func (t *Tree) kindOf(elem, first, last int32) (Kind, int8) {
	kind, level, labeled := t.kindIn(elem)
	if level == 0 && kind != Code && kind != Caption && (labeled || t.isLabeled(elem, first, last)) {
		return Label, 0
	}
	return kind, level
}

// KindBesideLabel returns the kind that a label's text would have without the label, such as an item or a paragraph.
func (t *Tree) KindBesideLabel(elem int32) Kind {
	kind, _, _ := t.kindIn(elem)
	return kind
}

// kindIn returns the kind and the heading level of text in an element. It also reports whether the text is in a label,
// legend or option, but always false if it is a heading, code or a caption.
func (t *Tree) kindIn(elem int32) (kind Kind, level int8, labeled bool) {
	kind = Paragraph
	for i := elem; i != None; i = t.Nodes[i].Parent {
		tag := t.Nodes[i].Tag
		if level := dom.HeadingLevel(tag); level > 0 {
			return Heading, level, false
		}
		switch tag {
		case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
			return Code, 0, false
		case atom.Figcaption, atom.Caption:
			return Caption, 0, false
		case atom.Option, atom.Optgroup:
			return Label, 0, true
		case atom.Label, atom.Legend:
			labeled = true
		case atom.Td, atom.Th:
			switch table := t.Ancestor(i, atom.Table); {
			case kind != Paragraph:
			case t.isImageCaption(i): // Blogger
				return Caption, 0, false
			case t.IsDataTable(table):
				kind = Cell
			case table != None && t.isFramedImage(table): // a cell in a <template> can be without a table
				return Caption, 0, false
			}
		case atom.Li, atom.Dt, atom.Dd:
			if tag == atom.Dd && t.isImageCaption(i) { // WordPress galleries
				return Caption, 0, false
			}
			if kind == Paragraph {
				kind = Item
			}
		case atom.Blockquote:
			if kind == Paragraph {
				kind = Quote
			}
		case atom.Figure:
			if kind == Paragraph && t.isDescription(elem, i) {
				return Caption, 0, false
			}
		case atom.P, atom.Div:
			if t.isImageCaption(i) {
				return Caption, 0, false
			}
		}
		if tag == atom.Article || tag == atom.Main || tag == atom.Body {
			break
		}
	}
	return kind, 0, labeled
}

// maxFigure is the maximum number of nodes of a figure in which the class of a text can name it a description.
const maxFigure = 64

// isDescription reports whether an element's class names it the description of the image in the figure around it.
// Outside figures, descriptions are of anything.
func (t *Tree) isDescription(elem, figure int32) bool {
	if t.Nodes[figure].End-figure > maxFigure ||
		!strings.Contains(strings.ToLower(dom.Attr(t.Nodes[elem].HTML, "class")), "desc") {
		return false
	}
	return t.hasImageBeside(elem)
}

// isImageCaption reports whether an element's class names it a caption and there is an image near it.
func (t *Tree) isImageCaption(i int32) bool { return t.has(imageCaption, i, (*Tree).findImageCaption) }

func (t *Tree) findImageCaption(i int32) bool {
	return isCaptionClass(dom.Attr(t.Nodes[i].HTML, "class")) && t.hasImageBeside(i)
}

// isCaptionClass reports whether a class contains a word by which content management systems name image captions.
func isCaptionClass(class string) bool {
	class = class[:min(len(class), maxClass)]
	for i := range len(class) {
		var word string
		switch class[i] | 0x20 {
		case 'c':
			word = "caption"
		case 'g':
			word = "gallerytext"
		case 'l':
			word = "legende"
		case 'i':
			word = "image-credit"
		case 'p':
			word = "photo-credit"
		default:
			continue
		}
		if len(class)-i >= len(word) && strings.EqualFold(class[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// maxClass is how many bytes of an element's class are searched.
const maxClass = 1000

// hasImageBeside reports whether there is an image near node i: among the first 64 nodes of its grandparent, or of the
// outermost element in the body if that is nearer. The search is short, because it runs for every caption of a page.
func (t *Tree) hasImageBeside(i int32) bool {
	outer := i
	for range 2 {
		if p := t.Nodes[outer].Parent; p != None && t.Nodes[p].Tag != atom.Body {
			outer = p
		}
	}
	end := min(t.Nodes[outer].End, outer+64)
	for j := outer; j < end; j++ {
		if t.Nodes[j].Form == Image {
			return true
		}
	}
	return false
}

// maxFrameText is the maximum number of bytes of text in a table that frames an image.
const maxFrameText = 300

// isFramedImage reports whether a table is aligned left or right and has images, little text, and no table inside. Old
// pages mark up figures this way.
func (t *Tree) isFramedImage(table int32) bool {
	return t.has(framedImage, table, (*Tree).findFramedImage)
}

func (t *Tree) findFramedImage(table int32) bool {
	switch strings.ToLower(t.Attr(table, "align")) {
	case "left", "right":
	default:
		return false
	}
	images, text := 0, 0
	for i := table + 1; i < t.Nodes[table].End && text <= maxFrameText; i++ {
		switch n := &t.Nodes[i]; {
		case n.Tag == atom.Table:
			return false
		case n.Form == Image:
			images++
		case n.Form == Text:
			text += len(strings.TrimSpace(n.Text))
		}
	}
	return images > 0 && text <= maxFrameText
}

// IsDataTable reports whether a table contains data rather than layout. If the table's role does not decide that, a
// table contains data if it has a header, a footer, a <colgroup> or a caption, or if it is a grid of short cells
// without headings, sections, forms, frames or tables inside. Readability and Firefox use similar rules.
func (t *Tree) IsDataTable(table int32) bool {
	return table != None && t.has(dataTable, table, (*Tree).findData)
}

func (t *Tree) findData(table int32) bool {
	switch strings.ToLower(t.Attr(table, "role")) {
	case "presentation", "none":
		return false
	case "grid", "treegrid", "table":
		return true
	}
	rows, cells, textBytes := 0, 0, 0
	for i := table + 1; i < t.Nodes[table].End; i++ {
		n := &t.Nodes[i]
		switch n.Tag {
		case atom.Th, atom.Caption, atom.Thead, atom.Tfoot, atom.Colgroup:
			return true
		case atom.Table, atom.H1, atom.H2, atom.H3, atom.Form, atom.Article, atom.Section, atom.Iframe:
			return false
		case atom.Tr:
			rows++
		case atom.Td:
			cells++
		}
		if n.Form == Text {
			textBytes += len(strings.TrimSpace(n.Text))
		}
	}
	return rows >= 2 && cells >= 2*rows && textBytes < 100*cells
}
