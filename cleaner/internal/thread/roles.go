package thread

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Words of names of what is about a post, and not of it: wherever they are in a name, or as its last word. bodyWords
// are last words of names of its text.
var (
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
	// boxWords are last words of names of boxes, about a person if a word before says so.
	boxWords   = text.SetOf("block", "box", "cell", "panel", "column", "col", "bar", "area", "wrap", "holder", "card")
	quoteWords = text.SetOf("quote", "citation", "quotation")
	bodyWords  = text.SetOf("body", "content", "text", "message", "msg", "postbody", "bbcode", "prose")
)

// A role is what an element's names say that it is to a post.
type role uint8

const (
	roleNone role = iota
	roleBody
	roleExtra
)

// isQuote reports whether an element is named as a quote of another post.
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

// roleOf reads the names of an element. In a quote of another post, who wrote that and when is of the text.
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
