package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A class is a bit set of the properties of a character.
type class uint8

const (
	classLetter class = 1 << iota
	classUpper
	classDigit
	classMark
	classSpace
	classLowered // unicode.ToLower changes the character
)

// classTables are the tables of package unicode for the classes.
var classTables = [...]struct {
	table *unicode.RangeTable
	class class
}{
	{unicode.Letter, classLetter},
	{unicode.Upper, classUpper},
	{unicode.Digit, classDigit},
	{unicode.Mark, classMark},
	{unicode.White_Space, classSpace},
}

// planeSize is the number of characters in Unicode's Basic Multilingual Plane, which has nearly all characters of text.
const planeSize = 1 << 16

// classes has the classes of the characters in the Basic Multilingual Plane. Package unicode searches a list of ranges
// for each character beyond Latin-1, which takes a noticeable part of the cleaning time on pages in other scripts.
var classes = func() *[planeSize]class {
	all := new([planeSize]class)
	for _, of := range classTables {
		for _, r := range of.table.R16 {
			for c := uint32(r.Lo); c <= uint32(r.Hi); c += uint32(r.Stride) {
				all[c] |= of.class
			}
		}
	}
	for _, cased := range unicode.CaseRanges {
		for c := cased.Lo; c <= cased.Hi && c < planeSize; c++ {
			if unicode.ToLower(rune(c)) != rune(c) {
				all[c] |= classLowered
			}
		}
	}
	return all
}()

// classOf returns the class of any character.
func classOf(r rune) class {
	if uint32(r) < planeSize {
		return classes[r]
	}
	return searchClass(r)
}

// searchClass returns the class of a character that is not in the table. It is not inlined, so that classOf is.
//
//go:noinline
func searchClass(r rune) class {
	var c class
	for _, of := range classTables {
		if unicode.Is(of.table, r) {
			c |= of.class
		}
	}
	if unicode.ToLower(r) != r {
		c |= classLowered
	}
	return c
}

// IsLetter is unicode.IsLetter, but faster.
func IsLetter(r rune) bool { return classOf(r)&classLetter != 0 }

// IsUpper is unicode.IsUpper, but faster.
func IsUpper(r rune) bool { return classOf(r)&classUpper != 0 }

// IsMark is unicode.IsMark, but faster.
func IsMark(r rune) bool { return classOf(r)&classMark != 0 }

// IsSpace is unicode.IsSpace, but faster.
func IsSpace(r rune) bool { return classOf(r)&classSpace != 0 }

// IsDigit reports whether r is a decimal digit of any script. It is unicode.IsDigit, but faster.
func IsDigit(r rune) bool { return classOf(r)&classDigit != 0 }

// IsWordRune reports whether r is a letter or a digit.
func IsWordRune(r rune) bool { return classOf(r)&(classLetter|classDigit) != 0 }

// IsIcon reports whether r is for private use, as the symbols of icon fonts are.
func IsIcon(r rune) bool { return unicode.Is(unicode.Co, r) }

// lowered has the characters of Latin, Greek and Cyrillic in lower case.
var lowered = func() (list [0x530]uint16) {
	for r := range list {
		list[r] = uint16(unicode.ToLower(rune(r)))
	}
	return list
}()

// LowerRune is unicode.ToLower, but faster.
func LowerRune(r rune) rune {
	if uint32(r) < uint32(len(lowered)) {
		return rune(lowered[r])
	}
	if classOf(r)&classLowered == 0 {
		return r
	}
	return unicode.ToLower(r)
}

// Lower is strings.ToLower, but faster.
func Lower(s string) string {
	same := lowerPrefix(s, true)
	if same == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + utf8.UTFMax)
	b.WriteString(s[:same])
	for _, r := range s[same:] {
		if r < utf8.RuneSelf {
			b.WriteByte(LowerASCII(byte(r)))
		} else {
			b.WriteRune(LowerRune(r)) // U+FFFD for bytes that are not UTF-8, like strings.ToLower
		}
	}
	return b.String()
}

// appendLower appends Lower(s) to buf.
func appendLower(buf []byte, s string) []byte {
	for _, r := range s {
		if r < utf8.RuneSelf {
			buf = append(buf, LowerASCII(byte(r)))
		} else {
			buf = utf8.AppendRune(buf, LowerRune(r))
		}
	}
	return buf
}

// lowerPrefix returns the length of the longest beginning of s that Lower does not change. ASCII letters count only if
// withASCII is true.
func lowerPrefix(s string, withASCII bool) int {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if withASCII && 'A' <= c && c <= 'Z' {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 || classOf(r)&classLowered != 0 { // invalid UTF-8 has size 1
			return i
		}
		i += size
	}
	return len(s)
}
