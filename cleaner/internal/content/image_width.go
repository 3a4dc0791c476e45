package content

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// widthHole is the place in an address into which a script writes the width at which it loads a picture, as Shopify's
// themes do.
const widthHole = "{width}"

// usualWidth is the width of a picture whose markup does not list the widths that it has.
const usualWidth = 1080

// withWidth returns an address with the largest of the picture's widths in place of widthHole.
func withWidth(img *html.Node, address string) string {
	if !strings.Contains(address, widthHole) {
		return address
	}
	width := usualWidth
	var widths []int
	if json.Unmarshal([]byte(dom.Attr(img, "data-widths")), &widths) == nil && len(widths) > 0 {
		width = slices.Max(widths)
	}
	return strings.ReplaceAll(address, widthHole, strconv.Itoa(width))
}
