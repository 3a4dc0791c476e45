package pagestate

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// isMarkdown reports whether a text is written in Markdown: two of its signs, and paragraphs.
func isMarkdown(s string) bool {
	if !strings.Contains(s, "\n") {
		return false
	}
	signs := 0
	for _, sign := range [...]string{"\n\n", "\n# ", "\n## ", "\n### ", "\n- ", "\n* ", "](", "**", "\n> ", "\n1. "} {
		if strings.Contains(s, sign) {
			signs++
		}
	}
	return signs >= 2
}

var (
	headingLine  = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	itemLine     = regexp.MustCompile(`^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$`)
	pictureLine  = regexp.MustCompile(`^!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"([^"]*)")?\s*\)$`)
	inlineMarkup = regexp.MustCompile("`([^`]+)`|!\\[([^\\]]*)\\]\\(([^)\\s]+)[^)]*\\)|\\[([^\\]]+)\\]\\(([^)\\s]+)[^)]*\\)|\\*\\*(.+?)\\*\\*|__(.+?)__|\\*([^*\\s][^*]*)\\*|\\b_([^_]+)_\\b")
)

// fromMarkdown writes Markdown in HTML: paragraphs, headings, lists, quotes, code, rules, pictures, links and emphasis
// (CommonMark 0.31, without what nests).
func fromMarkdown(s string) *html.Node {
	box := dom.NewElement(atom.Div)
	var paragraph []string
	flush := func() {
		if len(paragraph) == 0 {
			return
		}
		line := strings.Join(paragraph, "\n")
		paragraph = nil
		if m := pictureLine.FindStringSubmatch(line); m != nil {
			figure, img := dom.NewElement(atom.Figure), dom.NewElement(atom.Img)
			img.Attr = []html.Attribute{{Key: "src", Val: m[2]}, {Key: "alt", Val: m[1]}}
			figure.AppendChild(img)
			if m[3] != "" {
				caption := dom.NewElement(atom.Figcaption)
				caption.AppendChild(dom.NewText(m[3]))
				figure.AppendChild(caption)
			}
			box.AppendChild(figure)
			return
		}
		if isMarkup(line) && wholeBlock(line) {
			appendMarkup(box, line)
			return
		}
		p := dom.NewElement(atom.P)
		inlineMarkdown(p, line, 0)
		box.AppendChild(p)
	}
	var list *html.Node
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t")
		trimmed := strings.TrimSpace(line)
		if m := itemLine.FindStringSubmatch(line); m != nil && len(paragraph) == 0 && trimmed != "* * *" {
			tag := atom.Ul
			if m[1] != "" {
				tag = atom.Ol
			}
			if list == nil || list.DataAtom != tag {
				list = dom.NewElement(tag)
				if start, err := strconv.Atoi(m[1]); err == nil && start != 1 {
					list.Attr = []html.Attribute{{Key: "start", Val: m[1]}}
				}
				box.AppendChild(list)
			}
			li := dom.NewElement(atom.Li)
			inlineMarkdown(li, m[2], 0)
			list.AppendChild(li)
			continue
		}
		if trimmed == "" {
			flush()
			continue
		}
		if list != nil && (line[0] == ' ' || line[0] == '\t') && len(paragraph) == 0 { // the item goes on
			list.LastChild.AppendChild(dom.NewText(" "))
			inlineMarkdown(list.LastChild, trimmed, 0)
			continue
		}
		list = nil
		switch m := headingLine.FindStringSubmatch(trimmed); {
		case m != nil:
			flush()
			h := dom.NewElement([...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}[len(m[1])-1])
			inlineMarkdown(h, m[2], 0)
			box.AppendChild(h)
		case trimmed == "---" || trimmed == "***" || trimmed == "* * *" || trimmed == "___":
			flush()
			box.AppendChild(dom.NewElement(atom.Hr))
		case strings.HasPrefix(trimmed, "```"):
			flush()
			var code []string
			for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "```"); i++ {
				code = append(code, lines[i])
			}
			pre := dom.NewElement(atom.Pre)
			pre.AppendChild(dom.NewText(strings.Join(code, "\n")))
			box.AppendChild(pre)
		case trimmed[0] == '>':
			flush()
			var quoted []string
			for ; i < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i]), ">"); i++ {
				quoted = append(quoted, strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(lines[i]), ">"), " "))
			}
			i--
			quote := dom.NewElement(atom.Blockquote)
			for _, c := range dom.TakeChildren(quoteInside(strings.Join(quoted, "\n"))) {
				quote.AppendChild(c)
			}
			box.AppendChild(quote)
		default:
			paragraph = append(paragraph, trimmed)
		}
	}
	flush()
	return box
}

// quoteInside writes the paragraphs of a quote.
func quoteInside(s string) *html.Node {
	box := dom.NewElement(atom.Div)
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			p := dom.NewElement(atom.P)
			inlineMarkdown(p, part, 0)
			box.AppendChild(p)
		}
	}
	return box
}

// maxEmphasis is how deep emphasis and links nest.
const maxEmphasis = 8

// inlineMarkdown adds a line with its links and emphasis.
func inlineMarkdown(out *html.Node, s string, level int) {
	for s != "" && level < maxEmphasis {
		m := inlineMarkup.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		if m[0] > 0 {
			appendText(out, s[:m[0]])
		}
		group := func(i int) (string, bool) {
			if m[2*i] < 0 {
				return "", false
			}
			return s[m[2*i]:m[2*i+1]], true
		}
		add := func(tag atom.Atom, inner string, attrs ...html.Attribute) {
			e := dom.NewElement(tag)
			e.Attr = attrs
			if tag == atom.Code {
				e.AppendChild(dom.NewText(inner))
			} else {
				inlineMarkdown(e, inner, level+1)
			}
			out.AppendChild(e)
		}
		if code, ok := group(1); ok {
			add(atom.Code, code)
		} else if src, ok := group(3); ok {
			alt, _ := group(2)
			img := dom.NewElement(atom.Img)
			img.Attr = []html.Attribute{{Key: "src", Val: src}, {Key: "alt", Val: alt}}
			out.AppendChild(img)
		} else if href, ok := group(5); ok {
			label, _ := group(4)
			add(atom.A, label, html.Attribute{Key: "href", Val: href})
		} else if strong, ok := group(6); ok {
			add(atom.Strong, strong)
		} else if strong, ok := group(7); ok {
			add(atom.Strong, strong)
		} else if em, ok := group(8); ok {
			add(atom.Em, em)
		} else if em, ok := group(9); ok {
			add(atom.Em, em)
		}
		s = s[m[1]:]
	}
	appendText(out, s)
}

func appendText(out *html.Node, s string) {
	if s == "" {
		return
	}
	if isMarkup(s) || strings.Contains(s, "&") {
		appendMarkup(out, s)
		return
	}
	out.AppendChild(dom.NewText(strings.ReplaceAll(s, "\n", " ")))
}
