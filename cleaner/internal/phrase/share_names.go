package phrase

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// CountShareNames counts the names of networks on a line that contains nothing else: 3 for "Facebook | X | E-mail" and
// for "FacebookTwitterLinkedIn". It returns 0 for other lines. p is the result of Match for the line. For a single
// name, such as "Facebook", the result is 1 if p is ShareName, and 0 otherwise.
func CountShareNames(line string, p Kind) int {
	if p == ShareName {
		return 1
	}
	if len(line) > 160 {
		return 0
	}
	x := shareNames()
	if !x.mayBegin(line) {
		return 0
	}
	count, long := 0, false
	var buf [MaxBytes + 16]byte
	rest := text.AppendFolded(buf[:0], line)
	for len(rest) > 0 {
		rest = bytes.TrimLeft(rest, " |/·•,;:#-–—+&")
		if len(rest) == 0 {
			break
		}
		n := x.longestAt(rest)
		if n == 0 {
			return 0
		}
		count++
		long = long || n > 1
		rest = rest[n:]
	}
	if count < 2 || !long { // "76 x 80 x 16" is a size
		return 0
	}
	return count
}

// mayBegin reports whether a line may begin with a name, in upper or lower case. It examines the first letter, or the
// first two letters if they are ASCII.
func (x *shareIndex) mayBegin(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if !text.IsLetter(r) {
		return true
	}
	if !x.openings.Have(line) {
		return false
	}
	if r >= utf8.RuneSelf || len(line) < 2 {
		return true
	}
	second := text.LowerASCII(line[1])
	if second < 'a' || second > 'z' {
		return true
	}
	for _, name := range x.by[text.LowerASCII(line[0])] {
		if len(name) == 1 || name[1] == second {
			return true
		}
	}
	return false
}

// longestAt returns the length of the longest name at the start of a folded line, or 0. A name of fewer than five bytes
// counts only if no letter follows it.
func (x *shareIndex) longestAt(s []byte) int {
	best := 0
	for _, name := range x.by[s[0]] {
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

// A shareIndex finds the names of networks and tools to share with.
type shareIndex struct {
	names    []string      // as text.FoldLine returns them
	by       [256][]string // by first byte
	openings *text.Openings
}

// shareNames is built on first use.
var shareNames = sync.OnceValue(func() *shareIndex {
	x := &shareIndex{}
	for _, name := range lists[ShareName] {
		folded := text.FoldLine(name)
		x.names = append(x.names, folded)
		x.by[folded[0]] = append(x.by[folded[0]], folded)
	}
	x.openings = text.NewOpenings(x.names)
	return x
})
