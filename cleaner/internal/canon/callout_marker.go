package canon

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// calloutMarker is what begins a callout in the Markdown of GitHub, Obsidian and docsify: the kind, and possibly a
// style and a sign for a box that folds.
var calloutMarker = regexp.MustCompile(`^\s*\[!([A-Za-z]+)(?:\|[^\]\n]*)?\][-+]?`)

// markedCalloutOf returns the form of a quotation that begins with a marker such as "[!NOTE]": the software that made
// the page did not know the syntax. Text on the line of the marker is the title if more text follows on the next line.
// It returns nil for other quotations.
func (w *Writer) markedCalloutOf(n *html.Node) *html.Node {
	first := firstText(n)
	if first == nil || first.Parent != n && first.Parent.DataAtom != atom.P {
		return nil
	}
	marker := calloutMarker.FindStringSubmatch(first.Data)
	if marker == nil || calloutKinds[strings.ToLower(marker[1])] == "" {
		return nil
	}
	quote := dom.NewElement(atom.Blockquote)
	quote.Attr = append(quote.Attr, n.Attr...)
	quote.Attr = append(quote.Attr, html.Attribute{Key: dom.CalloutAttr, Val: calloutKinds[strings.ToLower(marker[1])]})
	w.copyChildren(quote, n, nil)
	copied := firstText(quote)
	line, rest, more := strings.Cut(copied.Data[len(marker[0]):], "\n")
	br := copied.NextSibling
	if br == nil || br.DataAtom != atom.Br {
		br = nil
	}
	title := text.FoldSpace(line)
	switch {
	case br == nil && strings.TrimSpace(rest) == "" || len(strings.Fields(title)) > maxCalloutTitle:
		copied.Data = copied.Data[len(marker[0]):]
		return in(quote, n)
	case title != "":
		quote.InsertBefore(titleOf(title), quote.FirstChild)
	}
	copied.Data = rest
	if br != nil && !more {
		br.Parent.RemoveChild(br)
	}
	return in(quote, n)
}
