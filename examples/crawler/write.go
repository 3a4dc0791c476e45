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

// A line is the record of an article in articles.jsonl: the fields that examples/clean writes too, and how the page was
// fetched.
type line struct {
	record.Record
	FetchedAt time.Time `json:"fetched_at"`
	Status    int       `json:"status"`
	Hash      string    `json:"hash"`
	// File is the article's file in the first of the chosen formats that has files; "" if none has.
	File string `json:"file"`
	siteNote
}

const markdownExtension = ".md"

// A writer writes articles to a folder, next to those of earlier runs. A page that is written again keeps its file
// name; its file and its line of articles.jsonl are replaced if its article has changed, and left unchanged otherwise.
// Each file and each line is complete, even if the program is killed. A writer is safe for concurrent use.
type writer struct {
	out, html string
	durable   bool // sync files to disk before returning
	lock      *folderLock
	archiveFlags

	pages [64]sync.Mutex // a hash of a page's address selects the one that is locked while the page is written
	seed  maphash.Seed

	syncing sync.Mutex
	synced  int64 // how many bytes of articles.jsonl are known to be on disk; guarded by syncing

	mu      sync.Mutex // not held during a sync
	taken   *names
	ledger  *ledger
	changes *changeLog // nil without -cache
	count   int        // articles that this run wrote or found unchanged
}

// newWriter creates missing folders, locks the output folder and reads the output of earlier runs. The caller must call
// Close, and then close the lock.
func newWriter(c *config) (*writer, error) {
	out, html := c.out, c.saveHTML
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
	w := &writer{
		out: out, html: html, durable: c.state != "", lock: lock, archiveFlags: c.archiveFlags, taken: newNames(),
		seed: maphash.MakeSeed(),
	}
	if err := w.readFolders(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	if w.changes, err = openChanges(c); err != nil {
		return nil, errors.Join(err, w.ledger.Close(), lock.Close())
	}
	return w, nil
}

func (w *writer) readFolders() error {
	if err := errors.Join(removeTemporary(w.html), removeTemporary(filepath.Join(w.out, privateFolder))); err != nil {
		return err
	}
	if err := w.taken.readSaved(w.html); err != nil {
		return err
	}
	name, err := w.linesFile()
	if err != nil {
		return err
	}
	if w.ledger, err = openLedger(name); err != nil {
		return err
	}
	folders := w.names.hasFolders()
	for address, entry := range w.ledger.pages {
		w.taken.own("", entry.id, address)
		folders = folders || strings.Contains(entry.id, "/")
	}
	err = w.noteFormats()
	if err == nil {
		err = w.taken.readFiles(w.out, folders)
	}
	if err != nil {
		return errors.Join(err, w.ledger.Close())
	}
	return nil
}

// linesFile returns the name of articles.jsonl: among the articles if -format names it, otherwise among the private
// files. If a run with another -format left it in the other place, it is moved.
func (w *writer) linesFile() (string, error) {
	name, other := filepath.Join(w.out, linesName), filepath.Join(w.out, privateFolder, linesName)
	if !has(w.formats, linesFormat) {
		name, other = other, name
	}
	if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
		return name, ignoreMissing(os.Rename(other, name))
	}
	return name, nil
}

// Close closes articles.jsonl. Handlers that are still running after a stop then get an error.
func (w *writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ledger.Close()
}

// written returns how many articles this run has written or found unchanged.
func (w *writer) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

// A writing is the result of writing an article.
type writing int

const (
	articleNew writing = iota
	articleChanged
	articleUnchanged
)

