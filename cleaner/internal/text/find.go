package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// ContainsAny reports whether s contains one of the parts.
func ContainsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// A Finder looks for any of several parts in a line, in one pass over it. It is built on first use and may be used from
// several goroutines.
type Finder struct {
	parts []string
	once  sync.Once
	// The field by maps the hash of the first two bytes of a part to the parts with that hash. In pairs, one bit is set
	// for each pair of bytes with which a part begins. Different pairs may share a bit. This rules out most positions
	// in a line. The field anyCase is like pairs, but ASCII letters of a pair may be capitals.
	by             [256][]string
	pairs, anyCase [256]uint64
}

func (f *Finder) build() {
	for _, part := range f.parts {
		first, second := part[0], part[1]
		h := pairHash(first, second)
		f.by[h] = append(f.by[h], part)
		f.pairs[first] |= 1 << (second % 64)
		for _, c := range [...]byte{first, upperASCII(first)} {
			f.anyCase[c] |= 1<<(second%64) | 1<<(upperASCII(second)%64)
		}
	}
}

// In reports whether s contains one of the parts.
func (f *Finder) In(s string) bool {
	f.once.Do(f.build)
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

// InLower reports whether strings.ToLower(s) contains one of the parts.
func (f *Finder) InLower(s string) bool {
	f.once.Do(f.build)
	var ascii bool // nothing but ASCII letters changes in lower case, from here on
	for i := 1; i < len(s); i++ {
		first, second := s[i-1], s[i]
		if first >= utf8.RuneSelf && !ascii {
			if ascii = !changesBeyondASCII(s[i-1:]); !ascii {
				return f.In(Lower(s))
			}
		}
		if f.anyCase[first]>>(second%64)&1 == 0 {
			continue
		}
		if f.hasPrefixLower(s[i-1:], pairHash(LowerASCII(first), LowerASCII(second))) {
			return true
		}
	}
	return false
}

func (f *Finder) hasPrefixLower(s string, hash byte) bool {
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

// NewFinder returns a Finder for the given parts. Each part must be in lower case and have at least two bytes.
func NewFinder(parts []string) *Finder { return &Finder{parts: parts} }

func pairHash(first, second byte) byte { return first ^ second<<3 ^ second>>5 }
