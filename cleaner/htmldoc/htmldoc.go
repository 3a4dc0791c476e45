package htmldoc

import (
	"io"
	"net/url"

	"golang.org/x/net/html"
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
	// "content-type", "meta", "xml" or "guess".
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
	panic("being written")
}

// ParseBytes is Parse for bytes that are in memory already; it does not keep or change them.
func ParseBytes(b []byte, src Source) (*Document, error) {
	panic("being written")
}

// A Link is an <a href> or <area href> of a page, resolved.
type Link struct {
	// URL is absolute, http or https, without its fragment.
	URL string
	// Rel holds the rel attribute, lower case.
	Rel string
	// Text is the link's text, white space collapsed.
	Text string
}

// Links lists the page's links in document order, each address once (the first).
// What does not resolve to http or https is left out.
func (d *Document) Links() []Link {
	panic("being written")
}

// Resolve makes a reference absolute against Base, the way a browser does: white space around it and
// line breaks inside it are dropped. ok is false when the result is not a valid URL.
func (d *Document) Resolve(ref string) (abs string, ok bool) {
	panic("being written")
}
