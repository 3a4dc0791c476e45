package scraper

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxSkeletonLinks is how many links of a page with too many nodes are read.
const maxSkeletonLinks = 50_000

// largeLinks reads the links of a page that has too many nodes for its tree, and stores them in out. The page itself
// fails, but a crawl would lose the pages to which only this one links, such as those of a complete index.
func (s *Scraper) largeLinks(out *Outcome, req Request, res *response) {
	links := *res
	links.body = skeleton(res.body, maxSkeletonLinks)
	if page, err := s.newPage(req, &links); err == nil {
		out.Links, out.NoFollow = page.links()
		out.Feeds = page.Feeds
	}
}

// skeleton returns a page that has only the elements of the given page that lead to other pages or say how to read
// them, with at most limit links.
func skeleton(body []byte, limit int) []byte {
	var b bytes.Buffer
	b.WriteString("<!doctype html>")
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for links := 0; links < limit; {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.Bytes()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			switch atom.Lookup(name) {
			case atom.Base, atom.Meta, atom.Link:
				b.Write(tokens.Raw())
			case atom.A, atom.Area:
				b.Write(tokens.Raw())
				b.WriteString("</a>")
				links++
			}
		}
	}
	return b.Bytes()
}
