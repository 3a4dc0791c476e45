package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// bullets are the signs that authors write before the items of a list. Dashes are not among them, since they also begin
// what people say, and neither are squares, which begin the headings of Japanese and Chinese texts.
const bullets = "•∙▪◦‣⁃"

// listBullets turns lines that begin with a bullet into lists: at least two paragraphs in a row, or the lines of one
// paragraph. A paragraph may begin with a line that introduces its list.
func listBullets(root *html.Node) {
	var list *html.Node
	for _, c := range dom.Children(root) {
		if c.DataAtom != atom.P {
			list = nil
			continue
		}
		lines := linesOf(c)
		first := 0
		if len(lines) > 1 && !beginsItem(lines[0]) && beginsItem(lines[1]) {
			first = 1
			list = nil
		}
		if !areItems(lines[first:]) || list == nil && len(lines)-first < 2 && !areItems(linesOf(c.NextSibling)) {
			list = nil
			continue
		}
		if list == nil {
			list = dom.NewElement(atom.Ul)
			root.InsertBefore(list, c.NextSibling)
		}
		for _, line := range lines[first:] {
			list.AppendChild(itemOf(line))
		}
		if first == 0 {
			root.RemoveChild(c)
		}
		for c.LastChild != nil && c.LastChild.DataAtom == atom.Br { // the line breaks between the items
			c.RemoveChild(c.LastChild)
		}
	}
}

// linesOf splits the content of a paragraph at its line breaks. It returns nil for other nodes.
func linesOf(p *html.Node) [][]*html.Node {
	if p == nil || p.DataAtom != atom.P {
		return nil
	}
	lines := [][]*html.Node{nil}
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Br {
			lines = append(lines, nil)
		} else {
			lines[len(lines)-1] = append(lines[len(lines)-1], c)
		}
	}
	return lines
}

// areItems reports whether there are lines, and each of them begins with a bullet.
func areItems(lines [][]*html.Node) bool {
	for _, line := range lines {
		if !beginsItem(line) {
			return false
		}
	}
	return len(lines) > 0
}

// beginsItem reports whether a line begins with a bullet and has more text.
func beginsItem(line []*html.Node) bool {
	if len(line) == 0 {
		return false
	}
	first := textAtStart(line[0])
	if first == nil {
		return false
	}
	rest := withoutBullet(first.Data)
	return rest != first.Data && (rest != "" || len(line) > 1)
}

// itemOf takes a line out of its paragraph and returns it as an item without its bullet.
func itemOf(line []*html.Node) *html.Node {
	item := dom.NewElement(atom.Li)
	for _, c := range line {
		dom.Detach(c)
		item.AppendChild(c)
	}
	first := textAtStart(item)
	if first.Data = withoutBullet(first.Data); first.Data == "" && first.NextSibling != nil {
		if next := textAtStart(first.NextSibling); next != nil {
			next.Data = strings.TrimLeftFunc(next.Data, unicode.IsSpace)
		}
		dom.Detach(first)
	}
	return item
}

// textAtStart returns the text with which a node begins, or nil if it begins with something else.
func textAtStart(n *html.Node) *html.Node {
	for n != nil && n.Type != html.TextNode {
		if n.DataAtom == atom.Code || n.Namespace != "" {
			return nil
		}
		n = n.FirstChild
	}
	return n
}

// withoutBullet returns a text without the bullet at its start.
func withoutBullet(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || !strings.ContainsRune(bullets, r) {
		return s
	}
	return strings.TrimLeftFunc(s[size:], unicode.IsSpace)
}
