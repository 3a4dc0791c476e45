package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/judge"

// When the entries of a list page help to decide what is content: the minimum probability that it is a list page, the
// minimum number of entries, and the minimum share of the page's content that is in them.
const (
	minListed     = 0.3
	minEntries    = 4
	minEntryShare = 0.1
	entryGain     = 0.7 // the log-odds that are added to blocks in entries
	besideEntries = 0.5 // the log-odds that are subtracted from other blocks
)

// weighEntries adjusts the opinions for the entries of a list page. On sites that the judge was not trained on, it often
// takes some cards of a list for content and others for teasers. On such sites' category pages, word F1 rises from .688
// to .703, and on their list pages from .733 to .741.
func (p *page) weighEntries(opinions []float32) {
	if p.KindOf(judge.KindListing)+p.KindOf(judge.KindCollection) < minListed || !p.judged {
		return
	}
	entries, share := p.searchEntries()
	if len(entries) < minEntries || share < minEntryShare {
		return
	}
	k := 0
	for b := range p.Blocks {
		first := p.Blocks[b].First
		for k < len(entries) && entries[k].To <= first {
			k++
		}
		if k < len(entries) && entries[k].From <= first {
			opinions[b] += entryGain
		} else {
			opinions[b] -= besideEntries
		}
	}
}
