package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/scraper"
)

// How many pages of a host are cleaned again at the end, since too little was known of it when they came: they are kept on disk until then.
// And of how many hosts is learned: pages of further ones are cleaned alone.
const (
	enoughPages = 20
	maxKept     = 2 * enoughPages // more than enoughPages, since handlers run beside each other, and snapshots lag
	maxHosts    = 256
)

// againFolder is where pages are kept, in the folder of the articles, and sitesFolder where a crawl that goes on keeps what it knows of hosts.
const (
	againFolder = ".again"
	sitesFolder = ".sites"
)

// A siteNote says in articles.jsonl by how much a page was cleaned.
type siteNote struct {
	// HostPages is how many pages of its host were known then, 0 where it was cleaned alone.
	HostPages int `json:"host_pages"`
	// Again tells that it was cleaned a second time, at the end of the crawl.
	Again bool `json:"cleaned_again"`
}

// A siteBook knows what the pages of each host have in common. It is safe for concurrent use; nil knows nothing.
type siteBook struct {
	folder string
	saved  string // the folder of what is known of hosts; "" where it ends with the crawl

	mu    sync.Mutex
	hosts map[string]*hostSite
	kept  map[string]string // by an article's id, the host of a page that is to be cleaned again
}

type hostSite struct {
	*cleaner.Site
	snapshot *cleaner.Snapshot // as of some pages ago
	kept     int
}

// newSiteBook keeps pages in a folder of out. What a crash left there is removed. With goOn it knows what an earlier run knew of hosts.
func newSiteBook(out string, goOn bool) (*siteBook, error) {
	b := &siteBook{folder: filepath.Join(out, againFolder), hosts: make(map[string]*hostSite), kept: make(map[string]string)}
	if err := os.RemoveAll(b.folder); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(b.folder, 0o755); err != nil {
		return nil, err
	}
	if goOn {
		b.saved = filepath.Join(out, sitesFolder)
		return b, os.MkdirAll(b.saved, 0o755)
	}
	return b, nil
}

// siteFile is where what is known of a host is kept.
func (b *siteBook) siteFile(host string) string {
	sum := sha256.Sum256([]byte(host))
	return filepath.Join(b.saved, hex.EncodeToString(sum[:12])+".site")
}

// load gives what an earlier run knew of a host. A file that cannot be read is as none: the host is learned anew.
func (b *siteBook) load(host string) *cleaner.Site {
	site := cleaner.NewSite()
	if b.saved == "" {
		return site
	}
	if data, err := os.ReadFile(b.siteFile(host)); err != nil || site.UnmarshalBinary(data) != nil {
		return cleaner.NewSite()
	}
	return site
}

// save keeps what is known of a host for the next run. Without it, that run learns anew.
func (b *siteBook) save(host string, site *cleaner.Site) {
	if b.saved == "" {
		return
	}
	if data, err := site.MarshalBinary(); err == nil {
		_ = writeWhole(b.siteFile(host), data, false)
	}
}

// Close removes the pages that were kept.
func (b *siteBook) Close() error {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for host, h := range b.hosts {
		b.save(host, h.Site)
	}
	return os.RemoveAll(b.folder)
}

func hostOf(p *scraper.Page) string {
	if p.URL == nil {
		return ""
	}
	return strings.ToLower(p.URL.Host)
}

// of gives the site that a page belongs to, and what is known of it; nil where nothing is learned. A snapshot that is a tenth behind is as
// good as a new one.
func (b *siteBook) of(p *scraper.Page) (*cleaner.Site, *cleaner.Snapshot) {
	if b == nil {
		return nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	h := b.hosts[hostOf(p)]
	if h == nil {
		if len(b.hosts) == maxHosts {
			return nil, nil
		}
		h = &hostSite{Site: b.load(hostOf(p))}
		b.hosts[hostOf(p)] = h
	}
	if h.snapshot == nil || 10*h.Pages() > 11*h.snapshot.Pages() {
		if h.snapshot != nil {
			b.save(hostOf(p), h.Site)
		}
		h.snapshot = h.Snapshot()
	}
	return h.Site, h.snapshot
}

// A keptPage is what a page is parsed from again.
type keptPage struct {
	Sources []htmldoc.Source `json:"sources"`
	Bodies  [][]byte         `json:"bodies"`
}

// keep puts a page that became an article aside, if too little was known of its host.
func (b *siteBook) keep(id string, p *scraper.Page, known *cleaner.Snapshot) error {
	if b == nil || known == nil || known.Pages() >= enoughPages {
		return nil
	}
	b.mu.Lock()
	h := b.hosts[hostOf(p)]
	full := h.kept >= maxKept
	if !full {
		h.kept++
		b.kept[id] = hostOf(p)
	}
	b.mu.Unlock()
	if full {
		return nil
	}
	var k keptPage
	for _, part := range append([]*scraper.Page{p}, p.Parts...) {
		k.Sources = append(k.Sources, htmldoc.Source{
			URL: part.Request.URL, ContentType: part.Header.Get("Content-Type"), ContentLanguage: part.Header.Get("Content-Language"),
			Published: part.Request.Published, Modified: part.Request.Modified,
		})
		k.Bodies = append(k.Bodies, part.Body)
	}
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.folder, id+".json"), data, 0o644)
}

