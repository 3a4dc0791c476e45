package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxQuestion is the maximum length of a question on a button, in bytes.
const maxQuestion = 300

// questionOf returns the form of a button whose text is a question and which opens the answer, or of a button that
// opens a panel of an accordion. The form is a title for the content that follows. It returns nil for other buttons.
func (w *Writer) questionOf(n *html.Node) *html.Node {
	if !dom.HasAttr(n, "aria-expanded") && !dom.HasAttr(n, "aria-controls") &&
		!dom.HasToken(dom.Attr(n, "class"), "accordion") {
		return nil
	}
	if n.Parent != nil && dom.HeadingLevel(n.Parent.DataAtom) > 0 {
		return nil
	}
	line := text.FoldSpace(w.rawText(n))
	if line == "" || len(line) > maxQuestion ||
		!strings.HasSuffix(line, "?") && !strings.HasSuffix(line, "？") && !isBoxTitle(n, line) && !w.opensPanel(n) {
		return nil
	}
	title := titleOf(line)
	if panel := dom.Attr(n, "aria-controls"); panel != "" { // the attribute shows that the button opens a panel
		title.Attr = append(title.Attr, html.Attribute{Key: "aria-controls", Val: panel})
	}
	return in(title, n)
}

// isBoxTitle reports whether the box around a button has the button's text as its title, as in Confluence.
func isBoxTitle(n *html.Node, line string) bool {
	return n.Parent != nil && text.FoldSpace(dom.Attr(n.Parent, "data-title")) == line
}

// minPanel is the minimum number of bytes of text, not counting links, in the panel that a button opens.
const minPanel = 40

// opensPanel reports whether a button is one of several of its class, and opens the panel after it, which has text of
// its own. A menu has a button and a panel too, but its panel consists of links.
func (w *Writer) opensPanel(n *html.Node) bool {
	panel := dom.NextElement(n)
	if panel == nil || dom.Attr(panel, "id") == "" || dom.Attr(panel, "id") != dom.Attr(n, "aria-controls") {
		return false
	}
	if w.holds(n, func(d *html.Node) bool { return d.Type == html.ElementNode && dom.IsBlockElement(d.DataAtom) }) {
		return false // a card with a heading of its own
	}
	size := 0
	for d := w.next(panel, panel, false); d != nil && size < minPanel; {
		if d.Type == html.TextNode {
			size += len(strings.TrimSpace(d.Data))
		}
		d = w.next(d, panel, d.DataAtom == atom.A || d.DataAtom == atom.Button || d.DataAtom == atom.Form)
	}
	return size >= minPanel && w.isOneOfSeveral(n)
}

// isOneOfSeveral reports whether several elements of the page have the tag and class of an element. Each search visits
// the whole page.
func (w *Writer) isOneOfSeveral(n *html.Node) bool {
	class := dom.Attr(n, "class")
	key := "several " + n.Data + " " + class
	is, known := w.series[key]
	if known || class == "" || len(w.series) >= maxSeries {
		return is
	}
	found := 0
	for d := range top(n).Descendants() {
		if d.DataAtom == n.DataAtom && d.Type == html.ElementNode && dom.Attr(d, "class") == class {
			found++
		}
	}
	w.remember(key, found > 1)
	return found > 1
}
