package cleaner

import (
	"fmt"
	"math"
)

// evidence is what other pages of the host reveal about a block.
type evidence struct {
	// The field here is the number of other pages that have the block's text at the same place. The field place is the
	// number of other pages that have any block at that place.
	here, place uint32
	// repeats reports whether most other pages have the text at that place.
	repeats bool
}

// A boxEvidence is what other pages of the host reveal about a list or a data table.
type boxEvidence struct {
	// pager is true if more than half of the list or table is repeated on other pages, at least half of that part is
	// links to other pages, and the rest is short, such as the title of the next page.
	pager bool
	// share is how much of the list or table is repeated on other pages, from 0 to 1.
	share float64
}

// A siteView compares a page with the other pages of its host.
type siteView struct {
	site *Snapshot
	// pages is the number of other pages.
	pages  uint32
	self   uint32 // how often the page itself was counted; several times after merging Sites that had each observed it
	keys   *fingerprint
	blocks []evidence
	boxes  map[int32]boxEvidence
	// pictures are the removed pictures, by node.
	pictures map[int32]Removal
}

// A fingerprint is the set of keys by which a page is compared with others of its host.
type fingerprint struct {
	// blocks are the keys of the page's blocks, in order.
	blocks []blockKeys
	// images are the keys of the page's images, by node.
	images map[int32]uint64
	// titles are the keys of the beginnings and ends of the page's title.
	titles []uint64
	// The field page is the key of all blocks of the page. The field story is the key of the page's title and longest
	// texts, or 0 if the page has no blocks. The field address is the key of the page's address, or 0 if that is
	// unknown.
	page, story, address uint64
}

// blockKeys are the keys of a block.
type blockKeys struct {
	// The field here is the key of the block's text at its place. The field place is the key of the place alone: see
	// page.places.
	here, place uint64
	// masked is the hash of the block's text with digits masked, by which the page is recognized.
	masked uint64
	// box is the list or table that the block belongs to, or None.
	box int32
	// letters reports whether the text has enough letters to be recognized.
	letters bool
}

// Thresholds of isMost. mostPages is the minimum share of the observed pages. The others are minimum values of
// wilsonLowerBound. If most pages of the whole site have the text, the lower bound of the share must be at least
// minMostPages, which two pages out of two reach. Otherwise it must be at least minMostPart, which four pages out of
// four reach, and the pages with the text must also be at least minPart of the whole site. Text that fewer pages share
// is about their common subject.
const (
	mostPages    = 2.0 / 3
	minMostPages = 1.0 / 3
	minMostPart  = 1.0 / 2
	minPart      = 1.0 / 25
)

// isMost reports whether k pages are most of n pages, which are a part of the site. The parameter all is the number of
// pages of the whole site. None of the numbers counts the page itself.
func isMost(k, n, all uint32) bool {
	if k < minSitePages-1 || float64(k) < mostPages*float64(n) {
		return false
	}
	if float64(k) >= mostPages*float64(all) {
		return wilsonLowerBound(k, n) >= minMostPages
	}
	return wilsonLowerBound(k, n) >= minMostPart && wilsonLowerBound(k, all) >= minPart
}

// wilsonLowerBound returns the lower bound of the share k/n: the lower end of Wilson's 95 % confidence interval
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

// others returns the number of other pages that have a key.
func (v *siteView) others(key uint64) uint32 {
	n := v.site.seen.of(key)
	return n - min(n, v.self)
}

// reason gives the number of pages that have a block, including this one. If the block is not itself repeated but is in
// a list or table, reason gives the share of the list or table that is repeated.
func (v *siteView) reason(b int) string {
	box, boxed := v.boxes[v.keys.blocks[b].box]
	if e := &v.blocks[b]; e.repeats || !boxed {
		return v.onPages(e.here)
	}
	return fmt.Sprintf("between repeated blocks: %.0f%% of its box is on other pages of this host", 100*box.share)
}

// onPages returns the reason for something that is also on the given number of other pages.
func (v *siteView) onPages(others uint32) string {
	return fmt.Sprintf("on %d of %d pages of this host", others+1, v.pages+1)
}

// minImageShare is a share of the other pages of the host. If the lower confidence bound of the share that has an image
// is at least this, the image belongs to the site and is not an illustration of the page.
const minImageShare = 0.2

// repeatsImage reports whether an image is on many pages of the host, like logos, icons and placeholders.
func (v *siteView) repeatsImage(i int32) bool {
	if v == nil {
		return false
	}
	n := v.others(v.keys.images[i])
	return n >= minSitePages-1 && wilsonLowerBound(n, v.pages) >= minImageShare
}

// pagesWith returns the number of pages that have a block's text at its place, including this one, or 0 if no other
// page has it.
func (v *siteView) pagesWith(b int) int {
	if v == nil || v.blocks[b].here == 0 {
		return 0
	}
	return int(v.blocks[b].here) + 1
}

// tookPicture returns the removal for an image. The second result is false if the image was not removed.
func (v *siteView) tookPicture(i int32) (Removal, bool) {
	if v == nil {
		return Removal{}, false
	}
	r, ok := v.pictures[i]
	return r, ok
}
