package phrase

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// CountShareNames counts the names on a line that holds nothing else: "Facebook", "Facebook | X | E-mail",
// "FacebookTwitterLinkedIn".
func CountShareNames(line string, p Kind) int {
	if p == ShareName {
		return 1
	}
	if len(line) > 160 {
		return 0
	}
	if !mayBeginWithShareName(line) {
		return 0
	}
	count := 0
	var buf [MaxBytes + 16]byte
	rest := text.AppendFolded(buf[:0], line)
	for len(rest) > 0 {
		rest = bytes.TrimLeft(rest, " |/·•,;:#-–—+&")
		if len(rest) == 0 {
			break
		}
		n := longestShareName(rest)
		if n == 0 {
			return 0
		}
		count++
		rest = rest[n:]
	}
	if count < 2 {
		return 0
	}
	return count
}

// shareNamesBy are the share names by their first byte.
var shareNamesBy = func() (by [256][]string) {
	for _, name := range shareNames {
		by[name[0]] = append(by[name[0]], name)
	}
	return by
}()

var shareOpenings = text.NewOpenings(shareNames)

// MayBeginWithShareName reports whether the name of a network may be the first thing on a line. It is so unless that is a letter, which
// folding only makes a small one, that no name begins with, or two letters of ASCII.
func mayBeginWithShareName(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if !unicode.IsLetter(r) {
		return true
	}
	if !shareOpenings.Have(line) {
		return false
	}
	if r >= utf8.RuneSelf || len(line) < 2 {
		return true
	}
	second := text.LowerASCII(line[1])
	if second < 'a' || second > 'z' {
		return true
	}
	for _, name := range shareNamesBy[text.LowerASCII(line[0])] {
		if len(name) == 1 || name[1] == second {
			return true
		}
	}
	return false
}

// longestShareName returns the length of the longest share name that a folded line begins with; names
// of less than three letters only where the word ends.
func longestShareName(s []byte) int {
	best := 0
	for _, name := range shareNamesBy[s[0]] {
		if len(name) <= best || len(name) > len(s) || string(s[:len(name)]) != name {
			continue
		}
		if len(name) < 5 && len(s) > len(name) {
			if next, _ := utf8.DecodeRune(s[len(name):]); unicode.IsLetter(next) {
				continue
			}
		}
		best = len(name)
	}
	return best
}

// ShareNames are the share names as text.FoldLine leaves them.
var shareNames = func() []string {
	names := make([]string, 0, len(lists[ShareName]))
	for _, n := range lists[ShareName] {
		names = append(names, text.FoldLine(n))
	}
	return names
}()
