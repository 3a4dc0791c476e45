package cleaner

import (
	"fmt"
	"math"
)

// evidence is what other pages of the host say about a block.
type evidence struct {
	// here is how many other pages have the block's text at its place, and place how many have something there.
	here, place uint32
	// repeats reports whether that is most of them.
	repeats bool
}

// A boxEvidence is what other pages of the host say about a list or a table of data.
type boxEvidence struct {
	// pager reports whether most of it repeats and is links to other pages; the rest is short, such as the title of
	// the next page.
	pager bool
	// share is how much of it repeats, 0 to 1.
	share float64
}

// A siteView is a page next to the other pages of its host.
type siteView struct {
	site *Snapshot
	// pages is how many other pages there are.
	pages  uint32
	self   uint32 // how often the page itself is counted: more than once where Sites were merged that both had seen it
	keys   *fingerprint
	blocks []evidence
	boxes  map[int32]boxEvidence
	// pictures are what was taken out of the article, by node.
	pictures map[int32]Removal
}

// A fingerprint is what is known of a page for comparing it with others of its host.
type fingerprint struct {
	// blocks are the keys of the page's blocks, in order.
	blocks []blockKeys
	// images are the keys of the page's images, by node; titles those of the beginnings and ends of its title.
	images map[int32]uint64
	titles []uint64
	// page is the key of what it shows, story that of its title and its longest text, and address that of its
	// address, 0 if it has none.
	page, story, address uint64
}

// blockKeys are a block's.
type blockKeys struct {
	here, place uint64
	// masked is the hash of its text, digits masked, by which the page is known again.
	masked uint64
	// box is the list or table that the block belongs to, None if there is none.
	box int32
	// letters reports whether the text can be recognized.
	letters bool
}

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

// others is how many other pages have a key.
func (v *siteView) others(key uint64) uint32 {
	n := v.site.seen.of(key)
	return n - min(n, v.self)
}

// reason says on how many pages a block is, this one included.
func (v *siteView) reason(b int) string {
	box, boxed := v.boxes[v.keys.blocks[b].box]
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
	n := v.others(v.keys.images[i])
	return n >= minSitePages-1 && wilsonLowerBound(n, v.pages) >= minImageShare
}

// pagesWith is how many pages have a block's text at its place, this one included; 0 where no other has it.
func (v *siteView) pagesWith(b int) int {
	if v == nil || v.blocks[b].here == 0 {
		return 0
	}
	return int(v.blocks[b].here) + 1
}

// tookPicture returns how an image that went is listed.
func (v *siteView) tookPicture(i int32) (Removal, bool) {
	if v == nil {
		return Removal{}, false
	}
	r, ok := v.pictures[i]
	return r, ok
}
