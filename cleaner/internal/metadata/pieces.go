package metadata

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// marksUp reports whether an element in a block is marked as a name or a date.
func (p *View) marksUp(b *block.Block) bool {
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Element && n.HTML.Type == html.ElementNode &&
			hintsOf(n.HTML)&(hintPerson|hintTime|hintAuthor|hintDate) != 0 {
			return true
		}
	}
	return false
}

// marksName reports whether a text in a block is marked as nothing but the author's name.
func (p *View) marksName(b *block.Block) bool {
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Text &&
			p.hintsWithin(n.Parent, b.Elem)&(hintPerson|hintAuthor) == hintPerson|hintAuthor {
			return true
		}
	}
	return false
}

// A piece is a run of a block's text with the same hints, and the date attribute of its time element.
type piece struct {
	text string
	hint hint
	when string // the date in an attribute of an element around the text, or ""
}

// maxPieceNodes is the maximum number of nodes of a block that are read. A byline has fewer nodes than that.
const maxPieceNodes = 300

// pieces splits a block's text where its hints change, and where two elements, such as a name and a date, have no
// separator between them.
func (p *View) pieces(b *block.Block, outer hint) []piece {
	if b.End-b.First == 1 && p.Tree.Nodes[b.First].Parent == b.Elem {
		return []piece{{b.Text, outer, p.datetime(b.First, outer)}}
	}
	var list []piece
	parent, person := block.None, block.None
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		n := &p.Tree.Nodes[i]
		if n.Tag == atom.Br && len(list) > 0 {
			list[len(list)-1].text += "\n"
		}
		if n.Form != block.Text || strings.TrimSpace(n.Text) == "" && len(list) == 0 {
			continue
		}
		text, h := cleanSpaced(n.Text), outer
		if n.Parent != b.Elem {
			h = outer&^hintPerson | p.hintsWithin(n.Parent, b.Elem)
		}
		named := block.None
		if h&hintPerson != 0 && n.Parent != b.Elem {
			named = p.personAbove(n.Parent, b.Elem)
		}
		if k := len(list) - 1; k >= 0 {
			switch before := list[k].text; {
			case strings.TrimSpace(text) == "":
				list[k].text += " "
				continue
			case list[k].hint == h && named == person && !(n.Parent != parent && touch(before, text)):
				when := ""
				if list[k].when == "" && n.Parent != parent {
					when = p.datetime(i, h)
				}
				if when != "" && len(BylineNames(before)) > 0 {
					break // "By Ada Pell", and a date without a year
				}
				if n.Parent != parent && h&(hintAuthor|hintProfile) != 0 && p.areAlike(parent, n.Parent) &&
					isWholeName(before) && isWholeName(text) {
					list[k].text = strings.TrimRight(before, " ") + ", " // two names that only a style sheet separates
				}
				list[k].text += text
				list[k].when = cmp.Or(list[k].when, when)
				parent = n.Parent
				continue
			}
		}
		parent, person = n.Parent, named
		list = append(list, piece{text, h, ""})
		list[len(list)-1].when = p.datetime(i, h)
	}
	return list
}

// cleanSpaced returns the text of a node, with a space on each side on which the node has white space.
func cleanSpaced(s string) string {
	line := Clean(s)
	if startsWithSpace(s) {
		line = " " + line
	}
	if r := lastRune(s); unicode.IsSpace(r) && line != " " {
		line += " "
	}
	return line
}

// datetime returns the date in an attribute of the time element around a text. If there is no time element and the text
// is not a date but an age, such as "2 hours ago", datetime returns the date in the title of an element around the text
// or in an attribute of that element for scripts. It returns "" if there is no date.
func (p *View) datetime(i int32, h hint) string {
	if h&hintTime != 0 {
		if t := p.Tree.Ancestor(i, atom.Time); t != block.None {
			n := p.Tree.Nodes[t].HTML
			if when := dom.Attr(n, "datetime"); when != "" {
				return when
			}
			return dataTime(n)
		}
	}
	line := p.Tree.Nodes[i].Text
	if len(line) > maxAgo {
		return ""
	}
	digits := 0
	for _, r := range line {
		if text.IsDigit(r) {
			digits++
		}
	}
	if digits >= minDayDigits && (!strings.Contains(line, "月") || strings.Contains(line, "年")) {
		if _, ok := dates.Find(line, dates.Style{}); ok || !hasClock(line) {
			return "" // the text itself is a date
		}
	}
	for range maxDataDepth {
		if i = p.Tree.Nodes[i].Parent; i == block.None {
			return ""
		}
		n := p.Tree.Nodes[i].HTML
		if !isInlineTime(n.DataAtom) && (n.DataAtom != atom.A || digits == 0) {
			return ""
		}
		if when := dataTime(n); when != "" {
			return when
		}
	}
	return ""
}

