package cleaner

import (
	"fmt"
	"math"
)

// evidence is what other pages of the host reveal about a block.
type evidence struct {
	// The number of other pages that have the block's text at its place (here), or anything at all there (place).
	here, place uint32
	// repeats reports whether most other pages have the text at that place.
	repeats bool
}

// A boxEvidence is what other pages of the host reveal about a list or a data table.
type boxEvidence struct {
	// pager reports whether most of the list or table repeats and consists of links to other pages, and the rest is short,
	// such as the title of the next page.
	pager bool
	// share is the share of the list or table that repeats, from 0 to 1.
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
	// images are the keys of the page's images, by node; titles are the keys of the beginnings and ends of its title.
	images map[int32]uint64
	titles []uint64
	// page is the key of everything that the page shows, story is the key of its title and longest texts, and address is
	// the key of its address. story and address are 0 if the page does not have them.
	page, story, address uint64
}

// blockKeys are the keys of a block.
type blockKeys struct {
	here, place uint64
	// masked is the hash of the block's text with digits masked, by which the page is recognized.
	masked uint64
	// box is the list or table that the block belongs to, or None.
	box int32
	// letters reports whether the text has enough letters to be recognized.
	letters bool
}

// Thresholds of isMost. mostPages is a share of the observed pages; the others are lower confidence bounds, by
// wilsonLowerBound, of a share of all pages. Two pages out of two reach minMostPages. Within a part of the site, four
// pages out of four reach minMostPart, and the part must contain at least the share minPart of the site's pages. Text
// that fewer pages share is about their common subject.
const (
	mostPages    = 2.0 / 3
	minMostPages = 1.0 / 3
	minMostPart  = 1.0 / 2
	minPart      = 1.0 / 25
)

// isMost reports whether k is most of n pages, the other pages of a part of the site. all is the number of pages of
// the whole site.
func isMost(k, n, all uint32) bool {
	if k < minSitePages-1 || float64(k) < mostPages*float64(n) {
		return false
	}
	if float64(k) >= mostPages*float64(all) {
		return wilsonLowerBound(k, n) >= minMostPages
	}
	return wilsonLowerBound(k, n) >= minMostPart && wilsonLowerBound(k, all) >= minPart
}

// wilsonLowerBound returns the lower bound of the share k of n: the lower end of Wilson's 95 % confidence interval
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

// reason gives the number of pages that have a block, including this one.
func (v *siteView) reason(b int) string {
	box, boxed := v.boxes[v.keys.blocks[b].box]
	if e := &v.blocks[b]; e.repeats || !boxed {
		return v.onPages(e.here)
	}
	return fmt.Sprintf("among what repeats: %.0f %% of its box is on other pages of this host", 100*box.share)
}

// onPages returns the reason for something that is also on the given number of other pages.
func (v *siteView) onPages(others uint32) string {
	return fmt.Sprintf("on %d of %d pages of this host", others+1, v.pages+1)
}

// minImageShare is the minimum share of the other pages that have an image, for the image to belong to the site rather
// than be an illustration. The share is a lower confidence bound.
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

// tookPicture returns the removal for an image that was removed.
func (v *siteView) tookPicture(i int32) (Removal, bool) {
	if v == nil {
		return Removal{}, false
	}
	r, ok := v.pictures[i]
	return r, ok
}
