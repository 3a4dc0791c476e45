package judge

import (
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// pageKinds is the number of kinds of page that the judge distinguishes: all Kinds except KindUnknown.
const pageKinds = int(KindService)

// The lengths of the parts of a page's own row, from which its kind is estimated.
const (
	siteWordCount = 7 // one for each kind of page that an address may reveal
	claimCount    = 14
	urlCount      = 5
	mixCount      = 8
	kindRowCount  = pageCount + 2*siteWordCount + claimCount + familyCount + nearTagCount +
		kindCount + zoneCount + urlCount + mixCount + kindSeriesCount + kindPostCount
)

// pageFeatures returns the columns that are the same in every row of a page.
func (d *describer) pageFeatures() [pageCount]float32 {
	var row [pageCount]float32
	d.pageRow(&writer{row: row[:]})
	return row
}

func (d *describer) pageRow(w *writer) {
	p := d.p
	s := &d.sums[0]
	w.put(log1p(s.blocks), log1p(s.words), share(s.links, s.words), share(s.long, s.words), log1p(s.headings),
		share(s.items, s.blocks),
		share(s.ended, s.blocks), log1p(s.images), share(s.plain, s.words), log1p(s.plain))
	forms, rows, comments, buttons, lists := int32(0), int32(0), int32(0), int32(0), int32(0)
	for i := range p.Tree.Nodes {
		switch p.Tree.Nodes[i].Tag {
		case atom.Form:
			forms++
		case atom.Tr:
			rows++
		case atom.Button:
			buttons++
		case atom.Ul, atom.Ol:
			lists++
		}
	}
	folded := int32(0)
	for b := range p.Blocks {
		if p.RawZones[p.Blocks[b].First]&(zone.Comments|zone.CommentType) != 0 {
			comments += p.Blocks[b].Words
		}
		if p.IsFolded(b) {
			folded += p.Blocks[b].Words
		}
	}
	w.put(log1p(forms), log1p(rows), log1p(buttons), log1p(lists), share(comments, s.words))
	w.flag(p.Meta.Discussion)
	w.flag(p.Forum)
	w.flag(p.Meta.Type == "article")
	w.flag(strings.HasPrefix(p.Meta.Type, "product") || p.Meta.Type == "og:product")
	w.flag(p.Meta.Type == "website")
	w.flag(p.headlineBlock() >= 0)
	w.flag(p.Meta.Product)
	w.flag(p.Meta.ListPage)
	w.flag(p.Revealed != "")
	w.put(log1p(int32(len(d.shapes))))
	w.put(share(folded, s.words))
}

// maxOpaque is the maximum length in bytes of a path's last segment that counts as a name although it has no hyphen or
// underscore. A longer one is an id.
const maxOpaque = 40

// address returns the page's address: the one from the caller, or else the one that the page declares. It returns nil
// if there is neither.
func (p *Page) address() *url.URL {
	if own := p.Doc.Address(); own != nil || p.Meta.Canonical == "" {
		return own
	}
	u, err := url.Parse(p.Meta.Canonical)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// urlFeatures appends features of the page's address. If the address is unknown or ends with an id (see maxOpaque), all
// of them are -1 except the last one, which is 0. The features are used only to estimate the kind of page: for blocks,
// wrong addresses did more harm than right addresses helped.
func urlFeatures(w *writer, u *url.URL) {
	if u == nil {
		w.put(-1, -1, -1, -1, 0)
		return
	}
	path := strings.Trim(u.Path, "/")
	last := text.AfterSlash(path)
	if len(last) > maxOpaque && !strings.ContainsAny(last, "-_") {
		w.put(-1, -1, -1, -1, 0)
		return
	}
	digits := 0
	for i := range len(path) {
		if '0' <= path[i] && path[i] <= '9' {
			digits++
		}
	}
	w.put(float32(strings.Count(path, "/")), float32(min(len(last), 100)), float32(strings.Count(last, "-")),
		float32(digits))
	w.flag(path == "")
}

// siteWords maps words of host names and paths to the kinds of page that they indicate. All of them are common words,
// not names of sites.
var siteWords = sync.OnceValue(func() map[string]uint8 {
	words := make(map[string]uint8)
	for i, list := range [siteWordCount]string{
		"blog blogs news article articles story stories post posts magazine opinion world politics sport sports feature " +
			"features press media archives nachrichten actualite noticias",
		"forum forums community communities thread threads topic topics discuss discussion discussions discourse board " +
			"boards questions question answers viewtopic showthread t comments r qa",
		"product products p dp item items itm pdp prd sku prod buy produkt produit shop store",
		"category categories collection collections c cat shop store catalog catalogue department browse kategorie " +
			"categorie coleccion b plp",
		"tag tags list lists search results directory jobs courses events listing listings top best chart charts ranking " +
			"calendar schedule episodes podcasts people team",
		"docs doc documentation reference api manual wiki guide guides help support kb learn tutorial tutorials " +
			"developer developers handbook man spec specs",
		"service services solutions solution pricing about company platform contact industries consulting care treatment " +
			"treatments programs program locations insurance",
	} {
		for word := range strings.FieldsSeq(list) {
			words[word] |= 1 << i
		}
	}
	return words
})

// siteWordsOf returns the kinds that the words of a host name or a path indicate.
func siteWordsOf(s string) uint8 {
	var found uint8
	words := siteWords()
	for word := range strings.FieldsFuncSeq(strings.ToLower(s),
		func(r rune) bool { return r == '/' || r == '.' || r == '-' || r == '_' }) {
		found |= words[word]
	}
	return found
}

// kindFeatures returns the page's own row, from which its kind is estimated.
func (d *describer) kindFeatures(page [pageCount]float32, region *regionView, s *series, ps *posts) []float32 {
	p := d.p
	w := &writer{row: make([]float32, kindRowCount)}
	w.put(page[:]...)
	var host, path string
	u := p.address()
	if u != nil {
		host, path = u.Hostname(), u.Path
	}
	for _, part := range [...]string{host, path} {
		for i, found := 0, siteWordsOf(part); i < siteWordCount; i++ {
			w.flag(found&(1<<i) != 0)
		}
	}
	for i := range claimCount {
		w.flag(p.Meta.Claims&(1<<i) != 0)
	}
	m, all := d.mixOf(), d.sums[0].words
	for _, part := range [...][]int32{m.families[:], m.tags[:], m.kinds[:], m.zones[:]} {
		for _, words := range part {
			w.put(share(words, all))
		}
	}
	urlFeatures(w, u)
	blocks := int32(len(p.Blocks))
	widest := int32(0)
	for g := range d.groups {
		if d.groups[g].count >= 4 {
			widest = max(widest, d.groups[g].words)
		}
	}
	w.put(log1p(m.priced), share(m.priced, blocks), share(m.asked, blocks), share(m.digits, blocks), log1p(m.times),
		share(m.short, blocks), log1p(m.lines), share(widest, all))
	d.putKindSeries(w, region, s)
	d.putKindPosts(w, region, ps)
	return w.row
}

// A mix is what a page's text consists of.
type mix struct {
	// families, tags, kinds and zones count the words in each kind of box and block.
	families [familyCount]int32
	tags     [nearTagCount]int32
	kinds    [kindCount]int32
	zones    [zoneCount]int32
	// priced, asked, digits, times and short count the blocks with a price, those that end with a question mark, those
	// that begin with a digit, those in a time element, and those of at most five words.
	priced, asked, digits, times, short int32
	// lines is the number of line breaks in all blocks.
	lines int32
}

func (d *describer) mixOf() mix {
	p := d.p
	var m mix
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		s, depth := d.around(bl.Elem)
		for f, above := range s.near {
			if distance(depth, above) < farAway {
				m.families[f] += bl.Words
			}
		}
		for t, above := range s.tags {
			if distance(depth, above) < farAway {
				m.tags[t] += bl.Words
			}
		}
		m.kinds[bl.Kind] += bl.Words
		z := p.RawZones[bl.First]
		for i := 0; i < zoneCount && z>>i != 0; i++ {
			if z&(1<<i) != 0 {
				m.zones[i] += bl.Words
			}
		}
		if d.chars[b].price {
			m.priced++
		}
		if strings.HasSuffix(bl.Text, "?") {
			m.asked++
		}
		if text.StartsWithDigit(bl.Text) {
			m.digits++
		}
		if p.Tree.Ancestor(bl.First, atom.Time) != block.None {
			m.times++
		}
		if bl.Words <= 5 {
			m.short++
		}
		m.lines += d.chars[b].lines
	}
	return m
}
