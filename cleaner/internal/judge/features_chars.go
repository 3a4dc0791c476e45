package judge

import (
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// charCount counts the characters of a text by class, and the punctuation marks that are features.
type charCount struct {
	bytes, all, letters, upper, digits, signs, commas, ends, lines int32
	copyright, at, price, bar                                      bool
}

func countChars(s string) charCount {
	c := charCount{bytes: int32(len(s))}
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			i++
			c.all++
			c.addASCII(b)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		c.all++
		switch {
		case r == '，' || r == '、' || r == '،' || r == '；':
			c.commas++
			c.signs++
		case r == '。' || r == '！' || r == '？' || r == '؟':
			c.ends++
			c.signs++
		case text.IsLetter(r):
			c.letters++
			if text.IsUpper(r) {
				c.upper++
			}
		case text.IsDigit(r):
			c.digits++
		case !text.IsSpace(r):
			c.signs++
			switch r {
			case '©', '®', '™':
				c.copyright = true
			case '€', '£', '¥', '₽', '₹':
				c.price = true
			case '»', '›', '•', '·', '→':
				c.bar = true
			}
		}
	}
	return c
}

func (c *charCount) addASCII(b byte) {
	switch {
	case 'a' <= b && b <= 'z':
		c.letters++
	case 'A' <= b && b <= 'Z':
		c.letters++
		c.upper++
	case '0' <= b && b <= '9':
		c.digits++
	case b <= ' ':
		if b == '\n' {
			c.lines++
		}
	default:
		c.signs++
		switch b {
		case ',', ';':
			c.commas++
		case '.', '!', '?':
			c.ends++
		case '@':
			c.at = true
		case '$':
			c.price = true
		case '|':
			c.bar = true
		}
	}
}
