package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A heading is one of the page's h1 elements.
type heading struct {
	text string
	// parts contains the text of each child node of the h1 or, if a child has several child nodes itself, the text of
	// each of those: an h1 may contain a kicker, a date and the headline. It is empty if the h1 contains only text.
	parts []string
	// linked reports whether the whole h1 is a link, as is common for a logo. hidden reports whether it is hidden, or
	// is for screen readers only.
	linked, hidden bool
	// named reports whether the class or id marks the h1 as the headline, as with "entry-title".
	named bool
	// glued reports whether only the style sheet separates the elements in the h1.
	glued bool
	// before is the amount of running text above the h1, in bytes.
	before int
}

// maxHeadings is the maximum number of headings of one level that are read. maxParts is the maximum number of parts of
// a heading.
const (
	maxHeadings = 8
	maxParts    = 6
)

// newHeading reads an h1.
func (f *Findings) newHeading(n *html.Node, before int) heading {
	h := heading{before: before, hidden: isHiddenName(n), named: isHeadlineName(n)}
	line, copied := f.headingText(n)
	h.text = line
	if c := n.FirstChild; c == nil || c.NextSibling == nil && c.Type == html.TextNode || copied {
		return h
	}
	letters, links := 0, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.parts = appendParts(h.parts, c)
	}
	if text := h.unglued(n); text != h.text {
		h.text, h.glued = text, true
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			letters += len(strings.TrimSpace(d.Data))
			if inLink(d, n) {
				links += len(strings.TrimSpace(d.Data))
			}
		}
	}
	h.linked = letters > 0 && links == letters
	return h
}

// minPart is the minimum length in characters of a part of a heading that is a separate word. A shorter part may be
// only the first letter of a word, in an element of its own.
const minPart = 4

// unglued returns a heading's text with spaces between its parts if the heading consists only of inline elements
// without spaces between them, which a style sheet probably puts on separate lines. Otherwise it returns the text
// unchanged.
func (h *heading) unglued(n *html.Node) string {
	if c := n.FirstChild; c.NextSibling == nil {
		n = c
	}
	elements := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" ||
			c.Type == html.ElementNode && c.DataAtom != atom.Span && c.DataAtom != atom.Strong &&
				c.DataAtom != atom.Small && c.DataAtom != atom.Em && c.DataAtom != atom.B && c.DataAtom != atom.A {
			return h.text
		}
		elements++
	}
	if elements != len(h.parts) || slices.ContainsFunc(h.parts,
		func(p string) bool { return utf8.RuneCountInString(p) < minPart }) {
		return h.text
	}
	return strings.Join(h.parts, " ")
}

// appendParts appends the text of node c or, if c is an element with several child nodes, the text of each of them.
func appendParts(parts []string, c *html.Node) []string {
	if c.Type == html.ElementNode && c.FirstChild != nil && c.FirstChild.NextSibling != nil {
		for d := c.FirstChild; d != nil; d = d.NextSibling {
			if t := Clean(nodeText(d)); t != "" && len(parts) < maxParts {
				parts = append(parts, t)
			}
		}
		return parts
	}
	if t := Clean(nodeText(c)); t != "" && len(parts) < maxParts {
		return append(parts, t)
	}
	return parts
}

func nodeText(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	return TextOf(n)
}

// headingText returns a heading's text without the permalink symbol, and without a date with a time of day at its end.
// If a heading consists of several copies of one text, it records that, and returns one copy and true.
func (f *Findings) headingText(n *html.Node) (line string, copied bool) {
	whole := TextOf(n)
	if one := undoubled(n, whole); one != "" {
		if f.doubled == nil {
			f.doubled = make(map[string]string)
		}
		f.doubled[unspacedFold(whole)] = one
		return one, true
	}
	return WithoutStamp(strings.TrimRight(Clean(withoutPermalinks(n, whole)), " ¶🔗")), false
}

// withoutPermalinks returns a heading's text without the symbols at its ends that link to a part of the page, such as
// the heading itself.
func withoutPermalinks(heading *html.Node, whole string) string {
	whole = strings.TrimSpace(whole)
	for c := range heading.ChildNodes() {
		if c.DataAtom != atom.A || !strings.Contains(dom.Attr(c, "href"), "#") {
			continue
		}
		symbol := strings.TrimSpace(TextOf(c))
		if !strings.ContainsFunc(symbol, text.IsWordRune) {
			whole = strings.TrimSuffix(strings.TrimPrefix(whole, symbol), symbol)
		}
	}
	return whole
}

// undoubled returns one of the copies of which a heading consists, or "" if there are none. whole is the heading's
// text.
func undoubled(n *html.Node, whole string) string {
	if len(whole) > MaxField || n.FirstChild == nil || n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return ""
	}
	var runs []string
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			runs = append(runs, d.Data)
		case d.DataAtom == atom.Br, dom.IsBlockElement(d.DataAtom):
			runs = append(runs, " ")
		}
	}
	return Clean(text.Undoubled(runs))
}

// Undoubled returns one copy of the text of a heading that is known to consist of several, and any other line
// unchanged.
func (f *Findings) Undoubled(line string) string {
	if len(f.doubled) > 0 {
		if one, ok := f.doubled[unspacedFold(line)]; ok {
			return one
		}
	}
	return line
}

// WithoutStamp removes a date with a time of day from the end of a line that has other words. A date alone may belong
// to the headline.
func WithoutStamp(line string) string {
	d, ok := dates.Find(line, dates.Style{})
	if !ok || !d.HasTime || d.Start == 0 || strings.Trim(line[d.End:], " 0123456789:.") != "" {
		return line
	}
	head := strings.TrimRight(line[:d.Start], " ")
	if !unicode.IsLetter(lastRune(head)) {
		return line
	}
	return head
}

