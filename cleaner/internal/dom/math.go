package dom

import (
	"golang.org/x/net/html"
)

// FindAnnotation returns the formula's TeX annotation, or nil.
func FindAnnotation(math *html.Node) *html.Node {
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			return d
		}
	}
	return nil
}
