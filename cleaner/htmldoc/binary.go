package htmldoc

import (
	"bytes"
	"regexp"
)

// signatures contains signatures from the WHATWG MIME Sniffing Standard, and those of archives and other files that
// servers send as pages. All are long enough that no text begins with one.
var signatures = []struct{ magic, name string }{
	{"%PDF-", "a PDF"},
	{"\x89PNG\r\n", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"PK\x03\x04", "a ZIP archive"},
	{"PK\x05\x06", "a ZIP archive"},
	{"\x1F\x8B\x08", "gzip data"},
	{"\x28\xB5\x2F\xFD", "zstd data"},
	{"BZh91AY&SY", "bzip2 data"},
	{"\xFD7zXZ\x00", "xz data"},
	{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{"\x7FELF", "a program"},
	{"\x00asm", "a program"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an Office document"},
	{"OggS\x00", "audio or video"},
	{"\x1A\x45\xDF\xA3", "video"},
	{"ID3\x02", "audio"},
	{"ID3\x03", "audio"},
	{"ID3\x04", "audio"},
	{"wOFF\x00", "a font"},
	{"wOFF\x4F", "a font"},
	{"wOF2\x00", "a font"},
	{"wOF2\x4F", "a font"},
	{"bplist00", "a property list, such as a Safari web archive"},
}

// binaryKind returns the kind of file if the bytes are clearly not text, else "". It looks for signatures and for NULs
// and other control characters, which text contains only in UTF-16 and UTF-32.
func binaryKind(b []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.magic)) {
			return s.name
		}
	}
	if isMail(b) {
		return "MHTML or mail"
	}
	if len(b) >= 12 {
		switch string(b[8:12]) {
		case "WEBP", "WAVE", "AVI ":
			if string(b[:4]) == "RIFF" {
				return "an image, audio or video"
			}
		}
		if b[0] == 0 && b[1] == 0 && string(b[4:8]) == "ftyp" {
			return "an image or video"
		}
	}
	head := b[:min(len(b), 4096)]
	if mark, _ := byteOrderMark(head); mark != "" {
		return ""
	}
	// A few NULs are the fault of a template. They are removed before the page is parsed.
	nuls, controls := bytes.Count(head, []byte{0}), 0
	for _, c := range head {
		if isBinaryByte(c) {
			controls++
		}
	}
	if (nuls > 2+len(head)/100 || controls > 2+len(head)/15) && utf16Order(head) == "" {
		return "binary data"
	}
	return ""
}

// isMail reports whether a file is a message with several parts, as browsers save a page with its pictures (RFC 2557):
// only one of the parts is HTML, and it is encoded.
func isMail(b []byte) bool {
	b = b[:min(len(b), maxMailHead)]
	return mailField.Match(b) && multipartType.Match(b)
}

// maxMailHead is how many bytes of the header of a message are read. The type is among the first fields.
const maxMailHead = 4096

var (
	mailField     = regexp.MustCompile(`^[A-Za-z][A-Za-z-]*:[ \t]`)
	multipartType = regexp.MustCompile(`(?im)^content-type:\s*multipart/`)
)

// isBinaryByte reports whether a byte is a "binary data byte" of the WHATWG MIME Sniffing Standard, apart from 0E and
// 0F, with which ISO-2022-KR shifts between its sets. A tenth of random bytes are such.
func isBinaryByte(c byte) bool {
	return c <= 0x08 || c == 0x0B || c >= 0x10 && c <= 0x1F && c != 0x1B
}
