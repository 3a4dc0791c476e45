package thread

import (
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// What other templates than threads share: looks, times, names.

// Look is a number for what an element looks like: its tag and its class without digits and without what only says
// which of several boxes it is.
func Look(n *html.Node) uint64 {
	return hashOf(byte(dom.HeadingLevel(n.DataAtom)), n.Data, firstToken(dom.Attr(n, "class")))
}

// StampOf returns the time that node i of a page gives, and whether it is for machines.
func StampOf(p *Page, i int32) (date dates.Date, sure, ok bool) {
	f := finder{Page: p}
	st, ok := f.readStamp(i)
	return st.date, st.sure, ok
}

// thingWords are words of names of what is named, person or not.
var thingWords = text.SetOf("name", "title", "product", "brand", "topic", "category", "field")

// PersonHint says how much the names and the address of an element say that it holds who wrote: above 0 if they do.
func PersonHint(n *block.Node) int {
	hint := personHint(n)
	if dom.Attr(n.HTML, "itemprop") == "name" || hint == 1 && isNamedFor(n, thingWords) {
		return 0
	}
	if hint >= 0 && isProfile(n) {
		hint++
	}
	return hint
}
