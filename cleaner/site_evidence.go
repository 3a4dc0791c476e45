package cleaner

import (
	"fmt"
	"math"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxOnPage is how often a text is at one place of a page at most that other pages say anything about. One that is
// there more often is a field of the page's own list, a price, a brand, "in stock", and is on other pages because
// they are lists too.
const maxOnPage = 2

// Bounds of isMost: mostPages is the share of the pages that were seen, the others are lower bounds of the share of all
// pages by wilsonLowerBound. Two of two pages reach minMostPages. Of the pages of a part of the site, four of four
// reach minMostPart, and the part must be minPart of the site: what fewer pages share is their subject.
const (
	mostPages    = 2.0 / 3
	minMostPages = 1.0 / 3
	minMostPart  = 1.0 / 2
	minPart      = 1.0 / 25
)

// isMost reports whether k pages are most of n other pages of a part of the site that has all.
func isMost(k, n, all uint32) bool {
	if k < minSitePages-1 || float64(k) < mostPages*float64(n) {
		return false
	}
	if float64(k) >= mostPages*float64(all) {
		return wilsonLowerBound(k, n) >= minMostPages
	}
	return wilsonLowerBound(k, n) >= minMostPart && wilsonLowerBound(k, all) >= minPart
}

// wilsonLowerBound is the share of n pages that k pages are, at the least: the lower end of Wilson's interval of 95 %
// (Probable inference, the law of succession, and statistical inference, JASA 22, 1927).
func wilsonLowerBound(k, n uint32) float64 {
	if n == 0 {
		return 0
	}
	const z = 1.96
	total, share := float64(max(n, k)), float64(k)/float64(max(n, k))
	low := share + z*z/(2*total) - z*math.Sqrt((share*(1-share)+z*z/(4*total))/total)
	return max(low/(1+z*z/total), 0)
}

// observeSite tells the observing Site about the page, and looks the page up among those that are known.
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

// besideSite sets a page next to the others of its host.
func (p *page) besideSite(site *Snapshot, f *fingerprint) *siteView {
	v := &siteView{site: site, page: f}
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

// others is how many other pages have a key.
func (v *siteView) others(key uint64) uint32 {
	n := v.site.seen.of(key)
	return n - min(n, v.self)
}

// seeBoxes sums up the lists and tables of the page.
func (v *siteView) seeBoxes(p *page) map[int32]boxEvidence {
	type tally struct{ all, repeated, linked, own uint32 }
	tallies := make(map[int32]tally)
	for b := range v.blocks {
		k, e, bl := &v.page.blocks[b], &v.blocks[b], &p.Blocks[b]
		if k.box == block.None {
			continue
		}
		t := tallies[k.box]
		isLink := bl.LinkDensity() >= pagerLinks && p.leadsAway(bl)
		switch {
		case !k.letters:
			if bl.Kind == block.Cell && bl.Words > 0 && !isLink {
				t.own++ // a figure
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

// leadsAway reports whether a block has a link to another page, and not only to a part of this one, as a table of
// contents has.
func (p *page) leadsAway(bl *block.Block) bool {
	for i := bl.First; i != block.None && i >= bl.Elem; i = p.Tree.Nodes[i].Parent {
		if n := &p.Tree.Nodes[i]; n.Tag == atom.A && !strings.HasPrefix(dom.Attr(n.HTML, "href"), "#") {
			return true
		}
	}
	for i := bl.First; i < bl.End; i++ {
		if n := &p.Tree.Nodes[i]; n.Tag == atom.A && !strings.HasPrefix(dom.Attr(n.HTML, "href"), "#") {
			return true
		}
	}
	return false
}

// Bounds of a pager's parts: the share of the words of one that is a link, and the words of any.
const (
	pagerLinks    = 0.8
	maxPagerWords = 20
)

// reason says on how many pages a block is, this one included.
func (v *siteView) reason(b int) string {
	box, boxed := v.boxes[v.page.blocks[b].box]
	if e := &v.blocks[b]; e.repeats || !boxed {
		return v.onPages(e.here)
	}
	return fmt.Sprintf("among what repeats: %.0f %% of its box is on other pages of this host", 100*box.share)
}

// onPages says on how many pages something is that is on so many others.
func (v *siteView) onPages(others uint32) string {
	return fmt.Sprintf("on %d of %d pages of this host", others+1, v.pages+1)
}

// minImageShare is on what share of the other pages an image is, surely, that is the site's and no illustration.
const minImageShare = 0.2

// repeatsImage reports whether an image is on many pages of the host: a logo, an icon, a placeholder.
func (v *siteView) repeatsImage(i int32) bool {
	if v == nil {
		return false
	}
	n := v.others(v.page.images[i])
	return n >= minSitePages-1 && wilsonLowerBound(n, v.pages) >= minImageShare
}

// pagesWith is how many pages have a block's text at its place, this one included; 0 where no other has it.
func (v *siteView) pagesWith(b int) int {
	if v == nil || v.blocks[b].here == 0 {
		return 0
	}
	return int(v.blocks[b].here) + 1
}
