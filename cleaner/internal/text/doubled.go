package text

import "strings"

// Limits for a heading that repeats its text.
const (
	maxCopies    = 4       // copies
	maxDoubled   = 1 << 12 // bytes of the heading
	minCopyWords = 2       // words of each copy, unless the copies have no space between them
)

// Undoubled returns one copy of the text of a heading that consists of several copies of it, and "" for any other
// heading. The argument runs contains the texts between the heading's tags. Pages repeat a headline for an animation:
// one copy has an element for each word or letter and is hidden from screen readers, and the other one is for them
// only. The copies may differ in their spaces; the one with the most spaces is returned. A copy must end at the end of
// a run, because "Bye Bye" may be a headline.
func Undoubled(runs []string) string {
	if len(runs) < 2 {
		return ""
	}
	whole := strings.Join(runs, "")
	if len(whole) > maxDoubled {
		return ""
	}
	letters := strings.Join(strings.Fields(whole), "")
	for copies := 2; copies <= maxCopies; copies++ {
		one := letters[:len(letters)/copies]
		if one == "" || len(one)*copies != len(letters) || strings.Repeat(one, copies) != letters {
			continue
		}
		if best, ok := copyIn(runs, len(one)); ok {
			return best
		}
	}
	return ""
}

// copyIn splits the runs into copies of the given number of bytes without spaces, and returns the copy with the most
// spaces. ok is false if a copy does not end at the end of a run, or is a single word after a space.
func copyIn(runs []string, length int) (best string, ok bool) {
	var b strings.Builder
	left, spaced := length, false
	for _, run := range runs {
		if b.WriteString(run); run == "" {
			continue
		}
		left -= len(strings.Join(strings.Fields(run), ""))
		if left < 0 {
			return "", false
		}
		if left > 0 {
			continue
		}
		s := b.String()
		one := FoldSpace(s)
		if one == "" {
			continue // space after the last copy
		}
		spaced = spaced || best != "" && strings.TrimLeft(s, " \t\r\n") != s || strings.TrimRight(s, " \t\r\n") != s
		if strings.Count(one, " ") >= strings.Count(best, " ") {
			best = one
		}
		b.Reset()
		left = length
	}
	return best, !spaced || strings.Count(best, " ") >= minCopyWords-1
}
