package explain

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"strconv"
	"time"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Options configures how a page is cleaned.
type Options struct {
	// Cleaner configures the cleaner. New sets its fields Blocks and Explain.
	Cleaner cleaner.Options
	// Site is what is known about the page's host, or nil if nothing is known.
	Site *cleaner.Snapshot
}

// A Page is a page with all decisions about it.
type Page struct {
	// Article is the article. If Failure is not nil, it has only the metadata and the removals.
	Article *cleaner.Article
	// Failure is an error that wraps cleaner.ErrNoArticle. It is nil if there is an article.
	Failure error
	// Trace is the cleaner's trace.
	Trace *cleaner.PageTrace
	// Items are the parts of the page with their verdicts, in page order.
	Items []Item
	// Fields are the metadata and their sources.
	Fields []Field
	// Took is the time to clean the page, without parsing.
	Took time.Duration

	doc   *htmldoc.Document
	nodes []*html.Node       // the page's nodes, in page order
	order map[*html.Node]int // the position of each node
}

// New cleans a page and collects the decisions. It never changes doc. A page without an article is not an error.
func New(ctx context.Context, doc *htmldoc.Document, o Options) (*Page, error) {
	p := &Page{doc: doc, order: make(map[*html.Node]int)}
	for n := range doc.Root.Descendants() {
		p.order[n] = len(p.nodes)
		p.nodes = append(p.nodes, n)
	}
	o.Cleaner.Blocks = true
	o.Cleaner.Explain = func(t *cleaner.PageTrace) { p.Trace = t }
	began := time.Now()
	article, err := cleaner.New(o.Cleaner).ForSite(o.Site).CleanDocumentContext(ctx, doc)
	p.Took = time.Since(began)
	var none *cleaner.NoArticleError
	switch {
	case errors.As(err, &none):
		p.Article, p.Failure = none.About, err
	case err != nil:
		return nil, err
	default:
		p.Article = article
	}
	p.collect()
	p.findFields()
	return p, nil
}

// Kept returns the number of words in kept items and in all items.
func (p *Page) Kept() (kept, all int) {
	for i := range p.Items {
		if it := &p.Items[i]; it.Verdict == Kept {
			kept += it.Words
		}
		all += p.Items[i].Words
	}
	return kept, all
}

// Bytes returns the size of the page in bytes.
func (p *Page) Bytes() int64 { return p.doc.Bytes }

// Element returns the element at a position in the page, or nil if there is no element at that position.
func (p *Page) Element(at int) *html.Node {
	if at < 0 || at >= len(p.nodes) || p.nodes[at].Type != html.ElementNode {
		return nil
	}
	return p.nodes[at]
}

// Layout returns a hash of the nodes from which the blocks are made. Two Pages of the same document with the same
// layout have the same view.
func (p *Page) Layout() string {
	h := fnv.New64a()
	for b := range p.Trace.Blocks {
		for _, n := range p.Trace.Blocks[b].Nodes {
			h.Write(binary.LittleEndian.AppendUint32(nil, uint32(p.order[n])))
		}
		h.Write([]byte{0xff})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
