package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/examples/internal/whole"
	"github.com/dechaff/dechaff/scraper"
)

// A keptPage contains what is needed to parse a page again. It is stored in its host's folder, in a file named after
// its article.
type keptPage struct {
	Sources []htmldoc.Source `json:"sources"`
	Bodies  [][]byte         `json:"bodies"`
}

// keptSlash replaces the slashes in an ID. No ID contains this string.
const (
	keptExtension = ".json"
	keptSlash     = "~"
	maxKeptID     = 240 // in bytes; file systems allow 255 for a name
)

// readKept lists the pages that an earlier run stored.
func (b *siteBook) readKept() error {
	files, err := fs.Glob(os.DirFS(b.again), "*/*"+keptExtension)
	if err != nil {
		return err
	}
	for _, name := range files {
		if h := b.host(path.Dir(name)); h != nil {
			h.kept++
			id := strings.TrimSuffix(path.Base(name), keptExtension)
			b.kept[strings.ReplaceAll(id, keptSlash, "/")] = h
		}
	}
	return nil
}

// keep stores a page that has an article, so that the page can be cleaned again, if fewer than enoughPages pages of its
// host were known and fewer than maxKept are stored. It does not store a page whose ID is too long for a file name, or
// whose article is from another page (Page.Whole).
func (b *siteBook) keep(id string, p *scraper.Page, known *cleaner.Snapshot) error {
	if b == nil || known == nil || known.Pages() >= enoughPages || p.Whole != nil || len(id) > maxKeptID {
		return nil
	}
	h := b.host(hostKey(p))
	if !b.takePlace(id, h) {
		return nil
	}
	var k keptPage
	for _, part := range append([]*scraper.Page{p}, p.Parts...) {
		k.Sources = append(k.Sources, htmldoc.Source{
			URL: part.Request.URL, ContentType: part.Header.Get("Content-Type"),
			ContentLanguage: part.Header.Get("Content-Language"),
			Published:       part.Request.Published, Modified: part.Request.Modified,
		})
		k.Bodies = append(k.Bodies, part.Body)
	}
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	name := b.keptFile(h, id)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if err := whole.Write(name, data, false); err != nil {
		return outputError(filepath.Dir(name), data, err)
	}
	return nil
}

// takePlace records that a page is to be stored. It returns false if the page is stored for another host, or if it is
// not stored yet and its host already has maxKept stored pages.
func (b *siteBook) takePlace(id string, h *hostSite) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept[id] != nil || h.kept >= maxKept {
		return b.kept[id] == h // true if the page is delivered again
	}
	h.kept++
	b.kept[id] = h
	return true
}

func (b *siteBook) keptFile(h *hostSite, id string) string {
	return filepath.Join(b.again, h.key, strings.ReplaceAll(id, "/", keptSlash)+keptExtension)
}

// read parses a stored page and its parts. It returns nil if one of them cannot be read or parsed, for example because
// a power cut lost data.
func (b *siteBook) read(h *hostSite, id string) []*htmldoc.Document {
	data, err := os.ReadFile(b.keptFile(h, id))
	var k keptPage
	if err != nil || json.Unmarshal(data, &k) != nil || len(k.Bodies) != len(k.Sources) {
		return nil
	}
	var docs []*htmldoc.Document
	for i, body := range k.Bodies {
		doc, err := htmldoc.Parse(bytes.NewReader(body), k.Sources[i])
		if err != nil {
			return nil
		}
		docs = append(docs, doc)
	}
	return docs
}

// finish completes the output: articles.jsonl gets its final form, with only one line for each page, even if the page
// has changed, and the stored pages are cleaned again with everything that is known about their hosts. A stopped crawl
// leaves the stored pages for the next run, because handlers may still be running and the user is waiting. Markdown
// files are replaced one by one, and articles.jsonl last, so that every file is complete after any interruption. Then
// the articles' pictures, sounds and videos are fetched, unless the crawl was stopped.
func (s *session) finish(ctx context.Context, stopped bool) error {
	w := s.writer
	err := w.Close()
	again := !stopped && s.sites != nil && len(s.sites.kept) > 0
	if err == nil && (again || w.ledger.stale > 0) {
		snapshots := make(map[*hostSite]*cleaner.Snapshot)
		err = w.ledger.rewrite(w.durable, func(text []byte) ([]byte, error) {
			if !again {
				return text, nil
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return s.again(text, snapshots)
		})
	}
	if !stopped && err == nil {
		err = s.archive(ctx)
	}
	err = errors.Join(err, w.changes.Close(!stopped && err == nil && s.summary.handled() > 0))
	return errors.Join(err, s.closeOutput(), s.sites.Close(!stopped && err == nil), w.lock.Close())
}

// again takes a line of articles.jsonl and cleans that line's page again. It returns the new line, or the same line if
// nothing needs to change.
func (s *session) again(old []byte, snapshots map[*hostSite]*cleaner.Snapshot) ([]byte, error) {
	var l line
	_ = json.Unmarshal(old, &l) // a line written by another program has no stored page
	h := s.sites.kept[l.ID]
	if h == nil {
		return old, nil
	}
	if snapshots[h] == nil {
		s.sites.known(h) // loads the data of earlier runs, if this run has seen no page of the host
		snapshots[h] = h.Snapshot()
	}
	known := snapshots[h]
	if known.Pages() <= l.HostPages || known.Pages() < 3 {
		return old, nil
	}
	docs := s.sites.read(h, l.ID)
	if len(docs) == 0 { // the article stays as it is
		return old, nil
	}
	a, err := cleanPage(s.cleaner, nil, known, docs)
	if errors.Is(err, cleaner.ErrNoArticle) {
		return old, nil
	} else if err != nil {
		return nil, err
	}
	l.Record, l.siteNote = record.New(l.ID, a), note(known, true)
	if err := s.writer.putFiles(&document{Article: a, line: l}); err != nil {
		return nil, err
	}
	s.summary.again(a)
	b, err := json.Marshal(l)
	return append(b, '\n'), err
}
