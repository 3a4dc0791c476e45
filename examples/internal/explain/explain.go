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

// Options says how a page is cleaned.
type Options struct {
	// Cleaner configures the cleaner. Blocks and Explain are set by this package.
	Cleaner cleaner.Options
	// Site is what is known about the page's host; nil for nothing.
	Site *cleaner.Snapshot
}

// A Page is a page with all that was decided of it.
type Page struct {
	// Article is the article; if Failure is not nil, one that has only the metadata and the removals.
	Article *cleaner.Article
	// Failure is why there is no article: cleaner.ErrNoArticle.
	Failure error
	// Trace is what the cleaner reported.
	Trace *cleaner.PageTrace
	// Items are the parts of the page with their verdicts, in page order.
	Items []Item
	// Fields are the metadata that were found, and where.
	Fields []Field
	// Took is the time to clean the page, without parsing.
	Took time.Duration

	doc   *htmldoc.Document
	nodes []*html.Node       // of the page, in its order
	order map[*html.Node]int // the position of each
}

// New cleans a page and collects what was decided. It never changes doc. A page without an article is no error.
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

// Kept returns the number of words of the blocks that are in the article, and that of all blocks.
func (p *Page) Kept() (kept, all int) {
	for i := range p.Items {
		if it := &p.Items[i]; it.Verdict == Kept {
			kept += it.Words
		}
		all += p.Items[i].Words
	}
	return kept, all
}

// Bytes returns the size of the page.
func (p *Page) Bytes() int64 { return p.doc.Bytes }

// Element returns the element at a position of the page; nil if there is none.
func (p *Page) Element(at int) *html.Node {
	if at < 0 || at >= len(p.nodes) || p.nodes[at].Type != html.ElementNode {
		return nil
	}
	return p.nodes[at]
}

// Layout returns a hash of which nodes of the page the blocks are made of: the views of two Pages with the same layout
// are the same.
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
