package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/examples/internal/whole"
	"github.com/dechaff/dechaff/scraper"
)

// A line is the record of an article in articles.jsonl: that of examples/clean, and how the page was fetched.
type line struct {
	record.Record
	FetchedAt time.Time `json:"fetched_at"`
	Status    int       `json:"status"`
	Hash      string    `json:"hash"`
	File      string    `json:"file"`
	siteNote
}

const markdownExtension = ".md"

// A writer writes articles to a folder, next to what earlier runs wrote there. A page that is written again keeps its
// file name; its file and its line are replaced if its article has changed, and left alone if not. Whatever stops the
// program, each Markdown file and each line of articles.jsonl is whole. It is safe for concurrent use.
type writer struct {
	out, html string
	durable   bool // sync files to disk before returning
	lock      *folderLock

	pages [64]sync.Mutex // locked by pages while they are written, each by the hash of its address
	seed  maphash.Seed

	syncing sync.Mutex
	synced  int64 // how much of articles.jsonl is known to be on disk; guarded by syncing

	mu     sync.Mutex // not held during a sync
	names  *names
	ledger *ledger
	count  int // articles of this run, including unchanged ones
}

// newWriter creates missing folders and reads what earlier runs wrote. Close must be called.
func newWriter(out, html string, durable bool) (*writer, error) {
	for _, dir := range []string{filepath.Join(out, privateFolder), html} {
		if dir == "" {
			continue
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	lock, err := lockFolder(out)
	if err != nil {
		return nil, err
	}
	w := &writer{out: out, html: html, durable: durable, lock: lock, names: newNames(), seed: maphash.MakeSeed()}
	if err := w.readFolders(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return w, nil
}

func (w *writer) readFolders() error {
	for _, dir := range []string{w.out, w.html} {
		if err := removeTemporary(dir); err != nil {
			return err
		}
	}
	if err := w.names.readSaved(w.html); err != nil {
		return err
	}
	var err error
	if w.ledger, err = openLedger(filepath.Join(w.out, linesName)); err != nil {
		return err
	}
	for address, entry := range w.ledger.pages {
		w.names.own("", strings.TrimSuffix(entry.file, markdownExtension), address)
	}
	if err := w.names.readMarkdown(w.out); err != nil {
		return errors.Join(err, w.ledger.Close())
	}
	return nil
}

// Close closes articles.jsonl. Handlers that a stop left running then get an error.
func (w *writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ledger.Close()
}

// written returns how many articles this run has written or found unchanged, and how many articles.jsonl names in all.
func (w *writer) written() (run, all int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count, len(w.ledger.pages)
}

// A writing says what was done with an article.
type writing int

const (
	articleNew writing = iota
	articleChanged
	articleUnchanged
)

// write writes one article and returns its file name. It returns errOutput if nothing more can be written at all.
// Articles are written side by side, because a sync takes much longer than anything else here.
func (w *writer) write(p *scraper.Page, a *cleaner.Article, known siteNote) (string, writing, error) {
	page := &w.pages[maphash.String(w.seed, a.URL)%uint64(len(w.pages))]
	page.Lock() // of one page, one article at a time
	defer page.Unlock()
	id, entry, isKnown := w.nameOf(a)
	file := id + markdownExtension
	l := line{
		Record: record.New(id, a), FetchedAt: p.FetchedAt.UTC(), Status: p.Status, Hash: p.Hash, File: file, siteNote: known,
	}
	b, err := json.Marshal(l)
	if err != nil {
		return "", 0, err
	}
	content := digestOf(b)
	_, missing := os.Lstat(filepath.Join(w.out, file))
	if isKnown && missing == nil && entry.digest == content {
		w.countArticle()
		return file, articleUnchanged, nil
	}
	if err := w.put(w.out, file, markdownFile(a)); err != nil {
		return "", 0, err
	}
	end, err := w.addLine(a.URL, file, content, b)
	if err != nil {
		if missing != nil { // a file without a line would belong to no page
			err = errors.Join(err, os.Remove(filepath.Join(w.out, file)))
		}
		return "", 0, err
	}
	if err := w.syncLines(end); err != nil {
		return "", 0, err
	}
	w.countArticle()
	if isKnown {
		return file, articleChanged, nil
	}
	return file, articleNew, nil
}

// nameOf returns the name of an article, without its extension, and what the ledger has about its page.
func (w *writer) nameOf(a *cleaner.Article) (id string, entry ledgerEntry, isKnown bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if entry, isKnown = w.ledger.pages[a.URL]; isKnown {
		return strings.TrimSuffix(entry.file, markdownExtension), entry, true
	}
	return w.names.take(a.Title, a.URL), entry, false
}

func (w *writer) countArticle() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count++
}

// addLine appends a line to articles.jsonl, and returns the file's size.
func (w *writer) addLine(address, file string, d digest, text []byte) (int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.ledger.add(address, file, d, text)
	return w.ledger.size, err
}

// syncLines syncs the lines of articles.jsonl up to an offset to disk, if the writer is durable. One sync serves all
// who wait for it.
func (w *writer) syncLines(end int64) error {
	if !w.durable {
		return nil
	}
	w.syncing.Lock()
	defer w.syncing.Unlock()
	if w.synced >= end {
		return nil
	}
	w.mu.Lock()
	file, size := w.ledger.file, w.ledger.size
	w.mu.Unlock()
	if err := file.Sync(); err != nil {
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	w.synced = size
	return nil
}

// saveHTML stores a page as fetched, with its address next to it, ready to become a fixture.
func (w *writer) saveHTML(p *scraper.Page) error {
	if w.html == "" {
		return nil
	}
	w.mu.Lock()
	dir := filepath.Join(w.html, w.names.takeIn(htmlFolder, "", p.Request.URL))
	w.mu.Unlock()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return outputError(w.html, nil, err)
	}
	about, err := json.Marshal(savedPage{URL: p.Request.URL, ContentType: p.Header.Get("Content-Type")})
	if err != nil {
		return err
	}
	if err := w.put(dir, savedAbout, append(about, '\n')); err != nil {
		return err
	}
	return w.put(dir, "page.html", p.Body)
}

// savedPage is what is stored next to the bytes of a page.
type savedPage struct {
	URL         string `json:"url"`
	ContentType string `json:"content_type"`
}

// put writes a whole file. It returns errOutput if the folder accepts no other file either.
func (w *writer) put(dir, name string, b []byte) error {
	if err := whole.Write(filepath.Join(dir, name), b, w.durable); err != nil {
		return outputError(dir, b, err)
	}
	return nil
}
