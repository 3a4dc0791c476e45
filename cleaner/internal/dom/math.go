package dom

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsTeXScript recognizes MathJax's TeX: <script type="math/tex; mode=display">.
func IsTeXScript(n *html.Node) bool {
	return strings.HasPrefix(strings.ToLower(Attr(n, "type")), "math/tex")
}

// MathText returns a formula's TeX, or else its characters.
func MathText(math *html.Node) string {
	if tex := TeX(math); tex != "" {
		return tex
	}
	var b strings.Builder
	for d := range math.Descendants() {
		if d.Type == html.TextNode && (d.Parent.Data != "annotation" && d.Parent.Data != "annotation-xml") {
			b.WriteString(strings.TrimSpace(Printable(d.Data)))
		}
	}
	return b.String()
}

// TeX returns the TeX that a formula gives: a script of MathJax, an annotation of MathML, or its alternative text; ""
// if it gives none.
func TeX(n *html.Node) string {
	if n.DataAtom == atom.Script {
		return visible(ownText(n))
	}
	for d := range n.Descendants() {
		if d.Namespace == "math" && d.Data == "annotation" && strings.Contains(Attr(d, "encoding"), "tex") {
			if tex := visible(ownText(d)); tex != "" {
				return tex
			}
		}
	}
	return visible(Attr(n, "alttext"))
}

// FindAnnotation returns the formula's TeX annotation, or nil.
func FindAnnotation(math *html.Node) *html.Node {
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			return d
		}
	}
	return nil
}

// visible returns a text as it is printed, without space around it; "" if nothing of it is visible. Control
// characters are removed first, because they may enclose a blank.
func visible(s string) string {
	s = strings.TrimSpace(Printable(s))
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
		return s
	}
	return ""
}

func ownText(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
