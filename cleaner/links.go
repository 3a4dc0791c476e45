package cleaner

import (
	"iter"
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// isOwnHost reports whether a link leads to a page on the page's own host. A link within the page itself does not
// count. If the page's address is unknown, every relative link counts.
func (p *page) isOwnHost(href string) bool {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return false
	}
	own := p.Doc.URL
	if host, ok := plainHost(href); ok && own != nil {
		return isSameHost(host, own.Host)
	}
	if isPath(href) && own != nil && p.Doc.Base != nil && p.Doc.Base.Host == own.Host {
		return true // most links; there is no need to resolve them
	}
	abs, ok := p.Doc.Resolve(href)
	if !ok || own == nil {
		return !strings.Contains(href, "://") && !strings.HasPrefix(href, "//")
	}
	u, err := url.Parse(abs)
	return err == nil && isSameHost(u.Host, own.Host)
}

// isPath reports whether a link is a path within the host: it has neither a scheme nor a host.
func isPath(href string) bool {
	if href[0] == '/' {
		return len(href) == 1 || href[1] != '/' && href[1] != '\\'
	}
	return (text.IsASCIILetter(href[0]) || text.IsASCIIDigit(href[0]) || href[0] == '.' || href[0] == '?') &&
		!strings.Contains(href, ":")
}

// isSameHost reports whether two hosts are the same apart from case and a leading "www.".
func isSameHost(a, b string) bool {
	return strings.EqualFold(strings.TrimPrefix(a, "www."), strings.TrimPrefix(b, "www."))
}

// plainHost returns the host of a simple absolute address without the cost of parsing it. It returns false for all
// other addresses, such as those with a port or a user.
func plainHost(href string) (string, bool) {
	rest, ok := strings.CutPrefix(href, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(href, "http://"); !ok {
			return "", false
		}
	}
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '/' || c == '?' || c == '#':
			return rest[:i], i > 0
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-':
		default:
			return "", false
		}
	}
	return rest, rest != ""
}

// linksOf iterates over the nodes of a block's links: the link around the block's first node, if there is one, and the
// links inside the block.
func (p *page) linksOf(bl *block.Block) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		from := bl.First
		if a := p.Tree.Ancestor(bl.First, atom.A); a != block.None {
			from = a
		}
		for i := from; i < bl.End; i++ {
			if p.Tree.Nodes[i].Tag == atom.A && !yield(i) {
				return
			}
		}
	}
}

// resolver returns a function that makes links absolute, based on the page's address or, if that is unknown, on its
// canonical address.
func (p *page) resolver() func(string) (string, bool) {
	if p.Doc.Base != nil || p.Meta.Canonical == "" {
		return p.Doc.Resolve
	}
	doc := *p.Doc
	doc.Base = metadata.ParseURL(p.Meta.Canonical)
	return doc.Resolve
}
