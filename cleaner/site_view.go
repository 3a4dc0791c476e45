package cleaner

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
	page   *fingerprint
	blocks []evidence
	boxes  map[int32]boxEvidence
	// pictures are what was taken out of the article, by node.
	pictures map[int32]Removal
}

// A Snapshot is what a Site knew at one time. It never changes, so that any number of goroutines may use it.
type Snapshot struct {
	pages int
	seen  counts
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
