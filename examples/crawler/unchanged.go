package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// fetchFlags are the flags that do not affect how a page is cleaned and written. Most of them affect only which pages
// are fetched, and how.
var fetchFlags = map[string]bool{
	"out": true, "max": true, "depth": true, "delay": true, "user-agent": true, "allow-private": true, "seeds": true,
	"scope": true, "include": true, "exclude": true, "follow-only": true, "no-trap": true, "sitemaps": true,
	"sitemap-only": true, "feeds": true, "cache": true, "state": true, "name": true, "retry-failed": true, "header": true,
	"cookies": true, "auth": true, "proxy": true, "ca": true, "verbose": true, "since": true, "warc-size": true,
	"noindex": true,
}

// maxFlagFile is the maximum number of bytes that are read from a file that a flag names, such as a template.
const maxFlagFile = 1 << 20

// fingerprintOf returns a hash of everything that affects how a page is cleaned and written: this version of the
// program, the flags, the files that flags name, and the site rules.
func fingerprintOf(fs *flag.FlagSet, rules string) string {
	h := sha256.New()
	fmt.Fprintln(h, "schema", cleaner.SchemaVersion)
	fmt.Fprintln(h, "rules", rules)
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintln(h, info.Main.Version)
	}
	fs.Visit(func(f *flag.Flag) { // in alphabetical order
		if fetchFlags[f.Name] {
			return
		}
		fmt.Fprintf(h, "%s %q\n", f.Name, f.Value)
		file, err := os.Open(f.Value.String())
		if err != nil {
			return
		}
		defer file.Close()
		_, _ = io.CopyN(h, file, maxFlagFile) // reading a folder fails, which is fine
	})
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// pageHash is the start of a page's hash, by which a ledger recognizes an unchanged page.
type pageHash [16]byte

func pageHashOf(hash string) (h pageHash) {
	_, _ = hex.Decode(h[:], []byte(hash[:min(len(hash), 2*len(h))])) // a hash written by another program may be invalid
	return h
}

// line returns the latest line of a page in articles.jsonl, or nil if there is none.
func (w *writer) line(address string) *line {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lineOf(address)
}

// lineOf is like the method line, but for callers that hold w.mu.
func (w *writer) lineOf(address string) *line {
	entry, ok := w.ledger.pages[address]
	if !ok {
		return nil
	}
	text := make([]byte, entry.length)
	var l line
	if _, err := w.ledger.file.ReadAt(text, entry.at); err != nil || json.Unmarshal(bytes.TrimSpace(text), &l) != nil {
		return nil
	}
	return &l
}

// unchanged returns the line of a page that need not be cleaned, because its bytes and the flags are the same as in the
// last run and its files still exist. For any other page, and without -cache, it returns nil.
func (w *writer) unchanged(p *scraper.Page) *line {
	if w.changes == nil || !w.changes.usual || len(p.Parts) > 0 || p.URL == nil {
		return nil
	}
	address := p.URL.String()
	w.mu.Lock()
	defer w.mu.Unlock()
	entry, ok := w.ledger.pages[address]
	if !ok || entry.page != pageHashOf(p.Hash) || len(w.missing(entry.id)) > 0 || w.changes.isGone(address) {
		return nil
	}
	l := w.lineOf(address)
	if l != nil {
		w.count++
	}
	return l
}

// leaveUnchanged reports whether a page is the same as in the last run, and so need not be cleaned. It returns false if
// there are formats that get all pages, because they always need the cleaned page.
func (s *session) leaveUnchanged(p *scraper.Page) bool {
	if len(s.sinks) > 0 {
		return false
	}
	l := s.writer.unchanged(p)
	if l == nil {
		return false
	}
	s.views.learn(p, l.Title, l.Text)
	s.summary.unchanged()
	return true
}
