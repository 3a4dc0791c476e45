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

// A Cleaner turns pages into articles as its Options say. It is safe for concurrent use.
type Cleaner struct {
	opts      Options
	extractor Extractor
	// known is what a Site learned about the pages' host, or nil. observer is the Site that observes each page, or nil.
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

// Clean reads an HTML page and returns its article. url is the page's absolute address, such as
// "https://example.org/story", with which links are made absolute. It may be empty; then relative links stay relative.
// For a saved page, it is the address that the page was saved from: with a file: address, relative links are dropped,
// because they do not lead to the web.
//
// Errors: ErrNoArticle (as a *NoArticleError, which has the page's metadata), ErrTooLarge, ErrNotHTML, ErrBadURL, or
// the reader's own error; errors.Is matches each of them. If there is an error, Clean returns no article, not even a
// partial one.
func Clean(r io.Reader, url string) (*Article, error) { return New(Options{}).Clean(r, url) }

// CleanContext is like Clean but stops when ctx is done and returns ctx's error; errors.Is matches it. CleanContext
// checks ctx before each read and each stage, and every few thousand nodes or blocks in long loops. Parsing and the
// work of an Extractor are not interrupted. On the largest page that the zero Options accept, two checks are at most
// about 0.2 s apart.
func CleanContext(ctx context.Context, r io.Reader, url string) (*Article, error) {
	return New(Options{}).CleanContext(ctx, r, url)
}

// CleanDocument is like Clean but takes a page that has been parsed already, such as a page of the scraper. It never
// changes doc.
func CleanDocument(doc *htmldoc.Document) (*Article, error) { return New(Options{}).CleanDocument(doc) }

// Clean is like the function Clean, with this Cleaner's options.
func (c *Cleaner) Clean(r io.Reader, url string) (*Article, error) {
	return c.CleanContext(context.Background(), r, url)
}

// CleanContext is like the function CleanContext, with this Cleaner's options.
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

// CleanDocument is like the function CleanDocument, with this Cleaner's options.
func (c *Cleaner) CleanDocument(doc *htmldoc.Document) (*Article, error) {
	return c.CleanDocumentContext(context.Background(), doc)
}

// CleanDocumentContext is like CleanDocument but stops when ctx is done, like CleanContext.
func (c *Cleaner) CleanDocumentContext(ctx context.Context, doc *htmldoc.Document) (*Article, error) {
	p := c.page(doc)
	p.Options.Probe = judge.ProbeOf(ctx)
	if ctx.Done() != nil {
		p.interrupted = ctx.Err
	}
	return p.clean()
}

// page returns the state that the stages share while they clean doc.
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

// gain returns the number that is added to the judge's threshold.
func (f Favor) gain() float32 {
	switch f {
	case FavorPrecision:
		return favored
	case FavorRecall:
		return -favored
	}
	return 0
}

// favored is how much Favor raises or lowers the judge's threshold.
const favored = 0.2

// stages are the stages of the pipeline, in order. The second comment in doc.go describes each under the same name.
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

// clean runs all stages on a page. If the context is done, it stops before the next stage or within a stage.
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

// Observe learns from a page of the host. It never changes doc. Two pages count as one if they differ only in digits,
// if they have the same address, or if they have the same title and the same three longest texts.
func (s *Site) Observe(doc *htmldoc.Document) {
	s.observe(fingerprintDocument(doc))
}

// ForSite returns a Cleaner that uses what a Site has learned about a host, for cleaning pages of that host. c is not
// changed. The Cleaner removes short text that most pages of the host repeat above or below the page's own text, with a
// reason such as "on 41 of 52 pages of this host". It also removes repeated pictures and their captions. It removes
// nothing else between the first and the last text that only this page has, and it never restores anything that c
// removes. The page itself may or may not have been observed. If the Snapshot is nil or has fewer than three pages, the
// Cleaner removes the same as c.
func (c *Cleaner) ForSite(known *Snapshot) *Cleaner {
	of := *c
	of.known = known.orNothing()
	return &of
}

// Observing returns a Cleaner that also calls site.Observe for each page that it cleans, whether or not the page has an
// article. c is not changed. The page is parsed, revealed and cut into blocks only once, so this costs less than
// calling Observe and Clean separately. If site is nil, nothing is observed. A page whose cleaning was canceled may
// have been observed.
func (c *Cleaner) Observing(site *Site) *Cleaner {
	of := *c
	of.observer = site
	return &of
}

// fingerprintDocument returns all keys of a page (hashes of what it shows), and the keys that identify the page as a
// whole.
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
		case atom.Script, atom.Noscript, atom.Template, atom.Iframe, atom.Body:
			p.Meta.Concealed.Add(n)
		}
	}
	p.segmentPage()
	f := p.fingerprint(title)
	keys = f.all()
	p.release()
	return keys, f.known()
}
