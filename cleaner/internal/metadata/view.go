package metadata

import (
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A View is what the fields are settled by, beside the markup: the page as it was cut into blocks.
type View struct {
	meta   *Fields
	Tree   *block.Tree
	Blocks []block.Block
	// zones says of each block in what sort of box it is; hidden reports whether it is hidden until a visitor asks for it.
	Zones  []zone.Zone
	Hidden []bool
	// boxes counts the words at or below each node.
	Boxes []block.Count
	// firstText and lastText are the first and the last block that are surely text, lastText -1 for none.
	FirstText, LastText int
	// title is the headline, to compare with; forum is whether readers write the page's content.
	Title phrase.Headline
	Forum bool
	// now is how the time of the crawl is read; see Options.Now.
	Now time.Time
}

// Settle decides what the page's lines around the headline have a say in: language, authors and dates.
func (m *Fields) Settle(p *View) {
	p.meta = m
	p.checkLanguage()
	m.seen = p.findVisible()
	m.resolveAuthors(m.Found, m.seen, p.Forum)
	m.resolveDates(m.Found, m.seen, p.dateStyle(), p.numberOrder)
}

// dateStyle is how the page's numbers are read as dates.
func (p *View) dateStyle() dates.Style {
	style := dates.StyleOf(p.meta.Language)
	style.Now = p.Now
	if style.MonthFirst && dates.IsDayFirstHost(p.meta.Found.url) {
		style.MonthFirst = false
	}
	return style
}

// Rename reads the title and the authors again by more names of the site, and of its parts.
func (m *Fields) Rename(more SiteNamings, forum bool) {
	m.Names.Add(more)
	m.Found.learned = more
	language := m.Names.language
	m.resolveTitle(m.Found, m.Found.article)
	m.resolveSite(m.Found, m.Found.article)
	m.Names.language = language
	m.resolveAuthors(m.Found, m.seen, forum)
}

// SiteNamings are names of a site, and of its parts, in folded form.
type SiteNamings struct{ Site, Sections []string }

// Add adds names of the site.
func (n *SiteNames) Add(more SiteNamings) {
	n.Folded = append(n.Folded, more.Site...)
	n.sections = append(n.sections, more.Sections...)
}

// What running text is, and how much of it counts as content that a page does not show.
const (
	MinSentenceWords = 8  // outside links, of a block of running text
	MinRevealedWords = 50 // of running text in what is revealed, and at least thrice what the page shows
)
