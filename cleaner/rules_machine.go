package cleaner

import (
	"regexp"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Values that templates write for programs, in elements that a style sheet hides: an ISO 8601 time, and a picture's
// address.
var (
	isoTime        = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$`)
	pictureAddress = regexp.MustCompile(`(?i)^(https?:)?//[^\s<>"]+\.(jpe?g|png|gif|webp|avif|svg)([?#][^\s<>"]*)?$`)
)

const (
	maxMachineValue = 2000 // bytes
	minKeywords     = 2    // words, of which fewer may be a heading as well
)

// matchMachineValue leaves cells, code and links alone: there, such a value is what the reader came for.
func matchMachineValue(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.LinkWords > 0 || len(bl.Text) > maxMachineValue || bl.Kind == block.Code || bl.Kind == block.Cell ||
		bl.Kind == block.Heading || p.InCode(b) {
		return ""
	}
	switch {
	case strings.HasPrefix(bl.Text, "//") || strings.HasPrefix(bl.Text, "http"):
		if pictureAddress.MatchString(bl.Text) {
			return "the address of a picture"
		}
	case bl.Words <= 3 && isoTime.MatchString(bl.Text):
		return "a time as programs write it"
	case bl.Words > minKeywords && strings.ContainsAny(bl.Text, ",，、;") && text.EqualFolded(bl.Text, p.Meta.Keywords):
		return "the page's keywords"
	}
	return ""
}
