package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/listing"
)

// Entries help to decide what is content if the page meets the first three conditions. The values were chosen by the
// word F1 on sites left out of training.
const (
	minListed     = 0.3 // minimum probability that the page is a list page or a category page
	minEntries    = 4   // minimum number of entries
	minEntryShare = 0.1 // minimum share of the page's content that is in entries
	entryGain     = 0.7 // the log-odds that are added to blocks in entries
	besideEntries = 0.5 // the log-odds that are subtracted from other blocks
)

// weighEntries adjusts the opinions for the entries of a list page. On sites that the judge was not trained on, it
// often takes some cards of a list for content and others for teasers. On such sites' category pages, word F1 rises
// from .688 to .703, and on their list pages from .733 to .741.
func (p *page) weighEntries(opinions []float32) {
	if p.KindOf(judge.KindListing)+p.KindOf(judge.KindCollection) < minListed {
		return
	}
	list := p.searchEntries()
	if len(list.Entries) < minEntries || list.Share < minEntryShare {
		return
	}
	for b, in := range p.blocksIn(list.Entries) {
		if in {
			opinions[b] += entryGain
		} else {
			opinions[b] -= besideEntries
		}
	}
}

// blocksIn returns for each block whether it is in one of the entries.
func (p *page) blocksIn(entries []listing.Entry) []bool {
	in := p.scratch().Bools.Take(len(p.Blocks))
	k := 0
	for b := range p.Blocks {
		first := p.Blocks[b].First
		for k < len(entries) && entries[k].To <= first {
			k++
		}
		in[b] = k < len(entries) && entries[k].From <= first
	}
	return in
}
