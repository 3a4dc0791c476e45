package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// labeledOf returns the form of a figure, or of a section with a table or a picture, that begins with its label in a
// heading, as in PubMed Central: a figure whose caption begins with the label. It returns nil for other elements.
func (w *Writer) labeledOf(n *html.Node) *html.Node {
	heading := onlyFirst(n)
	if heading == nil || dom.HeadingLevel(heading.DataAtom) == 0 || !isFigureLabel(w.rawText(heading)) {
		return nil
	}
	next := dom.NextElement(heading)
	if n.DataAtom != atom.Figure && (next == nil || !isCaptionBox(next)) {
		return nil
	}
	form, caption := dom.NewElement(atom.Figure), dom.NewElement(atom.Figcaption)
	form.Attr = n.Attr
	w.copyChildren(caption, heading, nil)
	w.recordCopy(caption, heading)
	w.copyChildren(form, n, heading)
	for d := range form.Descendants() {
		if d.DataAtom == atom.Figcaption || isCaptionBox(d) {
			caption.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
			for _, c := range dom.TakeChildren(d) {
				caption.AppendChild(c)
			}
			d.Parent.RemoveChild(d)
			break
		}
	}
	form.AppendChild(caption)
	return in(form, n)
}

func isCaptionBox(n *html.Node) bool {
	return n.DataAtom == atom.Div && dom.HasToken(dom.Attr(n, "class"), "caption")
}

// isFigureLabel reports whether a text begins with the label of a figure or a table, such as "Fig. 2".
func isFigureLabel(s string) bool {
	word, rest, _ := strings.Cut(text.FoldSpace(s), " ")
	return figureWords.Has(strings.ToLower(strings.TrimRight(word, "."))) && rest != "" && text.IsASCIIDigit(rest[0])
}

// figureWords are the words for figures and tables in the languages of journals.
var figureWords = text.SetOf(
	"figure", "fig", "table", "tab", "box", "scheme", "chart", "abbildung", "abb", "tabelle", "tableau", "figura", "tabla",
	"tabela", "tabella", "gráfico", "cuadro", "rys", "рисунок", "рис", "таблица", "табл", "图", "圖", "図", "表", "그림", "표",
)
