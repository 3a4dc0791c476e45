package cleaner

import (
	"strconv"

	"golang.org/x/net/html"
)

// selectors writes the paths of a page's elements.
type selectors struct {
	// numbers are the positions of elements among the children of their parents. Elements with a plain name are counted
	// among the children of the same name; the number is 0 if there is only one. Other elements are counted among all
	// children.
	numbers map[*html.Node]int
	same    map[string]int // the children of one parent, counted by name
	known   map[*html.Node]paths
	chain   []*html.Node
	text    []byte
	// left is the number of bytes that the remaining paths of the page may have.
	left int
}

type paths struct{ css, xpath string }

// maxPathBytes limits the total length of the paths of a page. The largest pages of the corpora need 3 MB.
const maxPathBytes = 32 << 20

func newSelectors() selectors {
	return selectors{
		numbers: make(map[*html.Node]int), same: make(map[string]int), known: make(map[*html.Node]paths),
		left: maxPathBytes,
	}
}

// of returns the CSS selector and the XPath of an element. Both are "" for nil, and for all elements after the paths of
// the page have reached their limit.
func (s *selectors) of(n *html.Node) (css, xpath string) {
	if n == nil || s.left <= 0 {
		return "", ""
	}
	of, ok := s.known[n]
	if !ok {
		s.chain = s.chain[:0]
		for at := n; at != nil && at.Type == html.ElementNode; at = at.Parent {
			s.chain = append(s.chain, at)
		}
		of = paths{s.write(" > ", ":nth-of-type(", ":nth-child(", ")")[len(" > "):], s.write("/", "[", "[", "]")}
		s.known[n] = of
	}
	s.left -= len(of.css) + len(of.xpath)
	return of.css, of.xpath
}

// write writes the elements of the chain, outermost first, each after a separator.
func (s *selectors) write(separator, ofType, ofAll, end string) string {
	s.text = s.text[:0]
	for i := len(s.chain) - 1; i >= 0; i-- {
		n := s.chain[i]
		s.text = append(s.text, separator...)
		number, open := s.number(n), ofType
		if isPlainName(n.Data) {
			s.text = append(s.text, n.Data...)
		} else {
			s.text = append(s.text, '*')
			open = ofAll
		}
		if number > 0 {
			s.text = append(s.text, open...)
			s.text = strconv.AppendInt(s.text, int64(number), 10)
			s.text = append(s.text, end...)
		}
	}
	return string(s.text)
}

// maxScanned is the maximum number of siblings that are scanned to find the number of a single element. If there are
// more, all siblings are numbered at once.
const maxScanned = 64

func (s *selectors) number(n *html.Node) int {
	number, known := s.numbers[n]
	if known || n.Parent == nil {
		return number
	}
	isPlain, passed := isPlainName(n.Data), false
	counted, scanned := 0, 0
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if scanned++; scanned > maxScanned {
			s.numberAll(n.Parent)
			return s.numbers[n]
		}
		if c.Type != html.ElementNode || isPlain && c.Data != n.Data {
			continue
		}
		if counted++; c == n {
			number, passed = counted, true
		} else if passed {
			break
		}
	}
	if isPlain && counted == 1 {
		number = 0
	}
	s.numbers[n] = number
	return number
}

func (s *selectors) numberAll(parent *html.Node) {
	clear(s.same)
	all := 0
	for c := parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		all++
		s.same[c.Data]++
		if s.numbers[c] = all; isPlainName(c.Data) {
			s.numbers[c] = s.same[c.Data]
		}
	}
	for c := parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && s.same[c.Data] == 1 && isPlainName(c.Data) {
			s.numbers[c] = 0
		}
	}
}

// isPlainName reports whether an element's name means the same in HTML, CSS and XPath: it needs no quotes, has no
// prefix, and no parser changes its case.
func isPlainName(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if ('a' > c || c > 'z') && (i == 0 || c != '-' && ('0' > c || c > '9')) {
			return false
		}
	}
	return name != ""
}
