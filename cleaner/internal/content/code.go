package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// code builds a code block: one text node with the code. The code is unchanged, except that a <br> becomes a line
// break, and that lines in separate block elements are separated by line breaks.
func (f *flowBuilder) code(c int32) {
	t := f.tree
	var s strings.Builder
	class, _ := languageClass(dom.Attr(t.Nodes[c].HTML, "class"))
	line, first, last := c, c, c
	for i := c + 1; i < t.Nodes[c].End; i++ {
		n := &t.Nodes[i]
		switch {
		case n.Tag == atom.Br:
			s.WriteByte('\n')
		case n.Form != block.Element && n.Form != block.Image && f.keep[i]:
			if at := f.blockAround(i); at != line { // some highlighters put each line in a block element
				line = at
				if s.Len() > 0 && !strings.HasSuffix(s.String(), "\n") && !strings.HasPrefix(n.Text, "\n") {
					s.WriteByte('\n')
				}
			}
			s.WriteString(n.Text)
			if last = i; first == c {
				first = i
			}
		case n.Tag == atom.Code && class == "":
			class, _ = languageClass(dom.Attr(n.HTML, "class"))
		}
	}
	for p, up := t.Nodes[c].Parent, 0; class == "" && p != block.None && up < 2; p, up = t.Nodes[p].Parent, up+1 {
		class = wrapperLanguage(dom.Attr(t.Nodes[p].HTML, "class"))
	}
	if text.IsBlankLine(s.String()) {
		return
	}
	pre, code := dom.NewElement(atom.Pre), dom.NewElement(atom.Code)
	if class != "" {
		code.Attr = []html.Attribute{{Key: "class", Val: class}}
	}
	code.AppendChild(f.origins.note(dom.NewText(s.String()), first, last))
	pre.AppendChild(code)
	f.out.AppendChild(pre)
}

// blockAround returns the innermost block element that contains node i.
func (b *builder) blockAround(i int32) int32 {
	for i = b.tree.Nodes[i].Parent; b.tree.Nodes[i].Parent != block.None && !dom.IsBlockElement(b.tree.Nodes[i].Tag); {
		i = b.tree.Nodes[i].Parent
	}
	return i
}

// wrapperLanguage is like languageClass, but for the class of an element around a code block. It also recognizes
// highlight-python, as Sphinx and others write it there. It returns "" if the class names no language.
func wrapperLanguage(class string) string {
	if value, ok := languageClass(class); ok {
		return value
	}
	for name := range strings.FieldsSeq(class) {
		if lang, ok := strings.CutPrefix(name, "highlight-"); ok && isCodeLanguage(lang) && lang != "default" &&
			lang != "none" {
			return "language-" + lang
		}
	}
	return ""
}

// languageClass returns "language-go" for the class of a code block that names the language Go for highlighters:
// language-go, lang-go, highlight-source-go or brush:go. The result is in lower case, as highlighters write it. It
// returns false if the class names no language.
func languageClass(class string) (string, bool) {
	for name := range strings.FieldsSeq(class) {
		for _, prefix := range [...]string{"language-", "lang-", "highlight-source-", "brush:"} {
			if lang, ok := strings.CutPrefix(name, prefix); ok {
				if lang = strings.TrimRight(lang, ";"); isCodeLanguage(lang) {
					return "language-" + strings.ToLower(lang), true
				}
			}
		}
	}
	return "", false
}

func isCodeLanguage(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("+-#._", c) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= 30
}