// cleanPage cleans a page, and what further pages its article stands on, beside what is known of the host, and tells the site of them.
func cleanPage(c *cleaner.Cleaner, site *cleaner.Site, known *cleaner.Snapshot, docs []*htmldoc.Document) (*cleaner.Article, error) {
	a, err := c.CleanAndObserve(site, known, docs[0])
	if err != nil {
		return nil, err
	}
	for _, doc := range docs[1:] {
		more, err := c.CleanAndObserve(site, known, doc)
		if err != nil && !errors.Is(err, cleaner.ErrNoArticle) {
			return nil, err
		}
		a.Append(more)
	}
	return a, nil
}

// documents are those of a page and its parts.
func documents(p *scraper.Page) []*htmldoc.Document {
	docs := []*htmldoc.Document{p.Document}
	for _, part := range p.Parts {
		docs = append(docs, part.Document)
	}
	return docs
}

// note says by what a page was cleaned.
func note(known *cleaner.Snapshot, again bool) siteNote {
	if known == nil || known.Pages() < 3 {
		return siteNote{Again: again}
	}
	return siteNote{HostPages: known.Pages(), Again: again}
}

// cleanAgain cleans the kept pages once more, with all that is known now. It reads one page at a time. Markdown files are replaced one by
// one, and articles.jsonl is written under another name and renamed: whenever it is interrupted, every file is whole.
func (s *session) cleanAgain(ctx context.Context) error {
	if s.sites == nil || len(s.sites.kept) == 0 {
		return nil
	}
	name := filepath.Join(s.out, linesName)
	from, err := os.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.CreateTemp(s.out, ".tmp-*")
	if err != nil {
		return err
	}
	if err = s.rewrite(ctx, from, to); err == nil && s.writer.durable {
		err = to.Sync()
	}
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(to.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(to.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(to.Name()))
	}
	return nil
}

// rewrite copies articles.jsonl, with another line for each page that was cleaned again.
func (s *session) rewrite(ctx context.Context, from io.Reader, to io.Writer) error {
	in, out := bufio.NewReader(from), bufio.NewWriter(to)
	snapshots := make(map[string]*cleaner.Snapshot)
	for {
		old, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		line, err := s.again(old, snapshots)
		if err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
}

// again gives a line of articles.jsonl as it is after its page was cleaned again; the same if it need not be.
func (s *session) again(old []byte, snapshots map[string]*cleaner.Snapshot) ([]byte, error) {
	var l line
	if err := json.Unmarshal(old, &l); err != nil {
		return nil, err
	}
	host, kept := s.sites.kept[l.ID]
	if !kept {
		return old, nil
	}
	if snapshots[host] == nil {
		snapshots[host] = s.sites.hosts[host].Snapshot()
	}
	known := snapshots[host]
	if known.Pages() <= l.HostPages || known.Pages() < 3 {
		return old, nil
	}
	docs, err := s.sites.read(l.ID)
	if err != nil {
		return nil, err
	}
	a, err := cleanPage(s.cleaner, nil, known, docs)
	if errors.Is(err, cleaner.ErrNoArticle) {
		return old, nil
	} else if err != nil {
		return nil, err
	}
	if err := writeWhole(filepath.Join(s.out, l.File), markdownFile(a), s.writer.durable); err != nil {
		return nil, err
	}
	s.summary.again(a)
	l.Record, l.siteNote = record.New(l.ID, a), note(known, true)
	b, err := json.Marshal(l)
	return append(b, '\n'), err
}

// read parses a kept page.
func (b *siteBook) read(id string) ([]*htmldoc.Document, error) {
	data, err := os.ReadFile(filepath.Join(b.folder, id+".json"))
	if err != nil {
		return nil, err
	}
	var k keptPage
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, err
	}
	var docs []*htmldoc.Document
	for i, body := range k.Bodies {
		doc, err := htmldoc.Parse(bytes.NewReader(body), k.Sources[i])
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// newSites is the siteBook of a crawl, nil with -no-site.
func (c *config) newSites() (*siteBook, error) {
	if c.noSite {
		return nil, nil
	}
	return newSiteBook(c.out, c.state != "")
}

// finishSites cleans again what was kept, unless the crawl was stopped: handlers may still be on their way then, and the user waits.
func (s *session) finishSites(ctx context.Context) error {
	if ctx.Err() != nil {
		return s.sites.Close()
	}
	return errors.Join(s.cleanAgain(ctx), s.sites.Close())
}