// write writes one article and returns its ID. It returns errOutput if nothing more can be written at all. Articles are
// written in parallel, because a sync takes much longer than anything else here.
func (w *writer) write(p *scraper.Page, a *cleaner.Article, known siteNote) (string, writing, error) {
	page := &w.pages[maphash.String(w.seed, a.URL)%uint64(len(w.pages))]
	page.Lock() // one article of a page at a time
	defer page.Unlock()
	id, entry, isKnown := w.idOf(a)
	d := &document{Article: a, line: line{
		Record: record.New(id, a), FetchedAt: p.FetchedAt.UTC(), Status: p.Status, Hash: p.Hash, File: w.firstFile(id),
		siteNote: known,
	}}
	b, err := json.Marshal(d.line)
	if err != nil {
		return "", 0, err
	}
	content := digestOf(b)
	missing := w.missing(id)
	if isKnown && len(missing) == 0 && entry.digest == content {
		w.countArticle()
		return id, articleUnchanged, nil
	}
	if err := w.putFiles(d); err != nil {
		return "", 0, err
	}
	end, err := w.addLine(d, content, b, !isKnown || entry.digest != content)
	if err != nil {
		for _, name := range missing { // a file without a line would not belong to any page
			err = errors.Join(err, os.Remove(name))
		}
		return "", 0, err
	}
	if err := w.syncLines(end); err != nil {
		return "", 0, err
	}
	w.countArticle()
	if isKnown {
		return id, articleChanged, nil
	}
	return id, articleNew, nil
}

// idOf returns an article's ID, and the ledger's data about its page. If changes.jsonl lists the page as gone, the
// entry has no digest, so that the article counts as changed.
func (w *writer) idOf(a *cleaner.Article) (id string, entry ledgerEntry, isKnown bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if entry, isKnown = w.ledger.pages[a.URL]; !isKnown {
		return w.taken.take(w.names, a), entry, false
	}
	if w.changes.isGone(a.URL) {
		entry.digest = digest{}
	}
	return entry.id, entry, true
}

func (w *writer) countArticle() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count++
}

// addLine appends an article's line to articles.jsonl and, if isChange is true, its change to changes.jsonl. It returns
// the new size of articles.jsonl.
func (w *writer) addLine(d *document, content digest, text []byte, isChange bool) (int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if isChange {
		if err := w.changes.article(w.lineOf(d.URL), &d.line); err != nil {
			return 0, err
		}
	}
	err := w.ledger.add(d.URL, d.ID, content, pageHashOf(d.Hash), text)
	return w.ledger.size, err
}

// syncLines syncs the lines of articles.jsonl up to an offset to disk, if the writer is durable. One sync serves all
// goroutines that wait for it.
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

// firstFile returns the name of an article's file in the first format that has files, or "" if there is none.
func (w *writer) firstFile(id string) string {
	for _, f := range w.formats {
		if f.render != nil {
			return id + f.extension
		}
	}
	return ""
}

// missing returns the paths of an article's files that do not exist, though -format names their formats.
func (w *writer) missing(id string) []string {
	var names []string
	for _, f := range w.formats {
		if f.render == nil {
			continue
		}
		if name := w.path(id + f.extension); !isThere(name) {
			names = append(names, name)
		}
	}
	return names
}

// path returns the path of a file in the output folder. The name may contain slashes.
func (w *writer) path(name string) string { return filepath.Join(w.out, filepath.FromSlash(name)) }

// putFiles writes the files of an article.
func (w *writer) putFiles(d *document) error {
	d.matter = w.matter
	for _, f := range w.formats {
		if f.render == nil {
			continue
		}
		b, err := f.render(d)
		if err != nil {
			return err
		}
		if err := w.put(w.out, d.ID+f.extension, b); err != nil {
			return err
		}
	}
	return nil
}

// saveHTML stores a page as it was fetched, with its address next to it, in the form of a test fixture. Without
// -save-html, it does nothing.
func (w *writer) saveHTML(p *scraper.Page) error {
	if w.html == "" {
		return nil
	}
	w.mu.Lock()
	dir := filepath.Join(w.html, w.taken.takeIn(htmlFolder, p.Request.URL, func() string {
		return addressSlug(p.Request.URL)
	}))
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

// savedPage is the data that is stored next to the bytes of a page.
type savedPage struct {
	URL         string `json:"url"`
	ContentType string `json:"content_type"`
}

// put writes a whole file, whose name may contain slashes, and creates its folders. It returns errOutput if the folder
// does not accept any other file either.
func (w *writer) put(dir, name string, b []byte) error {
	file := filepath.Join(dir, filepath.FromSlash(name))
	err := error(nil)
	if strings.Contains(name, "/") {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = whole.Write(file, b, w.durable)
	}
	if err != nil {
		return outputError(dir, b, err)
	}
	return nil
}
