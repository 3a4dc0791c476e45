package text

import "unicode/utf8"

// CountWords counts runs of letters and digits. Hyphens and apostrophes do not end a word. In scripts without spaces
// between words, two characters count as one word, which is close to the average length of a Chinese word.
func CountWords[text string | []byte](s text) int {
	words, unspaced := 0, 0
	inWord := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if isWordByte[c] && !inWord {
				words++
			}
			inWord = isWordByte[c] || inWord && (c == '\'' || c == '-')
			for i++; inWord && i < len(s) && isWordByte[s[i]]; i++ {
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		i += size
		switch {
		case isUnspaced(r):
			unspaced++
			inWord = false
		case isFolded(r):
			if !inWord {
				words++
			}
			inWord = true
		case r == '’' || r == '\u00AD' || r == '\u200C' || r == '\u200D':
		default:
			inWord = false
		}
	}
	return words + (unspaced+1)/2
}

// isWordByte reports which bytes are ASCII letters or digits.
var isWordByte = func() (is [256]bool) {
	for c := range byte(utf8.RuneSelf) {
		is[c] = IsASCIILetter(c) || IsASCIIDigit(c)
	}
	return is
}()

// isUnspaced reports whether r belongs to a script that is written without spaces: Han, kana, Thai, Lao, Khmer,
// Burmese.
func isUnspaced(r rune) bool {
	return r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x4DBF || r >= 0x4E00 && r <= 0x9FFF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x323AF ||
		r >= 0x0E00 && r <= 0x0EFF || r >= 0x1780 && r <= 0x17FF || r >= 0x1000 && r <= 0x109F
}
