package cleaner

import (
	"context"
	"io"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
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
	if c.opts.Blocks {
		p.locator = newLocator(p)
	}
	p.Options = judge.Options{Kind: judge.Kind(c.opts.Kind)}
	p.Options.Favored = c.opts.Favor.gain()
	return p
}

// gain returns what is added to the judge's threshold.
func (f Favor) gain() float32 {
	switch f {
	case FavorPrecision:
		return favored
	case FavorRecall:
		return -favored
	}
	return 0
}

// favored is what Favor adds to the judge's threshold, or takes away.
const favored = 0.2

// stages are the pipeline, in order. The package's documentation says what each does, by the same names.
var stages = [...]struct {
	name string
	run  func(*page)
}{
	{"metadata", (*page).readMetadata},
	{"rules", (*page).matchRules},
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
		p.runStage(stage.name, stage.run)
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

// Observe takes a page of the host into account. It never changes doc. A page that shows the same as an earlier one,
// digits aside, counts once, and so do pages of one address, and pages whose titles and three longest texts are the
// same.
func (s *Site) Observe(doc *htmldoc.Document) {
	s.observe(fingerprintDocument(doc))
}

// ForSite returns a Cleaner that also knows the host that the Snapshot is of, to clean pages of that host with; c stays
// as it is. What most pages of the host repeat above and below their own text is removed, with a reason such as "on 41
// of 52 pages of this host", and so are pictures that repeat. Nothing that c removes comes back, and nothing between
// the first and the last text of the page's own goes. The page itself may have been observed or not. With nil, or a
// Snapshot of fewer than three pages, it cleans as if it knew no host.
func (c *Cleaner) ForSite(known *Snapshot) *Cleaner {
	of := *c
	of.known = known.orNothing()
	return &of
}

// Observing returns a Cleaner that also calls site.Observe for each page that it cleans, whether that holds an article
// or not; c stays as it is. The page is parsed, revealed and cut into blocks only once, so that this costs less than
// calling both. nil observes nothing. A page whose cleaning is canceled may have been observed.
func (c *Cleaner) Observing(site *Site) *Cleaner {
	of := *c
	of.observer = site
	return &of
}

// fingerprintDocument makes the keys of a page, and those of it as a whole.
func fingerprintDocument(doc *htmldoc.Document) (keys, whole []uint64) {
	p := &page{Page: judge.Page{Doc: doc}, opts: &Options{}}
	title := ""
	for n := range doc.Root.Descendants() {
		if n.Type != html.ElementNode || n.Namespace != "" {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			if title == "" {
				title = metadata.Clean(metadata.TextOf(n))
			}
		case atom.Script, atom.Noscript, atom.Template, atom.Body:
			p.Meta.Concealed.Add(n)
		}
	}
	p.segmentPage()
	f := p.fingerprint(title)
	keys = f.all()
	p.release()
	return keys, f.known()
}
