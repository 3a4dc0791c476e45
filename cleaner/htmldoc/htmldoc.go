package htmldoc

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// DefaultMaxBytes is the largest page that Parse reads when Source.MaxBytes is zero.
const DefaultMaxBytes = 16 << 20

// Source says where a page's bytes came from. The zero value is a page of unknown origin.
type Source struct {
	// URL is the address of the page, after redirects. Empty means unknown: relative links stay relative.
	URL string
	// ContentType is the HTTP header of that name, for its charset. Empty means unknown.
	ContentType string
	// MaxBytes is the largest input in bytes; 0 means DefaultMaxBytes. More is ErrTooLarge.
	MaxBytes int64
}

// A Document is a page that was decoded and parsed once. Nothing in this
// module changes it afterwards, so it may be read from several goroutines.
type Document struct {
	// URL is the address that Source gave, parsed; nil if that was empty.
	URL *url.URL
	// Base is what relative references resolve against: <base href> on URL, else URL, else nil.
	Base *url.URL
	// Root is the document node.
	Root *html.Node
	// Encoding is the name of the character encoding that the bytes were in, as the WHATWG Encoding Standard spells it.
	Encoding string
	// EncodingSource says what decided the encoding: "bom", "utf-8" (the bytes are valid multi-byte UTF-8),
	// "content-type", "meta" (or an XML declaration) or "guess".
	EncodingSource string
	// Flattened tells that the page nested more deeply than a parser takes, and was flattened.
	Flattened bool
	// Bytes is the size of the input.
	Bytes int64
}

// Parse reads a page to its end, decodes it to UTF-8 and parses it.
//
// Errors: ErrTooLarge, ErrNotHTML, ErrBadURL (Source.URL is not a URL), or the reader's own.
func Parse(r io.Reader, src Source) (*Document, error) {
	limit := src.maxBytes()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("htmldoc: reading the page: %w", err)
	}
	return ParseBytes(b, src)
}

// ParseBytes is Parse for bytes that are in memory already; it does not keep or change them.
func ParseBytes(b []byte, src Source) (*Document, error) {
	if limit := src.maxBytes(); int64(len(b)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	doc := &Document{Bytes: int64(len(b))}
	if src.URL != "" {
		u, err := url.Parse(strings.TrimSpace(src.URL))
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
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil { // from memory, the parser's only error is that of too many open elements
		root, doc.Flattened = parseFlattened(text), true
	}
	doc.Root = root
	doc.Base = findBase(root, doc.URL)
	return doc, nil
}

func (s Source) maxBytes() int64 {
	if s.MaxBytes > 0 {
		return s.MaxBytes
	}
	return DefaultMaxBytes
}

// binaryKind names what the bytes are if they are plainly no text, by the signatures of the WHATWG MIME Sniffing
// Standard and by NUL bytes, which no text encoding but UTF-16 and UTF-32 has.
func binaryKind(b []byte) string {
	for _, s := range [...]struct{ magic, name string }{
		{"%PDF-", "a PDF"},
		{"\x89PNG\r\n", "a PNG image"},
		{"\xFF\xD8\xFF", "a JPEG image"},
		{"GIF87a", "a GIF image"},
		{"GIF89a", "a GIF image"},
		{"PK\x03\x04", "a ZIP archive"},
		{"\x1F\x8B\x08", "gzip data"},
		{"\x28\xB5\x2F\xFD", "zstd data"},
		{"BZh", "bzip2 data"},
		{"\xFD7zXZ\x00", "xz data"},
		{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
		{"Rar!\x1A\x07", "a RAR archive"},
		{"\x7FELF", "a program"},
		{"\xD0\xCF\x11\xE0", "an Office document"},
		{"OggS\x00", "audio or video"},
		{"ID3", "audio"},
		{"wOFF", "a font"},
		{"wOF2", "a font"},
	} {
		if bytes.HasPrefix(b, []byte(s.magic)) {
			return s.name
		}
	}
	if len(b) > 12 && string(b[:4]) == "RIFF" || len(b) > 12 && string(b[4:8]) == "ftyp" {
		return "audio, video or an image"
	}
	head := b[:min(len(b), 4096)]
	if nuls := bytes.Count(head, []byte{0}); nuls > 2+len(head)/100 && utf16Order(head) == "" {
		return "binary data"
	}
	return ""
}

// findBase applies the first <base href>, which must be http(s) to count.
func findBase(root *html.Node, pageURL *url.URL) *url.URL {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body && n.Type == html.ElementNode {
			break // <base> belongs in the head; the parser moves it there only if it comes first
		}
		if n.DataAtom != atom.Base || n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key != "href" {
				continue
			}
			ref, err := url.Parse(cleanReference(a.Val))
			if err != nil {
				return pageURL
			}
			if pageURL != nil {
				ref = pageURL.ResolveReference(ref)
			}
			if ref.Scheme == "http" || ref.Scheme == "https" {
				return ref
			}
			return pageURL
		}
	}
	return pageURL
}
