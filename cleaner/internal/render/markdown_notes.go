package render

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Notes are written in the syntax of Pandoc, PHP Markdown Extra and GitHub: [^1] in the text, and "[^1]: …" at the
// place of the note.

// noteNumbers maps the ids of an article's notes to their numbers.
func noteNumbers(content *html.Node) map[string]string {
	var all map[string]string
	if content != nil {
		for n := range content.Descendants() {
			if n.DataAtom != atom.Li {
				continue
			}
			id := dom.Attr(n, "id")
			if number, ok := strings.CutPrefix(id, dom.NotePrefix); ok {
				if all == nil {
					all = make(map[string]string)
				}
				all[id] = number
			}
		}
	}
	return all
}

// numberOf returns the number of the note that a link leads to, or "".
func (m *markdown) numberOf(a *html.Node) string {
	if id, ok := strings.CutPrefix(dom.Attr(a, "href"), "#"); ok && a.DataAtom == atom.A {
		return m.notes[id]
	}
	return ""
}

// holdsReference reports whether there is a reference to a note below n.
func (m *markdown) holdsReference(n *html.Node) bool {
	for d := range n.Descendants() {
		if m.numberOf(d) != "" {
			return true
		}
	}
	return false
}

// dropBrackets leaves out the brackets directly around n, which is a reference to a note or a superscript with such
// references. The brackets stay if other text is between them, such as a second reference.
func (w *inlineWriter) dropBrackets(n *html.Node) {
	if text := w.text.Bytes(); bytes.HasSuffix(text, []byte(`\[`)) && followingRune(n) == ']' {
		w.text.Truncate(len(text) - 2)
		w.closing = true
	}
}

// isReference reports whether a superscript consists of references to notes and punctuation between them.
func (w *inlineWriter) isReference(sup *html.Node) bool {
	found := false
	for d := range sup.Descendants() {
		switch {
		case d.DataAtom == atom.A && w.numberOf(d) != "":
			found = true
		case d.Type == html.TextNode && strings.Trim(d.Data, " ,;–-[]()") != "" && !w.isInReference(d, sup):
			return false
		}
	}
	return found
}

func (w *inlineWriter) isInReference(n, top *html.Node) bool {
	for n = n.Parent; n != top; n = n.Parent {
		if w.numberOf(n) != "" {
			return true
		}
	}
	return false
}

// references writes the references in a superscript, without the punctuation between them and the brackets around them.
func (w *inlineWriter) references(sup *html.Node) {
	w.dropBrackets(sup)
	for d := range sup.Descendants() {
		if number := w.numberOf(d); number != "" {
			w.text.WriteString("[^" + number + "]")
		}
	}
}
