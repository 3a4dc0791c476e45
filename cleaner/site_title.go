package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// On what share of a host's pages, at the least and surely, the title begins or ends with the site's name, and with
// that of a part of it, which has few words. What fewer share may be the name of a series.
const (
	minNameShare    = 0.4
	minSectionShare = 0.15
	maxSectionWords = 3
)

// learnNames reads the title and the authors again by what the site is called on its other pages. It comes after
// decide: a title that is cut elsewhere is no reason to choose other blocks.
func (p *page) learnNames() {
	if learned := p.known.namesIn(p.Meta.Found.Title); len(learned.Site)+len(learned.Sections) > 0 {
		p.Meta.Rename(learned, p.isForum())
	}
}

// namesIn lists what the titles of a site's pages begin or end with, of the ends of one title.
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
