package metadata

import (
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Bounds of claimedTexts: bytes of each kind of text, names, and the depth to which objects are read.
const (
	maxClaimedText  = 64 << 10
	maxClaimedNames = 500
	maxClaimedDepth = 8
	maxClaimedSteps = 20_000
	claimedPrefix   = 60 // bytes of a block that are compared: a paragraph may end elsewhere in the data
	minClaimedWords = 4
)

// claimedTexts is what a page's JSON-LD says about its subject: descriptions and answers, what customers wrote, and
// the names of the things that it lists.
type claimedTexts struct {
	Texts, Reviews string
	names          map[string]bool
}

// claimedOf collects the texts of objects.
func claimedOf(objects []Object) claimedTexts {
	var texts, reviews strings.Builder
	c := claimedTexts{names: make(map[string]bool)}
	steps := 0
	var walk func(value any, within string, depth int)
	walk = func(value any, within string, depth int) {
		if steps++; steps > maxClaimedSteps || depth > maxClaimedDepth {
			return
		}
		switch v := value.(type) {
		case []any:
			for _, e := range v {
				walk(e, within, depth+1)
			}
		case map[string]any:
			kind := within
			if Object(v).isType("Review") {
				kind = "review"
			} else if Object(v).isType("ListItem", "Product", "Course", "Recipe", "Event", "JobPosting") {
				kind = "thing"
			}
			for _, key := range slices.Sorted(maps.Keys(v)) {
				member := v[key]
				s, ok := member.(string)
				if !ok {
					walk(member, kind, depth+1)
					continue
				}
				switch {
				case key == "reviewBody" || kind == "review" && key == "description":
					appendClaimed(&reviews, s)
				case key == "description" || key == "text":
					appendClaimed(&texts, s)
				case key == "name" && kind == "thing" && len(c.names) < maxClaimedNames:
					c.names[strings.ToLower(text.PlainText(s, MaxField))] = true
				}
			}
		}
	}
	for _, o := range objects {
		walk(map[string]any(o), "", 0)
	}
	c.Texts, c.Reviews = texts.String(), reviews.String()
	return c
}

func appendClaimed(b *strings.Builder, s string) {
	if b.Len()+len(s) <= maxClaimedText {
		b.WriteString(text.PlainText(s, maxClaimedText))
		b.WriteByte('\n')
	}
}

// IsClaimed reports whether a text contains a block, or the start of a long one.
func IsClaimed(text string, bl *block.Block) bool {
	if text == "" || bl.Words < minClaimedWords {
		return false
	}
	prefix := bl.Text
	if len(prefix) > claimedPrefix {
		prefix = prefix[:claimedPrefix] // a cut inside a character is fine: bytes are compared
	}
	return strings.Contains(text, prefix)
}

// NamesThing reports whether a block is the name of one of the things that the page lists.
func (c *claimedTexts) NamesThing(bl *block.Block) bool {
	return len(c.names) > 1 && bl.Words > 0 && len(bl.Text) <= MaxField && c.names[strings.ToLower(bl.Text)]
}