const (
	maxAgo       = 64 // bytes of a text such as "2 hours ago"
	maxDataDepth = 3  // elements around such a text that are checked for a date in an attribute
)

// hasClock reports whether a text has a time of day: "Sat Mar 14, 10:00 am".
func hasClock(line string) bool {
	tokens := dates.Tokens(line)
	return slices.ContainsFunc(tokens, func(t dates.Token) bool { return t.Kind == 't' })
}

// isInlineTime reports whether an element is of a kind that pages use for a date: an inline element, or a small block
// such as a paragraph or an item.
func isInlineTime(a atom.Atom) bool {
	switch a {
	case atom.Span, atom.Abbr, atom.Time, atom.P, atom.Div, atom.Small, atom.I, atom.Em, atom.Strong, atom.B, atom.Li,
		atom.Dd:
		return true
	}
	return false
}

// dataTime returns the date in an element's attribute for scripts, title or aria-label, as written: 2026-03-14, the
// seconds or milliseconds since 1970, or words with a year. It returns "" if there is none.
func dataTime(n *html.Node) string {
	for i := range n.Attr {
		a := &n.Attr[i]
		if len(a.Val) < len("20260314") || len(a.Val) > maxAgo ||
			!text.IsDigit(rune(a.Val[0])) && a.Key != "title" && a.Key != "aria-label" {
			continue
		}
		switch {
		case a.Key == "title" || a.Key == "aria-label" || a.Key == "ts":
		case len(a.Key) > len("data-ts") && a.Key[:5] == "data-" && isTimeKey(a.Key[5:]):
		default:
			continue
		}
		if hasDay(a.Val) && (a.Key[0] == 'd' || a.Key == "ts" || hasYear(a.Val)) {
			return a.Val
		}
	}
	return ""
}

// isTimeKey reports whether an attribute contains a date, judging by its name without "data-".
func isTimeKey(key string) bool {
	return strings.HasPrefix(key, "time") || strings.HasPrefix(key, "date") || strings.HasPrefix(key, "publish") ||
		strings.HasPrefix(key, "pub-") || strings.HasPrefix(key, "utime") || strings.HasSuffix(key, "timestamp") ||
		strings.HasSuffix(key, "-time") || strings.HasSuffix(key, "-date") || key == "epoch"
}

func startsWithSpace(s string) bool { r, _ := utf8.DecodeRuneInString(s); return unicode.IsSpace(r) }

// touch reports whether two adjacent texts would run together into one word if nothing separated them.
func touch(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	return text.IsWordRune(lastRune(a)) && text.IsWordRune(first)
}

// areAlike reports whether two nodes are elements with the same name and class, as the elements around several authors
// are. Those around a given name and a surname have different classes.
func (p *View) areAlike(a, b int32) bool {
	if a == block.None || b == block.None {
		return false
	}
	first, second := p.Tree.Nodes[a].HTML, p.Tree.Nodes[b].HTML
	return first.Data == second.Data && dom.Attr(first, "class") == dom.Attr(second, "class")
}

// isWholeName reports whether a text is the full name of a person.
func isWholeName(s string) bool {
	s = StripBy(strings.TrimSpace(s[strings.LastIndexByte(s, ',')+1:]))
	return isFullName(s) && Classify(s) == Person
}

// personAbove returns the nearest element around a text that is marked as nothing but a name, up to but not including
// elem, or block.None.
func (p *View) personAbove(at, elem int32) int32 {
	for ; at != elem && at != block.None; at = p.Tree.Nodes[at].Parent {
		if hintsOf(p.Tree.Nodes[at].HTML)&hintPerson != 0 {
			return at
		}
	}
	return block.None
}

// hintsWithin returns the hints of an element in a block and of the elements around it, up to but not including elem,
// which is the block's own element.
func (p *View) hintsWithin(at, elem int32) hint {
	var h hint
	for at != elem && at != block.None {
		h |= hintsOf(p.Tree.Nodes[at].HTML)
		at = p.Tree.Nodes[at].Parent
	}
	return h
}
