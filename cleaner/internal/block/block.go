package block

import (
	"unicode"
	"unicode/utf8"
)

// Kind is what a block is on the page.
type Kind uint8

// The kinds of block. The segmentation knows Paragraph to Label by markup alone; Headline, Byline
// and Date are given by the cleaner, which knows what the page says of itself.
const (
	Paragraph Kind = iota
	Heading
	Item
	Quote
	Code
	Cell
	Caption
	Label
	Headline
	Byline
	Date
)

var kindNames = [...]string{"paragraph", "heading", "item", "quote", "code", "cell", "caption", "label", "headline", "byline", "date"}

// String returns the kind's name in lower case.
func (k Kind) String() string { return kindNames[k] }

// A Block is a run of inline text, and the block element that it is the text of.
type Block struct {
	Kind Kind
	// Level is 1 to 6 for headings, else 0.
	Level int8
	// Elem is the block element.
	Elem int32
	// First and End bound the nodes of the run: its texts are in [First, End).
	First, End int32
	// Text is the run's text: white space collapsed and trimmed, a line break as "\n"; code is verbatim.
	Text string
	// Words is the number of words in Text, LinkWords of those in links.
	Words, LinkWords int32
}

// LinkDensity is the share of the block's words that are in links, 0 to 1 (Kohlschütter, Fankhauser and
// Nejdl: Boilerplate Detection using Shallow Text Features, WSDM 2010).
func (b *Block) LinkDensity() float64 {
	if b.Words == 0 {
		return 0
	}
	return float64(b.LinkWords) / float64(b.Words)
}

// CountWords counts runs of letters and digits. Scripts that do not put spaces between words
// count as a word for every two characters, about what a dictionary would find in Chinese.
func CountWords[text string | []byte](s text) int {
	words, unspaced := 0, 0
	inWord := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
			if letter && !inWord {
				words++
			}
			inWord = letter || inWord && (c == '\'' || c == '-')
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		i += size
		switch {
		case isUnspaced(r):
			unspaced++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
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

// isUnspaced reports whether r is of a script that is written without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
func isUnspaced(r rune) bool {
	return r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x4DBF || r >= 0x4E00 && r <= 0x9FFF ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x323AF ||
		r >= 0x0E00 && r <= 0x0EFF || r >= 0x1780 && r <= 0x17FF || r >= 0x1000 && r <= 0x109F
}
