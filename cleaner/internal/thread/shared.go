package thread

import (
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// This file has functions for looks, times and names that other packages also use.

// Look returns a hash of an element's look: its tag and its first class name, without digits. Class names such as "odd"
// and "first", which only give the element's position among others, do not count.
func Look(n *html.Node) uint64 {
	return hashOf(byte(dom.HeadingLevel(n.DataAtom)), n.Data, firstToken(dom.Attr(n, "class")))
}

// StampOf returns the time at node i of a page. The result sure is true if the time comes from an attribute. The result
// ok is false if there is no time.
func StampOf(p *Page, i int32) (date dates.Date, sure, ok bool) {
	st, ok := p.readStamp(i)
	return st.date, st.sure, ok
}

// thingWords are words in the class names of elements that name something, not necessarily a person.
var thingWords = text.SetOf("name", "title", "product", "brand", "topic", "category", "field")

// PersonHint returns how strongly an element's attributes suggest an author. A positive number means an author. A hint
// that also fits things, such as itemprop="name" or a class name with "product" in it, does not count.
func PersonHint(n *block.Node) int {
	who := personHintsOf(n, hintsIn(dom.Attr(n.HTML, "class")))
	if dom.Attr(n.HTML, "itemprop") == "name" || who.hint == 1 && isNamedFor(n, thingWords) {
		return 0
	}
	if who.hint >= 0 && who.profile {
		who.hint++
	}
	return int(who.hint)
}
