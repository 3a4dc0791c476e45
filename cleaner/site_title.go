package cleaner

import "strings"

// maxTitleEnds is how many names stand at an end of a title at most: a section, a channel, the site.
const maxTitleEnds = 3

// titleEnds are what may be names of the site or of its parts: what stands before the first separators of a title, and behind the last.
func titleEnds(title string) []string {
	var ends []string
	for _, sep := range cutSeparators {
		parts := strings.Split(title, sep)
		if len(parts) < 2 {
			continue
		}
		for n := range min(len(parts)-1, maxTitleEnds) {
			ends = append(ends, parts[len(parts)-1-n])
		}
		ends = append(ends, parts[0])
	}
	return ends
}

func titleKey(part string) uint64 { return mix(keyTitle, hashExact(foldLetters(part))) }

// minTitleShare is on what share of a host's pages, at the least and surely, the title begins or ends with the site's name. What
// fewer share may be the name of a series.
const minTitleShare = 0.4

// learn adds to a site's names what the titles of its pages begin or end with.
func (n *siteNames) learn(site *Snapshot, title string) {
	if site == nil {
		return
	}
	for _, part := range titleEnds(title) {
		folded := foldLetters(part)
		if folded == "" || len(n.folded) >= 2*maxTitleEnds+8 {
			continue
		}
		if c := site.seen.of(titleKey(part)); c >= minSitePages && surely(c, uint32(site.pages)) >= minTitleShare {
			n.folded, n.declared = append(n.folded, folded), true
		}
	}
}
