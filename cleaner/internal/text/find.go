package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ContainsAny reports whether s contains one of parts.
func ContainsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// A finder looks for any of several parts in a line, in one walk over it.
type finder struct {
	// by are the parts by the hash of their first two bytes, which are two at least; pairs tells quickly that there is none.
	by    [256][]string
	pairs [256]uint64
}

// NewFinder makes a finder of parts, which are in lower case.
func NewFinder(parts []string) *finder {
	f := &finder{}
	for _, part := range parts {
		h := pairHash(part[0], part[1])
		f.by[h] = append(f.by[h], part)
		f.pairs[part[0]] |= 1 << (part[1] % 64)
	}
	return f
}

func pairHash(first, second byte) byte { return first ^ second<<3 ^ second>>5 }

// In reports whether one of the parts stands in s.
func (f *finder) In(s string) bool {
	for i := 1; i < len(s); i++ {
		first, second := s[i-1], s[i]
		if f.pairs[first]>>(second%64)&1 == 0 {
			continue
		}
		rest := s[i-1:]
		for _, part := range f.by[pairHash(first, second)] {
			if len(part) <= len(rest) && rest[:len(part)] == part {
				return true
			}
		}
	}
	return false
}

// InLower reports whether one of the parts stands in strings.ToLower(s).
func (f *finder) InLower(s string) bool {
	if len(s) == 0 {
		return false
	}
	first := LowerASCII(s[0])
	for i := 1; i < len(s); i++ {
		second := LowerASCII(s[i])
		if first >= utf8.RuneSelf || second >= utf8.RuneSelf {
			return f.In(strings.ToLower(s))
		}
		if f.pairs[first]>>(second%64)&1 != 0 && f.hasPrefixLower(s[i-1:], pairHash(first, second)) {
			return true
		}
		first = second
	}
	return false
}

func (f *finder) hasPrefixLower(s string, hash byte) bool {
	for _, part := range f.by[hash] {
		if len(part) > len(s) {
			continue
		}
		same := 0
		for same < len(part) && LowerASCII(s[same]) == part[same] {
			same++
		}
		if same == len(part) {
			return true
		}
	}
	return false
}

// openings are the characters that lines of a kind begin with, in lower case: most lines begin with another.
type openings struct {
	ascii  [utf8.RuneSelf]bool
	others string
}

// NewOpenings makes openings of lists of phrases.
func NewOpenings(lists ...[]string) *openings {
	o := &openings{}
	for _, list := range lists {
		for _, line := range list {
			if r, _ := utf8.DecodeRuneInString(line); r < utf8.RuneSelf {
				o.ascii[r] = true
			} else {
				o.others += string(r)
			}
		}
	}
	return o
}

// Have reports whether a line may be one of the kind.
func (o *openings) Have(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if r < utf8.RuneSelf {
		return o.ascii[LowerASCII(byte(r))]
	}
	return r == utf8.RuneError || strings.ContainsRune(o.others, unicode.ToLower(r)) || o.haveASCII(r)
}

// haveASCII knows the letters outside of ASCII that become letters of it: the sign for kelvin, the Turkish capital i.
func (o *openings) haveASCII(r rune) bool {
	r = unicode.ToLower(r)
	return r < utf8.RuneSelf && o.ascii[r]
}

// HasPrefixLower reports whether an ASCII word begins with a stem in lower case, which has letters only.
func HasPrefixLower(word, stem string) bool {
	if len(word) < len(stem) {
		return false
	}
	for i := range len(stem) {
		if word[i]|0x20 != stem[i] {
			return false
		}
	}
	return true
}

// SetOf makes a set of words.
func SetOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
