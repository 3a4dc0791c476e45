package canon

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// bulletSigns are signs that hardly begin anything but an item. A dash may also begin a remark or a negative number.
const bulletSigns = "•●◦○▪▫■□‣⁃∙∗"

// markedItemOf returns the form of a list item that begins with a mark of its own. Renderings write a bullet or a
// number for each item, so a bullet of the item's own is left out, and so is the number that it has by its position.
// Any other number, in an element before a box, becomes the beginning of the first line in the box. markedItemOf
// returns nil for other items.
func (w *Writer) markedItemOf(li *html.Node) *html.Node {
	first := firstText(li)
	if first == nil {
		return nil
	}
	words := strings.TrimLeft(first.Data, " \n\t\u00a0")
	sign, size := utf8.DecodeRuneInString(words)
	rest := words[size:]
	switch {
	case !strings.ContainsRune(bulletSigns, sign):
		return w.numberedItemOf(li, first)
	case rest != "" && strings.TrimLeft(rest, " \n\t\u00a0") == rest: // part of a word
		return nil
	case strings.TrimSpace(rest) == "" && !hasTextAfter(first, li):
		return nil
	}
	form := &html.Node{Type: li.Type, Data: li.Data, DataAtom: li.DataAtom, Attr: li.Attr}
	w.copyChildren(form, li, nil)
	first = firstText(form)
	first.Data = strings.TrimLeft(rest, " \n\t\u00a0")
	return in(form, li)
}

// numberedItemOf returns the form of an item whose own number, in the element around the text first, is before a box,
// or nil. A number that differs from the item's position counts only in a list without marks.
func (w *Writer) numberedItemOf(li, first *html.Node) *html.Node {
	mark, number := first.Parent, strings.TrimSpace(first.Data)
	if mark == li || mark.Parent != li || mark.DataAtom != atom.Span && mark.DataAtom != atom.Div ||
		mark.FirstChild != mark.LastChild || len(number) > maxItemNumber {
		return nil
	}
	next := dom.NextElement(mark)
	if next == nil || next.DataAtom != atom.Div && next.DataAtom != atom.P && dom.HeadingLevel(next.DataAtom) == 0 ||
		mark.NextSibling != next && strings.TrimSpace(mark.NextSibling.Data) != "" {
		return nil
	}
	isOwn := w.isNumberOf(li, number)
	if !isOwn && (!isItemSign(number) && !isNumberMark(number) || !hasNoMarks(li)) {
		return nil
	}
	form := &html.Node{Type: li.Type, Data: li.Data, DataAtom: li.DataAtom, Attr: li.Attr}
	w.copyChildren(form, li, mark)
	if !isOwn {
		prefixText(form, number+" ")
	}
	return in(form, li)
}

// maxItemNumber is the maximum length of an item's own number, in bytes.
const maxItemNumber = 8

// hasNoMarks reports whether a list item, or its list, has a style that hides the marks.
func hasNoMarks(li *html.Node) bool {
	for _, n := range [...]*html.Node{li, li.Parent} {
		if n == nil {
			continue
		}
		style := strings.ReplaceAll(dom.Attr(n, "style"), " ", "")
		if strings.Contains(style, "list-style:none") || strings.Contains(style, "list-style-type:none") {
			return true
		}
	}
	return false
}

// isNumberOf reports whether a number, such as 2 or "2.", is the one that an item has by its position in an ordered
// list.
func (w *Writer) isNumberOf(li *html.Node, number string) bool {
	sign := strings.Trim(number, "0123456789")
	if sign != "" && sign != "." || li.Parent == nil || li.Parent.DataAtom != atom.Ol ||
		dom.HasAttr(li.Parent, "start") || dom.HasAttr(li, "value") {
		return false
	}
	position, last := 1, leadingNumber(number)
	for s := li.PrevSibling; s != nil && position <= last; s = s.PrevSibling {
		if w.steps++; s.DataAtom == atom.Li {
			position++
		}
	}
	return position == last
}

// firstText returns the first text below a node that is not white space. It returns nil if a picture, a formula, a
// control or another list comes first.
func firstText(n *html.Node) *html.Node {
	for d := dom.Following(n, n, false); d != nil; d = dom.Following(d, n, false) {
		switch {
		case d.Type == html.TextNode:
			if strings.TrimLeft(d.Data, " \n\t\u00a0") != "" {
				return d
			}
		case d.Namespace != "":
			return nil
		}
		switch d.DataAtom {
		case atom.Img, atom.Input, atom.Button, atom.Script, atom.Style, atom.Pre, atom.Code, atom.Ul, atom.Ol, atom.Table:
			return nil
		}
	}
	return nil
}

// hasTextAfter reports whether text follows a node inside the node top.
func hasTextAfter(n, top *html.Node) bool {
	for n = dom.Following(n, top, true); n != nil; n = dom.Following(n, top, false) {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return true
		}
	}
	return false
}

// taskListOf returns the form of a list of tasks that consists of boxes with the states of the tasks, as in Confluence:
// a list whose items begin with "[x] " or "[ ] ". It returns nil for other boxes.
func (w *Writer) taskListOf(n *html.Node) *html.Node {
	if !dom.HasAttr(n, "data-task-list-local-id") {
		return nil
	}
	list := dom.NewElement(atom.Ul)
	for c := onlyFirst(n); c != nil; c = dom.NextElement(c) {
		mark := "[ ] "
		switch strings.ToUpper(dom.Attr(c, "data-task-state")) {
		case "DONE":
			mark = "[x] "
		case "TODO":
		default:
			return nil
		}
		item := dom.NewElement(atom.Li)
		w.copyChildren(item, c, nil)
		for d := range item.Descendants() {
			if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
				d.Data = mark + strings.TrimLeft(d.Data, " \n\t")
				list.AppendChild(item)
				break
			}
		}
	}
	if list.FirstChild == nil {
		return nil
	}
	return in(list, n)
}
