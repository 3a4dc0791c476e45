package cleaner

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/listing"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// An Entry is one item of a list page: a story, a product, a thread. Fields and whole entries that the page does not
// show come from its JSON-LD (schema.org's ItemList, CollectionPage, SearchResultsPage and Blog).
type Entry struct {
	// Title is the entry's title on the page. URL is the absolute address that it links to.
	Title, URL string
	// Excerpt is the entry's running text in the list. Image is the address of its picture. Each is "" if missing.
	Excerpt, Image string
	// Published is the zero Date if the list gives no date.
	Published Date
	// Author is the entry's author and Price its price, as the page writes them. Each is "" if missing.
	Author, Price string
}

// listings are conditions under which a page of another kind is a list page; one of them is enough. They do not apply
// if Options.Kind is set. The field probability is the minimum probability that it is a list page. The field share is
// the minimum share of its content that is in entries.
var listings = [...]struct {
	probability float32
	share       float64
}{{0.3, 0.3}, {0.15, 0.7}}

// maxEntries is the maximum number of entries of a page.
const maxEntries = 10_000

// findEntries finds the entries of a list page if Options.Entries is set.
func (p *page) findEntries(a *Article) {
	if !p.opts.Entries || !p.isListing() {
		return
	}
	list := p.searchEntries()
	share := list.Share
	if len(list.Entries) == 0 {
		share = listings[0].share // the page's data may contain a list
	}
	if !p.isListingWith(share) {
		return
	}
	found := listing.Join(list.Read(), p.Meta.Lists(dates.StyleOf(p.Meta.Language), p.entryAddress()))
	for k := range found[:min(len(found), maxEntries)] {
		e := &found[k]
		a.Entries = append(a.Entries, Entry{e.Title, e.URL, e.Excerpt, e.Image, Date(e.Published), e.Author, e.Price})
	}
}

// searchEntries finds the entries of the page. It searches only once.
func (p *page) searchEntries() *listing.List {
	if p.entries == nil {
		p.entries = listing.Find(&listing.Page{
			Tree: p.Tree, Blocks: p.Blocks, Zones: p.RawZones, Probabilities: p.Probabilities,
			Style:   dates.StyleOf(p.Meta.Language),
			Unseen:  func(i int32) bool { return p.marks[i] != unmarked },
			Picture: p.entryImage,
			Address: p.entryAddress(),
			Own:     p.isOwnView,
		}, &p.scratch().listing)
	}
	return p.entries
}

// entryAddress returns a function that makes a link absolute. It returns false for a link that leads nowhere or within
// the page.
func (p *page) entryAddress() func(href string) (string, bool) {
	resolve := p.resolver()
	return func(href string) (string, bool) {
		if href == "" || href[0] == '#' {
			return "", false
		}
		to, ok := resolve(href)
		return to, ok && strings.HasPrefix(to, "http")
	}
}

// isListing reports whether the page's content may be a list of other pages.
func (p *page) isListing() bool {
	return (p.Kind != judge.KindForum || p.ownThread() == nil) && p.isListingWith(1)
}

// isListingWith reports whether the page counts as a list of other pages if the given share of its content is in
// entries.
func (p *page) isListingWith(share float64) bool {
	if p.Kind == judge.KindListing || p.Kind == judge.KindCollection {
		return true
	}
	for _, l := range listings {
		probability := p.KindOf(judge.KindListing) + p.KindOf(judge.KindCollection)
		if p.opts.Kind == KindUnknown && probability >= l.probability && share >= l.share {
			return true
		}
	}
	return false
}

// isOwnView reports whether an address has the same host and path as the page: it is another view of the page, such as
// a different order of the list.
func (p *page) isOwnView(address string) bool {
	own := p.Doc.URL
	if own == nil {
		return false
	}
	if htmldoc.IsPlainURL(address) { // without the cost of parsing it
		_, rest, _ := strings.Cut(address, "://")
		view, _, _ := strings.Cut(rest, "?")
		path, sameHost := strings.CutPrefix(view, own.Host)
		return sameHost && path == own.Path
	}
	u, err := url.Parse(address)
	return err == nil && u.Host == own.Host && u.Path == own.Path
}

// entryImage returns the address of a picture, or "" for an icon, a placeholder or a data: address.
func (p *page) entryImage(n *html.Node) string {
	src := p.imageAddress(n)
	if strings.HasPrefix(src, "data:") || metadata.IsNoPicture(src) {
		return ""
	}
	return src
}

// entryJSON is an Entry as JSON.
type entryJSON struct {
	Title     string `json:"title"`
	URL       string `json:"url"`
	Excerpt   string `json:"excerpt,omitempty"`
	Image     string `json:"image,omitempty"`
	Published Date   `json:"published,omitzero"`
	Author    string `json:"author,omitempty"`
	Price     string `json:"price,omitempty"`
}

// MarshalJSON implements json.Marshaler. The keys are title, url, excerpt, image, published, author and price; all but
// title and url are omitted if empty.
func (e Entry) MarshalJSON() ([]byte, error) { return json.Marshal(entryJSON(e)) }

// UnmarshalJSON implements json.Unmarshaler.
func (e *Entry) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, (*entryJSON)(e)) }

// joinEntries appends the entries of a later page of a list, except those whose address is already listed. Lists repeat
// pinned entries on every page.
func joinEntries(entries, more []Entry) []Entry {
	known := make(map[string]bool, len(entries)+len(more))
	for k := range entries {
		known[entries[k].URL] = true
	}
	for k := range more {
		if !known[more[k].URL] {
			known[more[k].URL] = true
			entries = append(entries, more[k])
		}
	}
	return entries
}
