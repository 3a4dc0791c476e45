package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Words with which the titles of many pages of a host begin or end are the name of the site if the share of these pages
// is at least minNameShare. They are the name of a section if the share is at least minSectionShare and there are at
// most maxSectionWords words. The lower confidence bound of the share is used. Words that fewer pages have in common
// may be the name of a series.
const (
	minNameShare    = 0.4
	minSectionShare = 0.15
	maxSectionWords = 3
)

// learnNames reads the title and the authors again, knowing the site's names from its other pages. It runs after
// decide, so that a change of the title does not affect the choice of blocks.
func (p *page) learnNames() {
	if learned := p.known.namesIn(p.Meta.Found.Title); len(learned.Site)+len(learned.Sections) > 0 {
		p.Meta.Rename(learned, p.Forum)
	}
}

// namesIn returns the beginning and the ends of a title, with letters folded, if they are names of the site or of its
// sections. If site is nil, there are none.
func (site *Snapshot) namesIn(title string) (n metadata.SiteNamings) {
	if site == nil {
		return n
	}
	for _, part := range titleEnds(title) {
		folded := text.FoldLetters(part)
		c := site.seen.of(titleKey(part))
		if folded == "" || c < minSitePages {
			continue
		}
		switch share := wilsonLowerBound(c, uint32(site.pages)); {
		case share >= minNameShare:
			n.Site = append(n.Site, folded)
		case share >= minSectionShare && strings.Count(folded, " ") < maxSectionWords:
			n.Sections = append(n.Sections, folded)
		}
	}
	return n
}
