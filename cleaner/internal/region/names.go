package region

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// signs are what an element's class names and id say about it, as bits.
type signs uint8

const (
	classBad signs = 1 << iota
	classGood
	idBad
	idGood
	unlikely
	maybe
	sharing
)

// The words are Readability's: where one of them is a part of a class name or an id, it speaks for or against it.
var (
	badWords = []string{
		"-ad-", "hidden", "banner", "combx", "comment", "com-", "contact", "foot", "gdpr", "masthead", "media", "meta",
		"outbrain", "promo", "related", "scroll", "share", "shoutbox", "sidebar", "skyscraper", "sponsor", "shopping", "tags",
		"tool", "widget",
	}
	goodWords = []string{
		"article", "body", "content", "entry", "main", "page", "pagination", "post", "text", "blog", "story",
	}
	unlikelyWords = []string{
		"-ad-", "ai2html", "banner", "breadcrumbs", "combx", "comment", "community", "cover-wrap", "disqus", "extra",
		"footer", "gdpr", "header", "legends", "menu", "related", "remark", "replies", "rss", "shoutbox", "sidebar",
		"skyscraper", "social", "sponsor", "supplemental", "agegate", "pagination", "pager", "popup",
	}
	maybeWords = []string{"and", "article", "body", "column", "content", "main", "shadow"}
)

func containsAny(s string, words []string) bool {
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// A nameKey is an element's class and id.
type nameKey struct{ class, id string }

// maxNames is how many names are remembered, for page after page.
const maxNames = 8192

// signsOf returns what the names of an element say.
func (m *Memory) signsOf(n *html.Node) signs {
	var key nameKey
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class":
			key.class = n.Attr[i].Val
		case "id":
			key.id = n.Attr[i].Val
		}
	}
	if key == (nameKey{}) {
		return 0
	}
	if s, ok := m.names[key]; ok {
		return s
	}
	s := readNames(strings.ToLower(key.class), strings.ToLower(key.id))
	if m.names == nil || len(m.names) >= maxNames {
		m.names = make(map[nameKey]signs)
	}
	m.names[nameKey{strings.Clone(key.class), strings.Clone(key.id)}] = s
	return s
}

func readNames(class, id string) (s signs) {
	if containsAny(class, badWords) || class == "hid" {
		s |= classBad
	}
	if containsAny(class, goodWords) {
		s |= classGood
	}
	if containsAny(id, badWords) {
		s |= idBad
	}
	if containsAny(id, goodWords) {
		s |= idGood
	}
	both := class + " " + id
	if containsAny(both, unlikelyWords) {
		s |= unlikely
	}
	if containsAny(both, maybeWords) {
		s |= maybe
	}
	for _, word := range strings.FieldsFunc(both, func(r rune) bool {
		return r == '_' || r != '_' && !('a' <= r && r <= 'z') && !('0' <= r && r <= '9')
	}) {
		if word == "share" || word == "sharedaddy" {
			s |= sharing
		}
	}
	return s
}

// weight is what the names add to an element's score.
func (s signs) weight() int32 {
	w := int32(0)
	for _, b := range [...]struct {
		bit signs
		add int32
	}{{classBad, -25}, {classGood, 25}, {idBad, -25}, {idGood, 25}} {
		if s&b.bit != 0 {
			w += b.add
		}
	}
	return w
}

// hasUnlikelyRole reports whether an element's role is that of a part of the page's frame.
func hasUnlikelyRole(n *html.Node) bool {
	switch dom.Attr(n, "role") {
	case "menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog":
		return true
	}
	return false
}
