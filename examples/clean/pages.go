package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A page is one input.
type page struct {
	name string // as the user gave it
	id   string // the file name without extensions
	open func() (io.ReadCloser, error)
	once bool // the input can be read only once

	host string            // "" if unknown; set by learn
	doc  *htmldoc.Document // set while learn observes it
}

var extensions = []string{".html", ".htm", ".html.gz", ".htm.gz", ".txt"}

// cutExtension returns a file's name without folder and extension, and the extension in lower case, or "" if it is
// unknown.
func cutExtension(name string) (id, extension string) {
	base := filepath.Base(name)
	for _, e := range extensions {
		if len(base) > len(e) && strings.EqualFold(base[len(base)-len(e):], e) {
			return base[:len(base)-len(e)], e
		}
	}
	return base, ""
}

// findPages lists the pages that paths name; folders are searched recursively, for known extensions only.
func findPages(paths []string, stdin io.Reader, report func(error)) []page {
	var pages []page
	for _, path := range paths {
		if path == "-" {
			pages = append(pages, page{
				name: "standard input", id: "stdin", once: true,
				open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil },
			})
			continue
		}
		err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				report(err)
				return nil
			}
			if entry.IsDir() {
				return nil
			}
			if id, extension := cutExtension(name); extension != "" || name == path {
				pages = append(pages, page{name: name, id: id, open: func() (io.ReadCloser, error) { return os.Open(name) }})
			}
			return nil
		})
		if err != nil {
			report(err)
		}
	}
	return pages
}

// isText reports whether a page is plain text, without markup.
func (p *page) isText() bool {
	_, extension := cutExtension(p.name)
	return extension == ".txt"
}

// clean reads and cleans a page, given what is known about its host.
func (p page) clean(cl *cleaner.Cleaner, url string, known sites) result {
	r := result{page: p}
	b, err := p.read()
	if err != nil {
		r.err = err
		return r
	}
	if p.isText() {
		r.text = cleaner.CleanText(strings.ToValidUTF8(string(b), "\uFFFD"))
		return r
	}
	doc, err := htmldoc.ParseBytes(b, htmldoc.Source{URL: url})
	if err != nil {
		r.err = err
		return r
	}
	r.article, r.err = cl.ForSite(known[p.host]).CleanDocument(doc)
	return r
}

// read reads a page and unpacks it, up to the size that the cleaner accepts.
func (p page) read() ([]byte, error) {
	f, err := p.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReader(f)
	if magic, err := r.(*bufio.Reader).Peek(2); err == nil && magic[0] == 0x1F && magic[1] == 0x8B {
		if r, err = gzip.NewReader(r); err != nil {
			return nil, err
		}
	}
	b, err := io.ReadAll(io.LimitReader(r, htmldoc.DefaultMaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > htmldoc.DefaultMaxBytes {
		return nil, cleaner.ErrTooLarge
	}
	return b, nil
}

// maxLine is the longest line of a -urls file in bytes: truth files hold whole articles.
const maxLine = 64 << 20

// readURLs reads the addresses of pages, by page id.
func readURLs(name string) (map[string]string, error) {
	urls := make(map[string]string)
	if name == "" {
		return urls, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var line struct{ ID, URL string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		urls[line.ID] = line.URL
	}
	return urls, lines.Err()
}
