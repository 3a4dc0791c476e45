package scraper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// feedMaxObjects is how many objects a JSON feed may have: 20 for each entry that is read.
const feedMaxObjects = 20 * feedMaxEntries

// feedMaxElements is how many elements an XML feed may have.
const feedMaxElements = 25 * feedMaxEntries

// checkFeed rejects feeds with too many objects or elements, or with elements that are nested too deeply. They are not
// safe to parse with gofeed: v1.4.2 has no limits and recurses. checkFeed uses the same XML decoder as gofeed, so that
// it counts the elements that gofeed will parse. It returns the feed up to the last entry that is to be read. If the
// XML is cut off or malformed, that is the last complete entry before the error; gofeed would read none.
func checkFeed(body []byte) ([]byte, error) {
	if start := bytes.IndexAny(body, "<{"); start >= 0 && body[start] == '{' { // encoding/json limits the depth
		if n := bytes.Count(body, []byte("{")); n > feedMaxObjects {
			return nil, fmt.Errorf("%w: %d objects", ErrFeed, n)
		}
		return body, nil
	}
	tokens := newBoundedXML(bytes.NewReader(body))
	var open []string // the names of the elements that are open
	entries, whole, ends := 0, 0, ""
	for before := int64(0); ; before = tokens.d.InputOffset() {
		token, err := tokens.Token()
		switch {
		case errors.Is(err, errXMLBounds) || tokens.elements > feedMaxElements:
			return nil, fmt.Errorf("%w: %w", ErrFeed, errXMLBounds)
		case entries == feedMaxEntries, err != nil && !errors.Is(err, io.EOF) && whole > 0:
			return append(body[:whole:whole], ends...), nil
		case err != nil:
			return body, nil //nolint:nilerr // the end, or something that gofeed cannot parse either
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := bytes.TrimLeft(body[before:], "<")
			open = append(open, string(name[:max(bytes.IndexAny(name, " \t\r\n/>"), 0)]))
		case xml.EndElement:
			open = open[:len(open)-1]
			if name := strings.ToLower(t.Name.Local); len(open) <= 2 && (name == "item" || name == "entry") {
				entries++
				whole, ends = int(tokens.d.InputOffset()), endTags(open)
			}
		}
	}
}

// endTags returns the end tags of elements, the last element first.
func endTags(names []string) string {
	var b strings.Builder
	for _, name := range slices.Backward(names) {
		b.WriteString("</" + name + ">")
	}
	return b.String()
}
