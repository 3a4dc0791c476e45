package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
	"github.com/dechaff/dechaff/scraper"
)

const linesName = "articles.jsonl"

// A line is what articles.jsonl holds for each article: the record of examples/clean, and how it was fetched.
type line struct {
	record.Record
	FetchedAt time.Time `json:"fetched_at"`
	Status    int       `json:"status"`
	Hash      string    `json:"hash"`
	File      string    `json:"file"`
	siteNote
}

// A writer writes articles to a folder. A Markdown file is complete or absent; a line of articles.jsonl is written at
// once. A run begins articles.jsonl anew and overwrites files of the same name, unless it goes on with an earlier one: see resume.go.
type writer struct {
	out, html string
	durable   bool              // goes on, and has on the disk what it has returned from
	written   map[string]string // the files that articles.jsonl names, by address, when it goes on

	mu       sync.Mutex
	names    *names
	lines    *os.File
	articles int // of this run
}

func newWriter(out, html string, goOn bool) (*writer, error) {
	for _, dir := range []string{out, html} {
		if dir == "" {
			continue
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	if goOn {
		return resumeWriter(out, html)
	}
	f, err := os.Create(filepath.Join(out, linesName))
	if err != nil {
		return nil, err
	}
	return &writer{out: out, html: html, names: newNames(), lines: f}, nil
}

// Close ends articles.jsonl. Handlers that a stop left behind find it closed, and fail.
func (w *writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines.Close()
}

// count is how many articles there are: with those of earlier runs, where it goes on with them.
func (w *writer) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return max(w.articles, len(w.written))
}

// write writes one article and returns its file's name. A page that an earlier run has written stays as it is.
func (w *writer) write(p *scraper.Page, a *cleaner.Article, known siteNote) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if file, ok := w.written[a.URL]; ok {
		return file, nil
	}
	id := w.names.take(a.Title, p.Request.URL)
	file := id + ".md"
	if err := writeWhole(filepath.Join(w.out, file), markdownFile(a), w.durable); err != nil {
		return "", err
	}
	l := line{Record: record.New(id, a), FetchedAt: p.FetchedAt.UTC(), Status: p.Status, Hash: p.Hash, File: file, siteNote: known}
	b, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	_, err = w.lines.Write(append(b, '\n'))
	if err == nil && w.durable {
		w.written[a.URL] = file
		err = w.lines.Sync()
	}
	if err != nil {
		return "", err
	}
	w.articles++
	return file, nil
}

// saveHTML keeps a page as it was fetched, with its address beside it, ready to become a fixture.
func (w *writer) saveHTML(p *scraper.Page) error {
	if w.html == "" {
		return nil
	}
	w.mu.Lock()
	dir := filepath.Join(w.html, w.names.takeIn("html", "", p.Request.URL))
	w.mu.Unlock()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	about, err := json.Marshal(map[string]string{"url": p.Request.URL, "content_type": p.Header.Get("Content-Type")})
	if err != nil {
		return err
	}
	if err := writeWhole(filepath.Join(dir, "page.json"), append(about, '\n'), w.durable); err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, "page.html"), p.Body, w.durable)
}

// writeWhole writes a file under a temporary name first, so that a stop never leaves half of one; and when it is to be durable, a power cut neither.
func writeWhole(name string, b []byte, durable bool) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil && durable {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// markdownFile is what an article's file holds.
func markdownFile(a *cleaner.Article) []byte { return []byte(frontMatter(a) + a.Markdown() + "\n") }

// frontMatter is YAML in which every value is a JSON string, which YAML 1.2 contains: a page cannot add keys to it.
func frontMatter(a *cleaner.Article) string {
	var b strings.Builder
	w := bufio.NewWriter(&b)
	fmt.Fprintln(w, "---")
	for _, f := range []struct{ key, value string }{
		{"title", a.Title},
		{"byline", a.Byline},
		{"published", a.Published.String()},
		{"modified", a.Modified.String()},
		{"url", a.URL},
		{"language", a.Language},
	} {
		if f.value == "" {
			continue
		}
		if quoted, err := json.Marshal(strings.ToValidUTF8(f.value, "")); err == nil {
			fmt.Fprintf(w, "%s: %s\n", f.key, escapeControls(string(quoted)))
		}
	}
	fmt.Fprint(w, "---\n\n")
	if err := w.Flush(); err != nil { // a strings.Builder takes everything
		return ""
	}
	return b.String()
}

// escapeControls escapes what may stand in a JSON string and not in YAML, where U+0085 is a line break and the other control
// characters and U+FEFF are errors. Bidirectional controls would let a value pose as the key beside it.
func escapeControls(quoted string) string {
	var b strings.Builder
	for _, r := range quoted {
		if r >= 0x7F && r <= 0x9F || r == 0x061C || r >= 0x200E && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF || r >= 0xFFFE && r <= 0xFFFF {
			fmt.Fprintf(&b, "\\u%04x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
