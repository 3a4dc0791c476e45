package canon

import (
	"cmp"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// taskOf returns "[x] " or "[ ] ", as in GitHub's Markdown, for the checkbox of a task list, or nil for other controls.
// A list of ingredients has checkboxes too, for readers to tick. Checkboxes of tasks are different: they are disabled,
// or their list item or list has the class of a task.
func (w *Writer) taskOf(n *html.Node) *html.Node {
	if !strings.EqualFold(dom.Attr(n, "type"), "checkbox") {
		return nil
	}
	item := n.Parent
	for up := 0; item != nil && item.DataAtom != atom.Li; up++ {
		if up == 2 {
			return nil
		}
		item = item.Parent
	}
	if item == nil || !dom.HasAttr(n, "disabled") && !w.is(item, namedTask) &&
		(item.Parent == nil || !w.is(item.Parent, namedTask)) {
		return nil
	}
	mark := "[ ] "
	if dom.HasAttr(n, "checked") {
		mark = "[x] "
	}
	return in(&html.Node{Type: html.TextNode, Data: mark}, n)
}

// signOfTask returns "[x] " or "[ ] " for an empty element that is drawn as the checkbox of a task, or nil for other
// elements.
func (w *Writer) signOfTask(n *html.Node) *html.Node {
	switch own := w.namesOf(n); {
	case own&namedChecked != 0:
		return in(&html.Node{Type: html.TextNode, Data: "[x] "}, n)
	case own&namedUnchecked != 0:
		return in(&html.Node{Type: html.TextNode, Data: "[ ] "}, n)
	}
	return nil
}

// itemOf returns the form of a list item that is a task by its attributes or, in a checklist, by the symbol with which
// it begins. It returns nil for other items.
func (w *Writer) itemOf(n *html.Node) *html.Node {
	mark, isTask := "", dom.HasAttr(n, "data-inline-task-id") // Confluence
	state := cmp.Or(dom.Attr(n, "data-checked"), dom.Attr(n, "data-list"))
	switch {
	case state == "true", state == "checked", isTask && dom.HasToken(dom.Attr(n, "class"), "checked"):
		mark = "[x] "
	case state == "false", state == "unchecked", isTask:
		mark = "[ ] "
	default:
		if n.Parent == nil || !dom.HasToken(dom.Attr(n.Parent, "class"), "checklist") {
			return nil
		}
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom}
	w.copyChildren(form, n, nil)
	for d := range form.Descendants() {
		if d.Type != html.TextNode || strings.TrimSpace(d.Data) == "" {
			continue
		}
		words := strings.TrimLeft(d.Data, " \n\t")
		if mark == "" {
			if mark, words = signBefore(words); mark == "" {
				return nil
			}
		}
		d.Data = mark + words
		return in(form, n)
	}
	return nil
}

// signBefore recognizes text that begins with a check mark or an empty box, followed by a space. It returns the mark
// for the form, "[x] " or "[ ] ", and the rest of the text. For other text, it returns "" and the whole text.
func signBefore(words string) (mark, rest string) {
	sign, rest, found := strings.Cut(words, " ")
	switch {
	case found && (sign == "✓" || sign == "✔" || sign == "☑"):
		return "[x] ", rest
	case found && (sign == "❏" || sign == "☐"):
		return "[ ] ", rest
	}
	return "", words
}

// emphasisOf returns the form of a span whose text LaTeXML sets in another font. It returns nil for other elements.
func (w *Writer) emphasisOf(n *html.Node) *html.Node {
	if n.DataAtom != atom.Span || !w.is(n, namedFont) {
		return nil
	}
	tag := atom.Em
	if class := dom.Attr(n, "class"); dom.HasToken(class, "ltx_font_bold") {
		tag = atom.Strong
	} else if dom.HasToken(class, "ltx_font_typewriter") {
		tag = atom.Code
	}
	form := dom.NewElement(tag)
	w.copyChildren(form, n, nil)
	return in(form, n)
}

// pictureOf returns the picture that an empty box shows as its background, if the box has the role of an image
// (WAI-ARIA 1.2, "img"), or nil.
func pictureOf(n *html.Node) *html.Node {
	if dom.Attr(n, "role") != "img" {
		return nil
	}
	_, address, found := strings.Cut(dom.Attr(n, "style"), "url(")
	address, _, closed := strings.Cut(address, ")")
	if address = strings.Trim(address, `"' `); !found || !closed || address == "" {
		return nil
	}
	img := dom.NewElement(atom.Img)
	img.Attr = []html.Attribute{{Key: "src", Val: address}, {Key: "alt", Val: dom.Attr(n, "aria-label")}}
	return in(img, n)
}

// mentionOf returns the form of an element without text that mentions a person: a span with the person's name. It
// returns nil for other elements.
func (w *Writer) mentionOf(n *html.Node) *html.Node {
	if !w.is(n, namedMention) {
		return nil
	}
	var attrs struct{ Name, Label, Text string }
	name := ""
	if data := dom.Attr(n, "data-attrs"); data != "" && json.Unmarshal([]byte(data), &attrs) == nil {
		name = cmp.Or(attrs.Name, attrs.Label, attrs.Text)
	}
	for _, key := range [...]string{"data-name", "data-label", "data-mention", "aria-label"} {
		name = cmp.Or(name, dom.Attr(n, key))
	}
	name = text.FoldSpace(name)
	if name == "" || len(name) > maxMention {
		return nil
	}
	span := dom.NewElement(atom.Span)
	span.AppendChild(dom.NewText(name))
	return in(span, n)
}

const maxMention = 80 // bytes

// paragraphOf returns the form of a paragraph that begins with a drop cap, or that contains a text twice, one copy
// being for screen readers. It returns nil for other paragraphs.
func (w *Writer) paragraphOf(n *html.Node) *html.Node {
	if n.FirstChild == n.LastChild {
		return nil
	}
	twin := w.twinIn(n)
	initial := w.initialOf(n)
	if twin == nil && initial == nil {
		return nil
	}
	p := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(p, n, twin)
	if twin != nil {
		w.unhide(p)
	}
	if initial != nil {
		w.flatten(p)
	}
	return in(p, n)
}

// maxTwin is how many children of a paragraph are examined for a copy that is for screen readers. A few are enough,
// because such copies come with a drop cap at the start.
const maxTwin = 6

// twinIn returns the child of a paragraph that is for screen readers and repeats the text of the elements next to it,
// which are hidden from screen readers. It returns nil if there is none.
func (w *Writer) twinIn(n *html.Node) *html.Node {
	looked := 0
	for c := n.FirstChild; c != nil && looked < maxTwin; c = c.NextSibling {
		looked++
		if c.Type != html.ElementNode || !w.is(c, namedUnseen) {
			continue
		}
		said := text.FoldSpace(w.rawText(c))
		if said == "" {
			continue
		}
		if said == w.shown(c, false) || said == w.shown(c, true) {
			return c
		}
	}
	return nil
}

// shown returns the text of the elements that are next to c and hidden from screen readers. These are the elements
// before c if the parameter before is true, otherwise those after c.
func (w *Writer) shown(c *html.Node, before bool) string {
	all := ""
	for at := c; ; {
		if before {
			at = at.PrevSibling
		} else {
			at = at.NextSibling
		}
		if at == nil || at.Type != html.ElementNode || !isAriaHidden(at) {
			return text.FoldSpace(all)
		}
		if part := w.rawText(at); before {
			all = part + all
		} else {
			all += part
		}
	}
}

// unseenTwinOf returns the form, without aria-hidden, of an element that is hidden from screen readers but visible on
// the page: a text if the element before it ends with the same text for screen readers, or a credit in a figure. It
// returns nil for other elements.
func (w *Writer) unseenTwinOf(n *html.Node) *html.Node {
	if !isAriaHidden(n) {
		return nil
	}
	if isCreditName(strings.ToLower(dom.Attr(n, "class"))) && isInFigure(n) { // screen readers do not need credits
		form := dom.NewElement(atom.Span)
		w.copyChildren(form, n, nil)
		return in(form, n)
	}
	before := dom.PreviousElement(n)
	for range 2 {
		if before == nil || w.is(before, namedUnseen) {
			break
		}
		before = before.LastChild
	}
	shown := text.FoldSpace(w.shortText(n))
	if before == nil || before.Type != html.ElementNode || !w.is(before, namedUnseen) || shown == "" ||
		shown != text.FoldSpace(w.shortText(before)) {
		return nil
	}
	form := dom.NewElement(atom.Span)
	w.copyChildren(form, n, nil)
	return in(form, n)
}

func isAriaHidden(n *html.Node) bool { return strings.EqualFold(dom.Attr(n, "aria-hidden"), "true") }

// unhide removes aria-hidden from a copy's children.
func (w *Writer) unhide(p *html.Node) {
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && isAriaHidden(c) {
			var kept []html.Attribute
			for _, a := range c.Attr {
				if a.Key != "aria-hidden" {
					kept = append(kept, a)
				}
			}
			c.Attr = kept
		}
	}
}

