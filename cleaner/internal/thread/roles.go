package thread

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Words in class names. An element is extra if it is about a post rather than part of its text.
var (
	// extraWords occur anywhere in the class names of extra elements. extraLast occur as the last word of a class name.
	extraWords = text.SetOf(
		"signature", "sig", "signatures", "likes", "liked", "thanks", "thanked", "reactions", "reaction", "edited",
		"lastedit", "editnote", "buttons", "toolbar", "report", "permalink", "advert", "attachmentlist", "votes",
		"noprint", "quicklinks", "breadcrumbs",
	)
	extraLast = text.SetOf(
		"footer", "header", "controls", "actions", "menu", "profile", "userinfo", "author", "avatar", "poster", "user",
		"ad", "ads", "share", "rating", "meta", "moderation", "ribbon", "username", "date", "time", "edit", "attribution",
		"expand",
	)
	// boxWords are words that end the class names of boxes. A box is about a person if an earlier word of the same
	// class name is one of personWords. quoteWords end the class names of quotes, and bodyWords end the class names of
	// the elements that contain the text of a post.
	boxWords   = text.SetOf("block", "box", "cell", "panel", "column", "col", "bar", "area", "wrap", "holder", "card")
	quoteWords = text.SetOf("quote", "citation", "quotation")
	bodyWords  = text.SetOf("body", "content", "text", "message", "msg", "postbody", "bbcode", "prose")
)

// A role is the function of an element in a post, according to its class names.
type role uint8

const (
	roleNone role = iota
	roleBody
	roleExtra
)

// isQuote reports whether an element's class names call it a quote of another post.
func isQuote(n *block.Node) bool {
	if n.Form != block.Element {
		return false
	}
	for name := range strings.FieldsSeq(dom.Attr(n.HTML, "class")) {
		last := ""
		for word := range text.NameWords(name, text.MaxNameWords) {
			last = word
		}
		if quoteWords.Has(strings.ToLower(last)) {
			return true
		}
	}
	return false
}

// roleOf returns the role of an element according to its tag and class names. If quoted is true, the element is in a
// quote of another post, and the author and date of that post are part of the text.
func roleOf(n *block.Node, quoted bool) role {
	if n.Form != block.Element {
		return roleNone
	}
	if n.Tag == atom.Button || n.Tag == atom.Footer || n.Tag == atom.Header || n.Tag == atom.Nav ||
		dom.Attr(n.HTML, "role") == "button" {
		return roleExtra
	}
	found, body := roleNone, false
	for name := range strings.FieldsSeq(dom.Attr(n.HTML, "class")) {
		last, person := "", false
		for word := range text.NameWords(name, text.MaxNameWords) {
			last = strings.ToLower(word)
			if extraWords.Has(last) {
				return roleExtra
			}
			person = person || personWords.Has(last)
		}
		switch {
		case quoted && last != "expand":
		case extraLast.Has(last), person && (boxWords.Has(last) || aboutWords.Has(last) && !bodyWords.Has(last)):
			found = roleExtra
		case bodyWords.Has(last):
			body = true
		}
	}
	if body {
		return roleBody
	}
	return found
}
