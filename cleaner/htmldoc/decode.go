package htmldoc

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

const utf8Name = "utf-8"

// decode turns the bytes of a page into UTF-8 and says which encoding they were in and what told.
func decode(b []byte, contentType string) (text []byte, name, source string) {
	if rest, ok := bytes.CutPrefix(b, []byte("\xEF\xBB\xBF")); ok {
		return validUTF8(rest), utf8Name, "bom"
	}
	if order := bomOrder(b); order != "" {
		return decodeAs(b[2:], order), order, "bom"
	}
	switch multi, bad := countUTF8(b); {
	case multi > 0 && bad*10 <= multi:
		return validUTF8(b), utf8Name, "utf-8"
	case multi == 0 && bad == 0 && !bytes.Contains(b, []byte{0x1B}) && utf16Order(b) == "":
		// Plain ASCII is the same in every declared encoding that is left, but for HZ and UTF-16.
		return validUTF8(b), utf8Name, "utf-8"
	}
	if name := lookup(charsetParam(contentType)); isDeclarable(name, b) {
		return decodeAs(b, name), name, "content-type"
	}
	if name := lookup(declared(b)); isDeclarable(name, b) {
		return decodeAs(b, name), name, "meta"
	}
	name = guess(b)
	return decodeAs(b, name), name, "guess"
}

// isDeclarable reports whether a declaration can be true. "utf-8" is not, since that was tried on the bytes; nor is UTF-16
// where they have no NUL: the declaration was read as ASCII.
func isDeclarable(name string, b []byte) bool {
	switch name {
	case "", utf8Name, "replacement", "x-user-defined":
		return false
	case "utf-16le", "utf-16be":
		return utf16Order(b) == name
	}
	return true
}

// bomOrder recognises UTF-16 by its byte order mark.
func bomOrder(b []byte) string {
	if len(b) < 2 {
		return ""
	}
	switch {
	case b[0] == 0xFF && b[1] == 0xFE:
		return "utf-16le"
	case b[0] == 0xFE && b[1] == 0xFF:
		return "utf-16be"
	}
	return ""
}

// utf16Order recognises UTF-16 without a mark: markup is ASCII, so in it every second byte is NUL.
func utf16Order(b []byte) string {
	if order := bomOrder(b); order != "" {
		return order
	}
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
		return "utf-16le"
	case even > len(head)/8 && odd <= even/8:
		return "utf-16be"
	}
	return ""
}

// countUTF8 counts valid multi-byte sequences and the bytes that belong to none. A sequence that the end
// of the input cuts is not bad.
func countUTF8(b []byte) (multi, bad int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			multi++
		case len(b)-i < utf8.UTFMax && !utf8.FullRune(b[i:]):
			return multi, bad
		default:
			bad++
		}
		i += size
	}
	return multi, bad
}

// validUTF8 returns b itself where it is valid, so that the usual page is not copied.
func validUTF8(b []byte) []byte {
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	return b
}

// lookup returns the WHATWG name for a label, "" for an unknown one.
func lookup(label string) string {
	if label == "" {
		return ""
	}
	_, name := charset.Lookup(label)
	return name
}

func decodeAs(b []byte, name string) []byte {
	var enc encoding.Encoding
	if name == "gbk" {
		enc = simplifiedchinese.GB18030 // the superset that pages labelled GBK are really in
	} else {
		enc, _ = charset.Lookup(name)
	}
	if enc == nil {
		return validUTF8(b)
	}
	text, _, err := transform.Bytes(enc.NewDecoder(), b)
	if err != nil {
		return validUTF8(b)
	}
	return validUTF8(text)
}

// charsetParam reads the charset from a Content-Type header.
func charsetParam(contentType string) string {
	if contentType == "" {
		return ""
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	_, rest, ok := cutFold(contentType, "charset=")
	if !ok {
		return ""
	}
	return strings.Trim(strings.FieldsFunc(rest+";", func(r rune) bool { return r == ';' || r == ',' || r == ' ' })[0], `"'`)
}

func cutFold(s, sep string) (before, after string, ok bool) {
	if i := strings.Index(strings.ToLower(s), sep); i >= 0 && i+len(sep) <= len(s) {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
