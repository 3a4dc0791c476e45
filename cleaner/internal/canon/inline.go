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

// taskOf returns "[x] " or "[ ] " for the checkbox of a task list, as GitHub writes it; nil for any other control. A
// list of ingredients has checkboxes too, that a reader ticks: those of tasks are disabled, or their list is named.
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

// signOfTask returns the mark of a task for an empty element that draws a checkbox; nil for any other.
func (w *Writer) signOfTask(n *html.Node) *html.Node {
	switch own := w.namesOf(n); {
	case own&namedChecked != 0:
		return in(&html.Node{Type: html.TextNode, Data: "[x] "}, n)
	case own&namedUnchecked != 0:
		return in(&html.Node{Type: html.TextNode, Data: "[ ] "}, n)
	}
	return nil
}

// itemOf returns the form of an item whose attributes say that it is a task; nil for any other.
func (w *Writer) itemOf(n *html.Node) *html.Node {
	mark := ""
	switch state := cmp.Or(dom.Attr(n, "data-checked"), dom.Attr(n, "data-list")); state {
	case "true", "checked":
		mark = "[x] "
	case "false", "unchecked":
		mark = "[ ] "
	default:
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom}
	w.copyChildren(form, n, nil)
	for d := range form.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			d.Data = mark + strings.TrimLeft(d.Data, " \n\t")
			return in(form, n)
		}
	}
	return nil
}

// emphasisOf returns the form of text that LaTeXML sets in another font; nil for any other.
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

// pictureOf returns the picture that an empty box shows as its background, where it says that it is one (WAI-ARIA 1.2,
// "img"); nil for any other.
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

// mentionOf returns the name of a person who is mentioned by an element without text; nil for any other element.
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

// paragraphOf returns the form of a paragraph that begins with a drop cap, or holds a text twice, for the eye and for
// screen readers; nil if there is nothing of it.
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

// maxTwin is how many children of a paragraph are looked at for twins: a drop cap is at its start.
const maxTwin = 6

// twinIn returns the child of a paragraph that says to screen readers alone what the hidden elements beside it show;
// nil if there is none.
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

// shown returns the text of the elements after c, or before it, that are hidden from screen readers.
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

func isAriaHidden(n *html.Node) bool { return strings.EqualFold(dom.Attr(n, "aria-hidden"), "true") }

// unhide removes aria-hidden of a copy's children.
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

// initialOf returns the first child of a paragraph if it is one letter set large: an image with the letter, or an
// element that is named so, hidden from screen readers or in <big>; nil if it is not.
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

// flatten makes a copy's initial plain text.
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

// versesOf returns the form of lines of verse: where the style keeps line breaks, or each line has an element of its
// own, a paragraph with <br> between the lines.
func (w *Writer) versesOf(n *html.Node) *html.Node {
	if w.keepsLines(n) && w.holdsBreak(n) {
		form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
		w.copyChildren(form, n, nil)
		breakLines(form)
		return in(form, n)
	}
	if !w.isVerse(n) {
		return nil
	}
	form := dom.NewElement(atom.P)
	form.Attr = n.Attr
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if form.FirstChild != nil {
			form.AppendChild(dom.NewElement(atom.Br))
		}
		w.copyLine(form, c)
	}
	return in(form, n)
}

// copyLine copies the content of a line, without its number and a line break at its end.
func (w *Writer) copyLine(form, line *html.Node) {
	copied := &html.Node{Type: html.ElementNode, Data: "span", DataAtom: atom.Span}
	w.copyChildren(copied, line, nil)
	for _, c := range dom.TakeChildren(copied) {
		if c.DataAtom == atom.Br && dom.NextElement(c) == nil || w.isGutter(c) {
			continue
		}
		form.AppendChild(c)
	}
	if last := form.LastChild; last != nil && last.DataAtom == atom.Br {
		form.RemoveChild(last)
	}
}

// isShownAsBlock reports whether an inline element's style gives it a line of its own.
func isShownAsBlock(n *html.Node) bool {
	_, value, found := strings.Cut(strings.ToLower(dom.Attr(n, "style")), "display")
	return found && strings.HasPrefix(strings.TrimLeft(value, " :"), "block")
}

// isVerse reports whether an element has lines of their own elements and nothing else, none of them with blocks.
func (w *Writer) isVerse(n *html.Node) bool {
	lines := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "", c.Type == html.CommentNode:
		case c.Type != html.ElementNode || !w.isVerseLine(n, c),
			c.DataAtom != atom.Div && c.DataAtom != atom.Span && c.DataAtom != atom.P:
			return false
		default:
			for d := c.FirstChild; d != nil; d = d.NextSibling {
				if d.Type == html.ElementNode && dom.IsBlockElement(d.DataAtom) {
					return false
				}
			}
			lines++
		}
	}
	return lines >= 2
}

// isVerseLine reports whether a child of an element is a line of verse.
func (w *Writer) isVerseLine(n, c *html.Node) bool {
	return w.is(c, namedVerse) || isShownAsBlock(c) ||
		w.is(c, namedLine) &&
			(c.DataAtom == atom.Span || w.is(n, namedPoem) || n.Parent != nil && w.is(n.Parent, namedPoem))
}

// keepsLines reports whether an element's style shows the line breaks of its text (CSS Text 3, white-space).
func (w *Writer) keepsLines(n *html.Node) bool {
	if w.is(n, namedLines) {
		return true
	}
	_, value, found := strings.Cut(strings.ToLower(dom.Attr(n, "style")), "white-space")
	if !found {
		return false
	}
	value = strings.TrimLeft(value, " :")
	return strings.HasPrefix(value, "pre") || strings.HasPrefix(value, "break-spaces")
}

// holdsBreak reports whether a text below an element has a line break within.
func (w *Writer) holdsBreak(n *html.Node) bool {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type == html.TextNode && strings.Contains(strings.TrimSpace(d.Data), "\n") {
			return true
		}
	}
	return false
}

// breakLines puts <br> where the texts of a copy have line breaks.
func breakLines(form *html.Node) {
	var texts []*html.Node
	for d := range form.Descendants() {
		if d.Type == html.TextNode && strings.Contains(d.Data, "\n") && d.Parent.DataAtom != atom.Pre {
			texts = append(texts, d)
		}
	}
	for _, d := range texts {
		lines := strings.Split(d.Data, "\n")
		for i, line := range lines {
			if i > 0 {
				d.Parent.InsertBefore(dom.NewElement(atom.Br), d)
			}
			if line != "" {
				d.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: line}, d)
			}
		}
		d.Parent.RemoveChild(d)
	}
}
