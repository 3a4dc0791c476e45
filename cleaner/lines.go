package cleaner

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits of the search along a line.
const (
	maxLineNodes  = 64  // nodes on either side of an element
	maxLineBytes  = 400 // bytes of text on either side of an element
	minLineWords  = 4   // words next to an element that make its line a sentence
	minWordsAfter = 3   // words after an element that begins its sentence
)

// inSentence reports whether an inline element is part of a sentence. Its line must have words before it that are
// neither links nor controls, and after it more words of that kind or the end of the sentence. Together, these must be
// at least minLineWords words. The element's class or role then describes the element only, not the line.
func inSentence(n *html.Node) bool {
	if dom.IsBlockElement(n.DataAtom) {
		return false
	}
	before, behind := lineBeside(n, false), lineBeside(n, true)
	after := text.CountWords(behind)
	words := text.CountWords(before)
	return words > 0 && words+after >= minLineWords && (after > 0 || text.EndsSentence(behind))
}

// beginsSentence reports whether a sentence begins with an inline element: at least minWordsAfter words that are
// neither links nor controls follow it on its line.
func beginsSentence(n *html.Node) bool {
	return !dom.IsBlockElement(n.DataAtom) && text.CountWords(lineBeside(n, true)) >= minWordsAfter
}

// lineBeside returns the text next to an element on its line, without links and controls. If behind is true, it is the
// text after the element. Otherwise it is the text before the element, the nearest node first.
func lineBeside(n *html.Node, behind bool) string {
	var text strings.Builder
	looked := 0
	for at := n; at != nil && !dom.IsBlockElement(at.DataAtom); at = at.Parent {
		for s := beside(at, behind); s != nil && looked < maxLineNodes &&
			text.Len() < maxLineBytes; s, looked = beside(s, behind), looked+1 {
			if s.DataAtom == atom.Br || dom.IsBlockElement(s.DataAtom) {
				return text.String()
			}
			if !writeLine(&text, s) {
				return text.String()
			}
		}
	}
	return text.String()
}

func beside(n *html.Node, behind bool) *html.Node {
	if behind {
		return n.NextSibling
	}
	return n.PrevSibling
}

// writeLine writes the text of a node on a line, without links and controls. It returns false if a block element ends
// the line, or if the node has too many descendants.
func writeLine(text *strings.Builder, n *html.Node) bool {
	if n.Type == html.TextNode {
		text.WriteString(n.Data)
		return true
	}
	if isAside(n) {
		return true
	}
	left := maxLineNodes
	for d := range n.Descendants() {
		if left--; left == 0 || dom.IsBlockElement(d.DataAtom) {
			return false
		}
		if d.Type == html.TextNode && !isAside(d.Parent) {
			text.WriteString(d.Data)
		}
	}
	return true
}

// isAside reports whether an element's text is not part of a sentence: it is a link or a control, or is never visible,
// like a script.
func isAside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Button, atom.Select, atom.Label, atom.Textarea, atom.Option:
		return true
	}
	return neverVisible(n.DataAtom)
}

// isButtonInSentence reports whether a button is a word of a sentence: a term that opens its definition, or a button
// that a manual shows. A label such as "Share this" is no such word, and neither is the button that shows the rest of a
// text that is cut off.
func isButtonInSentence(n *html.Node, label string) bool {
	if phrase.Match(label) != phrase.None || !inSentence(n) {
		return false
	}
	before := lineBeside(n, false)
	return !strings.Contains(before, "...") && !strings.Contains(before, "…")
}

// isSignInSentence reports whether an element with the role of a picture is a symbol in a sentence or at its beginning,
// such as an emoji.
func isSignInSentence(n *html.Node) bool {
	line := strings.TrimSpace(metadata.TextOf(n))
	return line != "" && !strings.ContainsFunc(line,
		func(r rune) bool { return text.IsWordRune(r) || text.IsIcon(r) }) &&
		(inSentence(n) || beginsSentence(n))
}
