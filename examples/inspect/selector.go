package main

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A candidate is a proposed selector for the clicked element, one of its ancestors, or an element inside it.
type candidate struct {
	Selector string `json:"selector"`
	// Matches is the number of elements on the page that the selector selects. Words is the number of words in these
	// elements.
	Matches int `json:"matches"`
	Words   int `json:"words"`
	// Pages is the number of checked pages of the host, other than this one, that have a match.
	Pages int `json:"pages"`
	// Loose reports whether the selector identifies the element only by its position, or only by its type inside an
	// ancestor, unless the type is table. On similar pages, such a selector may select something else.
	Loose bool `json:"loose"`

	table   bool
	letters int
}

// maxCandidates is the maximum number of proposed selectors, not counting the one by position.
const maxCandidates = 8

// A proposer collects candidates.
type proposer struct {
	doc    *htmldoc.Document
	others []*htmldoc.Document
	all    []candidate
	seen   map[string]bool
}

// propose lists selectors for an element and its ancestors. For a field's rule, it also lists selectors for the
// elements inside the element. The selectors use ids, classes, itemprop attributes and distinctive element types,
// because these are stable across similar pages. The last selector selects the element by its position.
func propose(n *html.Node, field bool, doc *htmldoc.Document, others []*htmldoc.Document) []candidate {
	p := &proposer{doc: doc, others: others, seen: make(map[string]bool)}
	for at := n; isBox(at) && len(p.all) < maxCandidates; at = at.Parent {
		own := nameOf(at, doc.Root)
		if own == "" && (at == n || at.Data == "table" || at.Data == "figure" || at.Data == "ul" || at.Data == "ol") {
			if around := namedAround(at, doc.Root); around != "" {
				p.add(around+" "+at.Data, at.Data != "table", at.Data == "table")
			}
		}
		p.add(own, false, at.Data == "table")
		if at == n && field {
			for d := range n.Descendants() {
				if d.Type == html.ElementNode && len(p.all) < maxCandidates/2 {
					p.add(nameOf(d, doc.Root), false, false)
				}
			}
		}
	}
	if isBox(n) {
		p.add(pathOf(n, doc.Root), true, false)
	}
	return p.all
}

// isBox reports whether a rule may select a node: an element other than html and body.
func isBox(n *html.Node) bool {
	return n != nil && n.Type == html.ElementNode && n.Data != "body" && n.Data != "html"
}

// add adds a selector, unless it is "" or a duplicate.
func (p *proposer) add(selector string, loose, table bool) {
	if selector == "" || p.seen[selector] || len(p.all) > maxCandidates {
		return
	}
	compiled, err := cascadia.Parse(selector)
	if err != nil {
		return
	}
	p.seen[selector] = true
	c := candidate{Selector: selector, Loose: loose, table: table}
	for _, m := range cascadia.QueryAll(p.doc.Root, compiled) {
		c.Matches++
		c.Words += countWords(m)
		c.letters += countLetters(m)
	}
	for _, other := range p.others {
		if cascadia.Query(other.Root, compiled) != nil {
			c.Pages++
		}
	}
	p.all = append(p.all, c)
}

// pathOf returns a selector for an element by its position. The selector starts at the nearest ancestor for which
// nameOf returns a unique selector, or else at the body.
func pathOf(n, root *html.Node) string {
	path := ""
	for at := n; isBox(at); at = at.Parent {
		if name := nameOf(at, root); at != n && name != "" && count(root, name) == 1 {
			return name + path
		}
		number := 1
		for s := at.PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type == html.ElementNode && s.Data == at.Data {
				number++
			}
		}
		path = " > " + at.Data + ":nth-of-type(" + strconv.Itoa(number) + ")" + path
	}
	return "body" + path
}

// nameOf returns a selector for an element by its own id, itemprop, class or type, or "" if it has none that similar
// pages are likely to have, too.
func nameOf(n *html.Node, root *html.Node) string {
	for _, a := range n.Attr {
		switch {
		case a.Key == "id" && isStable(a.Val) && count(root, "#"+a.Val) == 1:
			return "#" + a.Val
		case a.Key == "itemprop" && isStable(a.Val):
			return `[itemprop="` + a.Val + `"]`
		}
	}
	best, fewest := "", 0
	for _, a := range n.Attr {
		if a.Key != "class" {
			continue
		}
		for class := range strings.FieldsSeq(a.Val) {
			if !isStable(class) {
				continue
			}
			if k := count(root, "."+class); best == "" || k < fewest {
				best, fewest = "."+class, k
			}
		}
	}
	if best != "" {
		if narrow := n.Data + best; n.Data != "div" && count(root, narrow) < fewest {
			return narrow
		}
		return best
	}
	switch n.Data {
	case "article", "main", "aside", "header", "footer", "nav", "h1", "time":
		if count(root, n.Data) == 1 {
			return n.Data
		}
	}
	return ""
}

