package cleaner

import (
	"regexp"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// pictureAddress is what templates write for programs, in an element that a style sheet hides. Times that they write
// are date-line's.
var pictureAddress = regexp.MustCompile(`(?i)^(https?:)?//[^\s<>"]+\.(jpe?g|png|gif|webp|avif|svg)([?#][^\s<>"]*)?$`)

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
	case bl.Words > minKeywords && strings.ContainsAny(bl.Text, ",，、;") && text.EqualFolded(bl.Text, p.Meta.Keywords):
		return "the page's keywords"
	}
	return ""
}
