package canon

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An outlineItem is an item of a list that is flat in the markup: an attribute or a style gives the item's level.
type outlineItem struct {
	node  *html.Node
	level int
	tag   atom.Atom  // the tag of the list that the item belongs to
	task  string     // "[x] ", "[ ] " or ""
	mark  *html.Node // the bullet or number that Word has written, or nil
}

// outlineOf returns the form of a list that is flat in the markup, or of an element that is the first of several
// siblings that together are one list. Google Docs writes one list per level, Notion writes one list per item, Quill
// writes one flat list for all levels, and Word writes paragraphs. outlineOf returns nil for other elements.
func (w *Writer) outlineOf(n *html.Node) *html.Node {
	items := w.quillItems(n)
	if items == nil {
		run := w.outlineRun(n)
		if len(run) < 2 {
			return nil
		}
		for i, list := range run {
			items = append(items, w.itemsOf(list)...)
			if i > 0 {
				w.drop(list)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	form := in(w.nested(items, dom.Attr(n, "start")), n)
	if items[len(items)-1].node.Parent != n {
		w.recordCopy(form, n.Parent)
	}
	return form
}

// drop records that an element is part of the form of an earlier element.
func (w *Writer) drop(n *html.Node) {
	if w.gone == nil {
		w.gone = make(map[*html.Node]bool)
	}
	w.gone[n] = true
}

// outlineRun returns n and the siblings after it that continue the list. It returns nil if n cannot begin a list of
// several siblings.
func (w *Writer) outlineRun(n *html.Node) []*html.Node {
	kind := w.outlineKind(n)
	if kind == "" || w.gone[n] {
		return nil
	}
	run := []*html.Node{n}
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			continue
		}
		if w.steps++; s.Type != html.ElementNode || w.outlineKind(s) != kind {
			break
		}
		run = append(run, s)
	}
	return run
}

// outlineKind returns the property that the siblings of one list share, or "" for an element that is not one of several
// such siblings.
func (w *Writer) outlineKind(n *html.Node) string {
	class := dom.Attr(n, "class")
	if dom.HasAttr(n, "hidden") || strings.Contains(dom.Attr(n, "style"), "display") || !hasOnlyItems(n) {
		return ""
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		for name := range strings.FieldsSeq(class) {
			if id, level, found := text.CutLast(name, "-"); found && strings.HasPrefix(name, "lst-kix_") &&
				level != "" { // Google Docs
				return id
			}
		}
		for _, name := range [...]string{"bulleted-list", "numbered-list", "to-do-list"} { // Notion
			if dom.HasToken(class, name) && onlyItem(n) != nil {
				return name
			}
		}
	case atom.P:
		if !strings.Contains(class, "MsoListParagraph") {
			return ""
		}
		if _, id, found := strings.Cut(dom.Attr(n, "style"), "mso-list:"); found {
			id, _, _ = strings.Cut(strings.TrimSpace(id), " ")
			return "word " + id
		}
		if w.wordMark(n) != nil { // "Web page, filtered" leaves out the styles that start with "mso-"
			return "word"
		}
	}
	return ""
}

// hasOnlyItems reports whether n contains nothing but list items. It also returns true if n is not a list.
func hasOnlyItems(n *html.Node) bool {
	if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom != atom.Li || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return false
		}
	}
	return true
}

// onlyItem returns the item of a list whose only child element is that item. It returns nil for other lists.
func onlyItem(list *html.Node) *html.Node {
	var item *html.Node
	for c := list.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if item != nil || c.DataAtom != atom.Li {
			return nil
		}
		item = c
	}
	return item
}

// itemsOf returns the items of a list with their levels. A paragraph from Word is one item.
func (w *Writer) itemsOf(n *html.Node) []outlineItem {
	if n.DataAtom == atom.P {
		mark := w.wordMark(n)
		tag := atom.Ul
		if mark != nil && (mark.Type == html.TextNode || isNumberMark(strings.TrimSpace(w.rawText(mark)))) {
			tag = atom.Ol
		}
		level := wordIndent(dom.Attr(n, "style"))
		if _, rest, found := strings.Cut(dom.Attr(n, "style"), "level"); found {
			level = leadingNumber(rest) - 1
		}
		return []outlineItem{{node: n, level: level, tag: tag, mark: mark}}
	}
	level := 0
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if strings.HasPrefix(name, "lst-kix_") {
			_, last, _ := text.CutLast(name, "-")
			level = leadingNumber(last)
		}
	}
	var items []outlineItem
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Li {
			items = append(items, outlineItem{node: c, level: level, tag: n.DataAtom})
		}
	}
	return items
}