func unspacedFold(s string) string { return strings.ReplaceAll(text.FoldLetters(s), " ", "") }

func inLink(n, root *html.Node) bool {
	for ; n != nil && n != root; n = n.Parent {
		if n.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// isHiddenName reports whether the class of an element marks it as visible only to screen readers, or whether the
// element has the attribute hidden.
func isHiddenName(n *html.Node) bool {
	class := dom.Attr(n, "class")
	return strings.Contains(class, "sr-only") || strings.Contains(class, "visually-hidden") ||
		strings.Contains(class, "screen-reader") || dom.HasAttr(n, "hidden")
}

// headlineWords and pieceWords are words in the class names and ids of headlines. siteWords are words in those of other
// titles: the class of a logo may be "site-title".
var (
	headlineWords = text.SetOf("title", "headline", "heading", "titre", "titel", "titulo", "titolo", "hdln")
	pieceWords    = text.SetOf("post", "entry", "article", "story", "topic", "thread", "recipe", "product", "news")
	siteWords     = text.SetOf("site", "blog", "page", "section", "widget", "sidebar", "box", "block", "module", "menu",
		"nav", "logo", "related", "comment", "comments", "sub", "date")
)

// isHeadlineName reports whether the class or id of an element marks it as the headline of an article: it has a word
// for a headline and one for an article.
func isHeadlineName(n *html.Node) bool {
	title, piece, _ := wordsInName(n)
	return title && piece
}

// HasTitleName reports whether the class or id of an element marks it as a headline, and not as the title of the site
// or of another part of the page.
func HasTitleName(n *html.Node) bool {
	title, _, site := wordsInName(n)
	return title && !site
}

// wordsInName reports which words the class and id of an element have: one of headlineWords, pieceWords and siteWords.
func wordsInName(n *html.Node) (title, piece, site bool) {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for word := range text.NameWords(a.Val, text.MaxNameWords) {
			word = text.Lower(word)
			title, piece = title || headlineWords.Has(word), piece || pieceWords.Has(word)
			site = site || siteWords.Has(word)
		}
	}
	return title, piece, site
}

// equalsAny reports whether the h1 is one of the given titles, after folding.
func (h *heading) equalsAny(titles []string) bool {
	return slices.ContainsFunc(titles, func(t string) bool { return text.EqualFolded(t, text.FoldLetters(h.text)) })
}

// agreed returns the part of an h1 that another source also gives as the headline: the whole h1 or some of its parts,
// without the name of the site. It returns "" if no source agrees.
func (h *heading) agreed(others []string, names SiteNames) string {
	for _, other := range others {
		if part := h.partOf(names.Strip(other, nil)); part != "" {
			return part
		}
	}
	for _, other := range others { // the other title may have a separator in place of a line break
		if stripped := names.ofHeading(other); h.glued && text.FoldLetters(stripped) == text.FoldLetters(h.text) {
			return stripped
		}
	}
	for _, other := range others {
		stripped := names.Strip(other, nil) // "searching [The Quay Wiki]"
		if agree(h.text, other, names) || stripped != other && !names.IsName(h.text) &&
			text.FoldLetters(stripped) == text.FoldLetters(h.text) {
			return names.ofHeading(h.text)
		}
	}
	return ""
}

// partOf returns the consecutive parts of an h1 that together are the given title, if the title has at least two words
// and there are other parts before or after them. Otherwise it returns "".
func (h *heading) partOf(title string) string {
	if len(h.parts) < 2 {
		return ""
	}
	folded := text.FoldLetters(title)
	for from := range h.parts {
		for to := from + 1; to <= len(h.parts); to++ {
			if to-from == len(h.parts) {
				continue
			}
			if t := strings.Join(h.parts[from:to], " "); text.FoldLetters(t) == folded &&
				strings.Contains(folded, " ") {
				return strings.Trim(t, " :|–—-")
			}
		}
	}
	return ""
}

// Minimums for an h1 that no other source confirms.
const (
	minBelowHeading = 250 // bytes of running text below it
	minSharedWords  = 2   // words that it shares with other titles
)

// loneHeading returns the page's only h1, apart from hidden ones, logos, the site's name and single words. The h1 must
// have running text below it, and it must share words with the other titles or, if there is only one other title, have
// a class or id for headlines. In DokuWiki, a single word counts too, and neither condition applies. loneHeading
// returns "" if there is no such h1 or more than one.
func (f *Findings) loneHeading(others []string, names SiteNames) string {
	lone := -1
	for i := range f.h1 {
		h := &f.h1[i]
		if h.linked || h.hidden || !strings.ContainsAny(h.text, " ") && text.UnspacedLength(h.text) < 6 && !f.isDokuWiki() ||
			names.IsName(h.text) {
			continue
		}
		if lone >= 0 {
			return ""
		}
		lone = i
	}
	if lone >= 0 && f.isDokuWiki() {
		return names.ofHeading(f.h1[lone].text) // the title of a wiki page may be only the page's address
	}
	if lone < 0 || f.running-f.h1[lone].before < minBelowHeading {
		return ""
	}
	shared := 0
	all := text.FoldLetters(strings.Join(others, " "))
	words := strings.Fields(text.FoldLetters(f.h1[lone].text))
	for _, w := range words {
		if len(w) > 2 && strings.Contains(all, w) {
			shared++
		}
	}
	if shared < min(minSharedWords, len(words)) && !(f.h1[lone].named && len(others) == 1) {
		return ""
	}
	return names.ofHeading(f.h1[lone].text)
}
