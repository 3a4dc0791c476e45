package cleaner

import (
	"net/url"
	"strconv"

	readability "github.com/go-shiori/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readabilityExtractor is go-readability as an Extractor.
type readabilityExtractor struct{}

// numberKey is the attribute by which text nodes are found again in readability's answer: it clones the tree, and
// attributes of elements do not survive its clean-up, but those of text nodes do.
const numberKey = "dechaff-text"

// extractorEnough is how many characters of text readability is content with. It begins again, more lenient each time
// and up to four times, while it has found fewer. Its own 500 makes it do so on many short pages: a quarter of the time
// that it took, which brought nothing on the labeled pages.
const extractorEnough = 300

// Extract implements Extractor.
func (readabilityExtractor) Extract(root *html.Node, pageURL *url.URL) ([]*html.Node, error) {
	var texts []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			n.Attr = []html.Attribute{{Key: numberKey, Val: strconv.Itoa(len(texts))}}
			texts = append(texts, n)
		}
	}
	giveByline(root)
	parser := readability.NewParser() // a parser changes itself while it works: one for each page
	parser.DisableJSONLD = true       // the copy has no scripts
	parser.CharThresholds = extractorEnough
	article, err := parser.ParseDocument(root, pageURL)
	if err != nil || article.Node == nil {
		return nil, err
	}
	var kept []*html.Node
	for n := range article.Node.Descendants() {
		if n.Type != html.TextNode || len(n.Attr) != 1 || n.Attr[0].Key != numberKey {
			continue
		}
		if i, err := strconv.Atoi(n.Attr[0].Val); err == nil && i < len(texts) {
			kept = append(kept, texts[i])
		}
	}
	return kept, nil
}

// giveByline puts a byline before everything else. Until readability has found one, it makes a string of each element's
// whole text to see whether it is one, which was a quarter of what it allocated; and what it takes for one it removes,
// which is for the judge to say.
func giveByline(root *html.Node) {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			byline := &html.Node{
				Type: html.ElementNode, Data: "p", DataAtom: atom.P,
				Attr: []html.Attribute{{Key: "rel", Val: "author"}},
			}
			byline.AppendChild(&html.Node{Type: html.TextNode, Data: "-"})
			n.InsertBefore(byline, n.FirstChild)
			return
		}
	}
}
