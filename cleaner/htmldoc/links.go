package htmldoc

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Link is an <a href> or <area href> of a page, resolved.
type Link struct {
	// URL is absolute, http or https, without its fragment.
	URL string
	// Rel is the rel attribute in lower case, with one space between its words.
	Rel string
	// Text is the link's text with white space collapsed, truncated after about 1 KiB. If the link has no text, it is
	// the alternative text of its images.
	Text string
}

// Links returns the page's links in document order. If several links have the same address, only the first is listed.
// Links that are empty or begin with "#", and links that do not resolve to http or https, are left out.
func (d *Document) Links() []Link {
	var links []Link
	seen := make(map[string]bool)
	for n := range d.Root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.A && n.DataAtom != atom.Area {
			continue
		}
		href, ok := attribute(n, "href")
		if !ok || !mayBeHTTP(href) {
			continue
		}
		address, ok := plainReference(d.Base, href)
		if !ok {
			u := resolve(d.Base, href)
			if u == nil || !isHTTP(u.Scheme) {
				continue
			}
			u.Fragment, u.RawFragment = "", ""
			address = u.String()
		}
		if seen[address] {
			continue
		}
		seen[address] = true
		rel, _ := attribute(n, "rel")
		links = append(links, Link{URL: address, Rel: strings.ToLower(collapse(rel)), Text: linkText(n)})
	}
	return links
}

// mayBeHTTP returns false for references that clearly lead to no other page. It does not need the URL parser.
func mayBeHTTP(href string) bool {
	href = strings.TrimLeft(href, " \t\r\n\f")
	if href == "" || href[0] == '#' {
		return false
	}
	scheme, _ := splitScheme(href)
	return scheme == "" || isHTTP(scheme)
}

// maxLinkText limits the number of bytes of text, and maxLinkNodes the number of nodes, that are read for a link. A
// link that is never closed contains the rest of the page.
const (
	maxLinkText  = 1 << 10
	maxLinkNodes = 1 << 12
)

// linkText returns a link's text, with a space between blocks inside it, or the alternative text of its images if it
// has no text.
func linkText(link *html.Node) string {
	var text, alt strings.Builder
	if link.DataAtom == atom.Area {
		value, _ := attribute(link, "alt")
		return collapse(value[:min(len(value), maxLinkText)])
	}
	visited := 0
	for n := link.FirstChild; n != nil && visited < maxLinkNodes && max(text.Len(), alt.Len()) < maxLinkText; visited++ {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data[:min(len(n.Data), maxLinkText)])
		case n.DataAtom == atom.Img:
			value, _ := attribute(n, "alt")
			alt.WriteString(value[:min(len(value), maxLinkText)] + " ")
		case breaksText(n):
			text.WriteByte(' ')
		}
		if n.FirstChild != nil && !isUnseen(n) {
			n = n.FirstChild
			continue
		}
		for n != link && n.NextSibling == nil {
			if n = n.Parent; breaksText(n) {
				text.WriteByte(' ')
			}
		}
		if n == link {
			break
		}
		if breaksText(n) {
			text.WriteByte(' ')
		}
		n = n.NextSibling
	}
	if s := collapse(text.String()); s != "" {
		return s
	}
	return collapse(alt.String())
}

// breaksText reports whether a browser separates the text before and after a node.
func breaksText(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.DataAtom == atom.Br || kindOf(n.Data) != inline && kindOf(n.Data) != void)
}

func isUnseen(n *html.Node) bool {
	return n.Type == html.ElementNode && (kindOf(n.Data) == rawText || n.DataAtom == atom.Template)
}

// collapse replaces every run of white space with one space. The text may have been truncated inside a character.
func collapse(s string) string { return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "") }
