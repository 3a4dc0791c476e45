package metadata

import (
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A View is the page split into blocks. Settle uses it, together with the markup, to decide the fields.
type View struct {
	meta   *Fields
	Tree   *block.Tree
	Blocks []block.Block
	// Zones contains the zones of each block. Hidden reports whether a block is hidden until a visitor opens it.
	Zones  []zone.Zone
	Hidden []bool
	// Boxes counts the words at or below each node.
	Boxes []block.Count
	// FirstText and LastText are the indexes of the first and the last block that are certainly text. If there is no
	// such block, FirstText is len(Blocks) and LastText is -1.
	FirstText, LastText int
	// Title is the headline, to which lines are compared. Forum reports whether readers write the page's content.
	Title phrase.Headline
	Forum bool
	// Kept reports whether the page is kept up to date and has no date of publication, such as a manual or a wiki.
	Kept bool
	// Now is the time of the crawl; see cleaner.Options.
	Now time.Time
}

// Settle decides the fields that depend on the page's visible text: language, authors and dates.
func (m *Fields) Settle(p *View) {
	p.meta = m
	p.checkLanguage()
	if language, _, _ := strings.Cut(m.Language, "-"); m.Names.language == "" || isEastAsian(language) {
		m.Names.language = language // found from the text
	}
	m.seen = p.findVisible()
	m.resolveAuthors(p.Forum)
	m.resolveDates(p)
}

// SettleThread decides the author and the date of the thread that the page shows. The argument posters lists the
// authors of the thread's posts in page order, and the argument when is the date of the first post. Other sources on
// the page take precedence, unless they do not name anyone or name a person who did not write a post. The date of the
// first post counts only if no other source has a date.
func (m *Fields) SettleThread(posters []string, when dates.Date) {
	m.seen.posters = posters
	m.resolveAuthors(true)
	if m.Published.IsZero() && !when.IsZero() {
		m.Published, m.Provenance["published"] = when, "first post"
	}
}

// dateStyle returns the style in which the page's dates are read, such as the order of day and month. It depends on the
// page's language and host.
func (p *View) dateStyle() dates.Style {
	style := dates.StyleOf(p.meta.Language)
	style.Now = p.Now
	if style.MonthFirst && dates.IsDayFirstHost(p.meta.Found.url) {
		style.MonthFirst = false
	}
	return style
}

// Rename adds names of the site and of its sections. It then decides the fields that depend on these names once more:
// the title, the fields that resolveSite decides, and the authors.
func (m *Fields) Rename(more SiteNamings, forum bool) {
	m.Names.Add(more)
	m.Found.learned = more
	language := m.Names.language
	m.resolveTitle(m.Found)
	m.resolveSite(m.Found)
	m.Names.language = language
	m.resolveAuthors(forum)
}

// SiteNamings are names of a site and its sections, folded.
type SiteNamings struct{ Site, Sections []string }

// Add adds names of the site and its sections.
func (n *SiteNames) Add(more SiteNamings) {
	n.Folded = append(n.Folded, more.Site...)
	n.sections = append(n.sections, more.Sections...)
}

const (
	// MinSentenceWords is the minimum number of words outside links in a block of running text.
	MinSentenceWords = 8
	// MinRevealedWords is the minimum number of words of running text in hidden parts that may be content.
	MinRevealedWords = 50
)
