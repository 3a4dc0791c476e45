package canon

import (
	"strings"

	"golang.org/x/net/html"
)

// rawText returns the text below a node.
func (w *Writer) rawText(n *html.Node) string {
	var b strings.Builder
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
