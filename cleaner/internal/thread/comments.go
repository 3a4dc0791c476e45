package thread

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// FindComments is like Find for readers' comments. They are in the parts of the page for which inZone is true, which is
// evidence that they are comments. So it also finds a single comment, and comments without a time or a name.
func FindComments(p *Page, inZone func(i int32) bool) *Thread {
	f := &finder{Page: p, inZone: inZone}
	f.collect()
	main := f.choose()
	if main == nil {
		return nil
	}
	t := f.readThread(main, false)
	if t != nil {
		t.Named = true
	}
	return t
}

// isOutside reports whether a node is outside the zone to which the search is restricted.
func (f *finder) isOutside(i int32) bool { return f.inZone != nil && !f.inZone(i) }

// minimum returns the minimum number of posts: one comment is enough.
func (f *finder) minimum() int {
	if f.inZone != nil {
		return 1
	}
	return minPosts
}

// isComment reports whether an element is certainly one comment in the zone of comments: it is named one, and has an id
// with a number, a schema.org type, or the tag article.
func (f *finder) isComment(i int32) bool {
	if f.inZone == nil || !f.isNamed(i, commentWords) || f.isNamed(i, elsewhereWords) {
		return false
	}
	n := f.Tree.Nodes[i].HTML
	return n.DataAtom == atom.Article || dom.Attr(n, "itemtype") != "" ||
		hasNumber(dom.Attr(n, "id"))
}

// elsewhereWords are words in the names of boxes that list comments on other pages.
var elsewhereWords = text.SetOf("recent", "latest", "widget")
