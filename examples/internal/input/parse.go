package input

import (
	"bytes"
	"errors"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/hosts"
)

// Parse parses a prepared page. If its address is invalid, the page is parsed without an address.
func (p *Page) Parse() (*htmldoc.Document, error) {
	source := htmldoc.Source{URL: p.URL, ContentType: p.ContentType}
	doc, err := htmldoc.ParseBytes(p.Body, source)
	if errors.Is(err, htmldoc.ErrBadURL) {
		source.URL = ""
		doc, err = htmldoc.ParseBytes(p.Body, source)
	}
	return doc, err
}

// Host returns the host of a page's address or, if that is unknown, of the address that the page declares; "" if there
// is neither, and for anything that is not an HTML page. The page must be prepared.
func (p *Page) Host() string {
	switch {
	case p.Skip != "" || p.Err != nil || p.IsText:
		return ""
	case p.URL != "":
		return hosts.Of(p.URL)
	}
	return hosts.Of(ownAddress(p.Body))
}

// ownAddress returns the address that a page's head declares, or "" if there is no absolute address.
func ownAddress(b []byte) string {
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			value := make(map[string]string, len(t.Attr))
			for _, a := range t.Attr {
				value[a.Key] = a.Val
			}
			address := ""
			switch {
			case t.Data == "body":
				return ""
			case t.Data == "link" && strings.EqualFold(value["rel"], "canonical"):
				address = value["href"]
			case t.Data == "meta" && value["property"] == "og:url":
				address = value["content"]
			}
			if hosts.Of(address) != "" {
				return address
			}
		}
	}
}
