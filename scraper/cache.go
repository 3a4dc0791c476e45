package scraper

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// cache keeps pages in a folder, one file per page, named by the hash of the address. A file is written under another
// name and then renamed, so that a reader always finds a complete file or none, even if other processes write. A
// damaged file counts as missing.
type cache struct{ dir string }

// cached is a page in the cache. The first line of its file is cacheVersion and the hash of the rest. The second line
// is this struct as JSON. The body follows.
type cached struct {
	URL    string
	Status int
	Header http.Header
	Stored time.Time
	Began  time.Time `json:",omitzero"` // when the page was requested; zero unless exchanges were recorded
	Length int       // of the body, in bytes

	body []byte
}

// cacheVersion is the start of each file. Files of other versions count as missing. The hash of version 1 covered only
// the body.
const cacheVersion = "dechaff cache 2 "

// openCache returns the cache in a folder, which it creates if necessary. It checks that files can be created there,
// because later failures are only logged. If dir is empty, it returns nil.
func openCache(dir string) (*cache, error) {
	if dir == "" {
		return nil, nil // no cache, and no error
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	f, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	return &cache{dir: dir}, nil
}

func (c *cache) path(address string) string {
	sum := sha256.Sum256([]byte(address))
	name := hex.EncodeToString(sum[:])
	return filepath.Join(c.dir, name[:2], name[2:])
}

// load returns the page that is stored for an address. It returns nil if there is none, if the file is damaged, or if
// the body is larger than the limit, in bytes.
func (c *cache) load(address string, limit int64) *cached {
	f, err := os.Open(c.path(address))
	if err != nil {
		return nil
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, limit+maxCacheHeader+1))
	if err != nil || int64(len(file)) > limit+maxCacheHeader {
		return nil
	}
	e := parseCached(file)
	if e == nil || e.URL != address || int64(len(e.body)) > limit {
		return nil
	}
	return e
}

// parseCached parses a file of the cache. It returns nil if even one bit of the file has changed.
func parseCached(file []byte) *cached {
	sum, rest, ok := bytes.Cut(file, []byte("\n"))
	if !ok || string(sum) != cacheVersion+hash(rest) {
		return nil
	}
	line, body, ok := bytes.Cut(rest, []byte("\n"))
	e := cached{body: body}
	if !ok || json.Unmarshal(line, &e) != nil || e.Length != len(body) {
		return nil
	}
	return &e
}

// maxCacheHeader is the maximum number of bytes before the body in a file.
const maxCacheHeader = 1 << 20

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// bytes returns the content of the page's file, in the form that parseCached reads.
func (e *cached) bytes() ([]byte, error) {
	line, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	rest := append(append(line, '\n'), e.body...)
	return append([]byte(cacheVersion+hash(rest)+"\n"), rest...), nil
}

// store writes a page to the cache. The caller only logs the error, because the page itself is not lost.
// The argument began is when the page was requested, or zero.
func (c *cache) store(address string, res *response, began time.Time) (err error) {
	e := cached{
		URL: address, Status: res.status, Header: res.header, Stored: res.end, Began: began, Length: len(res.body),
		body: res.body,
	}
	file, err := e.bytes()
	if err != nil {
		return err
	}
	path := c.path(address)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(file)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// isStorable reports whether to store a response (RFC 9111, section 3). Its status must be 200, the server must not
// forbid storing it, and it must have a validator: an ETag or a Last-Modified date, by which the server can later
// report that the page has not changed.
func isStorable(res *response) bool {
	if res.status != http.StatusOK || strings.Contains(strings.ToLower(res.header.Get("Cache-Control")), "no-store") {
		return false
	}
	return res.header.Get("ETag") != "" || res.header.Get("Last-Modified") != ""
}

func sameValidators(a, b http.Header) bool {
	return a.Get("ETag") == b.Get("ETag") && a.Get("Last-Modified") == b.Get("Last-Modified")
}

// getCached is like Scraper.get, but uses the cache. For a stored page it makes a conditional request; the server sends
// the page only if it has changed (RFC 9110, section 13.1).
func (s *Scraper) getCached(ctx context.Context, u *url.URL, h *hop) (*response, error) {
	if s.cache == nil {
		return s.get(ctx, u, h)
	}
	address := u.String()
	kept := s.cache.load(address, h.limit)
	if kept != nil {
		h.conditions, h.original = make(http.Header), kept.Began
		if tag := kept.Header.Get("ETag"); tag != "" {
			h.conditions.Set("If-None-Match", tag)
		}
		if date := kept.Header.Get("Last-Modified"); date != "" {
			h.conditions.Set("If-Modified-Since", date)
		}
	}
	res, err := s.get(ctx, u, h)
	var began time.Time
	if res.exchange != nil {
		began = res.exchange.Began
	}
	isChanged := err == nil && isStorable(res)
	switch {
	case err != nil:
	case kept != nil && res.status == http.StatusNotModified:
		header := kept.Header.Clone()
		for name, values := range res.header { // RFC 9111, section 3.2: headers of a 304 replace the stored ones
			if name != "Content-Length" && name != "Content-Encoding" && name != "Content-Type" {
				header[name] = values
			}
		}
		res.status, res.header, res.body, res.notModified = kept.Status, header, kept.body, true
		// the server may not know the old validators much longer
		isChanged, began = !sameValidators(header, kept.Header) && isStorable(res), kept.Began
	}
	if isChanged {
		if err := s.cache.store(address, res, began); err != nil {
			s.log(ctx, "the cache could not store a page", address, err)
		}
	}
	return res, err
}
