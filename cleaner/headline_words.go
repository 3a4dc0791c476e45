package cleaner

import (
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// minStem and maxStem are how many letters two words must share at their start to count as the same word. Shorter words
// say little. maxComparedWords is roughly how many words of the text are compared, which bounds the time.
const (
	minStem          = 4
	maxStem          = 5
	maxComparedWords = 2000
)

// shareInText returns the share of a line's longer words that occur in the region, or 0 if there are none. In
// writing systems without spaces, pairs of characters take the place of words.
func (p *page) shareInText(line string) float32 {
	stems := stemsOf(line)
	all, words := len(stems), int32(0)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if len(stems) == 0 || words > maxComparedWords {
			break
		}
		if !p.IsInRegion(b) || bl.Words < metadata.MinSentenceWords || strings.HasPrefix(bl.Text, line) {
			continue // the last is the line itself
		}
		words += bl.Words
		folded := " " + text.FoldLetters(bl.Text)
		for stem := range stems {
			if strings.Contains(folded, stem) {
				delete(stems, stem)
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float32(all-len(stems)) / float32(all)
}

// stemsOf returns the starts of a line's longer words, each after a space, or its pairs of characters.
func stemsOf(line string) map[string]bool {
	stems, folded := map[string]bool{}, text.FoldLetters(line)
	if text.UnspacedLength(folded) >= 4 {
		runes := []rune(folded)
		for i := range runes[1:] {
			if pair := string(runes[i : i+2]); text.UnspacedLength(pair) == 2 {
				stems[pair] = true
			}
		}
		return stems
	}
	for word := range strings.FieldsSeq(folded) {
		if stem := firstRunes(word, maxStem); utf8.RuneCountInString(stem) >= minStem {
			stems[" "+stem] = true
		}
	}
	return stems
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
