package scraper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"
)

// A File is one fetched file of any type, such as a picture.
type File struct {
	// URL is the file's address, after redirects.
	URL string
	// Via lists the addresses that redirected to URL, in order.
	Via []string
	// Status is the HTTP status code, always 2xx.
	Status int
	// Header is the response's header as it was sent. Do not trust its Content-Type: inspect Body.
	Header http.Header
	// FetchedAt is when the last byte was read.
	FetchedAt time.Time
	// Hash is the SHA-256 of Body, in hexadecimal.
	Hash string
	// Body contains the file's bytes, after the Content-Encoding was removed. Do not modify it.
	Body []byte
	// NotModified reports whether the server confirmed the file in Options.Cache. Then Body, Hash and Header are from
	// the cache.
	NotModified bool
}

// FileOptions configures FetchFile. The zero value is the recommended behavior.
type FileOptions struct {
	// MaxBytes is the maximum size of the file in bytes, after decompression; 0 means Options.MaxBytes. For a larger
	// file, the error is ErrTooLarge.
	MaxBytes int64
	// Timeout is the longest time that one request for the file may take in total; 0 means Options.Timeout, which may be
	// too short for a large file.
	Timeout time.Duration
	// Accept is the request's Accept header; empty means "*/*".
	Accept string
	// Check is called with the response's header before the body is read. If it returns an error, the fetch ends with
	// that error, wrapped in ErrContentType. nil means that every type is fetched.
	Check func(http.Header) error
	// Cookies has the same meaning as Job.Cookies; nil means that cookies are ignored.
	Cookies *Cookies
}

// FetchFile fetches one file that need not be a page. It works like Fetch: with the address guard, robots.txt, the
// delay of the file's host, redirects and retries. It keeps the tracking parameters of the address, because they may be
// part of a signature.
//
// Errors: a *FetchError around one of this package's errors or the network's, or ctx's own.
func (s *Scraper) FetchFile(ctx context.Context, address string, options FileOptions) (*File, error) {
	u, err := normalURL(address)
	if err != nil {
		return nil, &FetchError{URL: address, Err: err}
	}
	if options.MaxBytes == 0 {
		options.MaxBytes = s.opts.MaxBytes
	}
	if options.Accept == "" {
		options.Accept = "*/*"
	}
	fetch := &fileFetch{options: options}
	v := visit{
		s: s, req: Request{URL: u.String()}, acquire: s.acquireWaiting, file: fetch,
		hooks: Hooks{Cookies: options.Cookies},
	}
	if err := v.finish(ctx); err != nil {
		return nil, err
	}
	return fetch.file, nil
}

// fileFetch makes a visit fetch a file instead of a page.
type fileFetch struct {
	options FileOptions
	file    *File
}

// limit sets the hop's limits, its Accept header, and the check of the response's header.
func (f *fileFetch) limit(h *hop) {
	h.limit, h.timeout, h.acceptHeader, h.accept = f.options.MaxBytes, f.options.Timeout, f.options.Accept, acceptAll
	if check := f.options.Check; check != nil {
		h.accept = func(header http.Header) error {
			if err := check(header); err != nil {
				return fmt.Errorf("%w: %w", ErrContentType, err)
			}
			return nil
		}
	}
}

// deliver stores the response of the last hop as a File.
func (f *fileFetch) deliver(out Outcome, res *response) (Outcome, error) {
	hash := sha256.Sum256(res.body)
	f.file = &File{
		URL: out.Request.URL, Via: out.Request.Via, Status: res.status, Header: res.header, FetchedAt: res.end,
		Hash: hex.EncodeToString(hash[:]), Body: res.body, NotModified: res.notModified,
	}
	out.Kind = OutcomeDone
	return out, nil
}
