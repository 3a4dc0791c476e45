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
	// begins is the set of the hashes of the first three bytes of the parts. This rules out nearly all positions in a
	// line. If a part has only two bytes, the set contains its hashes with each third byte.
	begins [1 << (3 * codeBits) / 64]uint64
	// groups contains the parts by the first of their bytes, in lower case.
	groups [256][]string
}

// A code is a hash of one byte. Letters in upper and lower case have the same code.
const codeBits = 5

func codeOf(c byte) uint32 { return uint32(c % (1 << codeBits)) }

// NewFinder returns a Finder for the given parts. Each part must be in lower case and have at least two bytes.
func NewFinder(parts []string) *Finder { return &Finder{parts: parts} }

func (f *Finder) build() {
	for _, part := range f.parts {
		f.groups[part[0]] = append(f.groups[part[0]], part)
		hash := codeOf(part[0])<<(2*codeBits) | codeOf(part[1])<<codeBits
		if len(part) > 2 {
			f.add(hash | codeOf(part[2]))
			continue
		}
		for third := range uint32(1 << codeBits) {
			f.add(hash | third)
		}
	}
}

func (f *Finder) add(hash uint32) { f.begins[hash/64] |= 1 << (hash % 64) }

// mayBegin reports whether a part may begin with the three bytes whose codes are the lowest bits of hash.
func (f *Finder) mayBegin(hash uint32) bool {
	hash %= 1 << (3 * codeBits)
	return f.begins[hash/64]>>(hash%64)&1 != 0
}

// In reports whether s contains one of the parts.
func (f *Finder) In(s string) bool {
	f.once.Do(f.build)
	return in(f, s)
}

func in[text string | []byte](f *Finder, s text) bool {
	hash := uint32(0)
	for i := range len(s) {
		hash = hash<<codeBits | codeOf(s[i])
		if f.mayBegin(hash) && i > 1 && hasPrefix(f, s[i-2:]) {
			return true
		}
	}
	return len(s) > 1 && f.mayBegin(hash<<codeBits) && hasPrefix(f, s[len(s)-2:])
}

func hasPrefix[text string | []byte](f *Finder, s text) bool {
	for _, part := range f.groups[s[0]] {
		if len(part) <= len(s) && string(s[:len(part)]) == part {
			return true
		}
	}
	return false
}

// maxBuffered is the length of the longest line in lower case that needs no allocation, in bytes. Most lists are for
// lines of at most 400 bytes.
const maxBuffered = 416

// InLower reports whether strings.ToLower(s) contains one of the parts.
func (f *Finder) InLower(s string) bool {
	f.once.Do(f.build)
	var ascii bool // nothing but ASCII letters changes in lower case, from here on
	hash := uint32(0)
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf && !ascii {
			if ascii = lowerPrefix(s[i:], false) == len(s)-i; !ascii {
				var buffer [maxBuffered]byte
				return in(f, appendLower(buffer[:0], s))
			}
		}
		hash = hash<<codeBits | codeOf(s[i])
		if f.mayBegin(hash) && i > 1 && f.hasPrefixLower(s[i-2:]) {
			return true
		}
	}
	return len(s) > 1 && f.mayBegin(hash<<codeBits) && f.hasPrefixLower(s[len(s)-2:])
}

// hasPrefixLower reports whether s begins with one of the parts if its ASCII letters are in lower case.
func (f *Finder) hasPrefixLower(s string) bool {
	for _, part := range f.groups[LowerASCII(s[0])] {
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
