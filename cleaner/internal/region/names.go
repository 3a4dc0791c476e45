package region

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Signs is a bit set of what an element's class names and id suggest about the element.
type Signs uint8

// Bad and good names change an element's weight, separately for its class and its id. An element with an unlikely name
// is removed before scoring, unless it also has a name with one of maybeWords. The bit sharing marks share buttons.
const (
	classBad Signs = 1 << iota
	classGood
	idBad
	idGood
	unlikely
	maybe
	sharing
)

// These words are from Readability. A word counts if it is part of a class name or an id.
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

// A namedWord is a word from one of the lists, with the signs that it gives to a class and to an id.
type namedWord struct {
	word      string
	class, id Signs
}

// namedWords has the words of all lists, so that a name is read only once.
var namedWords = func() *text.Starts[namedWord] {
	s := text.NewStarts[namedWord]()
	for _, list := range []struct {
		words     []string
		class, id Signs
	}{
		{badWords, classBad, idBad},
		{goodWords, classGood, idGood},
		{unlikelyWords, unlikely, unlikely},
		{maybeWords, maybe, maybe},
	} {
		for _, word := range list.words {
			s.Add(word, namedWord{word, list.class, list.id})
		}
	}
	return s
}()

// readName returns the signs that the word lists give to a name in lower case, as a class and as an id.
func readName(name string) (class, id Signs) {
	for i := 1; i < len(name); i++ {
		for _, w := range namedWords.At(name[i-1], name[i]) {
			if class&w.class == 0 && strings.HasPrefix(name[i-1:], w.word) {
				class |= w.class
				id |= w.id
			}
		}
	}
	return class, id
}

// ReadName returns the signs of a name, in upper or lower case, as a class and as an id.
func ReadName(name string) (class, id Signs) {
	name = text.Lower(name)
	class, id = readName(name)
	if name == "hid" {
		class |= classBad
	}
	if strings.Contains(name, "share") && hasShareWord(name) {
		class |= sharing
		id |= sharing
	}
	return class, id
}

func hasShareWord(name string) bool {
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool {
		return !('a' <= r && r <= 'z') && !('0' <= r && r <= '9')
	}) {
		if word == "share" || word == "sharedaddy" {
			return true
		}
	}
	return false
}

// weight returns the number that class names and ids add to an element's score.
func (s Signs) weight() int32 {
	w := int32(0)
	for _, b := range [...]struct {
		bit Signs
		add int32
	}{{classBad, -25}, {classGood, 25}, {idBad, -25}, {idGood, 25}} {
		if s&b.bit != 0 {
			w += b.add
		}
	}
	return w
}

// hasUnlikelyRole reports whether an element has a role that content does not have, such as menu or dialog.
func hasUnlikelyRole(n *html.Node) bool {
	switch dom.Attr(n, "role") {
	case "menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog":
		return true
	}
	return false
}
