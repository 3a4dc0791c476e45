package htmldoc

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Link is an <a href> or <area href> of a page, resolved.
type Link struct {
	// URL is absolute, http or https, without its fragment.
	URL string
	// Rel holds the rel attribute, lower case.
	Rel string
	// Text is the link's text, white space collapsed; the alternative text of its images where it has none.
	Text string
}

// Links lists the page's links in document order, each address once (the first).
// What does not resolve to http or https is left out.
func (d *Document) Links() []Link {
	var links []Link
	seen := make(map[string]bool)
	for n := range d.Root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.A && n.DataAtom != atom.Area {
			continue
		}
		var href, rel string
		for _, a := range n.Attr {
			switch a.Key {
			case "href":
				href = a.Val
			case "rel":
				rel = strings.ToLower(strings.TrimSpace(a.Val))
			}
		}
		if href == "" || !mayBeHTTP(href) {
			continue
		}
		u := d.resolve(href)
		if u == nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			continue
		}
		u.Fragment, u.RawFragment = "", ""
		if s := u.String(); !seen[s] {
			seen[s] = true
			links = append(links, Link{URL: s, Rel: rel, Text: linkText(n)})
		}
	}
	return links
}

// Resolve makes a reference absolute against Base, the way a browser does: white space around it and
// line breaks inside it are dropped. ok is false when the result is not a valid URL. Without a Base, a
// relative reference is returned as it is.
func (d *Document) Resolve(ref string) (abs string, ok bool) {
	u := d.resolve(ref)
	if u == nil {
		return "", false
	}
	return u.String(), true
}

func (d *Document) resolve(ref string) *url.URL {
	u, err := url.Parse(cleanReference(ref))
	if err != nil {
		return nil
	}
	if d.Base != nil {
		u = d.Base.ResolveReference(u)
	}
	return u
}

// cleanReference does what the WHATWG URL Standard does before it parses: trims control characters and
// spaces, drops tabs and line breaks. Spaces and backslashes inside are what people wrote for %20 and slashes.
func cleanReference(ref string) string {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' })
	if strings.ContainsAny(ref, "\t\r\n") {
		ref = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(ref)
	}
	if strings.Contains(ref, " ") {
		ref = strings.ReplaceAll(ref, " ", "%20")
	}
	return ref
}

// mayBeHTTP spares the URL parser what is plainly no page.
func mayBeHTTP(href string) bool {
	href = strings.TrimLeft(href, " \t\r\n\f")
	if href == "" || href[0] == '#' {
		return false
	}
	colon := strings.IndexByte(href, ':')
	if colon < 0 {
		return true
	}
	scheme := href[:colon]
	if strings.ContainsAny(scheme, "/?#.\t\r\n") {
		return true // the colon belongs to the path, or the scheme is written with line breaks
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// linkText collects a link's text; it is bounded, since unclosed links can hold the rest of the page.
func linkText(a *html.Node) string {
	const limit = 1 << 10
	var text, alt strings.Builder
	for n := range a.Descendants() {
		if text.Len() > limit {
			break
		}
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data[:min(len(n.Data), limit)])
		case n.DataAtom == atom.Img:
			for _, at := range n.Attr {
				if at.Key == "alt" {
					alt.WriteString(" " + at.Val[:min(len(at.Val), limit)])
				}
			}
		}
	}
	if s := strings.Join(strings.Fields(text.String()), " "); s != "" {
		return strings.ToValidUTF8(s, "")
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(alt.String()), " "), "")
}
