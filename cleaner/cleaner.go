package cleaner

import (
	"io"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// A Cleaner turns pages into articles by its Options. It is safe for concurrent use.
type Cleaner struct {
	opts      Options
	extractor Extractor
}

// New returns a Cleaner. The zero Options are the recommended ones.
func New(opts Options) *Cleaner {
	c := &Cleaner{opts: opts, extractor: opts.Extractor}
	if c.extractor == nil {
		c.extractor = readabilityExtractor{}
	}
	return c
}

// Clean reads an HTML page and returns its article. url is the page's address, by which links are made
// absolute; it may be empty.
//
// Errors: ErrNoArticle (as a *NoArticleError, which has the page's metadata), ErrTooLarge, ErrNotHTML, ErrBadURL, or the reader's own;
// errors.Is matches each. A page that gives an error gives no article, not even a part of one.
func Clean(r io.Reader, url string) (*Article, error) { return New(Options{}).Clean(r, url) }

// CleanDocument is Clean for a page that was parsed already, as the scraper's pages are. It never changes doc.
func CleanDocument(doc *htmldoc.Document) (*Article, error) { return New(Options{}).CleanDocument(doc) }

// Clean is the package's Clean with this Cleaner's options.
func (c *Cleaner) Clean(r io.Reader, url string) (*Article, error) {
	doc, err := htmldoc.Parse(r, htmldoc.Source{
		URL: url, ContentType: c.opts.ContentType, MaxBytes: c.opts.MaxBytes, MaxNodes: c.opts.MaxNodes,
	})
	if err != nil {
		return nil, err
	}
	return c.CleanDocument(doc)
}

// CleanDocument is the package's CleanDocument with this Cleaner's options.
func (c *Cleaner) CleanDocument(doc *htmldoc.Document) (*Article, error) {
	return c.clean(doc, nil, nil)
}

// clean is the pipeline. known is what is known of the page's host, nil for nothing, and site is told of the page, nil for none.
func (c *Cleaner) clean(doc *htmldoc.Document, known *Snapshot, site *Site) (*Article, error) {
	p := c.page(doc)
	p.read()
	p.compare(known, site)
	p.note()
	p.judgeFirst()
	p.vote(c.extractor)
	p.label()
	p.judgeAgain()
	p.decide()
	p.learnNames(known)
	if c.opts.Explain != nil {
		c.opts.Explain(p.trace()) // it may keep the rows
	} else {
		p.features.table.release()
		defer p.release()
	}
	return p.assemble()
}

// page begins the work on a document.
func (c *Cleaner) page(doc *htmldoc.Document) *page {
	return &page{doc: doc, meta: metadata.Read(doc), opts: &c.opts}
}

// segment cuts what is not marked into blocks.
func (p *page) segment() {
	skip := p.scratch().bools.Take(len(p.marks))
	for i, m := range p.marks {
		skip[i] = m != unmarked
	}
	p.blocks = p.scratch().segmenter.Segment(p.tree, skip)
}
