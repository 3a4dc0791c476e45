package metadata

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits on claimedTexts.
const (
	maxClaimedText  = 64 << 10 // bytes of all descriptions and answers together, and of all reviews together
	maxClaimedNames = 500
	maxClaimedParts = 500
	maxClaimedDepth = 8      // levels of nesting down to which the data is read
	maxClaimedSteps = 20_000 // values in the data that are read
	claimedPrefix   = 60     // bytes of a block that are compared: in the data, the paragraph may end elsewhere
	minClaimedWords = 4      // words that a block must have to be compared
)

// claimedTexts contains the texts in a page's JSON-LD about the page's subject.
type claimedTexts struct {
	// Texts contains descriptions and answers. Reviews contains reviews by customers.
	Texts, Reviews string
	// names are the names, in lower case, of what the page lists: products, recipes, events and the like.
	names map[string]bool
	// parts are lines such as a recipe's ingredients and steps, reduced to letters and digits.
	parts map[string]bool
}

// partKeys are the properties whose values are lines such as ingredients and steps, from schema.org's Recipe and HowTo.
var partKeys = map[string]bool{
	"recipeIngredient": true, "ingredients": true, "recipeInstructions": true, "supply": true, "tool": true, "step": true,
}

// claimedOf collects the texts of the page's JSON-LD objects.
func claimedOf(objects []Object) claimedTexts {
	var texts, reviews strings.Builder
	c := claimedTexts{names: make(map[string]bool), parts: make(map[string]bool)}
	steps := 0
	var walk func(value any, within string, depth int)
	walk = func(value any, within string, depth int) {
		if steps++; steps > maxClaimedSteps || depth > maxClaimedDepth {
			return
		}
		switch v := value.(type) {
		case string:
			if within == withinParts {
				c.addParts(v)
			}
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
				if partKeys[key] {
					walk(member, withinParts, depth+1)
					continue
				}
				s, ok := member.(string)
				if !ok {
					walk(member, kind, depth+1)
					continue
				}
				switch {
				case within == withinParts && (key == "text" || key == "name"):
					c.addParts(s)
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

// withinParts marks texts that are nested under one of partKeys.
const withinParts = "parts"

// addParts adds the lines of a text to the parts.
func (c *claimedTexts) addParts(s string) {
	for line := range strings.Lines(s) {
		if part := bareLetters(text.PlainText(line, maxClaimedText)); part != "" && len(c.parts) < maxClaimedParts {
			c.parts[part] = true
		}
	}
}

// bareLetters returns a text's letters and digits in lower case.
func bareLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// IsPart reports whether a block is a line such as an ingredient or a step in the page's data.
func (c *claimedTexts) IsPart(bl *block.Block) bool {
	return len(c.parts) > 0 && bl.Words > 0 && len(bl.Text) <= maxClaimedText && c.parts[bareLetters(bl.Text)]
}

func appendClaimed(b *strings.Builder, s string) {
	if b.Len()+len(s) <= maxClaimedText {
		b.WriteString(text.PlainText(s, maxClaimedText))
		b.WriteByte('\n')
	}
}

// IsClaimed reports whether a text contains a block, or the first 60 bytes of a longer block. It returns false for a
// block of fewer than four words.
func IsClaimed(text string, bl *block.Block) bool {
	if text == "" || bl.Words < minClaimedWords {
		return false
	}
	prefix := bl.Text
	if len(prefix) > claimedPrefix {
		prefix = prefix[:claimedPrefix] // a cut within a character is harmless, because bytes are compared
	}
	return strings.Contains(text, prefix)
}

// NamesThing reports whether a block is the name of something that the page lists, ignoring case. It returns false if
// the page's data has fewer than two such names.
func (c *claimedTexts) NamesThing(bl *block.Block) bool {
	return len(c.names) > 1 && bl.Words > 0 && len(bl.Text) <= MaxField && c.names[strings.ToLower(bl.Text)]
}