// namedAround returns the selector of the nearest ancestor for which nameOf returns one, or "".
func namedAround(n *html.Node, root *html.Node) string {
	for at := n.Parent; at != nil && at.Type == html.ElementNode && at.Data != "body"; at = at.Parent {
		if name := nameOf(at, root); name != "" {
			return name
		}
	}
	return ""
}

func count(root *html.Node, selector string) int {
	compiled, err := cascadia.Parse(selector)
	if err != nil {
		return 0
	}
	return len(cascadia.QueryAll(root, compiled))
}

// states are class names that describe the state or the layout of an element rather than its content.
var states = map[string]bool{
	"active": true, "open": true, "closed": true, "hidden": true, "visible": true, "first": true, "last": true,
	"odd": true, "even": true, "clearfix": true, "row": true, "col": true, "flex": true, "grid": true, "block": true,
	"selected": true, "current": true, "loaded": true, "lazyload": true, "lazyloaded": true, "show": true, "fade": true,
}

// statePrefixes are the prefixes of class names that describe a state or a style, that scripts use, or that build tools
// generate.
var statePrefixes = []string{
	"is-", "has-", "js-", "css-", "sc-", "jsx-", "svelte-", "ng-", "m-", "mt-", "mb-", "ml-", "mr-", "mx-", "my-",
	"p-", "pt-", "pb-", "pl-", "pr-", "px-", "py-", "w-", "h-", "text-", "bg-", "col-", "wp-image-", "align",
}

// isStable reports whether a class or an id is likely to be the same on other pages of the host: a name of 3 to 50
// ASCII letters, hyphens, underscores and at most one digit. It must begin with a letter or an underscore, must not be
// in states, and must not have one of the statePrefixes.
func isStable(name string) bool {
	if len(name) < 3 || len(name) > 50 || states[strings.ToLower(name)] {
		return false
	}
	for _, prefix := range statePrefixes {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	digits := 0
	for i := range len(name) {
		c := name[i]
		switch {
		case '0' <= c && c <= '9':
			if digits++; i == 0 || digits > 1 {
				return false
			}
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '-' && i > 0:
		default:
			return false
		}
	}
	return true
}

func countWords(n *html.Node) int {
	words := 0
	eachText(n, func(s string) { words += len(strings.Fields(s)) })
	return words
}

// countLetters returns the number of characters in an element's text, without white space. Unlike the number of words,
// it is also meaningful for scripts without spaces between words.
func countLetters(n *html.Node) int {
	letters := 0
	eachText(n, func(s string) {
		for word := range strings.FieldsSeq(s) {
			letters += utf8.RuneCountInString(word)
		}
	})
	return letters
}

func eachText(n *html.Node, visit func(string)) {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			visit(d.Data)
		}
	}
}

// choose returns the index of the most likely selector for a rule with the given key. own and page are the sizes, in
// letters, of the clicked element and of the whole page.
func choose(all []candidate, key string, own, page int) int {
	fits := func(c candidate) bool {
		switch {
		case key == "content":
			return c.Matches == 1 && (c.letters >= 2*own || c.letters > page/3)
		case isField(key):
			return c.letters <= 2*own+maxBesideField
		}
		return c.table || c.letters >= own && c.letters < page/3
	}
	if i := slices.IndexFunc(all, func(c candidate) bool { return !c.Loose && fits(c) }); i >= 0 {
		return i
	}
	// No candidate fits: choose the first one that is not loose or has only one match. Except for content, it must not
	// select more text than the clicked element has. If there is none either, choose the first candidate.
	return max(slices.IndexFunc(all, func(c candidate) bool {
		return (!c.Loose || c.Matches == 1) && (key == "content" || c.letters <= own)
	}), 0)
}

// maxBesideField is the number of letters by which the text selected for a field may exceed twice the text of the
// clicked element.
const maxBesideField = 40
