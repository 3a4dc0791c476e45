package cleaner

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// maxOnPage is the maximum number of times that a text may occur at the same place of one page. If it occurs more
// often, it does not count as repeated on other pages. Such a text is a field in a list, such as a price, a brand or
// "in stock", and other pages have it because they are lists too.
const maxOnPage = 2

// observeSite adds the page to the observing Site (p.observer), and compares it with the known pages of its host
// (p.known). Either may be nil.
func (p *page) observeSite() {
	if p.known == nil && p.observer == nil {
		return
	}
	f := p.fingerprint(p.Meta.Found.Title)
	if p.isStopped() {
		return
	}
	if p.observer != nil {
		p.observer.observe(f.all(), f.known())
	}
	if p.known != nil {
		p.site = p.besideSite(p.known, f)
	}
}

// besideSite compares a page with the others of its host.
func (p *page) besideSite(site *Snapshot, f *fingerprint) *siteView {
	v := &siteView{site: site, keys: f}
	for _, key := range f.known() {
		v.self = max(v.self, site.seen.of(key))
	}
	v.self = min(v.self, uint32(site.pages))
	v.pages = uint32(site.pages) - v.self
	v.blocks = make([]evidence, len(p.Blocks))
	times := make(map[uint64]int, len(v.blocks))
	for b := range v.blocks {
		times[f.blocks[b].here]++
	}
	for b := range v.blocks {
		if k, e := &f.blocks[b], &v.blocks[b]; k.letters {
			e.here, e.place = v.others(k.here), v.others(k.place)
			e.repeats = times[k.here] <= maxOnPage && isMost(e.here, e.place, v.pages)
		}
	}
	v.boxes = v.seeBoxes(p)
	return v
}

// seeBoxes combines the evidence on the blocks of each list and table of the page.
func (v *siteView) seeBoxes(p *page) map[int32]boxEvidence {
	type tally struct{ all, repeated, linked, own uint32 }
	tallies := make(map[int32]tally)
	for b := range v.blocks {
		k, e, bl := &v.keys.blocks[b], &v.blocks[b], &p.Blocks[b]
		if k.box == block.None {
			continue
		}
		t := tallies[k.box]
		isLink := bl.LinkDensity() >= pagerLinks && p.leadsAway(bl)
		switch {
		case !k.letters:
			if bl.Kind == block.Cell && bl.Words > 0 && !isLink {
				t.own++ // a number
			}
		case e.repeats:
			t.all++
			t.repeated++
			if isLink {
				t.linked++
			}
		default:
			t.all++
			if bl.Words > maxPagerWords || !isLink && bl.Kind != block.Cell {
				t.own++
			}
		}
		tallies[k.box] = t
	}
	boxes := make(map[int32]boxEvidence, len(tallies))
	for box, t := range tallies {
		boxes[box] = boxEvidence{
			pager: t.own == 0 && 2*t.repeated > t.all && 2*t.linked >= t.repeated,
			share: float64(t.repeated) / float64(max(t.all, 1)),
		}
	}
	return boxes
}

// leadsAway reports whether a block has, or is in, a link to another page. A table of contents links only to parts of
// its own page.
func (p *page) leadsAway(bl *block.Block) bool {
	for i := range p.linksOf(bl) {
		if !strings.HasPrefix(p.Tree.Attr(i, "href"), "#") {
			return true
		}
	}
	return false
}

// pagerLinks is the minimum share of a block's words in links for the block to count as a link of a pager.
// maxPagerWords is the maximum number of words in a block of a pager if the block is not repeated on other pages.
const (
	pagerLinks    = 0.8
	maxPagerWords = 20
)
