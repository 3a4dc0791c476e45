package input

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// A KindError is ErrNotPages with the actual kind of the file.
type KindError struct {
	// Name is the file, and Kind is what it seems to be, such as "image/png" or "an empty file".
	Name, Kind string
}

func (e *KindError) Error() string { return fmt.Sprintf("%s: %v: %s", e.Name, ErrNotPages, e.Kind) }

// Unwrap returns ErrNotPages.
func (e *KindError) Unwrap() error { return ErrNotPages }

// formatOf returns the format of a file by its beginning and, for HTML and text, its name. If the file has no known
// format, the error is a *KindError.
func formatOf(head []byte, name string) (*format, error) {
	for _, f := range formats() {
		if f.matches(head, name) {
			return &f, nil
		}
	}
	return nil, &KindError{name, kindOf(head)}
}

// kindOf returns a short description of a file without pages.
func kindOf(head []byte) string {
	start := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(start) == 0:
		return "an empty file"
	case bytes.HasPrefix(head, []byte("\xfd7zXZ\x00")):
		return "xz, which is not supported"
	case bytes.HasPrefix(head, []byte("7z\xbc\xaf\x27\x1c")):
		return "7z, which is not supported"
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "Parquet"
	case bytes.HasPrefix(head, []byte("bplist00")):
		return "a property list or a Safari web archive, which is not supported"
	case start[0] == '{' || start[0] == '[' || start[0] == '"':
		return "JSON, but not one page per line"
	case bytes.HasPrefix(start, []byte("<?xml")), bytes.HasPrefix(start, []byte("<svg")):
		return "XML"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return kind
}

// htmlExtensions are the extensions of pages, and textExtension is the extension of texts. The content of a file has
// priority.
var htmlExtensions = []string{".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp"}

const textExtension = ".txt"

// compressions are the extensions of compressed files.
var compressions = []string{".gz", ".bz2", ".zst", ".zstd"}

// extension returns the extension of a file's name in lower case, without the extension of its compression.
func extension(name string) string {
	name = strings.ToLower(path.Base(name))
	if ext := path.Ext(name); slices.Contains(compressions, ext) {
		name = strings.TrimSuffix(name, ext)
	}
	return path.Ext(name)
}

// stem returns a file's name without its folder, and without extensions of pages, texts and compressions.
func stem(name string) string {
	name = path.Base(name)
	for {
		ext := path.Ext(name)
		if lower := strings.ToLower(ext); ext == name || lower != textExtension &&
			!slices.Contains(htmlExtensions, lower) && !slices.Contains(compressions, lower) {
			return name
		}
		name = strings.TrimSuffix(name, ext)
	}
}

func isWARC(head []byte, _ string) bool { return bytes.HasPrefix(head, []byte("WARC/")) }

func isZip(head []byte, _ string) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// isTar recognizes the magic of POSIX and GNU archives. Archives from before 1988 have no magic.
func isTar(head []byte, _ string) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

var jsonObject = regexp.MustCompile(`^\x{FEFF}?\s*\{[ \t]*"`)

// isJSONLines reports whether a file begins with a JSON object that ends on its line, or whose line is longer than the
// examined part. checkJSONLines then reads the whole line, and checks whether it has a page.
func isJSONLines(head []byte, _ string) bool {
	if !jsonObject.Match(head) {
		return false
	}
	line, _, whole := bytes.Cut(bytes.TrimLeft(head, "\uFEFF \t\r\n"), []byte("\n"))
	return bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) || !whole && len(head) == headSize
}

// isMHTML recognizes an RFC 822 header with the content type multipart/related, multipart/alternative or text/html (RFC
// 2557).
func isMHTML(head []byte, _ string) bool {
	header, _, _ := bytes.Cut(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	return mailHeader.Match(header) && multipartType.Match(header)
}

var (
	mailHeader    = regexp.MustCompile(`^[A-Za-z][A-Za-z-]*:`)
	multipartType = regexp.MustCompile(`(?im)^content-type:\s*(multipart/related|multipart/alternative|text/html)`)
	pageStart     = regexp.MustCompile(`(?is)^(\s|<!--.*?(-->|$)|<\?xml[^>]*>)*(<!doctype\s+html|<(html|head|body)[\s>/])`)
	xmlStart      = regexp.MustCompile(`(?is)^\s*<(\?xml|!doctype\s+[a-gi-z]|svg|rss|feed|urlset|sitemapindex)`)
	pageTags      = regexp.MustCompile(`(?i)<(a|article|body|br|div|h[1-6]|img|li|link|main|meta|ol|p|script|section|` +
		`span|style|table|td|title|tr|ul)[\s>/]`)
)

// isHTML reports whether a file is a page: it begins like an HTML document, or it is text and has the extension of a
// page, begins with an HTML tag, or has three HTML tags and no extension. XML, and text with the extension .txt, must
// begin like an HTML document.
func isHTML(head []byte, name string) bool {
	if len(bytes.TrimSpace(head)) == 0 {
		return false
	}
	text := decodeHead(head)
	ext := extension(name)
	switch {
	case pageStart.Match(text):
		return true
	case !isReadable(text) || ext == textExtension, xmlStart.Match(text):
		return false
	case slices.Contains(htmlExtensions, ext):
		return true
	}
	start := bytes.TrimLeft(text, " \t\r\n")
	tags := len(pageTags.FindAll(text, 3))
	return start[0] == '<' && tags > 0 && pageTags.Match(start[:min(len(start), 200)]) || tags > 2 && ext == ""
}

func isText(head []byte, name string) bool {
	return len(bytes.TrimSpace(head)) > 0 && (extension(name) == textExtension || name == stdinName) &&
		isReadable(decodeHead(head))
}

// decodeHead decodes the beginning of a file from UTF-16. It leaves other encodings unchanged, because they agree on
// ASCII.
func decodeHead(head []byte) []byte {
	if _, name, certain := charset.DetermineEncoding(head, ""); certain && strings.HasPrefix(name, "utf-16") ||
		bytes.HasPrefix(head, []byte("<\x00")) || bytes.HasPrefix(head, []byte("\x00<")) {
		return bytes.ReplaceAll(bytes.TrimLeft(head, "\xff\xfe"), []byte{0}, nil)
	}
	return bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
}

// isReadable reports whether bytes are text in some encoding: they have hardly any control characters, and no
// signature of another kind of file.
func isReadable(head []byte) bool {
	kind := http.DetectContentType(head)
	if !utf8.Valid(head) && !strings.HasPrefix(kind, "text/") && kind != "application/octet-stream" {
		return false
	}
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			controls++
		}
	}
	return controls <= len(head)/100 && kind != "application/pdf"
}
