package scraper

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// view returns a hash of what the page shows: its title, its text, the addresses of its pictures and other media, the
// paths of its links, and everything from which a script may make more text: other attributes and the scripts
// themselves. Two requests for a page rarely return the same bytes, because forms, the queries of links and scripts
// contain sessions and tokens. Only the lengths of these count, unless the page's own address contains them: then they
// are what tells the script which text to load. A page's rel=canonical counts too: pages that name themselves are
// different pages, whatever they show.
func (p *Page) view() string {
	v := view{make([]byte, 0, len(p.Body)/2), p.Request.URL}
	for n := next(p.Root, p.Root); n != nil; n = next(p.Root, n) {
		switch {
		case n.DataAtom == atom.Link:
			if hasToken(strings.ToLower(attribute(n, "rel")), "canonical") {
				v.add("canonical", attribute(n, "href"))
			}
		case n.DataAtom == atom.Meta:
		case n.Type == html.ElementNode:
			v.addAttributes(n)
		case n.Type != html.TextNode, n.Parent.DataAtom == atom.Style:
		case n.Parent.DataAtom == atom.Script, n.Parent.DataAtom == atom.Noscript:
			v.addMasked("script", n.Data)
		default:
			for text := range strings.FieldsSeq(n.Data) {
				v.seen = append(append(v.seen, text...), ' ')
			}
		}
	}
	hash := sha256.Sum256(v.seen)
	return hex.EncodeToString(hash[:16])
}

// A view is what a page shows, in an arbitrary form. The field address is the page's own.
type view struct {
	seen    []byte
	address string
}

func (v *view) add(name, value string) {
	v.seen = append(append(append(append(v.seen, 0), name...), '='), value...)
}

// addAttributes adds the attributes of an element, among them the addresses of pictures and media, which may be in
// attributes for scripts.
func (v *view) addAttributes(n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case n.DataAtom == atom.Input && a.Key == "value", a.Key == "nonce":
		case a.Key == "href", a.Key == "action":
			v.add(a.Key, a.Val[:strings.IndexAny(a.Val+"?", "?#;")])
		case n.DataAtom != atom.Script && (a.Key == "src" || a.Key == "srcset" || a.Key == "poster" || a.Key == "style" ||
			a.Key == "data" || strings.HasPrefix(a.Key, "data-") &&
			(strings.Contains(a.Key, "src") || strings.HasSuffix(a.Key, "original"))):
			v.add(a.Key, a.Val)
		default:
			v.addMasked(a.Key, a.Val)
		}
	}
}

// addMasked adds a text, but only the lengths of the tokens in it.
func (v *view) addMasked(name, s string) {
	v.add(name, "")
	for s != "" {
		end := 0
		for end < len(s) && isTokenByte(s[end]) {
			end++
		}
		if part := s[:end]; isToken(part) && !strings.Contains(v.address, part) {
			v.seen = strconv.AppendInt(append(v.seen, 0), int64(end), 10)
		} else {
			v.seen = append(v.seen, part...)
		}
		s = s[end:]
		for end = 0; end < len(s) && !isTokenByte(s[end]); {
			end++
		}
		v.seen = append(v.seen, s[:end]...)
		s = s[end:]
	}
}

// isTokenByte reports whether a byte may be part of a token: a number, hexadecimal, a UUID, or either form of Base64.
func isTokenByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("-_+/=", c) >= 0
}

// minToken is the minimum length of a token. Times in seconds since 1970 have it.
const minToken = 10

// isToken reports whether a part of a text looks like a session, a token or a time: it is a number, or letters and
// digits alternate, as they do not in words with a date or a version.
func isToken(part string) bool {
	letters, changes := alternations(part)
	return len(part) >= minToken && (letters == 0 && !strings.ContainsAny(part, "-/") || changes >= minAlternations)
}

// minAlternations is how often letters and digits alternate at least in what is random.
const minAlternations = 3

// alternations returns the number of ASCII letters in s, and how often letters and digits alternate. Other characters
// do not count.
func alternations(s string) (letters, changes int) {
	last := byte(0)
	for i := range len(s) {
		kind := byte('0')
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			kind = 'a'
			letters++
		case c < '0' || c > '9':
			continue
		}
		if last != 0 && kind != last {
			changes++
		}
		last = kind
	}
	return letters, changes
}
