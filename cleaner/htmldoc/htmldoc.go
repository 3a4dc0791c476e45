package htmldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
)

// DefaultMaxBytes is the maximum size of a page in bytes when Source.MaxBytes is zero.
const DefaultMaxBytes = 16 << 20

// DefaultMaxNodes is the maximum number of nodes in a page's tree when Source.MaxNodes is zero. It is more than four
// times the number of nodes in the largest tree among 5,718 labeled pages. Whole books on one page may need more.
const DefaultMaxNodes = 160_000

// Source describes the origin of a page. The zero value is a page of unknown origin.
type Source struct {
	// URL is the address of the page, after redirects. Empty means unknown: relative links stay relative.
	URL string
	// ContentType is the HTTP header Content-Type, which may declare a charset. Empty means unknown.
	ContentType string
	// ContentLanguage is the HTTP header Content-Language. Empty means unknown.
	ContentLanguage string
	// Published and Modified are the dates that a feed or a sitemap gives for the page. Zero means unknown.
	Published, Modified time.Time
	// MaxBytes is the maximum size of the input in bytes; 0 means DefaultMaxBytes. For a larger input, Parse returns
	// ErrTooLarge.
	MaxBytes int64
	// MaxNodes is the maximum number of nodes in the tree (elements, texts, comments); 0 means DefaultMaxNodes. For a
	// larger tree, Parse returns ErrTooLarge. Depth is not limited: a page that is too deep for the parser is
	// flattened.
	MaxNodes int
}

// A Document is a page that has been decoded and parsed. Nothing in this module changes it afterwards, so several
// goroutines may read it.
//
// Parse returns a Document. A tree that golang.org/x/net/html or goquery has parsed can become one too: Root must be
// set, and URL and Base if relative links are to become absolute. Parse's limits on size and depth do not apply to it.
type Document struct {
	// URL is the parsed Source.URL, or nil if that was empty. An address without a scheme, such as example.org/story, is
	// read as https.
	URL *url.URL
	// Base is what relative references are resolved against: the first <base href>, resolved against URL, if it is http
	// or https; else URL, which may be nil. It has no fragment.
	Base *url.URL
	// Original is the address that a saved page had on the web: the one in URL if that is the address of a capture in a
	// web archive, else the one in the comment of the browser or the program that saved the page, or in the page of an
	// archive. It is nil if there is none. The page claims it, so it may be wrong.
	Original *url.URL
	// Root is the document node.
	Root *html.Node
	// Encoding is the page's character encoding, spelled as in the WHATWG Encoding Standard, or "utf-32le" or
	// "utf-32be", which are not in the standard.
	Encoding string
	// EncodingSource is how the encoding was determined: "bom", "utf-8" (the bytes are ASCII, or nearly all of them are
	// valid UTF-8), "content-type", "meta" (or an XML declaration) or "guess".
	EncodingSource string
	// Flattened reports whether the page was flattened, because it nested too deeply for the parser or left too many
	// formatting elements open (see the package documentation).
	Flattened bool
	// Bytes is the size of the input.
	Bytes int64
	// ContentLanguage, Published and Modified are copied from Source.
	ContentLanguage     string
	Published, Modified time.Time
}

// Parse reads a page to its end, decodes it to UTF-8 and parses it.
//
// Errors: ErrTooLarge, ErrNotHTML, ErrBadURL (Source.URL is not a URL), or an error from the reader.
func Parse(r io.Reader, src Source) (*Document, error) {
	limit, known := src.maxBytes(), 0
	if b, ok := unread(r, limit); ok {
		return ParseBytes(b, src)
	}
	if sized, ok := r.(interface{ Len() int }); ok { // bytes.Reader has this method
		known = int(max(min(int64(sized.Len()), limit, DefaultMaxBytes), 0)) // the length may be wrong
	}
	if limit < math.MaxInt64 {
		r = io.LimitReader(r, limit+1) // one more byte, to detect larger pages
	}
	b := buffers.Get()
	defer release(b)
	b.Grow(known + bytes.MinRead)
	if _, err := b.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("htmldoc: reading the page: %w", err)
	}
	return ParseBytes(b.Bytes(), src)
}

