package scraper

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// fileKinds are the kinds of files that are not pages, by their extensions and media types. A media type that ends in
// "/", "-" or "." is a prefix. There are few kinds because statistics are counted by kind, and servers send any number
// of media types.
//
// Deliberately absent from the extensions are .php, .aspx, .cgi and the like, .xml and .txt (some sites serve pages
// with them), and .com, because paths can contain host names.
var fileKinds = []struct{ name, extensions, types string }{
	{"a PDF", ".pdf", "application/pdf application/x-pdf"},
	{"a picture", ".avif .bmp .gif .ico .jpeg .jpg .png .psd .svg .tif .tiff .webp", "image/"},
	{"an archive", ".7z .bz2 .gz .jar .rar .tar .tgz .xz .zip .zst", `application/zip
		application/x-zip-compressed application/gzip application/x-gzip application/x-tar application/x-gtar
		application/x-compressed-tar application/x-7z-compressed application/x-rar-compressed application/vnd.rar
		application/x-bzip2 application/x-xz application/zstd application/java-archive`},
	{"audio", ".aac .flac .m4a .mp3 .ogg .opus .wav", "audio/ application/ogg"},
	{"a video", ".avi .flv .m4v .mkv .mov .mp4 .mpeg .mpg .ogv .swf .webm .wmv", `video/ application/mp4
		application/x-shockwave-flash application/vnd.apple.mpegurl application/x-mpegurl application/dash+xml`},
	{"an office document", ".doc .docx .odp .ods .odt .ppt .pptx .ps .rtf .xls .xlsx", `application/msword
		application/rtf text/rtf application/postscript application/vnd.ms- application/vnd.openxmlformats-
		application/vnd.oasis.`},
	{"an e-book", ".epub .mobi", "application/epub+zip application/x-mobipocket-ebook"},
	{"a program", ".apk .bin .deb .dmg .exe .iso .msi .pkg .rpm", `application/x-msdownload application/x-msdos-program
		application/vnd.microsoft.portable-executable application/x-msi application/vnd.debian.binary-package
		application/x-debian-package application/x-rpm application/x-apple-diskimage
		application/x-iso9660-image application/vnd.android.package-archive application/x-sh application/wasm`},
	{"a font", ".eot .otf .ttf .woff .woff2", "font/ application/font- application/x-font- application/vnd.ms-fontobject"},
	{"a script or style sheet", ".css .js .mjs", `text/css text/javascript application/javascript
		application/x-javascript application/ecmascript`},
	{"JSON", ".json", "application/json text/json application/x-ndjson"},
	{"a table", ".csv", "text/csv text/tab-separated-values"},
	{"a calendar", ".ics", "text/calendar"},
	{"a feed", "", "application/rss+xml application/atom+xml application/rdf+xml application/feed+json"},
	{"XML", "", "application/xml text/xml"},
	{"plain text", "", "text/plain"},
	{"another text", "", "text/"},
}

// otherFile is the kind of files that belong to none of the fileKinds.
const otherFile = "another kind of file"

// kindError is ErrFileType or ErrContentType with the kind of file.
type kindError struct {
	err    error
	kind   string
	detail string // the media type that the server sent, or how the kind was determined; may be empty
}

func (e *kindError) Error() string {
	text := e.err.Error() + ": " + e.kind
	if e.detail != "" {
		text += fmt.Sprintf(" (%.100s)", e.detail)
	}
	return text
}

func (e *kindError) Unwrap() error { return e.err }

func (e *kindError) reason() string { return reasonText(e.err) + ": " + e.kind }

// extensionErrors maps file extensions to the errors of links. typeKinds maps media types to kinds of files, and
// typePrefixes maps prefixes of media types to kinds of files.
var extensionErrors, typeKinds, typePrefixes = indexKinds()

func indexKinds() (extensions map[string]*kindError, types, prefixes map[string]string) {
	extensions, types, prefixes = make(map[string]*kindError), make(map[string]string), make(map[string]string)
	for _, kind := range fileKinds {
		for _, extension := range strings.Fields(kind.extensions) {
			extensions[extension] = &kindError{err: ErrFileType, kind: kind.name}
		}
		for _, mediaType := range strings.Fields(kind.types) {
			if strings.HasSuffix(mediaType, "/") || strings.HasSuffix(mediaType, "-") || strings.HasSuffix(mediaType, ".") {
				prefixes[mediaType] = kind.name
			} else {
				types[mediaType] = kind.name
			}
		}
	}
	return extensions, types, prefixes
}

// judgeExtension returns an error for a link that, judging by its file extension, does not lead to a page. A link with
// a query is allowed, whatever its extension, because a server can generate pages under any name. The exception is a
// query that names a picture, a sound or a video ("?media=gulls.png"): its link leads to that file, or to a page that
// shows nothing else. Queries that name documents and archives are allowed, because a viewer's page may be the only one
// with the text.
func judgeExtension(u *url.URL) error {
	if u.RawQuery == "" {
		if err := extensionErrors[strings.ToLower(path.Ext(u.Path))]; err != nil {
			return err
		}
		return nil
	}
	if !strings.Contains(u.RawQuery, ".") {
		return nil
	}
	for part := range strings.FieldsFuncSeq(u.RawQuery, func(r rune) bool { return r == '&' || r == ';' }) {
		if err := extensionErrors[strings.ToLower(path.Ext(part))]; err != nil && isMedia[err.kind] {
			return err
		}
	}
	return nil
}

// isMedia contains the kinds of files that a link's query must not name.
var isMedia = map[string]bool{"a picture": true, "audio": true, "a video": true}

// kindOfType returns the kind of file for a lower-case media type.
func kindOfType(mediaType string) string {
	if kind, ok := typeKinds[mediaType]; ok {
		return kind
	}
	longest, found := "", otherFile
	for prefix, kind := range typePrefixes {
		if strings.HasPrefix(mediaType, prefix) && len(prefix) > len(longest) {
			longest, found = prefix, kind
		}
	}
	switch {
	case found != otherFile:
		return found
	case strings.HasSuffix(mediaType, "+json"):
		return typeKinds["application/json"]
	case strings.HasSuffix(mediaType, "+xml"):
		return typeKinds["application/xml"]
	}
	return otherFile
}

// acceptHTML returns an error if the Content-Type is not HTML, or if the page is an attachment to be saved. A missing
// Content-Type is accepted, because the bytes are checked later.
func acceptHTML(header http.Header) error {
	mediaType, attachment, name := mediaTypeOf(header), false, ""
	if disposition, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition")); err == nil {
		attachment, name = disposition == "attachment", parameters["filename"]
	}
	switch mediaType {
	case "", "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml":
		if attachment {
			return &kindError{ErrContentType, "an attachment", mediaType}
		}
		return nil
	}
	kind := kindOfType(mediaType)
	if byName := extensionErrors[strings.ToLower(path.Ext(name))]; kind == otherFile && byName != nil {
		kind = byName.kind // for application/octet-stream, the default of many servers
	}
	return &kindError{ErrContentType, kind, mediaType}
}

// notHTML returns the error for a body that is not HTML, whatever the response's header says.
func notHTML(body []byte, err error) error {
	mediaType, _, _ := strings.Cut(http.DetectContentType(body), ";")
	return fmt.Errorf("%w: %w", &kindError{ErrContentType, kindOfType(mediaType), "by its first bytes"}, err)
}
