package notes

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// trim finds the parts of a note that repeat its mark or lead back to the text.
func (f *finder) trim(n *Note) {
	nodes := f.tree.Nodes
	for i := n.From; i < n.To; i++ {
		switch {
		case nodes[i].Form != block.Element:
			continue
		case dom.HasToken(dom.Attr(nodes[i].HTML, "class"), "mw-cite-backlink") || dom.HasToken(dom.Attr(nodes[i].HTML,
			"class"), "backrefs"):
		case nodes[i].Tag == atom.A && f.isBack(i, n):
		default:
			continue
		}
		n.Skip = append(n.Skip, i)
		i = nodes[i].End - 1
	}
	f.cutMark(n)
}

// isBack reports whether a link in a note does nothing but lead back to the text: it is a symbol or a phrase for this
// purpose (see isBackSign), or it is a mark and leads to a mark that refers to the note. The note's own mark at the
// start of the note also counts.
func (f *finder) isBack(i int32, n *Note) bool {
	line := f.textOf(i, maxMark+1)
	if isBackSign(line) {
		return true
	}
	if _, ok := markIn(line); !ok {
		return false
	}
	id := f.targetOf(dom.Attr(f.tree.Nodes[i].HTML, "href"))
	place, known := f.places[id]
	if id == "" || !known || f.tree.Contains(i, place) || place >= n.From {
		return strings.Trim(f.visibleBetween(n.From, i, 3), "[(［（ ") == "" // around the note's own mark
	}
	for _, ref := range n.Refs {
		if f.tree.Contains(ref, place) || place <= ref && ref-place < 8 {
			return true
		}
	}
	return false
}

// cutMark finds the mark at the start of a note, in brackets or with a period: the nodes that contain nothing else, and
// the beginning of the text after them.
func (f *finder) cutMark(n *Note) {
	nodes := f.tree.Nodes
	marked := len(n.Skip) > 0
	for i := n.From; i < n.To; i++ {
		if slices.Contains(n.Skip, i) {
			i = nodes[i].End - 1
			continue
		}
		if nodes[i].Form != block.Text || f.hidden(i) || strings.TrimSpace(nodes[i].Text) == "" {
			if nodes[i].Form == block.Formula {
				return
			}
			continue
		}
		text := nodes[i].Text
		rest, cut := afterMark(text, n.Mark, marked || f.isRaised(i))
		switch {
		case rest == "" && cut:
			n.Skip = append(n.Skip, i)
			marked = true
		case cut:
			n.Cut, n.CutBytes = i, len(text)-len(rest)
			return
		default:
			return
		}
	}
}

// isRaised reports whether a text is raised, or whether an element directly around it has a class for a label or a
// mark.
func (f *finder) isRaised(i int32) bool {
	for up := 0; up < 3 && i != block.None; up++ {
		n := &f.tree.Nodes[i]
		if n.Tag == atom.Sup {
			return true
		}
		if class := dom.Attr(n.HTML, "class"); n.Form == block.Element &&
			(strings.Contains(class, "label") || strings.Contains(class, "mark")) {
			return true
		}
		i = n.Parent
	}
	return false
}

// afterMark returns a text without the mark at its start and the punctuation around the mark. A number counts only if
// it is raised, in brackets, followed by a period, after a sign or a word that belongs to it, or the whole text. The
// argument raised reports whether the text is raised, or follows a mark that has been removed. In that case, leftover
// punctuation at its start is removed too. The result cut reports whether anything was removed.
func afterMark(text, mark string, raised bool) (rest string, cut bool) {
	rest = strings.TrimLeft(text, " \n\t\u00a0")
	opened := strings.TrimLeft(rest, "[(［（")
	if after, ok := strings.CutPrefix(opened, mark); ok {
		closed := strings.TrimLeft(after, "])］）.:")
		r, _ := utf8.DecodeRuneInString(closed)
		if (len(opened) < len(rest) || len(closed) < len(after) || raised || isSigns(mark) || isNamedNumber(mark)) &&
			!unicode.IsLetter(r) && !unicode.IsDigit(r) ||
			closed == "" {
			return strings.TrimLeft(closed, " \n\t\u00a0\u3000"), true
		}
	}
	if raised {
		if after := strings.TrimLeft(rest, "])］）.:,↑^ \u00a0\t\n"); len(after) < len(rest) {
			return after, true
		}
		if rest == "[" || rest == "(" {
			return "", true
		}
	}
	return text, false
}

// isNamedNumber reports whether a mark is a number after a sign or a word, such as ※1, 注2 or note 3.
func isNamedNumber(mark string) bool {
	first, _ := utf8.DecodeRuneInString(mark)
	return !unicode.IsDigit(first) && strings.ContainsFunc(mark, unicode.IsDigit)
}
