package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// FoldLetters reduces a line to its letters and digits in lower case, with one space between words. Apostrophes and
// soft hyphens do not separate words.
func FoldLetters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		if r < utf8.RuneSelf {
			b.WriteByte(LowerASCII(byte(r)))
		} else {
			b.WriteRune(LowerRune(r))
		}
	}
	return b.String()
}

// FoldLine reduces a line to the form in which phrases are compared: lower case, straight apostrophes, numbers as "#",
// and no bullets, arrows or punctuation at the ends (see IsEdge).
func FoldLine(line string) string { return string(AppendFolded(make([]byte, 0, len(line)+8), line)) }

// AppendFolded is like FoldLine but writes to buf, which must be empty.
func AppendFolded(buf []byte, line string) []byte {
	return bytes.TrimFunc(FoldRunes(buf, line), IsEdge)
}

// FoldRunes is like AppendFolded but does not trim the ends.
func FoldRunes(buf []byte, line string) []byte {
	space, digits := false, false
	for _, r := range line {
		switch {
		case 'a' <= r && r <= 'z':
			digits = false
		case 'A' <= r && r <= 'Z':
			r, digits = r|0x20, false
		case IsSpace(r) || r == '*' || r == '※' || r == '\u200B' || r == '\uFEFF':
			space = true
			continue
		case IsDigit(r):
			if digits && !space {
				continue
			}
			r = '#'
			digits = true
		case r == '’' || r == '‘' || r == '`' || r == '´':
			r, digits = '\'', false
		case r == '.' && digits: // a thousands separator: "1.234 comments"
			continue
		default:
			r, digits = LowerRune(r), false
		}
		if space && len(buf) > 0 {
			buf = append(buf, ' ')
		}
		space = false
		if r < utf8.RuneSelf {
			buf = append(buf, byte(r))
		} else {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return buf
}

// IsEdge reports whether r is a space or punctuation that may be around a label but is not part of it.
func IsEdge(r rune) bool {
	switch r {
	case ' ', '.', ':', '…', '!', '?', '-', '–', '—', '|', '·', '•', '*', '→', '←', '↑', '↓', '»', '«', '›', '‹', '>',
		'<', '▶', '►', '▸', '▼', '▲', '+', '(', ')', '[', ']', '【', '】', '：', '。', '।', '۔', '！', '？', '؟', '،', '■', '□',
		'◆', '●', '★', '☆', '✕', '×', '~', '_', '=', '"', '“', '”', ',':
		return true
	}
	return false
}

// isFolded reports whether FoldLetters keeps r.
func isFolded(r rune) bool { return classOf(r)&(classLetter|classDigit|classMark) != 0 }

// isFoldedSpace reports whether FoldLetters replaces r by a space. The result has no meaning if FoldLetters keeps r.
func isFoldedSpace(r rune) bool { return r != '\'' && r != '’' && r != '\u00AD' }

// EqualFolded reports whether FoldLetters(s) == folded. It is false if both are empty.
func EqualFolded(s, folded string) bool {
	space, begun := false, false
	for _, r := range s {
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded == "" || folded[0] != ' ' {
				return false
			}
			folded = folded[1:]
		}
		space, begun = false, true
		want, size := utf8.DecodeRuneInString(folded)
		if size == 0 || want != LowerRune(r) {
			return false
		}
		folded = folded[size:]
	}
	return folded == "" && begun
}

// StartsFolded reports whether FoldLetters(s) and folded are equal up to the length of the shorter string.
func StartsFolded(s, folded string) bool {
	space, begun := false, false
	for _, r := range s {
		if folded == "" {
			break
		}
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded[0] != ' ' {
				return false
			}
			folded = folded[1:]
		}
		space, begun = false, true
		want, size := utf8.DecodeRuneInString(folded)
		if want != LowerRune(r) {
			return false
		}
		folded = folded[size:]
	}
	return true
}

// EndsFolded is like StartsFolded but compares backward from the ends of the two strings.
func EndsFolded(s, folded string) bool {
	space, begun := false, false
	for s != "" && folded != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		if !isFolded(r) {
			space = space || isFoldedSpace(r)
			continue
		}
		if space && begun {
			if folded[len(folded)-1] != ' ' {
				return false
			}
			folded = folded[:len(folded)-1]
		}
		space, begun = false, true
		want, size := utf8.DecodeLastRuneInString(folded)
		if want != LowerRune(r) {
			return false
		}
		folded = folded[:len(folded)-size]
	}
	return true
}
