package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The minimum shares of a host's pages whose titles begin or end with the site's name or with a section's name. They
// are lower confidence bounds. A section's name has few words. Words that a smaller share of pages has in common may be
// the name of a series.
const (
	minNameShare    = 0.4
	minSectionShare = 0.15
	maxSectionWords = 3
)

// learnNames reads the title and the authors again, knowing the site's names from its other pages. It runs after
// decide, so that a change of the title does not affect the choice of blocks.
func (p *page) learnNames() {
	if learned := p.known.namesIn(p.Meta.Found.Title); len(learned.Site)+len(learned.Sections) > 0 {
		p.Meta.Rename(learned, p.isForum())
	}
}

// namesIn returns the ends of a title that are names of the site or of its sections.
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
