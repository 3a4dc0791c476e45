package cleaner

import (
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// minSitePages is how many pages of a host must have been seen before anything is made of what repeats on them.
const minSitePages = 3

// A Site learns what the pages of one host have in common: texts at the same place, lists and tables as a whole,
// pictures, the beginnings and ends of titles. It knows no language. Call Observe for each page, and clean with a
// Snapshot: see Cleaner.ForSite. To observe and clean a page in one pass, see Cleaner.Observing.
//
// It holds counts by hash and no text, and at most 1.5 MiB of them, however many pages it sees: what is on few of very
// many pages is forgotten. A page of n blocks takes time in proportion to n. It is safe for concurrent use. The zero
// value is not ready for use: call NewSite.
type Site struct {
	mu    sync.Mutex
	pages int
	seen  counts
}

// NewSite returns a Site that has seen nothing.
func NewSite() *Site { return new(Site) }

// Observe takes a page of the host into account. It never changes doc. A page that shows the same as an earlier one,
// digits aside, counts once, and so do pages of one address, and pages whose titles and three longest texts are the
// same.
func (s *Site) Observe(doc *htmldoc.Document) {
	s.observe(fingerprintDocument(doc))
}

// observe counts keys, unless whole, the page itself, was counted.
func (s *Site) observe(keys, whole []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen.ofAny(whole) {
		return
	}
	s.pages++
	for _, key := range keys {
		s.seen.add(key, 1)
	}
}

// Pages is how many different pages were observed.
func (s *Site) Pages() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages
}

// Merge adds what another Site of the same host has learned, on another machine say. It does not matter which is added
// to which. A page that both have seen counts twice.
func (s *Site) Merge(other *Site) {
	o := other.Snapshot() // never both locks at once
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages += o.pages
	s.seen.merge(&o.seen)
}

// Snapshot is what the Site knows now, and stays so whatever it observes later. It copies what the Site holds: take one
// for many pages.
func (s *Site) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Snapshot{pages: s.pages, seen: s.seen.clone()}
}

// Pages is how many different pages the Site had observed. With fewer than three, cleaning makes nothing of them.
func (s *Snapshot) Pages() int { return s.pages }

// ForSite returns a Cleaner that also knows the host that the Snapshot is of, to clean pages of that host with; c stays
// as it is. What most pages of the host repeat above and below their own text is removed, with a reason such as "on 41
// of 52 pages of this host", and so are pictures that repeat. Nothing that c removes comes back, and nothing between
// the first and the last text of the page's own goes. The page itself may have been observed or not. With nil, or a
// Snapshot of fewer than three pages, it cleans as if it knew no host.
func (c *Cleaner) ForSite(known *Snapshot) *Cleaner {
	of := *c
	of.known = known.orNothing()
	return &of
}

// Observing returns a Cleaner that also calls site.Observe for each page that it cleans, whether that holds an article
// or not; c stays as it is. The page is parsed, revealed and cut into blocks only once, so that this costs less than
// calling both. nil observes nothing. A page whose cleaning is canceled may have been observed.
func (c *Cleaner) Observing(site *Site) *Cleaner {
	of := *c
	of.observer = site
	return &of
}

// orNothing is nil for what too few pages taught.
func (s *Snapshot) orNothing() *Snapshot {
	if s == nil || s.pages < minSitePages {
		return nil
	}
	return s
}

// fingerprintDocument makes the keys of a page, and those of it as a whole.
func fingerprintDocument(doc *htmldoc.Document) (keys, whole []uint64) {
	p := &page{Page: judge.Page{Doc: doc}, opts: &Options{}}
	title := ""
	for n := range doc.Root.Descendants() {
		if n.Type != html.ElementNode || n.Namespace != "" {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			if title == "" {
				title = metadata.Clean(metadata.TextOf(n))
			}
		case atom.Script, atom.Noscript, atom.Template, atom.Body:
			p.Meta.Concealed.Add(n)
		}
	}
	p.segmentPage()
	f := p.fingerprint(title)
	keys = f.all()
	p.release()
	return keys, f.known()
}
