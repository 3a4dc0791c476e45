package cleaner

import (
	"fmt"
	"math"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// evidence is what other pages of the host say of a block.
type evidence struct {
	// here is how many other pages have the block's text at its place, text how many have it anywhere; place is how many have something
	// at its place, and pair how many have the same text above or below it, too.
	here, text, place, pair uint32
	// opening is how many have a text with the same beginning at its place.
	opening uint32
	// links is the share of its links that two other pages have too, 0 where it has none.
	links float32
	// around is how much of the other text at its place on this page stands on two other pages, and in the box around: 0 to 1, a half
	// where there is none.
	around, box float32
	// kept is the judge's mean opinion of the other text at its place on this page, a half where there is none.
	kept float32
	// times is how often its text stands on this page, and rows how often at its place.
	times, rows int
	// amid tells that what repeats here stands between texts that do not, and that the judge keeps, in a box of such.
	amid bool
	// repeated tells that its text repeats.
	repeated bool
	// labels tells that it is a cell of a table of data in which what repeats labels what does not. In a pager it is links.
	labels bool
	// long tells that the block has so many words that its place must agree, too.
	long bool
}

// maxLabelWords is how many words a text has at most that is the same chaff wherever it stands: a label, a link, a line of a menu. A
// longer one that stands elsewhere on other pages may be quoted there, or announced.
const maxLabelWords = 12

// minShare is on what share of the pages a text stands that repeats, surely: of those with something at its place. Of twenty pages, three
// are enough; of a thousand, thirty. What fewer have may be told on each of them for a reason of its own.
const minShare = 0.02

// minShareAnywhere is the same of all pages, where the text stands at other places there: a word of a menu that is boxed on the page that it
// leads to, not a title that other pages mention.
const minShareAnywhere = 0.2

// repeats tells that the block's text stands on three pages, this one included, and on more the more there are.
func (e *evidence) repeats() bool { return e.repeated }

// maxOnPage is how often a text stands at one place of a page at most that other pages say anything about. What stands there more often is a field of the
// page's own list, a price, a brand, "in stock", and stands on others because they are lists too.
const maxOnPage = 2

// judgeRepeats decides that, among n other pages.
func (e *evidence) judgeRepeats(n uint32) {
	e.repeated = e.rows <= maxOnPage && (e.here >= minSitePages-1 && surely(e.here, e.place) >= minShare ||
		!e.long && e.text >= minSitePages-1 && surely(e.text, n) >= minShareAnywhere)
}

// pages is how many other pages have the block's text.
func (e *evidence) pages() uint32 {
	if e.long {
		return e.here
	}
	return max(e.here, e.text)
}

// surely is the share of n pages that k pages are, at the least: the lower end of Wilson's interval of 95 % (Probable inference, the
// law of succession, and statistical inference, JASA 22, 1927).
func surely(k, n uint32) float64 {
	if n == 0 {
		return 0
	}
	const z = 1.96
	total, share := float64(max(n, k)), float64(k)/float64(max(n, k))
	low := share + z*z/(2*total) - z*math.Sqrt((share*(1-share)+z*z/(4*total))/total)
	return max(low/(1+z*z/total), 0)
}

// A siteView is a page beside the other pages of its host.
type siteView struct {
	site *Snapshot
	// pages is how many other pages there are.
	pages    uint32
	self     uint32 // how often the page itself is counted: more than once where Sites were merged that both had seen it
	sighting *sighting
	blocks   []evidence
	// before are the judge's opinions.
	before []float32
}

// compare looks a page up among those that are known, and tells the site of it.
func (p *page) compare(known *Snapshot, site *Site) {
	if known == nil && site == nil {
		return
	}
	s := p.sight(p.meta.found.title)
	if site != nil {
		site.observe(s.all(), s.known())
	}
	if known != nil {
		p.view(known, s)
	}
}

// view sets a page beside the others of its host.
func (p *page) view(site *Snapshot, s *sighting) {
	v := &siteView{site: site, sighting: s}
	for _, key := range v.sighting.known() {
		v.self = max(v.self, site.seen.of(key))
	}
	v.self = min(v.self, uint32(site.pages))
	v.pages = uint32(site.pages) - v.self
	v.blocks = make([]evidence, len(p.blocks))
	texts := make(map[uint64]int, len(v.blocks))
	for b := range v.blocks {
		texts[s.blocks[b].text]++
		texts[s.blocks[b].here]++
	}
	pair := uint32(0)
	for b := range v.blocks {
		k, e := &v.sighting.blocks[b], &v.blocks[b]
		e.place, e.long = v.others(k.place), p.blocks[b].Words > maxLabelWords
		above := pair
		pair = 0
		if k.letters {
			e.here, e.text = v.others(k.here), v.others(k.text)
			if e.here > 0 {
				pair = v.others(k.pair)
			}
			e.pair = max(above, pair)
		}
		e.opening = v.others(k.opening)
		e.times, e.rows = texts[k.text], texts[k.here]
		e.judgeRepeats(v.pages)
		for _, link := range k.links {
			if v.others(link) >= minSitePages-1 {
				e.links += 1 / float32(len(k.links))
			}
		}
	}
	v.lookAround(p)
	p.site = v
}

// others is how many other pages have a key.
func (v *siteView) others(key uint64) uint32 {
	n := v.site.seen.of(key)
	return n - min(n, v.self)
}

// neutralWords is how many words around a block are imagined of which half repeat, so that one short neighbour does not decide.
const neutralWords = 4

// lookAround sums up how much of a place, and of a box, repeats.
func (v *siteView) lookAround(p *page) {
	type tally struct{ repeated, all float32 }
	places := make(map[uint64]tally)
	nodes := p.tree.Nodes
	take := p.scratch().float32s.take
	repeated, linked, all := take(len(nodes)), take(len(nodes)), take(len(nodes))
	own := func(b int) tally {
		words := float32(p.blocks[b].Words)
		if p.blocks[b].Kind == block.Cell { // a table's header is short, and so are the words between the titles of a pager
			words = 1
		}
		switch {
		case !v.sighting.blocks[b].letters:
			return tally{}
		case v.blocks[b].repeats():
			return tally{words, words}
		}
		return tally{0, words}
	}
	for b := range v.blocks {
		k, o, elem := &v.sighting.blocks[b], own(b), p.blocks[b].Elem
		t := places[k.place]
		places[k.place] = tally{t.repeated + o.repeated, t.all + o.all}
		repeated[elem] += o.repeated
		all[elem] += o.all
		if p.blocks[b].LinkDensity() >= slotLinks {
			linked[elem] += o.repeated
		}
	}
	for i := len(nodes) - 1; i > 0; i-- {
		repeated[nodes[i].Parent] += repeated[i]
		linked[nodes[i].Parent] += linked[i]
		all[nodes[i].Parent] += all[i]
	}
	share := func(t, o tally) float32 {
		return (t.repeated - o.repeated + neutralWords/2) / (t.all - o.all + neutralWords)
	}
	for b := range v.blocks {
		k, o, box := &v.sighting.blocks[b], own(b), p.boxAround(b)
		v.blocks[b].around, v.blocks[b].box = share(places[k.place], o), share(tally{repeated[box], all[box]}, o)
		v.blocks[b].labels = p.blocks[b].Kind == block.Cell && p.tree.IsDataTable(box) && 2*linked[box] < repeated[box] && repeated[box] <= maxLabels*all[box]
	}
}

// maxLabels is the share of a table's cells that are labels, and repeat, at most where the others are the page's own.
const maxLabels = 2.0 / 3

// boxAround is the table that a cell stands in, and else the second element above a block's.
func (p *page) boxAround(b int) int32 {
	elem := p.blocks[b].Elem
	if p.blocks[b].Kind == block.Cell {
		if table := p.tree.Ancestor(elem, atom.Table); table != block.None {
			return table
		}
	}
	for range 2 {
		if parent := p.tree.Nodes[elem].Parent; parent != block.None {
			elem = parent
		}
	}
	return elem
}

// hear takes the judge's opinions down.
func (v *siteView) hear(p *page, opinions []float32) {
	v.before = opinions
	type tally struct{ kept, all float32 }
	places := make(map[uint64]tally)
	for b := range v.blocks {
		place, words := v.sighting.blocks[b].place, float32(p.blocks[b].Words)
		t := places[place]
		places[place] = tally{t.kept + words*opinions[b], t.all + words}
	}
	for b := range v.blocks {
		t, words := places[v.sighting.blocks[b].place], float32(p.blocks[b].Words)
		v.blocks[b].kept = 0.5
		if others := t.all - words; others > 0 {
			v.blocks[b].kept = (t.kept - words*opinions[b]) / others
		}
	}
	v.findAmid(p)
}

// findAmid finds what repeats and is content all the same: a heading that every chapter has, a table's header, a line of code, a step of
// many recipes, a sentence that is quoted again and again. It belongs to texts that are the page's own and that may be content: it
// stands between them, or heads them, and the box around is not one in which most repeats.
func (v *siteView) findAmid(p *page) {
	above := false // whether the next text above is such
	for from := 0; from < len(v.blocks); {
		to := from
		for to < len(v.blocks) && !v.isOwn(p, to) && (v.blocks[to].repeats() || v.isMute(p, to)) {
			to++
		}
		if to == from {
			above = v.isOwn(p, from)
			from++
			continue
		}
		below := to < len(v.blocks) && v.isOwn(p, to)
		for b := from; b < to; b++ {
			v.blocks[b].amid = above && below && v.blocks[b].box <= 0.5 || v.belongs(p, b)
		}
		from = to
	}
}

// isOwn reports whether a block is the page's own text, and perhaps content.
func (v *siteView) isOwn(p *page, b int) bool {
	return !v.isMute(p, b) && !v.blocks[b].repeats() && v.before[b] >= minTakenBack
}

// isMute reports whether nothing is to be learned from a block: the judge has no opinion, or there is nothing to recognise.
func (v *siteView) isMute(p *page, b int) bool {
	return isField(p.blocks[b].Kind) || !v.sighting.blocks[b].letters
}

// maxHeaded is how many blocks below a heading are looked at for text that it heads.
const maxHeaded = 4

// belongs reports whether a block that repeats is part of something that does not.
func (v *siteView) belongs(p *page, b int) bool {
	switch bl := &p.blocks[b]; bl.Kind {
	case block.Code:
		return v.before[b] > p.threshold.at && v.blocks[b].box <= 0.5
	case block.Cell:
		return p.tree.IsDataTable(p.boxAround(b)) && (v.blocks[b].box <= 0.5 || v.blocks[b].labels || surely(v.blocks[b].place, v.pages) < slotShare)
	case block.Heading:
		if v.blocks[b].box > 0.5 {
			return false
		}
		for c := b + 1; c < min(b+1+maxHeaded, len(p.blocks)); c++ {
			if p.blocks[c].Kind == block.Heading && p.blocks[c].Level <= bl.Level {
				break
			}
			if v.isOwn(p, c) {
				return true
			}
		}
	}
	return false
}

// reason says on how many pages a block stands, this one counted.
func (v *siteView) reason(b int) string {
	if !v.blocks[b].repeats() {
		return fmt.Sprintf("among what repeats: %.0f %% of its box stands on other pages of this host", 100*v.blocks[b].box)
	}
	return fmt.Sprintf("on %d of %d pages of this host", v.blocks[b].pages()+1, v.pages+1)
}

// minImageShare is on what share of the other pages an image stands at least that is the site's and no illustration.
const minImageShare = 0.2

// repeatsImage tells that an image stands on many pages of the host: a logo, an icon, a placeholder.
func (v *siteView) repeatsImage(i int32) bool {
	if v == nil {
		return false
	}
	n := v.others(v.sighting.images[i])
	return n >= minSitePages-1 && surely(n, v.pages) >= minImageShare
}

// pagesWith is how many pages have a block's text, this one counted; 0 where no other has it.
func (v *siteView) pagesWith(b int) int {
	if v == nil || v.blocks[b].pages() == 0 {
		return 0
	}
	return int(v.blocks[b].pages()) + 1
}
