package content

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxDataImage is the longest data: image in bytes that is kept; longer ones belong in a file.
const maxDataImage = 64 << 10

// safeImage copies an image with the address that it really shows; nil if it has none.
func safeImage(n *html.Node, resolve func(string) (string, bool)) *html.Node {
	src := dom.Attr(n, "src")
	if resolve != nil { // else it was found once already
		src = ImageSource(n)
	}
	c := dom.NewElement(atom.Img)
	switch {
	case isDataImage(src):
		if len(src) > maxDataImage {
			return nil
		}
	default:
		var ok bool
		if src, ok = safeURL(src, resolve, "http", "https"); !ok {
			return nil
		}
	}
	c.Attr = append(c.Attr, html.Attribute{Key: "src", Val: src})
	for _, key := range [...]string{"alt", "title", "width", "height"} {
		if value, ok := safeAttr(key, dom.Attr(n, key), safeElements()[atom.Img], nil); ok && value != "" &&
			value != "0" {
			c.Attr = append(c.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	return c
}

// isDataImage accepts the image formats that cannot carry scripts, which svg can.
func isDataImage(src string) bool {
	for _, format := range [...]string{"png", "jpeg", "gif", "webp", "avif"} {
		if strings.HasPrefix(src, "data:image/"+format+";base64,") {
			return true
		}
	}
	return false
}

// ImageSource returns the address of an image, also if a script was to load it later.
func ImageSource(n *html.Node) string {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	if src != "" && !isPlaceholder(src) {
		return src
	}
	if other := OtherSource(n); other != "" {
		return other
	}
	if isPlaceholder(src) {
		return NoscriptSource(n)
	}
	return src
}

// OtherSource returns an address in an image's markup other than its src: one that a script loads later, or one of
// several sizes.
func OtherSource(n *html.Node) string {
	for _, key := range [...]string{
		"data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src",
		"data-url", "data-image", "data-hi-res-src", "data-img-src",
	} {
		if lazy := strings.TrimSpace(dom.Attr(n, key)); lazy != "" && !isPlaceholder(lazy) {
			return lazy
		}
	}
	for _, key := range [...]string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if best := largestCandidate(dom.Attr(n, key)); best != "" {
			return best
		}
	}
	if p := n.Parent; p != nil && p.DataAtom == atom.Picture {
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Source {
				continue
			}
			for _, key := range [...]string{"srcset", "data-srcset"} {
				if best := largestCandidate(dom.Attr(c, key)); best != "" {
					return best
				}
			}
		}
	}
	return ""
}

// NoscriptSource finds the image that a lazy image gives to browsers without scripts, in the element behind or before
// it. The parser takes what is inside as text.
func NoscriptSource(n *html.Node) string {
	for _, s := range [...]*html.Node{dom.NextElement(n), dom.PreviousElement(n)} {
		if s == nil || s.DataAtom != atom.Noscript || s.FirstChild == nil || len(s.FirstChild.Data) > maxNoscript {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(s.FirstChild.Data))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			token := z.Token()
			if token.DataAtom != atom.Img {
				continue
			}
			img := html.Node{Type: html.ElementNode, DataAtom: atom.Img, Attr: token.Attr}
			if src := ImageSource(&img); src != "" {
				return src
			}
		}
	}
	return ""
}

// maxNoscript is the most bytes that are searched for an image.
const maxNoscript = 4096

// isPlaceholder reports whether an address is a placeholder until a script loads the image.
func isPlaceholder(src string) bool {
	if strings.HasPrefix(src, "data:") {
		return len(src) < 1024 || !isDataImage(src)
	}
	lower := strings.ToLower(src)
	for _, name := range [...]string{
		"placeholder", "blank.gif", "spacer.gif", "transparent.gif", "1x1.", "pixel.gif",
		"lazy-load", "lazyload", "loading.gif", "grey.gif", "about:blank",
	} {
		if strings.Contains(lower, name) {
			return true
		}
	}
	return false
}

// largestCandidate returns the image with the largest descriptor of a srcset (WHATWG HTML, "Srcset attributes").
func largestCandidate(srcset string) string {
	best, most := "", -1.0
	for candidate := range strings.SplitSeq(srcset, ", ") {
		fields := strings.Fields(strings.Trim(candidate, ", \t\r\n"))
		if len(fields) == 0 || isPlaceholder(fields[0]) {
			continue
		}
		size := 1.0
		if len(fields) > 1 {
			size, _ = strconv.ParseFloat(strings.TrimRight(fields[1], "wxh"), 64)
		}
		if size > most {
			best, most = fields[0], size
		}
	}
	return best
}
