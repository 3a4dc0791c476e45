package htmldoc

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Resolve resolves a reference against Base as a browser does: it trims white space and control characters, removes
// tabs and line breaks, reads backslashes as slashes, and escapes characters where necessary (in a query as UTF-8,
// whatever the page's encoding). An http(s) result has a lower-case host, no default port, and a path. Any scheme is
// accepted: check it before you use the result.
//
// ok is false if the reference is not a URL. Without a Base, a relative reference stays relative.
func (d *Document) Resolve(ref string) (abs string, ok bool) {
	if abs, ok := plainReference(d.Base, ref); ok {
		return abs, true
	}
	u := resolve(d.Base, ref)
	if u == nil {
		return "", false
	}
	return u.String(), true
}

// resolve resolves a reference like Document.Resolve. It returns nil if the reference is not a URL.
func resolve(base *url.URL, ref string) *url.URL {
	ref = trimReference(ref)
	scheme, rest := splitScheme(ref)
	if isHTTP(scheme) || scheme == "" && (base == nil || base.Opaque == "") {
		ref = escapeReference(ref)
		_, rest = splitScheme(ref)
	}
	if isHTTP(scheme) && !isAuthority(rest) { // "https:page", "https:/host", "https:///host"
		if base != nil && scheme == base.Scheme && !strings.HasPrefix(rest, "/") {
			ref = rest
		} else {
			ref = scheme + "://" + strings.TrimLeft(rest, "/")
		}
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if isHTTP(u.Scheme) {
		if u.Host == "" {
			return nil
		}
		normalize(u)
	}
	return u
}

func isHTTP(scheme string) bool { return scheme == "http" || scheme == "https" }

func isAuthority(rest string) bool {
	host, ok := strings.CutPrefix(rest, "//")
	return ok && !strings.HasPrefix(host, "/")
}

// normalize writes an http(s) URL in the form that browsers use.
func normalize(u *url.URL) {
	u.Host = strings.ToLower(u.Host)
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" || port == "" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
}

// trimReference is the first step of the WHATWG URL parser: it trims control characters and spaces, and removes tabs
// and line breaks.
func trimReference(ref string) string {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(ref, "\t\r\n") {
		ref = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(ref)
	}
	return ref
}

// splitScheme returns the scheme of a reference, in lower case, and what follows its colon. If there is no scheme, it
// returns "" and the whole reference.
func splitScheme(ref string) (scheme, rest string) {
	for i := range len(ref) {
		switch c := ref[i]; {
		case isASCIILetter(c):
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return strings.ToLower(ref[:i]), ref[i+1:]
		default:
			return "", ref
		}
	}
	return "", ref
}

// escapeReference rewrites an http(s) reference so that net/url parses it. Browsers also accept backslashes, stray
// percent signs and any character anywhere.
func escapeReference(ref string) string {
	if isPlainReference(ref) {
		return ref
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(ref) + 16)
	inPath, inQuery := true, false
	for i := range len(ref) {
		switch c := ref[i]; {
		case c == '\\' && inPath:
			b.WriteByte('/')
		case c == '%' && !inQuery && !isEscape(ref[i:]):
			b.WriteString("%25")
		case c <= ' ' || c == 0x7F || inQuery && (c >= 0x80 || c == '"' || c == '<' || c == '>'):
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			inQuery = (inQuery || c == '?' && inPath) && c != '#'
			inPath = inPath && c != '?' && c != '#'
			b.WriteByte(c)
		}
	}
	escaped := b.String()
	if scheme, _ := splitScheme(escaped); scheme == "" {
		// net/url would read "2026:review" as a URL with an invalid scheme.
		if colon := strings.IndexAny(escaped, ":/?#"); colon >= 0 && escaped[colon] == ':' {
			return "./" + escaped
		}
	}
	return escaped
}

func isPlainReference(ref string) bool {
	for i := range len(ref) {
		switch c := ref[i]; {
		case c <= ' ' || c >= 0x7F || c == '\\' || c == '"' || c == '<' || c == '>':
			return false
		case c == '%' && !isEscape(ref[i:]):
			return false
		case c == ':':
			if scheme, _ := splitScheme(ref); scheme == "" {
				return false
			}
		}
	}
	return true
}

func isEscape(s string) bool { return len(s) >= 3 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// baseOf returns the URL that relative references are resolved against: that of the element <base>, which may be nil,
// if it is http(s), else the page's URL. It removes the fragment.
func baseOf(element *html.Node, page *url.URL) *url.URL {
	if page != nil && page.Fragment != "" {
		bare := *page
		bare.Fragment, bare.RawFragment = "", ""
		page = &bare
	}
	if element == nil {
		return page
	}
	href, _ := attribute(element, "href")
	if base := resolve(page, href); base != nil && isHTTP(base.Scheme) {
		base.Fragment, base.RawFragment = "", ""
		return base
	}
	return page
}

// isBase reports whether a node is a <base href>.
func isBase(n *html.Node) bool {
	if n.DataAtom != atom.Base || n.Type != html.ElementNode || n.Namespace != "" {
		return false
	}
	_, ok := attribute(n, "href")
	return ok
}

func attribute(n *html.Node, key string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}
