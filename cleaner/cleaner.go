package cleaner

import (
	"context"
	"io"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// A Cleaner turns pages into articles by its Options. It is safe for concurrent use.
type Cleaner struct {
	opts      Options
	extractor Extractor
	// known is what is known about the pages' host, nil for nothing. observer is the Site that is told about each page,
	// nil for none.
	known    *Snapshot
	observer *Site
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
// Errors: ErrNoArticle (as a *NoArticleError, which has the page's metadata), ErrTooLarge, ErrNotHTML, ErrBadURL, or
// the reader's own; errors.Is matches each. A page that gives an error gives no article, not even a part of one.
func Clean(r io.Reader, url string) (*Article, error) { return New(Options{}).Clean(r, url) }

// CleanContext is Clean that stops when ctx is done and returns ctx's error; errors.Is matches context.Canceled. It
// checks ctx before each read and each stage, and every few thousand nodes or blocks in long walks. Parsing and an
// Extractor's work are not interrupted: on the largest page that the zero Options accept, two checks are about 0.2 s
// apart at most.
func CleanContext(ctx context.Context, r io.Reader, url string) (*Article, error) {
	return New(Options{}).CleanContext(ctx, r, url)
}

// CleanDocument is Clean for a page that was parsed already, as the scraper's pages are. It never changes doc.
func CleanDocument(doc *htmldoc.Document) (*Article, error) { return New(Options{}).CleanDocument(doc) }

// Clean is the package's Clean with this Cleaner's options.
func (c *Cleaner) Clean(r io.Reader, url string) (*Article, error) {
	return c.CleanContext(context.Background(), r, url)
}

// CleanContext is the package's CleanContext with this Cleaner's options.
func (c *Cleaner) CleanContext(ctx context.Context, r io.Reader, url string) (*Article, error) {
	if ctx.Done() != nil {
		r = &contextReader{ctx.Err, r}
	}
	doc, err := htmldoc.Parse(r, htmldoc.Source{
		URL: url, ContentType: c.opts.ContentType, MaxBytes: c.opts.MaxBytes, MaxNodes: c.opts.MaxNodes,
	})
	if err != nil {
		return nil, err
	}
	return c.CleanDocumentContext(ctx, doc)
}

// CleanDocument is the package's CleanDocument with this Cleaner's options.
func (c *Cleaner) CleanDocument(doc *htmldoc.Document) (*Article, error) {
	return c.CleanDocumentContext(context.Background(), doc)
}

// CleanDocumentContext is CleanDocument that stops when ctx is done, as CleanContext does.
func (c *Cleaner) CleanDocumentContext(ctx context.Context, doc *htmldoc.Document) (*Article, error) {
	p := c.page(doc)
	p.Options.Probe = judge.ProbeOf(ctx)
	if ctx.Done() != nil {
		p.interrupted = ctx.Err
	}
	return p.clean()
}

// page begins the work on a document.
func (c *Cleaner) page(doc *htmldoc.Document) *page {
	p := &page{opts: &c.opts, extractor: c.extractor, known: c.known, observer: c.observer}
	p.Doc = doc
	p.Options = judge.Options{Kind: judge.Kind(c.opts.Kind)}
	switch c.opts.Favor {
	case FavorPrecision:
		p.Options.Favored = favored
	case FavorRecall:
		p.Options.Favored = -favored
	}
	return p
}

// favored is what Favor adds to the judge's threshold, or takes away.
const favored = 0.2

// stages are the pipeline, in order. The package's documentation says what each does, by the same names.
var stages = [...]struct {
	name string
	run  func(*page)
}{
	{"metadata", (*page).readMetadata},
	{"reveal, mark, segment", (*page).segmentPage},
	{"observe", (*page).observeSite},
	{"classify", (*page).classify},
	{"region", (*page).findRegion},
	{"judge", (*page).JudgeFirst},
	{"vote", (*page).vote},
	{"fields", (*page).settleFields},
	{"label", (*page).label},
	{"judge again", (*page).JudgeAgain},
	{"decide", (*page).decide},
	{"apply", (*page).applySite},
	{"assemble", (*page).assemble},
}

// clean takes a page through all stages, unless it is stopped between two of them, or in one.
func (p *page) clean() (*Article, error) {
	for _, stage := range stages {
		if p.isStopped() {
			break
		}
		stage.run(p)
	}
	if p.stopped != nil {
		p.releaseAll()
		return nil, p.stopped
	}
	if p.opts.Explain != nil {
		p.opts.Explain(p.trace())
	}
	p.ShowProbe()
	p.releaseAll()
	return p.article, p.failure
}
