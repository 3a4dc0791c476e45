package scraper

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
)

// feedMaxObjects is how many objects a JSON feed may have: 20 for each entry that is read.
const feedMaxObjects = 20 * feedMaxEntries

// feedMaxElements is how many elements an XML feed may have.
const feedMaxElements = 25 * feedMaxEntries

// checkFeed rejects feeds with too many objects or elements, or with elements that are nested too deeply. They are not
// safe to parse with gofeed: v1.4.2 has no limits and recurses. checkFeed uses the same XML decoder as gofeed, so that
// it counts the elements that gofeed will parse.
func checkFeed(body []byte) error {
	if start := bytes.IndexAny(body, "<{"); start >= 0 && body[start] == '{' { // encoding/json limits the depth
		if n := bytes.Count(body, []byte("{")); n > feedMaxObjects {
			return fmt.Errorf("%w: %d objects", ErrFeed, n)
		}
		return nil
	}
	tokens := newBoundedXML(bytes.NewReader(body))
	for {
		_, err := tokens.Token()
		switch {
		case errors.Is(err, errXMLBounds) || tokens.elements > feedMaxElements:
			return fmt.Errorf("%w: %w", ErrFeed, errXMLBounds)
		case err != nil:
			return nil //nolint:nilerr // the end, or something that gofeed cannot parse either
		}
	}
}

// withoutControls removes the control characters that XML does not allow, as gofeed does before it parses.
func withoutControls(body []byte) []byte {
	return slices.DeleteFunc(slices.Clone(body), func(c byte) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r'
	})
}
