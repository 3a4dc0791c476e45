package dom

import "golang.org/x/net/html"

// FindAnnotation returns the first annotation of a formula, or nil if it has none. In the content of an article, that
// annotation contains the formula's TeX.
func FindAnnotation(math *html.Node) *html.Node {
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			return d
		}
	}
	return nil
}
