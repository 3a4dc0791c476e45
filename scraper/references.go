package scraper

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// readReference reads an element that leads to another page but is not a link: a frame of the same host, a meta
// refresh, or a <noscript> or <noframes>, whose content the parser leaves as text.
func (p *Page) readReference(node *html.Node) {
	switch node.DataAtom {
	case atom.Frame, atom.Iframe:
		p.addReference(attribute(node, "src"), "", true)
	case atom.Meta:
		if strings.EqualFold(attribute(node, "http-equiv"), "refresh") {
			p.setRefresh(attribute(node, "content"), false)
		}
	case atom.Noscript, atom.Noframes:
		if text := node.FirstChild; text != nil && text.Type == html.TextNode {
			p.readNoscript(text.Data)
		}
	}
}

// readNoscript reads the references inside a <noscript> or <noframes>, because scripts are not run.
func (p *Page) readNoscript(text string) {
	tokens := html.NewTokenizer(strings.NewReader(text))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := tokens.Token()
		node := &html.Node{Type: html.ElementNode, DataAtom: token.DataAtom, Data: token.Data, Attr: token.Attr}
		switch token.DataAtom {
		case atom.A, atom.Area:
			p.addReference(attribute(node, "href"), strings.ToLower(attribute(node, "rel")), false)
		case atom.Frame, atom.Iframe:
			p.addReference(attribute(node, "src"), "", true)
		case atom.Meta:
			if strings.EqualFold(attribute(node, "http-equiv"), "refresh") {
				p.setRefresh(attribute(node, "content"), true)
			}
		}
	}
}

func (p *Page) addReference(ref, rel string, sameHost bool) {
	if ref == "" || ref[0] == '#' {
		return
	}
	u, err := p.linked(ref)
	if err != nil || sameHost && (p.URL == nil || !SameHost(u, p.URL)) {
		return
	}
	p.references = append(p.references, htmldoc.Link{URL: u.String(), Rel: rel})
}

// recodedQueries finds the links for which browsers request another address: on a page in a legacy encoding, browsers
// use that encoding for characters beyond ASCII in the queries of links (url.spec.whatwg.org, "query state"). It maps
// the address of such a link in UTF-8 to the address that browsers request. It returns nil if there are no such links.
func (p *Page) recodedQueries() map[string]string {
	if strings.HasPrefix(p.Encoding, "utf-") {
		return nil
	}
	enc, _ := charset.Lookup(p.Encoding)
	if enc == nil {
		return nil
	}
	var recoded map[string]string
	for node := range p.Root.Descendants() {
		if node.DataAtom != atom.A && node.DataAtom != atom.Area {
			continue
		}
		ref := attribute(node, "href")
		head, query, ok := strings.Cut(ref, "?")
		if !ok || isASCII(query) {
			continue
		}
		plain, ok := p.Resolve(ref)
		if !ok {
			continue
		}
		if target, ok := p.Resolve(head + "?" + encodeQuery(enc, query)); ok {
			if recoded == nil {
				recoded = make(map[string]string)
			}
			recoded[withoutFragment(plain)] = withoutFragment(target)
		}
	}
	return recoded
}

func withoutFragment(address string) string {
	head, _, _ := strings.Cut(address, "#")
	return head
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// encodeQuery escapes a query in the given encoding. A character that the encoding lacks becomes a character
// reference, as in browsers.
func encodeQuery(enc encoding.Encoding, query string) string {
	var b strings.Builder
	encoder := enc.NewEncoder()
	for _, r := range query {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		octets, err := encoder.String(string(r))
		if err != nil {
			encoder.Reset()
			b.WriteString(url.QueryEscape(fmt.Sprintf("&#%d;", r)))
			continue
		}
		for i := range len(octets) {
			writeEscape(&b, octets[i])
		}
	}
	return b.String()
}
