package judge

import "context"

// A Probe lets training observe and change how a page is cleaned. Package cleaner takes it from the context, so that
// the public API does not mention it.
type Probe struct {
	// Prior replaces the judge's first opinions unless it is nil.
	Prior *Prior
	// Read is called after the page is cleaned, when every column of every row is filled in. It may be nil. The page's
	// memory is reused for other pages afterwards, so Read must copy whatever it keeps.
	Read func(*Page)
}

// A Prior replaces the judge's first opinions of a page. Training needs it because the second pass must learn from the
// opinions of models that never saw the page.
type Prior struct {
	// Kinds are the probabilities of the kinds from KindArticle to KindService, in order.
	Kinds []float32
	// Blocks are the blocks' probabilities of being content, in page order. If the slice is empty but the page has
	// blocks, each probability is 0.5: no opinion yet.
	Blocks []float32
}

type probeKey struct{}

// WithProbe returns a context for cleaning pages with a probe.
func WithProbe(ctx context.Context, probe *Probe) context.Context {
	return context.WithValue(ctx, probeKey{}, probe)
}

// ProbeOf returns the context's probe, or nil.
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

// prior returns the replacement for the first opinions. It is nil outside training.
func (p *Page) prior() *Prior {
	if p.Options.Probe == nil {
		return nil
	}
	return p.Options.Probe.Prior
}

// needsAllRows reports whether the second pass's columns are needed even for blocks that it would not change.
func (p *Page) needsAllRows() bool { return p.Options.Probe != nil && p.Options.Probe.Read != nil }
