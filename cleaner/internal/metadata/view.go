package metadata

import (
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A View is the page as it was cut into blocks. Together with the markup it settles the fields.
type View struct {
	meta   *Fields
	Tree   *block.Tree
	Blocks []block.Block
	// Zones holds the zones of each block. Hidden reports whether a block is hidden until a visitor opens it.
	Zones  []zone.Zone
	Hidden []bool
	// Boxes counts the words at or below each node.
	Boxes []block.Count
	// FirstText and LastText are the first and the last block that are surely text. LastText is -1 if there is none.
	FirstText, LastText int
	// Title is the headline, which lines are compared with. Forum reports whether readers write the page's content.
	Title phrase.Headline
	Forum bool
	// Kept reports whether the page is one that is kept up to date and has no day of publication: a manual, a wiki.
	Kept bool
	// Now is the time of the crawl; see cleaner.Options.
	Now time.Time
}

// Settle decides what the lines around the headline contribute to: language, authors and dates.
func (m *Fields) Settle(p *View) {
	p.meta = m
	p.checkLanguage()
	m.seen = p.findVisible()
	m.resolveAuthors(m.Found, m.seen, p.Forum)
	m.resolveDates(m.Found, m.seen, p.dateStyle(), p.numberOrder, p.Kept || m.Claims&madeForDocs != 0)
}

// SettleThread settles who began the thread that the page shows, and when, by the posts: posters are who wrote them in
// page order. What the page says elsewhere is right unless it says nothing, or names somebody who wrote none.
func (m *Fields) SettleThread(posters []string, when dates.Date) {
	m.seen.posters = posters
	m.resolveAuthors(m.Found, m.seen, true)
	if m.Published.IsZero() && !when.IsZero() {
		m.Published, m.Provenance["published"] = when, "first post"
	}
}

// dateStyle returns how to read the numbers of the page's dates.
func (p *View) dateStyle() dates.Style {
	style := dates.StyleOf(p.meta.Language)
	style.Now = p.Now
	if style.MonthFirst && dates.IsDayFirstHost(p.meta.Found.url) {
		style.MonthFirst = false
	}
	return style
}

// Rename decides the title and the authors again, with more names of the site and its sections.
func (m *Fields) Rename(more SiteNamings, forum bool) {
	m.Names.Add(more)
	m.Found.learned = more
	language := m.Names.language
	m.resolveTitle(m.Found, m.Found.article)
	m.resolveSite(m.Found, m.Found.article)
	m.Names.language = language
	m.resolveAuthors(m.Found, m.seen, forum)
}

// SiteNamings are names of a site and its sections, folded.
type SiteNamings struct{ Site, Sections []string }

// Add adds names of the site.
func (n *SiteNames) Add(more SiteNamings) {
	n.Folded = append(n.Folded, more.Site...)
	n.sections = append(n.sections, more.Sections...)
}

// What running text is, and how much of it makes hidden text content.
const (
	MinSentenceWords = 8  // outside links, of a block of running text
	MinRevealedWords = 50 // of running text in what is revealed, and at least thrice what the page shows
)
