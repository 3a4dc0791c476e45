package main

import (
	"bytes"
	"net/http"
)

// A fileKind is a type of file that -images or -media saves.
type fileKind struct {
	extension string
	isMedia   bool
	is        func(head []byte) bool
}

// fileKinds are the types that are saved. They are recognized by their bytes, regardless of the server's Content-Type.
// No browser executes any of them: an SVG drawing is accepted only if isPlainDrawing finds nothing but shapes in it.
//
// These are absent on purpose: .ico (not a picture of an article), .tiff and .heic (most programs cannot show them),
// .avi and .wmv (most programs cannot play them).
var fileKinds = []fileKind{
	{"jpg", false, sniffed("image/jpeg")},
	{"png", false, sniffed("image/png")},
	{"gif", false, sniffed("image/gif")},
	{"webp", false, sniffed("image/webp")},
	{"bmp", false, sniffed("image/bmp")},
	{"avif", false, brand("avif", "avis")},
	{"svg", false, isPlainDrawing},
	{"m4a", true, brand("M4A ", "M4B ")},
	{"mp4", true, brand("mp41", "mp42", "isom", "iso2", "iso4", "iso5", "iso6", "avc1", "M4V ", "dash", "MSNV")},
	{"mp3", true, isMP3},
	{"ogg", true, sniffed("application/ogg")},
	{"wav", true, sniffed("audio/wave")},
	{"webm", true, sniffed("video/webm")},
	{"flac", true, func(b []byte) bool { return bytes.HasPrefix(b, []byte("fLaC")) }},
}

// kindOfFile returns the index in fileKinds of a file's type, plus 1, or 0 if the type is not supported.
func kindOfFile(body []byte) uint8 {
	for i := range fileKinds {
		if fileKinds[i].is(body) {
			return uint8(i + 1)
		}
	}
	return 0
}

// kindOfExtension is like kindOfFile, but recognizes the type by a file extension.
func kindOfExtension(extension string) uint8 {
	for i := range fileKinds {
		if fileKinds[i].extension == extension {
			return uint8(i + 1)
		}
	}
	return 0
}

// sniffed returns a function that recognizes a type by the WHATWG's MIME sniffing rules.
func sniffed(mediaType string) func([]byte) bool {
	return func(b []byte) bool { return http.DetectContentType(b) == mediaType }
}

// brand returns a function that recognizes files in the ISO base media format by their major brand (ISO/IEC 14496-12,
// section 4.3).
func brand(names ...string) func([]byte) bool {
	return func(b []byte) bool {
		if len(b) < 12 || string(b[4:8]) != "ftyp" {
			return false
		}
		for _, name := range names {
			if string(b[8:12]) == name {
				return true
			}
		}
		return false
	}
}

// isMP3 recognizes MPEG audio by its tag or by the header of its first frame (ISO/IEC 11172-3, section 2.4.1).
func isMP3(b []byte) bool {
	return http.DetectContentType(b) == "audio/mpeg" ||
		len(b) > 4 && b[0] == 0xFF && b[1]&0xE6 == 0xE2 && b[2]>>4 != 15 && b[2]>>4 != 0 && b[2]&0x0C != 0x0C
}
