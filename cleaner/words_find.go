package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A finder looks for any of several parts in a line, in one walk over it.
type finder struct {
	// by are the parts by the hash of their first two bytes, which are two at least; pairs tells quickly that there is none.
	by    [256][]string
	pairs [256]uint64
}

func newFinder(parts []string) *finder {
	f := &finder{}
	for _, part := range parts {
		h := pairHash(part[0], part[1])
		f.by[h] = append(f.by[h], part)
		f.pairs[part[0]] |= 1 << (part[1] % 64)
	}
	return f
}

func pairHash(first, second byte) byte { return first ^ second<<3 ^ second>>5 }

// in reports whether one of the parts stands in s.
func (f *finder) in(s string) bool {
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

// inLower reports whether one of the parts stands in strings.ToLower(s).
func (f *finder) inLower(s string) bool {
	if len(s) == 0 {
		return false
	}
	first := lowerASCII(s[0])
	for i := 1; i < len(s); i++ {
		second := lowerASCII(s[i])
		if first >= utf8.RuneSelf || second >= utf8.RuneSelf {
			return f.in(strings.ToLower(s))
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
		for same < len(part) && lowerASCII(s[same]) == part[same] {
			same++
		}
		if same == len(part) {
			return true
		}
	}
	return false
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// openings are the characters that lines of a kind begin with, in lower case: most lines begin with another.
type openings struct {
	ascii  [utf8.RuneSelf]bool
	others string
}

func newOpenings(lists ...[]string) *openings {
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

// have reports whether a line may be one of the kind.
func (o *openings) have(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	if r < utf8.RuneSelf {
		return o.ascii[lowerASCII(byte(r))]
	}
	return r == utf8.RuneError || strings.ContainsRune(o.others, unicode.ToLower(r)) || o.haveASCII(r)
}

// haveASCII knows the letters outside of ASCII that become letters of it: the sign for kelvin, the Turkish capital i.
func (o *openings) haveASCII(r rune) bool {
	r = unicode.ToLower(r)
	return r < utf8.RuneSelf && o.ascii[r]
}
