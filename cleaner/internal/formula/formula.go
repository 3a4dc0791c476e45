package formula

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// IsTeXScript reports whether the type of a <script> says that it contains TeX for MathJax, as in <script
// type="math/tex; mode=display">.
func IsTeXScript(n *html.Node) bool {
	return strings.HasPrefix(strings.ToLower(dom.Attr(n, "type")), "math/tex")
}

// IsDisplay reports whether a formula is on a line of its own. The formula is a <math> or a <script> for MathJax.
func IsDisplay(n *html.Node) bool {
	if n.DataAtom == atom.Script {
		return strings.Contains(dom.Attr(n, "type"), "mode=display")
	}
	return strings.EqualFold(dom.Attr(n, "display"), "block") || strings.EqualFold(dom.Attr(n, "mode"), "display")
}

// TeX returns a formula in TeX. It is taken from a <script> for MathJax, from an annotation in MathML or from an
// alternative text; otherwise it is made from the MathML. It is "" for a formula that is empty or too large.
func TeX(n *html.Node) string {
	tex := given(n)
	if tex == "" && n.DataAtom != atom.Script {
		tex = visible(FromMathML(n))
	}
	return Tidy(tex)
}

// Text returns a formula's TeX, or its characters if the function TeX returns "".
func Text(math *html.Node) string {
	if tex := TeX(math); tex != "" {
		return tex
	}
	var b strings.Builder
	for d := range math.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "annotation" && d.Parent.Data != "annotation-xml" {
			b.WriteString(strings.TrimSpace(dom.Printable(d.Data)))
		}
	}
	return b.String()
}

// given returns the TeX that a formula carries in a <script>, an annotation or an attribute, or "" if there is none.
func given(n *html.Node) string {
	if n.DataAtom == atom.Script {
		return visible(dom.RawText(n))
	}
	for d := range n.Descendants() {
		if d.Namespace == "math" && d.Data == "annotation" && isTeXEncoding(dom.Attr(d, "encoding")) {
			if tex := visible(dom.RawText(d)); tex != "" {
				return tex
			}
		}
	}
	alt := visible(dom.Attr(n, "alttext"))
	if n.FirstChild != nil && !IsTeX(alt) { // an alternative text may be in words
		return ""
	}
	return alt
}

// isTeXEncoding reports whether the encoding of an annotation is a name for TeX. "application/x-tex" and "LaTeX" are
// such names, "text/plain" is not.
func isTeXEncoding(name string) bool {
	return strings.Contains(strings.TrimPrefix(strings.ToLower(name), "text/"), "tex")
}

// IsTeX reports whether a text may be TeX: it has a character that is common in TeX, such as a backslash, a caret or an
// equals sign, or it has no spaces.
func IsTeX(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && (len([]rune(s)) == 1 || strings.ContainsAny(s, `\^_{}=+<>|`) || !strings.ContainsAny(s, " "))
}

// visible returns a text without control characters and with white space trimmed, or "" if nothing of it is visible.
// Control characters are removed first, because there may be blanks next to them.
func visible(s string) string {
	s = strings.TrimSpace(dom.Printable(s))
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
		return s
	}
	return ""
}

// Tidy returns TeX on one line. It removes comments, labels (nothing in an article refers to them) and outer wrappers
// that only choose a size. It returns "" for TeX of more than 64 KiB.
func Tidy(tex string) string {
	if len(tex) > maxTeX {
		return ""
	}
	tex = text.FoldSpace(withoutComments(withoutLabels(tex)))
	for range maxWrappers {
		inner := strings.TrimSpace(tex)
		for _, style := range [...]string{`\displaystyle`, `\textstyle`} {
			if body, ok := strings.CutPrefix(inner, "{"+style); ok && closes(inner) == len(inner)-1 &&
				!startsWithLetter(body) {
				inner = strings.TrimSpace(body[:len(body)-1])
			} else if body, ok := strings.CutPrefix(inner, style); ok && !startsWithLetter(body) {
				inner = strings.TrimSpace(body)
			}
		}
		if inner == tex {
			return tex
		}
		tex = inner
	}
	return tex
}

// maxWrappers limits how many nested wrappers Tidy removes.
const maxWrappers = 8

// withoutLabels removes \label{…}.
func withoutLabels(tex string) string {
	const label = `\label{`
	if !strings.Contains(tex, label) {
		return tex
	}
	var b strings.Builder
	for tex != "" {
		before, rest, found := strings.Cut(tex, label)
		b.WriteString(before)
		if !found {
			break
		}
		if strings.HasSuffix(before, `\`) { // \\label is a line break and the word "label"
			b.WriteString(label)
			tex = rest
			continue
		}
		_, tex, _ = strings.Cut(rest, "}")
	}
	return b.String()
}

func startsWithLetter(s string) bool { return s != "" && text.IsASCIILetter(s[0]) }

// closes returns the index of the brace that closes the brace at the start of s, or -1 if there is none.
func closes(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// withoutComments removes TeX's comments, which end with the line. If the lines were joined first, a comment would
// swallow the rest of the formula.
func withoutComments(tex string) string {
	if !strings.Contains(tex, "%") {
		return tex
	}
	var b strings.Builder
	for line := range strings.Lines(tex) {
		for i := 0; i < len(line); i++ {
			if line[i] == '\\' {
				i++
			} else if line[i] == '%' {
				line = line[:i] + "\n"
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// IsBalanced reports whether all braces of a formula match.
func IsBalanced(tex string) bool {
	depth := 0
	for i := 0; i < len(tex); i++ {
		switch tex[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}
