package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/hosts"
	"github.com/dechaff/dechaff/examples/internal/whole"
	"github.com/dechaff/dechaff/scraper"
)

// If fewer than enoughPages pages of a host are known when a page of that host is cleaned, the page is cleaned again at
// the end of the crawl. maxKept is the maximum number of pages per host that are stored on disk for this purpose. Data
// is collected for at most maxHosts hosts: each page of any other host is cleaned without data about its host.
const (
	enoughPages = 20
	maxKept     = 2 * enoughPages // more than enoughPages, since handlers run in parallel, and snapshots lag behind
	maxHosts    = 256
)

// A siteNote records in articles.jsonl how much was known about the host when a page was cleaned.
type siteNote struct {
	// HostPages is how many pages of its host were known. It is 0 if there were fewer than three, which are too few to
	// be used, or if nothing is learned about the host.
	HostPages int `json:"host_pages"`
	// Again reports whether the page was cleaned again at the end of the crawl.
	Again bool `json:"cleaned_again"`
}

// A siteBook records what the pages of each host have in common. It is safe for concurrent use; a nil *siteBook learns
// nothing.
type siteBook struct {
	again string // the folder of pages to clean again
	saved string // the folder of the data about hosts

	mu    sync.Mutex
	hosts map[string]*hostSite // by hostKey
	kept  map[string]*hostSite // the host of each stored page, by the article's ID
}

// A hostSite is what is known about one host.
type hostSite struct {
	key string
	*cleaner.Site

	mu       sync.Mutex        // held while files are read and written, but never while waiting for a siteBook's mutex
	wrote    bool              // this run wrote an article of the host
	snapshot *cleaner.Snapshot // may lag some pages behind; nil before this run uses it
	kept     int
}

// newSiteBook returns the siteBook of an output folder, and lists the pages that earlier runs stored there. What those
// runs learned about a host is loaded on first use.
func newSiteBook(out string) (*siteBook, error) {
	b := &siteBook{
		again: filepath.Join(out, privateFolder, "again"), saved: filepath.Join(out, privateFolder, "sites"),
		hosts: make(map[string]*hostSite), kept: make(map[string]*hostSite),
	}
	for _, folder := range []string{b.again, b.saved} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, err
		}
		if err := removeTemporary(folder); err != nil {
			return nil, err
		}
	}
	return b, b.readKept()
}

// hostKey returns a hash of the name of a page's host, for use in file names.
func hostKey(p *scraper.Page) string {
	host := ""
	if p.URL != nil {
		host = hosts.Of(p.URL.String())
	}
	sum := sha256.Sum256([]byte(host))
	return hex.EncodeToString(sum[:12])
}

// host returns what is known about a host, or nil for a new host if b already has maxHosts.
func (b *siteBook) host(key string) *hostSite {
	b.mu.Lock()
	defer b.mu.Unlock()
	h := b.hosts[key]
	if h == nil && len(b.hosts) < maxHosts {
		h = &hostSite{key: key, Site: cleaner.NewSite()}
		b.hosts[key] = h
	}
	return h
}

// siteFile returns the name of the file that stores what is known about a host.
func (b *siteBook) siteFile(key string) string { return filepath.Join(b.saved, key+".site") }

// known returns a snapshot of what is known about a host, including the pages of earlier runs. The last snapshot is
// used until the number of observed pages has grown by more than a tenth. An unreadable file counts as missing:
// learning starts over.
func (b *siteBook) known(h *hostSite) *cleaner.Snapshot {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.snapshot == nil:
		if data, err := os.ReadFile(b.siteFile(h.key)); err == nil {
			_ = h.UnmarshalBinary(data) // changes nothing if it fails
		}
	case 10*h.Pages() <= 11*h.snapshot.Pages():
		return h.snapshot
	default:
		b.save(h)
	}
	h.snapshot = h.Snapshot()
	return h.snapshot
}

// learned records that a page's article was written, so that what is known about the page's host will be stored.
func (b *siteBook) learned(p *scraper.Page) {
	if b == nil {
		return
	}
	if h := b.host(hostKey(p)); h != nil {
		h.mu.Lock()
		h.wrote = true
		h.mu.Unlock()
	}
}

// save writes what is known about a host to a file for the next run. It ignores errors, because a run without this file
// only has to learn again.
func (b *siteBook) save(h *hostSite) {
	if !h.wrote { // a run that finds nothing new writes nothing
		return
	}
	if data, err := h.MarshalBinary(); err == nil {
		_ = whole.Write(b.siteFile(h.key), data, false)
	}
}

// of returns the Site of a page's host, and what is known about that host. Both are nil if b is nil, and for a new host
// if b already has maxHosts.
func (b *siteBook) of(p *scraper.Page) (*cleaner.Site, *cleaner.Snapshot) {
	if b == nil {
		return nil, nil
	}
	h := b.host(hostKey(p))
	if h == nil {
		return nil, nil
	}
	known := b.known(h)
	return h.Site, known
}

// Close stores what is known about hosts for the next run. If cleaned is true, the stored pages have been cleaned
// again, and Close removes them.
func (b *siteBook) Close(cleaned bool) error {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, h := range b.hosts {
		h.mu.Lock()
		if h.snapshot != nil { // otherwise the data in the file was not loaded
			b.save(h)
		}
		h.mu.Unlock()
	}
	if !cleaned {
		return nil
	}
	return os.RemoveAll(b.again)
}

// cleanPage cleans the pages of one article with what is known about their host, and lets the site learn from them. It
// returns cleaner.ErrNoArticle only if the first page has no article.
func cleanPage(
	c *cleaner.Cleaner, site *cleaner.Site, known *cleaner.Snapshot, docs []*htmldoc.Document,
) (*cleaner.Article, error) {
	c = c.ForSite(known).Observing(site)
	a, err := c.CleanDocument(docs[0])
	if err != nil {
		return nil, err
	}
	for _, doc := range docs[1:] {
		more, err := c.CleanDocument(doc)
		if err != nil && !errors.Is(err, cleaner.ErrNoArticle) {
			return nil, err
		}
		a.Append(more)
	}
	return a, nil
}

// documents returns the documents that contain a page's article: the page with the whole article, if there is one, or
// else the page and its parts.
func documents(p *scraper.Page) []*htmldoc.Document {
	if p.Whole != nil {
		return []*htmldoc.Document{wholeDocument(p)}
	}
	docs := []*htmldoc.Document{p.Document}
	for _, part := range p.Parts {
		docs = append(docs, part.Document)
	}
	return docs
}

// note returns how much was known about the host when a page was cleaned.
func note(known *cleaner.Snapshot, again bool) siteNote {
	if known == nil || known.Pages() < 3 {
		return siteNote{Again: again}
	}
	return siteNote{HostPages: known.Pages(), Again: again}
}

// newSites returns the siteBook of a crawl, or nil with -no-site.
func (c *config) newSites() (*siteBook, error) {
	if c.noSite {
		return nil, nil
	}
	return newSiteBook(c.out)
}
