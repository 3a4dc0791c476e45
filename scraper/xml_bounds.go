package scraper

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
)

// Limits of the XML of sitemaps and feeds. encoding/xml has no limits: it needs a gigabyte for 50 MB of attributes,
// and code that recurses into elements overflows the stack, from which a program cannot recover. Real lists are about
// ten levels deep and have about ten elements for each entry.
const (
	xmlMaxDepth      = 200
	xmlMaxElements   = 1_000_000
	xmlMaxTokenBytes = 1 << 20 // the maximum size of one tag or one text
)

var errXMLBounds = errors.New("elements are more numerous, more deeply nested or longer than in any list of pages")

// boundedXML is an xml.TokenReader that accepts slightly malformed XML in UTF-8 and ends with an error at a limit.
type boundedXML struct {
	d               *xml.Decoder
	in              *tokenBudget
	depth, elements int
}

func newBoundedXML(r io.Reader) *boundedXML {
	b := &boundedXML{in: &tokenBudget{in: bufio.NewReader(r)}}
	b.restart()
	return b
}

func (b *boundedXML) restart() {
	b.d, b.depth = xml.NewDecoder(b.in), 0
	b.d.Strict = false
	b.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
}

// resume continues after a syntax error, at the next element that matches start. It returns false if the error is
// another one, or if no such element follows.
func (b *boundedXML) resume(err error, start *regexp.Regexp) bool {
	if _, ok := errors.AsType[*xml.SyntaxError](err); !ok {
		return false
	}
	b.elements++ // a decoder is about as expensive as an element
	b.restart()
	for in := b.in.in; ; {
		const tagStart = 64
		tag, _ := in.Peek(tagStart)
		if len(tag) == 0 || start.Match(tag) {
			return len(tag) > 0
		}
		rest, _ := in.Peek(in.Buffered())
		n := len(rest)
		if next := bytes.IndexByte(rest[1:], '<'); next >= 0 {
			n = 1 + next
		}
		_, _ = in.Discard(n) // it was peeked
	}
}

// Token returns the next token of the decoder.
func (b *boundedXML) Token() (xml.Token, error) {
	b.in.left = xmlMaxTokenBytes
	token, err := b.d.Token()
	switch token.(type) {
	case xml.StartElement:
		b.depth++
		b.elements++
	case xml.EndElement:
		b.depth--
	}
	if b.depth > xmlMaxDepth || b.elements > xmlMaxElements {
		return nil, errXMLBounds
	}
	return token, err
}

// tokenBudget limits how much a decoder may read for one token. It is an io.ByteReader, so that the decoder does not
// buffer, and bytes of the next token are not counted.
type tokenBudget struct {
	in   *bufio.Reader
	left int
}

func (t *tokenBudget) ReadByte() (byte, error) {
	if t.left--; t.left < 0 {
		return 0, errXMLBounds
	}
	return t.in.ReadByte()
}

// Read makes a tokenBudget an io.Reader, as NewDecoder requires. The decoder uses ReadByte instead.
func (t *tokenBudget) Read(p []byte) (int, error) {
	if t.left <= 0 {
		return 0, errXMLBounds
	}
	n, err := t.in.Read(p)
	t.left -= n
	return n, err
}
