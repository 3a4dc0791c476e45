package cleaner

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// An onlyElement is the id of an element, and an extractor that keeps only the text of that element.
type onlyElement string

func (id onlyElement) Extract(root *html.Node, _ *url.URL) ([]*html.Node, error) {
	var texts []*html.Node
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "id" || a.Val != string(id) {
				continue
			}
			for t := range n.Descendants() {
				if t.Type == html.TextNode {
					texts = append(texts, t)
				}
			}
		}
	}
	return texts, nil
}

// The vote of an extractor that misses the article is corrected if there is one headline with more text below it than
// the extractor chose.
func TestVoteBelowTheHeadline(t *testing.T) {
	const (
		lead  = "The tide-table of Pellow Quay is printed on the back of the bus timetable, so that whoever misses the one may console himself with the other."
		more  = "The printer, a Mr Odgers, sets both by hand, and has been known to let the last bus wait for high water if the line came out more evenly."
		legal = "All times are given without warranty by the harbour board."
	)
	page := func(headline string) string {
		return fmt.Sprintf(`<title>The tide and the bus</title><h1>%s</h1><div><p>%s</p><p>%s</p></div>%s<footer id="legal"><p>%s</p></footer>`,
			headline, lead, more, strings.Repeat("<p><a href='/bus'>The next bus</a></p>", belowHeadline), legal)
	}
	for _, c := range []struct{ name, headline, engine, want string }{
		{"the extractor chose the notice", "The tide and the bus", "legal", lead + "\n\n" + more},
		{"no headline to go by", "Pellow Quay", "legal", legal},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := htmldoc.Parse(strings.NewReader(page(c.headline)), htmldoc.Source{URL: "https://quay.example/"})
			require.NoError(t, err)
			p := New(Options{Extractor: onlyElement(c.engine)}).page(doc)
			runThrough(p, "vote")
			var voted []string
			for b := range p.Blocks {
				if p.Votes[b] >= 0.5 {
					voted = append(voted, p.Blocks[b].Text)
				}
			}
			assert.Equal(t, c.want, strings.Join(voted, "\n\n"))
		})
	}
}

// The judge decides whether a line is a byline: the extractor must not remove it.
func TestVoteKeepsByline(t *testing.T) {
	const line = "By Ada Brun"
	story := strings.Repeat("<p>The tide-table of Pellow Quay is printed on the back of the bus timetable, so that whoever misses the one may console himself with the other.</p>", 5)
	root, err := html.Parse(strings.NewReader("<article><div><h1>The tide and the bus</h1><p class=byline>" + line + "</p>" + story + "</div></article>"))
	require.NoError(t, err)
	kept, err := readabilityExtractor{}.Extract(root, nil)
	require.NoError(t, err)
	var texts []string
	for _, n := range kept {
		texts = append(texts, n.Data)
	}
	assert.Contains(t, texts, line)
	assert.NotContains(t, texts, "-")
}
