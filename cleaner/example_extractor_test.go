package cleaner_test

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// mainOnly is an Extractor for a site whose content is always in its main element.
type mainOnly struct{}

func (mainOnly) Extract(root *html.Node, _ *url.URL) ([]*html.Node, error) {
	var texts []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom != atom.Main {
			continue
		}
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				texts = append(texts, d)
			}
		}
	}
	return texts, nil
}

// Your own Extractor can vote in place of go-readability. The rules still have the last word.
func ExampleExtractor() {
	page := `<div><p>The whole harbour is on sale this week, from the quay to the last rusty bollard, while stocks last.</p></div>
		<main><p>The clock is right again.</p><p>Facebook | Twitter | LinkedIn</p></main>`
	a, err := cleaner.New(cleaner.Options{Extractor: mainOnly{}}).Clean(strings.NewReader(page), "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Text())
	// Output: The clock is right again.
}
