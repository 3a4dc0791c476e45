package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/formula"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// safeMath are the presentation elements of MathML that content may have. The function annotate adds <semantics> with
// TeX, the only annotation that is allowed.
var safeMath = text.SetOf(
	"math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "msup", "msub",
	"msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr",
	"mtd", "mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts", "mprescripts", "none",
	"mfenced",
)

// safeFormula copies a formula: the MathML that safeMath allows, and the TeX, if not empty, as its annotation.
func safeFormula(n *html.Node, tex string) *html.Node {
	math := &html.Node{Type: html.ElementNode, Data: "math", DataAtom: atom.Math, Namespace: "math"}
	if n.DataAtom == atom.Math {
		copyMath(n, math, 0)
	}
	if formula.IsDisplay(n) {
		math.Attr = append(math.Attr, html.Attribute{Key: "display", Val: "block"})
	}
	if tex != "" {
		annotate(math, tex)
	}
	return math
}

// texFormula returns a formula that has only TeX.
func texFormula(tex string, display bool) *html.Node {
	math := &html.Node{Type: html.ElementNode, Data: "math", DataAtom: atom.Math, Namespace: "math"}
	if display {
		math.Attr = append(math.Attr, html.Attribute{Key: "display", Val: "block"})
	}
	annotate(math, tex)
	return math
}

// annotate adds the TeX to a formula. It wraps the content of the formula in one row (MathML Core, "Semantics and
// Presentation"). If there is no content, the row shows the TeX.
func annotate(math *html.Node, tex string) {
	row := math.FirstChild
	if row == nil || row.NextSibling != nil || row.Data != "mrow" {
		row = &html.Node{Type: html.ElementNode, Data: "mrow", Namespace: "math"}
	}
	for _, c := range dom.TakeChildren(math) {
		if c != row {
			row.AppendChild(c)
		}
	}
	if row.FirstChild == nil {
		text := &html.Node{Type: html.ElementNode, Data: "mtext", DataAtom: atom.Mtext, Namespace: "math"}
		text.AppendChild(dom.NewText(tex))
		row.AppendChild(text)
	}
	annotation := &html.Node{
		Type: html.ElementNode, Data: "annotation", Namespace: "math",
		Attr: []html.Attribute{{Key: "encoding", Val: "application/x-tex"}},
	}
	annotation.AppendChild(dom.NewText(tex))
	semantics := &html.Node{Type: html.ElementNode, Data: "semantics", Namespace: "math"}
	semantics.AppendChild(row)
	semantics.AppendChild(annotation)
	math.AppendChild(semantics)
}

func copyMath(from, to *html.Node, depth int) {
	if depth > 100 {
		return
	}
	for c := from.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if text := dom.NewText(c.Data); strings.TrimSpace(text.Data) != "" {
				to.AppendChild(text)
			}
		case c.Type != html.ElementNode || c.Namespace != "math":
		case c.Data == "semantics": // the function annotate writes the annotation
			copyMath(c, to, depth+1)
		case safeMath.Has(c.Data):
			m := &html.Node{Type: html.ElementNode, Data: c.Data, DataAtom: c.DataAtom, Namespace: "math"}
			for _, a := range c.Attr {
				if (a.Key == "mathvariant" || a.Key == "stretchy" || a.Key == "columnalign") &&
					text.IsSimple(a.Val, 40) {
					m.Attr = append(m.Attr, html.Attribute{Key: a.Key, Val: a.Val})
				}
			}
			to.AppendChild(m)
			copyMath(c, m, depth+1)
		}
	}
}
