package canon

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxQuestion is the maximum length of a question on a button, in bytes.
const maxQuestion = 300

// questionOf returns the form of a button whose text is a question and which opens the answer. The form is a title for
// the content that follows. It returns nil for other buttons.
func (w *Writer) questionOf(n *html.Node) *html.Node {
	if !dom.HasAttr(n, "aria-expanded") && !dom.HasAttr(n, "aria-controls") &&
		!dom.HasToken(dom.Attr(n, "class"), "accordion") {
		return nil
	}
	if n.Parent != nil && dom.HeadingLevel(n.Parent.DataAtom) > 0 {
		return nil
	}
	line := text.FoldSpace(w.rawText(n))
	if len(line) > maxQuestion || !strings.HasSuffix(line, "?") && !strings.HasSuffix(line, "？") {
		return nil
	}
	title := titleOf(line)
	if panel := dom.Attr(n, "aria-controls"); panel != "" { // the attribute shows that the button opens a panel
		title.Attr = append(title.Attr, html.Attribute{Key: "aria-controls", Val: panel})
	}
	return in(title, n)
}