// initialOf returns the first child of a paragraph if it is a single large letter: an image of the letter before a
// lowercase letter, a <big>, a <font> with a size, or an element that has the class of a drop cap. It returns nil if
// the paragraph begins differently.
func (w *Writer) initialOf(n *html.Node) *html.Node {
	c := n.FirstChild
	for c != nil && c.Type == html.TextNode && strings.TrimSpace(c.Data) == "" {
		c = c.NextSibling
	}
	if c == nil || c.Type != html.ElementNode || c.NextSibling == nil {
		return nil
	}
	switch {
	case c.DataAtom == atom.Img:
		if after := c.NextSibling; isLetter(dom.Attr(c, "alt")) && after.Type == html.TextNode &&
			startsLower(after.Data) {
			return c
		}
	case c.DataAtom == atom.Big || c.DataAtom == atom.Font || w.is(c, namedInitial):
		if isLetter(strings.TrimSpace(w.rawText(c))) && (c.DataAtom != atom.Font || dom.HasAttr(c, "size")) {
			return c
		}
	}
	return nil
}

// flatten replaces the drop cap of a copied paragraph with plain text.
func (w *Writer) flatten(p *html.Node) {
	c := w.initialOf(p)
	letter := strings.TrimSpace(w.rawText(c))
	if c.DataAtom == atom.Img {
		letter = dom.Attr(c, "alt")
	}
	p.InsertBefore(&html.Node{Type: html.TextNode, Data: letter}, c)
	p.RemoveChild(c)
}

func isLetter(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && size == len(s) && unicode.IsLetter(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// maxPageNumber is the maximum length in bytes of the number of a page, such as "Page 1024" or "xviii".
const maxPageNumber = 12

// isPageNumber reports whether an element is the number of a page of the printed book (EPUB 3, DPUB-ARIA 1.0).
func (w *Writer) isPageNumber(n *html.Node) bool {
	for i := range n.Attr {
		if key := n.Attr[i].Key; key == "role" || key == "epub:type" { // most elements have neither
			return (dom.Attr(n, "role") == "doc-pagebreak" || dom.Attr(n, "epub:type") == "pagebreak") &&
				len(strings.TrimSpace(w.rawText(n))) <= maxPageNumber
		}
	}
	return false
}
