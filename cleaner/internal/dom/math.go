package dom

import "golang.org/x/net/html"

// FindAnnotation returns the annotation of a formula in a safe tree, which has its TeX; nil if it has none.
func FindAnnotation(math *html.Node) *html.Node {
	for d := range math.Descendants() {
		if d.Type == html.ElementNode && d.Data == "annotation" {
			return d
		}
	}
	return nil
}
