package htmldoc

import (
	"bytes"
	"mime"
	"strings"

	"golang.org/x/net/html"
)

// prescan is how many bytes of a page are searched for a declaration of its encoding. The standard says 1024, but some
// real pages put scripts before the declaration.
const prescan = 16 << 10

// declaredLabel returns the label of the encoding that a page declares for itself in an XML declaration, a <meta
// charset> or an http-equiv. It returns "" if there is none.
func declaredLabel(b []byte) string {
	head := b[:min(len(b), prescan)]
	if rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<?xml")); ok {
		if end := bytes.Index(rest, []byte("?>")); end >= 0 {
			if label := parameter(string(rest[:end]), "encoding"); label != "" {
				return label
			}
		}
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := z.TagName()
			if string(name) == "body" {
				return ""
			}
			if string(name) == "meta" && hasAttr {
				if label := metaCharset(z); lookup(label) != "" {
					return label
				}
			}
		}
	}
}

// metaCharset returns the label of the encoding in the attributes of the tokenizer's current <meta>, or "".
func metaCharset(z *html.Tokenizer) string {
	var charset, content, equiv string
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "charset":
			charset = strings.TrimSpace(string(value))
		case "content":
			content = string(value)
		case "http-equiv":
			equiv = strings.TrimSpace(string(value))
		}
	}
	if charset != "" {
		return charset
	}
	if strings.EqualFold(equiv, "content-type") {
		return charsetParam(content)
	}
	return ""
}

// charsetParam returns the charset in a Content-Type, which need not be well-formed, or "".
func charsetParam(contentType string) string {
	if contentType == "" {
		return ""
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return params["charset"]
	}
	return parameter(contentType, "charset")
}

// parameter returns the value of name=value in s, or "". It follows the standard's "algorithm for extracting a
// character encoding from a meta element": white space around the equals sign and quotes around the value are allowed.
func parameter(s, name string) string {
	for {
		i := indexFold(s, name)
		if i < 0 {
			return ""
		}
		s = s[i+len(name):]
		value, ok := strings.CutPrefix(strings.TrimLeft(s, asciiSpace), "=")
		if !ok {
			continue
		}
		value = strings.TrimLeft(value, asciiSpace)
		if value != "" && (value[0] == '"' || value[0] == '\'') {
			value, _, _ = strings.Cut(value[1:], value[:1])
			return strings.Trim(value, asciiSpace)
		}
		if end := strings.IndexAny(value, asciiSpace+`;,"'`); end >= 0 {
			value = value[:end]
		}
		return value
	}
}

const asciiSpace = " \t\r\n\f"

// indexFold is like strings.Index but ignores case. A search in strings.ToLower(s) would return a wrong index, because
// some letters have a different length in lower case.
func indexFold(s, sub string) int {
	for i := 0; i+len(sub) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}
