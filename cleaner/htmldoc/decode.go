package htmldoc

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// Names of encodings that the code compares, spelled as in the WHATWG standard (which has no names for UTF-32).
const (
	utf8Name    = "utf-8"
	utf16LEName = "utf-16le"
	utf16BEName = "utf-16be"
	utf32LEName = "utf-32le"
	utf32BEName = "utf-32be"
	defaultName = "windows-1252"
)

// Values of Document.EncodingSource.
const (
	fromMark   = "bom"
	fromUTF8   = "utf-8"
	fromHeader = "content-type"
	fromMeta   = "meta"
	fromGuess  = "guess"
)

// decode converts a page to UTF-8. It returns the name of the page's encoding and how it was determined.
func decode(b []byte, contentType string) (text []byte, name, source string) {
	if name, size := byteOrderMark(b); name != "" {
		return decodeTwice(decodeAs(b[size:], name)), name, fromMark
	}
	if name := utf16Order(b); name != "" {
		// This is tested before UTF-8, because Latin and Cyrillic pages in UTF-16 can consist of bytes below 0x80,
		// which are valid UTF-8.
		if lookup(charsetParam(contentType)) == name {
			return decodeAs(b, name), name, fromHeader
		}
		return decodeAs(b, name), name, fromGuess
	}
	escapes := bytes.IndexByte(b, escape) >= 0
	if !escapes && utf8.Valid(b) { // most pages; ASCII is the same in all the remaining encodings
		return decodeTwice(withoutNUL(b)), utf8Name, fromUTF8
	}
	multi, bad := countUTF8(b)
	if multi > 0 && bad*10 <= multi || multi == 0 && bad == 0 && !escapes {
		return decodeTwice(validUTF8(b)), utf8Name, fromUTF8
	}
	for _, d := range [...]struct{ label, source string }{
		{charsetParam(contentType), fromHeader},
		{declaredLabel(b), fromMeta},
	} {
		if name := declaredName(d.label, multi >= bad); name != "" {
			return decodeAs(b, name), name, d.source
		}
	}
	name = guess(b)
	return decodeAs(b, name), name, fromGuess
}

// escape is the first byte of the escape sequences in ISO-2022-JP, which uses only ASCII bytes.
const escape = 0x1B

// declaredName returns the name of the encoding that a label declares, or "" if the label is unknown or must be wrong.
// A declaration of UTF-16 is read as UTF-8, because decode has already found that the page is not in UTF-16. UTF-8 must
// be wrong if the page has more invalid bytes than valid multi-byte characters; mayBeUTF8 is false in that case.
func declaredName(label string, mayBeUTF8 bool) string {
	switch name := lookup(label); name {
	case utf8Name, utf16LEName, utf16BEName:
		if mayBeUTF8 {
			return utf8Name
		}
		return ""
	case "x-user-defined":
		return defaultName
	case "replacement": // the standard's name for encodings that it refuses to decode
		return ""
	default:
		return name
	}
}

// byteOrderMark returns the encoding of a UTF-8, UTF-16 or UTF-32 byte order mark, and the mark's length in bytes.
// Without a mark, it returns "" and 0.
func byteOrderMark(b []byte) (name string, size int) {
	for _, m := range [...]struct{ mark, name string }{
		{"\xEF\xBB\xBF", utf8Name},
		{"\xFF\xFE\x00\x00", utf32LEName}, // before UTF-16LE, whose mark is a prefix of this one
		{"\x00\x00\xFE\xFF", utf32BEName},
		{"\xFF\xFE", utf16LEName},
		{"\xFE\xFF", utf16BEName},
	} {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.name, len(m.mark)
		}
	}
	return "", 0
}

// utf16Order returns utf16LEName or utf16BEName if a page without a byte order mark is in UTF-16, else "". The markup
// is ASCII, so one of the two bytes of each of its characters is NUL.
func utf16Order(b []byte) string {
	head := b[:min(len(b), 1024)]
	var even, odd int
	for i, c := range head {
		if c == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	switch {
	case odd > len(head)/8 && even <= odd/8:
		return utf16LEName
	case even > len(head)/8 && odd <= even/8:
		return utf16BEName
	}
	return ""
}

// countUTF8 counts valid multi-byte sequences and invalid bytes. A sequence that is cut off by the end of the input is
// not counted as invalid.
func countUTF8(b []byte) (multi, bad int) {
	for i := skipASCII(b); i < len(b); i += skipASCII(b[i:]) {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			multi++
		case !utf8.FullRune(b[i:]):
			return multi, bad
		default:
			bad++
		}
		i += size
	}
	return multi, bad
}

// skipASCII returns the index of the first byte that is not ASCII, or else the length of b.
func skipASCII(b []byte) int {
	i := 0
	for i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// validUTF8 replaces invalid bytes with U+FFFD and removes NUL bytes. It returns b itself if there is nothing to
// change, so that most pages are not copied.
func validUTF8(b []byte) []byte {
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return withoutNUL(b)
}

func withoutNUL(b []byte) []byte {
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	return b
}

// lookup returns the WHATWG name for a label, or "" for an unknown label.
func lookup(label string) string {
	if label == "" {
		return ""
	}
	_, name := charset.Lookup(label)
	return name
}

func decodeAs(b []byte, name string) []byte {
	enc := encodingNamed(name)
	if enc == nil {
		return validUTF8(b)
	}
	text, _, err := transform.Bytes(enc.NewDecoder(), b)
	if err != nil {
		return validUTF8(b)
	}
	return validUTF8(text)
}

// encodingNamed returns the encoding with the given name, or nil for UTF-8, which needs no decoding.
func encodingNamed(name string) encoding.Encoding {
	switch name {
	case utf8Name:
		return nil
	case "gbk":
		return simplifiedchinese.GB18030 // the superset that pages labeled GBK really use
	case utf32LEName:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case utf32BEName:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	enc, _ := charset.Lookup(name)
	return enc
}
