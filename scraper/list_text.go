package scraper

import (
	"bufio"
	"bytes"
	"io"
	"regexp"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// listPreamble is how much of a list is searched for its XML declaration and its root element, in bytes. In some lists,
// a license comes first.
const listPreamble = 8 << 10

// listText returns the text of a sitemap or a feed in UTF-8, without the XML declaration and what comes before it, such
// as warnings from the program that generates the list. Bytes and characters that are not allowed in XML are replaced
// or removed: encoding/xml stops at the first one, and all entries that follow would be lost.
func listText(r io.Reader) *bufio.Reader {
	in := bufio.NewReaderSize(r, listPreamble)
	start, _ := in.Peek(listPreamble)
	clean := transform.Chain(runes.ReplaceIllFormed(), runes.Remove(runes.Predicate(isNoXML)))
	if from := listEncoding(start); from != nil {
		clean = transform.Chain(from.NewDecoder(), clean)
	}
	text := bufio.NewReaderSize(transform.NewReader(in, clean), listPreamble)
	for range 3 { // a mark, and declarations of several programs
		start, _ = text.Peek(listPreamble)
		_, _ = text.Discard(beforeRoot(start)) // it was peeked
	}
	return text
}

// isNoXML reports whether a character is not allowed in XML.
func isNoXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

var declaredEncoding = regexp.MustCompile(`<\?xml\s[^>]*encoding\s*=\s*["']([^"'>]*)`)

// listEncoding returns the encoding of a list with the given start, or nil for UTF-8. A declaration that can be read as
// ASCII does not count if it declares UTF-16, as lists by .NET programs do, or an encoding that does not exist.
func listEncoding(start []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(start, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(start, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	declared := declaredEncoding.FindSubmatch(start)
	if declared == nil {
		return nil
	}
	switch found, name := charset.Lookup(string(declared[1])); name {
	case "", "utf-8", "utf-16le", "utf-16be", "replacement":
		return nil
	default:
		return found
	}
}

// beforeRoot returns how many bytes at the start of a list must be skipped: a byte order mark, or an XML declaration
// and what comes before it. A declaration behind the root element is part of the list's content.
func beforeRoot(start []byte) int {
	if bytes.HasPrefix(start, []byte("\ufeff")) {
		return len("\ufeff")
	}
	at := bytes.Index(start, []byte("<?xml "))
	if at < 0 || listRoot.Match(start[:at]) {
		return 0
	}
	end := bytes.Index(start[at:], []byte("?>"))
	if end < 0 {
		return 0
	}
	return at + end + len("?>")
}

// listRoot matches the root element of a list in XML, and the start of a list in JSON or text.
var listRoot = regexp.MustCompile(`(?i)<(\w+:)?(urlset|sitemapindex|rss|feed|rdf)\b|^\s*(\{|https?:|#)`)
