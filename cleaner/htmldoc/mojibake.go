package htmldoc

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Programs that read a page in UTF-8 as windows-1252, and write it as UTF-8, turn the apostrophe ’ into â€™ and é into
// Ã©. If nearly all text beyond ASCII is like that, the page was encoded twice.

const (
	minDoubled = 3  // how many pieces of a page must be encoded twice
	maxProper  = 8  // how many other pieces at the start decide that the page is not encoded twice
	perProper  = 10 // how many pieces must be encoded twice for each that is not
)

// decodeTwice decodes a page again that was encoded twice. It returns any other page unchanged. A piece is a run of
// characters beyond ASCII. One in windows-1252 is hardly ever valid UTF-8 by accident: a letter with an accent is
// usually next to ASCII letters, and the letters of other scripts are not in windows-1252.
func decodeTwice(text []byte) []byte {
	doubled, proper := 0, 0
	for piece, after := nextPiece(text); piece != nil; piece, after = nextPiece(after) {
		switch once := decodePiece(piece); {
		case bytes.Contains(piece, lostCharacter): // either way
		case once != nil && utf8.Valid(once):
			doubled++
		default:
			if proper++; proper >= maxProper && proper > doubled {
				return text
			}
		}
	}
	if doubled < minDoubled || proper*perProper > doubled {
		return text
	}
	out, rest := make([]byte, 0, len(text)), text
	for piece, after := nextPiece(rest); piece != nil; piece, after = nextPiece(after) {
		out = append(out, rest[:len(rest)-len(after)-len(piece)]...)
		if once := decodePiece(piece); once != nil && (utf8.Valid(once) || bytes.Contains(piece, lostCharacter)) {
			piece = bytes.ToValidUTF8(once, lostCharacter)
		}
		out, rest = append(out, piece...), after
	}
	return append(out, rest...)
}

var lostCharacter = []byte("\uFFFD")

// nextPiece returns the next run of characters beyond ASCII and what follows it, or nil if there is none.
func nextPiece(text []byte) (piece, after []byte) {
	start := skipASCII(text)
	if start == len(text) {
		return nil, nil
	}
	end := start
	for end < len(text) && text[end] >= utf8.RuneSelf {
		end++
	}
	return text[start:end], text[end:]
}

// decodePiece encodes a run in windows-1252. It returns nil if that is not possible. A program may have replaced the
// five bytes that windows-1252 does not define by U+FFFD. Such a byte is lost, but the one after E2 80 is read as 9D,
// because the closing quotation mark is the only common character among those.
func decodePiece(piece []byte) []byte {
	once := make([]byte, 0, len(piece))
	for len(piece) > 0 {
		r, size := utf8.DecodeRune(piece)
		piece = piece[size:]
		c, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case r == utf8.RuneError:
			c = 0xFF // in no UTF-8
			if bytes.HasSuffix(once, []byte("\xE2\x80")) {
				c = 0x9D
			}
		case r >= 0x80 && r < 0xA0:
			c = byte(r)
		case !ok:
			return nil
		}
		once = append(once, c)
	}
	return once
}
