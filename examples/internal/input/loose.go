package input

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// newPage returns the page that is the whole input.
func (in *Input) newPage() *Page {
	return &Page{ID: in.ID, URL: in.URL, URLSource: in.URLSource, ContentType: in.ContentType}
}

func readHTML(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	p := in.newPage()
	return readWhole(s, p, o, yield)
}

func readText(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	p := in.newPage()
	p.IsText = true
	return readWhole(s, p, o, yield)
}

// readWhole reads a page to the end of a stream. If the stream is cut off, there is no page, because a single file can
// be fetched again.
func readWhole(s io.Reader, p *Page, o Options, yield func(*Page) bool) error {
	body, err := readBounded(s, o.maxPage())
	switch {
	case errors.Is(err, ErrTooLarge):
		p.Err = err
	case err != nil:
		return err
	}
	p.Body = body
	yield(p)
	return nil
}

// readBounded reads to the end. It returns ErrTooLarge for more than limit bytes.
func readBounded(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, ErrTooLarge
	}
	return b, err
}

// maxMailHeader is the maximum size of the header of an MHTML file in bytes. The header is read as a whole. Browsers
// write a few hundred bytes.
const maxMailHeader = 1 << 20

// readMHTML reads a page that a browser saved with its pictures (RFC 2557): the part that the header names as the
// root, or else the first part that is HTML.
func readMHTML(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	p := in.newPage()
	bounded := &io.LimitedReader{R: s, N: maxMailHeader}
	message, err := mail.ReadMessage(bounded)
	if err != nil {
		return err
	}
	bounded.N = math.MaxInt64 // the parts have their own bounds
	if address := message.Header.Get("Snapshot-Content-Location"); p.URL == "" && address != "" {
		p.URL, p.URLSource = address, FromRecord
	}
	err = findPart(mimePart{message.Header.Get, message.Body}, "", 0, func(part mimePart) error {
		if address := part.get("Content-Location"); p.URL == "" && strings.Contains(address, "://") {
			p.URL, p.URLSource = address, FromRecord
		}
		p.ContentType = part.get("Content-Type")
		p.FetchedAt = message.Header.Get("Date")
		return readWhole(part.decoded(), p, o, yield)
	})
	switch {
	case errors.Is(err, errFound):
		return nil
	case err == nil:
		err = &KindError{in.Name, "MHTML without a page"}
	}
	return err
}

// A mimePart is a part of a MIME message.
type mimePart struct {
	get  func(field string) string
	body io.Reader
}

// decoded returns the body without its transfer encoding.
func (m mimePart) decoded() io.Reader {
	switch strings.ToLower(strings.TrimSpace(m.get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		return quotedprintable.NewReader(m.body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, m.body)
	}
	return m.body
}

// maxMIMEDepth is the maximum nesting depth of parts. Browsers nest parts once, and mail programs nest them twice.
const maxMIMEDepth = 4

// findPart calls the function use with the part that contains the page, and then returns errFound or the error of use.
// It returns nil if there is no such part. root is the Content-ID of the part with the page, or "" if it is unknown.
func findPart(part mimePart, root string, depth int, use func(mimePart) error) error {
	mediaType, parameters, err := mime.ParseMediaType(part.get("Content-Type"))
	if err != nil || depth > maxMIMEDepth {
		return nil //nolint:nilerr // a part of unknown type is not a page
	}
	if mediaType == "text/html" || mediaType == "application/xhtml+xml" {
		if id := part.get("Content-ID"); root != "" && id != root {
			return nil
		}
		if err := use(part); err != nil {
			return err
		}
		return errFound
	}
	if !strings.HasPrefix(mediaType, "multipart/") {
		return nil
	}
	parts := multipart.NewReader(part.body, parameters["boundary"])
	for {
		next, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("MHTML: %w", err)
		}
		err = findPart(mimePart{next.Header.Get, next}, parameters["start"], depth+1, use)
		if err != nil {
			return err
		}
	}
}

// errFound ends the search for a part.
var errFound = errors.New("found")

// isBlank reports whether b is empty or contains only white space.
func isBlank(b []byte) bool { return len(bytes.TrimSpace(b)) == 0 }
