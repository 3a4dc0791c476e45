package judge

import "context"

// A Probe is how training looks into the cleaning of a page. Package cleaner takes it from the context that a page is
// cleaned with, so that nothing of it is in the public API.
type Probe struct {
	// Prior replaces the judge's first opinions; nil leaves the judge its own.
	Prior *Prior
	// Read is called once the page is cleaned, when every column of every row is filled in; nil reads nothing. The page's
	// notes go to other pages afterwards: copy what is kept.
	Read func(*Page)
}

// A Prior replaces the judge's first opinions of a page. It is for training the judge, whose second pass must
// learn from opinions of models that never saw the page.
type Prior struct {
	// Kinds are the probabilities of KindArticle to KindService, in their order.
	Kinds []float32
	// Blocks are the probabilities that blocks are content, in the page's order. If there are none, and the page has
	// blocks, each is 0.5: no opinion yet.
	Blocks []float32
}

type probeKey struct{}

// WithProbe returns a context for cleaning pages with a probe.
func WithProbe(ctx context.Context, probe *Probe) context.Context {
	return context.WithValue(ctx, probeKey{}, probe)
}

// ProbeOf returns the context's probe; nil if it has none.
func ProbeOf(ctx context.Context) *Probe {
	probe, _ := ctx.Value(probeKey{}).(*Probe)
	return probe
}

// ShowProbe calls the probe's Read, if there is one.
func (p *Page) ShowProbe() {
	if p.needsAllRows() {
		p.Options.Probe.Read(p)
	}
}

// prior is what replaces the first opinions; nil outside of training.
func (p *Page) prior() *Prior {
	if p.Options.Probe == nil {
		return nil
	}
	return p.Options.Probe.Prior
}

// needsAllRows reports whether somebody reads the second pass's columns even of blocks that it would not change.
func (p *Page) needsAllRows() bool { return p.Options.Probe != nil && p.Options.Probe.Read != nil }