// wordIndent returns the level of an item of a list in Word's filtered HTML. Each level is indented by half an inch.
func wordIndent(style string) int {
	_, margin, _ := strings.Cut(style, "margin-left:")
	margin, _, _ = strings.Cut(strings.TrimSpace(margin), ";")
	for unit, perLevel := range map[string]float64{"pt": 36, "in": 0.5, "cm": 1.27} {
		if number, found := strings.CutSuffix(margin, unit); found {
			size, err := strconv.ParseFloat(number, 64)
			if err == nil && size > perLevel && size < maxOutline*perLevel {
				return int(size/perLevel+0.5) - 1
			}
		}
	}
	return 0
}

// wordMark returns the <span> or the text with the bullet or the number that Microsoft Word writes at the start of an
// item, or nil if there is none. A mark that is plain text has a span with spaces after it.
func (w *Writer) wordMark(p *html.Node) *html.Node {
	c := p.FirstChild
	for c != nil && (c.Type != html.ElementNode || c.DataAtom != atom.Span) {
		if mark := strings.TrimSpace(c.Data); c.Type == html.TextNode && mark != "" {
			after := c.NextSibling
			if len(mark) <= 6 && isNumberMark(mark) && after != nil && after.DataAtom == atom.Span &&
				strings.Trim(w.rawText(after), " \u00a0\n\t") == "" {
				return c
			}
			return nil
		}
		c = c.NextSibling
	}
	if c == nil {
		return nil
	}
	mark := strings.Trim(w.rawText(c), " \u00a0\n\t")
	if len(mark) <= 6 && (strings.Contains(dom.Attr(c, "style"), "mso-list:") || isNumberMark(mark) || mark == "o" ||
		strings.Trim(mark, "·•§-–▪➢") == "") {
		return c
	}
	return nil
}

// isNumberMark reports whether a text ends like the number of an item, such as "1.", "a)" or "iv.".
func isNumberMark(s string) bool {
	s = strings.Trim(s, "\u00a0 \n\t")
	return len(s) >= 2 && (s[len(s)-1] == '.' || s[len(s)-1] == ')')
}

func leadingNumber(s string) int {
	end := 0
	for end < len(s) && end < 2 && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(s[:end])
	return n
}

// quillItems returns the items of a list that Quill has written, or nil for other lists. Attributes give the kind and
// the level of each item.
func (w *Writer) quillItems(n *html.Node) []outlineItem {
	if n.DataAtom != atom.Ol && n.DataAtom != atom.Ul {
		return nil
	}
	if !hasOnlyItems(n) {
		return nil
	}
	first := n.FirstChild
	for first != nil && first.DataAtom != atom.Li {
		first = first.NextSibling
	}
	if first == nil || !dom.HasAttr(first, "data-list") && !strings.Contains(dom.Attr(n.LastChild, "class"),
		"ql-indent-") &&
		!strings.Contains(dom.Attr(first, "class"), "ql-indent-") {
		return nil
	}
	var items []outlineItem
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			continue
		}
		item := outlineItem{node: c, tag: n.DataAtom}
		switch dom.Attr(c, "data-list") {
		case "bullet":
			item.tag = atom.Ul
		case "ordered":
			item.tag = atom.Ol
		case "checked":
			item.tag, item.task = atom.Ul, "[x] "
		case "unchecked":
			item.tag, item.task = atom.Ul, "[ ] "
		}
		if _, indent, found := strings.Cut(dom.Attr(c, "class"), "ql-indent-"); found {
			item.level = leadingNumber(indent)
		}
		items = append(items, item)
	}
	return items
}

// maxOutline is the maximum depth of nested lists.
const maxOutline = 12

// nested returns items as nested lists. It begins a new list when the kind of list changes at the outermost level. An
// item that is several levels deeper than the item before it is put one level deeper.
func (w *Writer) nested(items []outlineItem, start string) *html.Node {
	box := dom.NewElement(atom.Div)
	var open []*html.Node
	var levels []int
	for _, item := range items {
		for len(open) > 1 && item.level < levels[len(levels)-1] {
			open, levels = open[:len(open)-1], levels[:len(levels)-1]
		}
		switch top := len(open) - 1; {
		case top < 0 || top == 0 && item.level <= levels[0] && open[0].DataAtom != item.tag:
			root := dom.NewElement(item.tag)
			if top < 0 && start != "" && start != "1" && item.tag == atom.Ol {
				root.Attr = []html.Attribute{{Key: "start", Val: start}}
			}
			box.AppendChild(root)
			open, levels = append(open[:0], root), append(levels[:0], item.level)
		case item.level > levels[top] && open[top].LastChild != nil && len(open) < maxOutline:
			inner := dom.NewElement(item.tag)
			open[top].LastChild.AppendChild(inner)
			open, levels = append(open, inner), append(levels, item.level)
		}
		li := dom.NewElement(atom.Li)
		w.copyChildren(li, item.node, item.mark)
		w.recordCopy(li, item.node)
		if item.task != "" {
			li.InsertBefore(&html.Node{Type: html.TextNode, Data: item.task}, li.FirstChild)
		}
		open[len(open)-1].AppendChild(li)
	}
	return box
}
