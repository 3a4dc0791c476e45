package htmldoc

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// prescan is how far into a page its own declaration is looked for. The standard says 1024 bytes; real pages
// put scripts before it.
const prescan = 16 << 10

// declared finds the encoding that a page declares for itself: an XML declaration, <meta charset> or http-equiv.
func declared(b []byte) string {
	head := b[:min(len(b), prescan)]
	if rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<?xml")); ok {
		if end := bytes.Index(rest, []byte("?>")); end >= 0 {
			if label := xmlEncoding(string(rest[:end])); label != "" {
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
				if label := metaCharset(z); label != "" {
					return label
				}
			}
		}
	}
}

func xmlEncoding(declaration string) string {
	_, rest, ok := cutFold(declaration, "encoding")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	label, _, _ := strings.Cut(rest[1:], rest[:1])
	return label
}

// metaCharset reads the encoding from the attributes of the <meta> that the tokenizer stands at.
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