// unread returns the bytes that a bytes.Reader or a bytes.Buffer has not read yet, and reads the reader to its end. The
// bytes are not copied. If there are more than limit, ok is false and nothing is read.
func unread(r io.Reader, limit int64) (b []byte, ok bool) {
	switch r := r.(type) {
	case *bytes.Reader:
		if ok = int64(r.Len()) <= limit; ok {
			_, _ = r.WriteTo((*view)(&b)) // one call of Write with the whole slice
		}
	case *bytes.Buffer:
		if ok = int64(r.Len()) <= limit; ok {
			b = r.Next(r.Len())
		}
	}
	return b, ok
}

// A view is a writer that does not copy the bytes that are written to it.
type view []byte

func (v *view) Write(b []byte) (int, error) {
	*v = b
	return len(b), nil
}

// buffers are reused for the bytes of pages while they are parsed. Growing a new buffer for each page accounted for a
// sixth of all allocated bytes.
var buffers = arena.NewPool[bytes.Buffer]()

// maxPooled is the size in bytes of the largest buffer that is reused. Buffers larger than maxKept are not kept after a
// garbage collection.
const maxPooled, maxKept = 4 << 20, 1 << 20

func release(b *bytes.Buffer) {
	if b.Cap() <= maxPooled {
		b.Reset()
		buffers.Put(b, b.Cap() > maxKept)
	}
}

// parseAddress parses a page's address. An address without a scheme that begins with the name of a host, such as
// "example.org/story", is read as https: as a relative reference it would turn all links of the page into wrong ones.
// So would an address that has a scheme but no host, such as "localhost:8080" or "C:/story.html"; it is an error.
func parseAddress(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	switch {
	case err != nil:
	case u.Host != "" || u.Scheme == "file":
		return u, nil
	case u.Scheme != "" && !strings.Contains(u.Scheme, "."): // quay.org:80 has the scheme quay.org, for package url
		return nil, fmt.Errorf("%q is not absolute: it needs a scheme, such as https://, and a host", address)
	}
	if full, e := url.Parse("https://" + address); e == nil {
		// File names such as story.html also have a dot, but end in no public suffix.
		if suffix, known := publicsuffix.PublicSuffix(full.Hostname()); known && suffix != full.Hostname() {
			return full, nil
		}
	}
	return u, err
}

// ParseBytes is like Parse but takes a page in memory. It does not keep or change the bytes.
func ParseBytes(b []byte, src Source) (*Document, error) {
	if limit := src.maxBytes(); int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	doc := &Document{
		Bytes: int64(len(b)), ContentLanguage: src.ContentLanguage, Published: src.Published,
		Modified: src.Modified,
	}
	if src.URL != "" {
		u, err := parseAddress(src.URL)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBadURL, err)
		}
		doc.URL = u
	}
	if kind := binaryKind(b); kind != "" {
		return nil, fmt.Errorf("%w: %s", ErrNotHTML, kind)
	}
	text, encoding, source := decode(b, src.ContentType)
	doc.Encoding, doc.EncodingSource = encoding, source
	text = closeEmpty(firstCopy(text))
	base, err := doc.parse(text, src.maxNodes())
	for i := 0; i < maxUnclosed && err == nil; i++ {
		closed := closeRest(text, doc.Root)
		if closed == nil {
			break
		}
		text = closed
		base, err = doc.parse(text, src.maxNodes())
	}
	if err != nil {
		return nil, err
	}
	doc.restore(text)
	doc.Base = baseOf(base, doc.URL)
	return doc, nil
}

// parse sets Root and Flattened, and returns the first <base href>, or nil. It returns ErrTooLarge if the page has
// more than limit nodes.
func (d *Document) parse(text []byte, limit int) (base *html.Node, err error) {
	root, err := parseBounded(text, limit, 4*limit) // times 4, because parseBounded overestimates
	var size extent
	switch {
	case err == nil:
		size = measure(root, limit)
	case errors.Is(err, ErrTooLarge):
		return nil, fmt.Errorf("%w: more than %d nodes", ErrTooLarge, limit)
	}
	if err != nil || size.depth > maxDepth { // too many elements are open, or would be reopened
		d.Flattened = true
		root, size = parseFlattened(text, limit)
	}
	if size.nodes > limit {
		return nil, fmt.Errorf("%w: more than %d nodes", ErrTooLarge, limit)
	}
	d.Root = root
	return size.base, nil
}

func (s Source) maxBytes() int64 {
	if s.MaxBytes > 0 {
		return s.MaxBytes
	}
	return DefaultMaxBytes
}

func (s Source) maxNodes() int {
	if s.MaxNodes > 0 {
		return s.MaxNodes
	}
	return DefaultMaxNodes
}
