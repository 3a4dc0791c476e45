package explain

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A stepper follows the XPaths that the cleaner writes: each step is a tag name or "*", with a number in brackets if
// there are several such children. A stepper reads the children of each element once.
type stepper struct {
	root  *html.Node
	below map[*html.Node]map[string]*html.Node
}

func newStepper(root *html.Node) *stepper {
	return &stepper{root, make(map[*html.Node]map[string]*html.Node)}
}

// find returns the element at a path, or nil if the path is "" or there is no such element.
func (s *stepper) find(path string) *html.Node {
	if path == "" {
		return nil
	}
	n := s.root
	for step := range strings.SplitSeq(path[1:], "/") {
		if n = s.children(n)[step]; n == nil {
			return nil
		}
	}
	return n
}

func (s *stepper) children(n *html.Node) map[string]*html.Node {
	if known, ok := s.below[n]; ok {
		return known
	}
	found, counts := make(map[string]*html.Node), make(map[string]int)
	all := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		all++
		counts[c.Data]++
		found["*["+strconv.Itoa(all)+"]"] = c
		found[c.Data+"["+strconv.Itoa(counts[c.Data])+"]"] = c
		if counts[c.Data] == 1 {
			found[c.Data] = c
		}
	}
	s.below[n] = found
	return found
}
