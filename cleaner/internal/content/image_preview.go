package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// previews are parts of the addresses of small or blurred versions of a picture, which a page shows until a script has
// loaded the picture.
var previews = text.NewFinder([]string{"lqip", "/blur_", ",blur_", "/max/60/"})

// preview returns the address of the preview that an image shows, if the page has no other image for the same picture,
// or "".
func preview(n *html.Node) string {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if strings.HasPrefix(src, "data:") || !previews.InLower(src) || hasTwin(n) {
		return ""
	}
	if original, _, found := strings.Cut(src, "/v1/fill/"); found && pictureName.InLower(original) { // Wix
		return original
	}
	return src
}

// linked returns the address of the picture that the link around a placeholder leads to, or "".
func linked(n *html.Node) string {
	for at, up := n.Parent, 0; at != nil && up < 3; at, up = at.Parent, up+1 {
		if href := strings.TrimSpace(dom.Attr(at, "href")); at.DataAtom == atom.A && LeadsToPicture(href) && !hasTwin(n) {
			return href
		}
	}
	return ""
}

// hasTwin reports whether another image is next to an image, or next to a box around it that has no text.
func hasTwin(n *html.Node) bool {
	at := n
	for range 3 {
		if at.Parent == nil || holdsText(at.Parent) {
			return false
		}
		for s := at.Parent.FirstChild; s != nil; s = s.NextSibling {
			switch s.DataAtom {
			case atom.Img, atom.Picture, atom.Noscript:
				if s != at {
					return true
				}
			}
		}
		at = at.Parent
	}
	return false
}
