package cleaner

import (
	"slices"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Append adds the content of parts to the article, in order, so that an article spread over several pages reads as one.
// Removed, Declined, Posts, Comments, Entries and the result of Blocks are joined too. Posts, comments and entries that
// occur on two pages are listed once. All other fields, such as Title and Tags, stay as they are. The parts are not
// changed. A nil part, and the article itself, are ignored.
func (a *Article) Append(parts ...*Article) {
	for _, part := range parts {
		if part == nil || part == a {
			continue
		}
		a.Removed = append(a.Removed, part.Removed...)
		a.Declined = append(a.Declined, part.Declined...)
		a.Posts = joinPosts(a.Posts, part.Posts)
		a.Comments = joinPosts(a.Comments, part.Comments)
		a.Entries = joinEntries(a.Entries, part.Entries)
		if part.content == nil {
			continue
		}
		if a.blocks != nil || part.blocks != nil {
			a.blocks = append(slices.Collect(a.Blocks()), slices.Collect(part.Blocks())...)
		}
		if a.content == nil {
			a.content = &html.Node{Type: part.content.Type, DataAtom: part.content.DataAtom, Data: part.content.Data}
		}
		for c := part.content.FirstChild; c != nil; c = c.NextSibling {
			a.content.AppendChild(dom.CloneTree(c))
		}
	}
	a.locateBlocks()
}
