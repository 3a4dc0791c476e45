package input

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/warc"
)

// maxWARCOverhead is the number of bytes by which a record may be larger than its page: HTTP header and chunks.
const maxWARCOverhead = 1 << 20

// readWARC yields the responses and resources of a WARC file. If one is not a page, according to its HTTP status, its
// type or its bytes, Prepare sets Page.Skip. At the end, readWARC yields one Page with Skip and Count for each other
// type of record.
func readWARC(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	r := warc.NewReader(s, o.maxPage()+maxWARCOverhead)
	cut := false
	for n := 1; ; n++ {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		p := &Page{ID: rec.ID, URL: rec.URL, URLSource: FromRecord, FetchedAt: rec.Date}
		if p.ID == "" {
			p.ID = in.ID + "#" + strconv.Itoa(n)
		}
		if p.URL == "" {
			p.URLSource = ""
		}
		p.prepare = func(p *Page) { p.fromRecord(rec, o.maxPage()) }
		p.size = int64(len(rec.Payload))
		cut = cut || rec.Truncated == cutByFile
		if !yield(p) {
			return nil
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(r.Skipped)) {
		if !yield(&Page{ID: in.ID, Skip: "WARC " + kind, Count: r.Skipped[kind]}) {
			return nil
		}
	}
	switch {
	case cut:
		return fmt.Errorf("%w: the last record is truncated", ErrCut)
	case r.Garbage > 0:
		return fmt.Errorf("%w: %d bytes are not part of a record", ErrCut, r.Garbage)
	}
	return nil
}

// cutByFile is the warc package's value for a record that is cut off by the end of its file.
const cutByFile = "end of file"

// fromRecord sets the page's fields from a decoded record.
func (p *Page) fromRecord(rec *warc.Record, limit int64) {
	err := rec.Decode(limit)
	p.Body, p.ContentType, p.Truncated = rec.Payload, rec.ContentType, rec.Truncated
	mediaType, _, _ := mime.ParseMediaType(rec.ContentType) // "" if there is none
	switch {
	case rec.Status != 0 && rec.Status != 200:
		p.Skip = "status " + strconv.Itoa(rec.Status)
	case strings.HasPrefix(rec.URL, "dns:"), strings.HasPrefix(rec.URL, "metadata:"):
		p.Skip = "not a page's address"
	case !isPageType(mediaType):
		p.Skip = mediaType
	case errors.Is(err, warc.ErrTooLarge):
		p.Err = ErrTooLarge
	case err != nil:
		p.Err = fmt.Errorf("%w: %w", ErrEncoding, err)
	case !isPageBody(p.Body, mediaType):
		p.Skip = kindOf(p.Body[:min(len(p.Body), headSize)])
	}
	if p.Skip != "" || p.Err != nil {
		p.Body = nil
	}
}

// isPageType reports whether a response may be a page according to its type. Without a type, the bytes decide.
func isPageType(mediaType string) bool {
	return mediaType == "" || mediaType == "text/html" || mediaType == "application/xhtml+xml" ||
		mediaType == "application/vnd.wap.xhtml+xml"
}

// isPageBody reports whether a body without a type looks like a page or is blank. A body with a type counts as a page:
// the cleaner rejects other files.
func isPageBody(body []byte, mediaType string) bool {
	return mediaType != "" || isBlank(body) || isHTML(body[:min(len(body), headSize)], "")
}
