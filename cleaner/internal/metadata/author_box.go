package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// findAuthorBox reads the name in the box about the author, if the page names nobody near the headline and no person in
// its markup. If there are several such names, they may be those of a team, and none counts. A name at the end of the
// text does not count: "Best Regards" looks like a name, too.
func (r *lineReader) findAuthorBox() {
	if r.byline.trust > 0 || r.ofThread || r.meta.Found.namesPeople(r.editors, r.meta.Names) {
		return
	}
	at := -1
	for b := 1; b+1 < len(r.Blocks); b++ {
		bl := &r.Blocks[b]
		if bl.Words > maxBoxName || bl.Words < 2 || r.Hidden[b] || r.Zones[b]&notBylines != 0 || !r.isInBox(b) ||
			!isFullName(bl.Text) || Classify(bl.Text) != Person {
			continue
		}
		if at >= 0 && r.Blocks[at].Text != bl.Text {
			return
		}
		at = b
	}
	if at >= 0 {
		r.addNames(r.Blocks[at].Text, trustLine, at, false)
	}
}

// maxBoxName is the maximum number of words of a name on its own line.
const maxBoxName = 4

// isInBox reports whether a name is in a box about an author and begins the sentence below it: "Ada Pell", "Ada Pell
// has reported from the bay since 2011."
func (p *View) isInBox(b int) bool {
	bl, next := &p.Blocks[b], &p.Blocks[b+1]
	return p.Zones[b]&zone.AuthorBox != 0 && next.Words >= MinSentenceWords && strings.HasPrefix(next.Text, bl.Text)
}
