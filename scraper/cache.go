package scraper

import (
	"bufio"
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

// cache keeps pages in a folder: one file each, named by the hash of the address, written to another name and renamed, so that
// a reader meets a whole file or none, whoever else writes. A file that is not what it says it is counts as missing.
type cache struct{ dir string }

// cached is a page in the cache. In the file it stands on one line, before the body.
type cached struct {
	Version int
	URL     string
	Status  int
	Header  http.Header
	Stored  time.Time
	Length  int
	SHA256  string // of the body

	body []byte
}

// cacheVersion is that of the files; others count as missing.
const cacheVersion = 1

// openCache makes the folder. No name means no cache.
func openCache(dir string) (*cache, error) {
	if dir == "" {
		return nil, nil //nolint:nilnil // no cache, and no error
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCache, err)
	}
	return &cache{dir: dir}, nil
}

func (c *cache) path(address string) string {
	sum := sha256.Sum256([]byte(address))
	name := hex.EncodeToString(sum[:])
	return filepath.Join(c.dir, name[:2], name[2:])
}

// load gives the page that is kept under an address, or nil.
func (c *cache) load(address string, limit int64) *cached {
	f, err := os.Open(c.path(address))
	if err != nil {
		return nil
	}
	defer f.Close()
	in := bufio.NewReader(io.LimitReader(f, limit+maxCacheHeader))
	line, err := in.ReadSlice('\n') // at most the reader's buffer: a longer line is no line of ours
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return nil
	}
	line = bytes.Clone(line)
	for err != nil && len(line) < maxCacheHeader {
		var more []byte
		more, err = in.ReadSlice('\n')
		line = append(line, more...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil
		}
	}
	var e cached
	if json.Unmarshal(line, &e) != nil || e.Version != cacheVersion || e.URL != address || e.Length < 0 || int64(e.Length) > limit {
		return nil
	}
	if e.body, err = io.ReadAll(in); err != nil || len(e.body) != e.Length || hash(e.body) != e.SHA256 {
		return nil
	}
	return &e
}

// maxCacheHeader is how long the line before the body may be.
const maxCacheHeader = 1 << 20

func hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// store keeps a page. That it could not is no reason to lose the page: the error is for the log.
func (c *cache) store(address string, res *response) (err error) {
	e := cached{
		Version: cacheVersion, URL: address, Status: res.status, Header: res.header, Stored: res.end, Length: len(res.body), SHA256: hash(res.body),
	}
	line, err := json.Marshal(e)
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
	_, err = f.Write(append(append(line, '\n'), res.body...))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// isStorable reports whether a server can say of a page later that it has not changed, and allows that it is kept (RFC 9111, section 3).
func isStorable(res *response) bool {
	if res.status != http.StatusOK || strings.Contains(strings.ToLower(res.header.Get("Cache-Control")), "no-store") {
		return false
	}
	return res.header.Get("ETag") != "" || res.header.Get("Last-Modified") != ""
}

// getCached is get by way of the cache: a page that is kept is asked for on the condition that it has changed (RFC 9110, section 13.1).
func (s *Scraper) getCached(ctx context.Context, u *url.URL, h *hop) (*response, error) {
	if s.cache == nil {
		return s.get(ctx, u, h)
	}
	address := u.String()
	kept := s.cache.load(address, h.limit)
	if kept != nil {
		h.conditions = make(http.Header)
		if tag := kept.Header.Get("ETag"); tag != "" {
			h.conditions.Set("If-None-Match", tag)
		}
		if date := kept.Header.Get("Last-Modified"); date != "" {
			h.conditions.Set("If-Modified-Since", date)
		}
	}
	res, err := s.get(ctx, u, h)
	switch {
	case err != nil:
	case kept != nil && res.status == http.StatusNotModified:
		header := kept.Header.Clone()
		for name, values := range res.header { // RFC 9111, section 3.2: what comes with a 304 replaces what was kept
			if name != "Content-Length" && name != "Content-Encoding" && name != "Content-Type" {
				header[name] = values
			}
		}
		res.status, res.header, res.body, res.notModified = kept.Status, header, kept.body, true
	case isStorable(res):
		if err := s.cache.store(address, res); err != nil {
			s.log(ctx, "the cache could not keep a page", address, err)
		}
	}
	return res, err
}
