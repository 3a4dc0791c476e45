package scraper

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// view returns a hash of what the page shows: its title, its text, the addresses of its pictures and other media, and
// the paths of its links. Two requests for a page rarely return the same bytes, because forms, the queries of links,
// and scripts contain sessions and tokens. Tokens have a constant length, but data from which a script makes the
// page's text does not, so the lengths of scripts count. A page's rel=canonical counts too: pages that name
// themselves are different pages, whatever they show.
func (p *Page) view() string {
	b := make([]byte, 0, len(p.Body)/4)
	for n := next(p.Root, p.Root); n != nil; n = next(p.Root, n) {
		switch {
		case n.Type == html.ElementNode && n.DataAtom != atom.Script && n.DataAtom != atom.Link:
			b = appendMedia(b, n)
		case n.DataAtom == atom.Link && hasToken(strings.ToLower(attribute(n, "rel")), "canonical"):
			b = append(append(b, "\x00canonical="...), attribute(n, "href")...)
		case n.Type != html.TextNode, n.Parent.DataAtom == atom.Style:
		case n.Parent.DataAtom == atom.Script, n.Parent.DataAtom == atom.Noscript:
			b = strconv.AppendInt(append(b, "\x00script="...), int64(len(n.Data)), 10)
		default:
			for text := range strings.FieldsSeq(n.Data) {
				b = append(append(b, text...), ' ')
			}
		}
	}
	hash := sha256.Sum256(b)
	return hex.EncodeToString(hash[:16])
}

// appendMedia appends an element's link, and its pictures and media, whose addresses may be in attributes for scripts.
func appendMedia(b []byte, n *html.Node) []byte {
	for _, a := range n.Attr {
		value := a.Val
		switch {
		case a.Key == "href":
			value, _, _ = strings.Cut(value, "?")
			value, _, _ = strings.Cut(value, "#")
			value, _, _ = strings.Cut(value, ";")
		case a.Key == "src", a.Key == "srcset", a.Key == "poster", a.Key == "style", a.Key == "data",
			strings.HasPrefix(a.Key, "data-") && (strings.Contains(a.Key, "src") || strings.HasSuffix(a.Key, "original")):
		default:
			continue
		}
		b = append(append(append(append(b, 0), a.Key...), '='), value...)
	}
	return b
}
