package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxTitleEnds is how many names stand at an end of a title at most: a section, a channel, the site.
const maxTitleEnds = 3

// titleEnds are what may be names of the site or of its parts: what stands before the first separators of a title,
// and behind the last.
func titleEnds(title string) []string {
	var ends []string
	for _, sep := range metadata.CutSeparators {
		if !strings.Contains(title, sep) {
			continue
		}
		parts := strings.Split(title, sep)
		for n := range min(len(parts)-1, maxTitleEnds) {
			ends = append(ends, parts[len(parts)-1-n])
		}
		ends = append(ends, parts[0])
	}
	return ends
}

func titleKey(part string) uint64 { return mix(keyTitle, hashExact(text.FoldLetters(part))) }

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
