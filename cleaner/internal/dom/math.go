package dom

import "golang.org/x/net/html"

// FindAnnotation returns the annotation that contains the TeX of a formula in a safe tree, or nil if the formula has
// none.
func FindAnnotation(math *html.Node) *html.Node {
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			return d
		}
	}
	return nil
}
