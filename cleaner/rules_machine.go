package cleaner

import (
	"regexp"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// pictureAddress matches the addresses of pictures. Templates write these addresses for programs, in an element that a
// style sheet hides. Times that templates write are left to the rule date-line.
var pictureAddress = regexp.MustCompile(`(?i)^(https?:)?//[^\s<>"]+\.(jpe?g|png|gif|webp|avif|svg)([?#][^\s<>"]*)?$`)

const (
	maxMachineValue = 2000 // bytes
	minKeywords     = 2    // a block that has no more words than this may be a heading, not the keywords
)

// matchMachineValue recognizes the address of a picture and the page's list of keywords. It ignores headings, cells,
// code and blocks with links, because such a value may be content there.
func matchMachineValue(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.LinkWords > 0 || len(bl.Text) > maxMachineValue || bl.Kind.IsData() || bl.Kind == block.Heading ||
		p.InCode(b) {
		return ""
	}
	switch {
	case strings.HasPrefix(bl.Text, "//") || strings.HasPrefix(bl.Text, "http"):
		if pictureAddress.MatchString(bl.Text) {
			return "the address of a picture"
		}
	case bl.Words > minKeywords && p.Meta.Keywords != "" && strings.ContainsAny(bl.Text, ",，、;") &&
		text.EqualFolded(bl.Text, p.Meta.Keywords):
		return "the page's keywords"
	}
	return ""
}
