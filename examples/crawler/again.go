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
	"github.com/dechaff/dechaff/scraper"
)

// A keptPage is what a page is parsed from again. It is in a folder of its host, in a file of its article's name.
type keptPage struct {
	Sources []htmldoc.Source `json:"sources"`
	Bodies  [][]byte         `json:"bodies"`
}

const keptExtension = ".json"

// readKept lists the pages that an earlier run has kept.
func (b *siteBook) readKept() error {
	files, err := fs.Glob(os.DirFS(b.again), "*/*"+keptExtension)
	if err != nil {
		return err
	}
	for _, name := range files {
		if h := b.host(path.Dir(name)); h != nil {
			h.kept++
			b.kept[strings.TrimSuffix(path.Base(name), keptExtension)] = h
		}
	}
	return nil
}

// keep puts a page that became an article aside, if too little was known of its host.
func (b *siteBook) keep(id string, p *scraper.Page, known *cleaner.Snapshot) error {
	if b == nil || known == nil || known.Pages() >= enoughPages {
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
	if err := writeWhole(name, data, false); err != nil {
		return outputError(filepath.Dir(name), data, err)
	}
	return nil
}

// takePlace notes that a page of a host is kept, unless as many as may be are.
func (b *siteBook) takePlace(id string, h *hostSite) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept[id] != nil || h.kept >= maxKept {
		return b.kept[id] == h // it is delivered again
	}
	h.kept++
	b.kept[id] = h
	return true
}

func (b *siteBook) keptFile(h *hostSite, id string) string {
	return filepath.Join(b.again, h.key, id+keptExtension)
}

// read parses a kept page; nil where a crash or a power cut has left none, or half of one.
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

// finish ends the writing: articles.jsonl gets its final form, in which a page that changed has one line, and the kept
// pages are cleaned once more with all that is known of their hosts. A crawl that was stopped leaves those to the next
// run: handlers may still be running then, and the user waits. Markdown files are replaced one by one, and
// articles.jsonl at the end: whenever it is interrupted, every file is whole.
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
	return errors.Join(err, s.sites.Close(!stopped && err == nil), w.lock.Close())
}

// again gives a line of articles.jsonl as it is after its page was cleaned again; the same if it need not be.
func (s *session) again(old []byte, snapshots map[*hostSite]*cleaner.Snapshot) ([]byte, error) {
	var l line
	_ = json.Unmarshal(old, &l) // what is not ours has no id that was kept
	h := s.sites.kept[l.ID]
	if h == nil {
		return old, nil
	}
	if snapshots[h] == nil {
		s.sites.known(h) // an earlier run's, if this one has met no page of the host
		snapshots[h] = h.Snapshot()
	}
	known := snapshots[h]
	if known.Pages() <= l.HostPages || known.Pages() < 3 {
		return old, nil
	}
	docs := s.sites.read(h, l.ID)
	if len(docs) == 0 { // the page stays as it was cleaned
		return old, nil
	}
	a, err := cleanPage(s.cleaner, nil, known, docs)
	if errors.Is(err, cleaner.ErrNoArticle) {
		return old, nil
	} else if err != nil {
		return nil, err
	}
	if err := s.writer.put(s.out, l.File, markdownFile(a)); err != nil {
		return nil, err
	}
	s.summary.again(a)
	l.Record, l.siteNote = record.New(l.ID, a), note(known, true)
	b, err := json.Marshal(l)
	return append(b, '\n'), err
}
