package render

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
)

// originOf returns the origin of an address: its scheme, host name and port. Pages of different origins share no tab,
// because they do not share what they store either. The error is ErrPage.
func originOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%w: %q", ErrPage, address)
	}
	return u.Scheme + "://" + u.Host, nil
}

// A pool contains the idle tabs, each of which waits for the next page of its origin. The tab that has waited longest
// is first.
type pool struct {
	slots chan struct{} // contains one value for each page that is being rendered or removed from its tab

	mu       sync.Mutex
	closing  sync.WaitGroup // the tabs that are being closed; only pages with a slot add to it
	idle     []*tab
	retiring map[string]chan struct{} // by origin; closed when its tab is ready for the next page, or gone
}

// retire marks an origin's tab as not ready for the next page, because the page that was just rendered must be closed
// first. It returns the function that removes the mark.
func (p *pool) retire(origin string) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	done := make(chan struct{})
	p.retiring[origin] = done
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		close(done)
		if p.retiring[origin] == done {
			delete(p.retiring, origin)
		}
	}
}

// await waits until the origin's tab is ready for the next page, if retire has marked the tab. It is better to wait
// than to open a new tab, because the old tab has the origin's files in its cache.
func (p *pool) await(ctx context.Context, origin string) {
	p.mu.Lock()
	done := p.retiring[origin]
	p.mu.Unlock()
	if done == nil {
		return
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// enter waits until a page may be rendered. Its error is ErrBusy if ctx's deadline passes first.
func (p *pool) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return ErrBusy
		}
		return ctx.Err()
	}
}

func (p *pool) leave() { <-p.slots }

// take returns the origin's idle tab. If there is none, it makes room for a new tab and returns nil. Tabs that are worn
// or belong to a Chromium that has ended are closed.
func (p *pool) take(c *chromium, origin string) *tab {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found *tab
	kept := p.idle[:0]
	for _, t := range p.idle {
		switch {
		case t.chromium != c || t.isWorn():
			p.closing.Go(t.close)
		case found == nil && t.origin == origin:
			found = t
		default:
			kept = append(kept, t)
		}
	}
	p.idle = kept
	if found == nil {
		p.shrink(cap(p.slots) - len(p.slots))
	}
	return found
}

// put makes a tab idle, to be used for the next page of its origin.
func (p *pool) put(t *tab) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, t)
	p.shrink(cap(p.slots) - len(p.slots) + 1) // the tab's own slot is not free yet
}

// shrink closes the tabs that have been idle longest, until at most limit idle tabs are left.
func (p *pool) shrink(limit int) {
	for len(p.idle) > limit {
		p.closing.Go(p.idle[0].close)
		p.idle = p.idle[1:]
	}
}

// close closes all tabs. It waits until no page has a slot, so that no tab becomes idle afterwards. Chromium must have
// ended: then, the pages end soon.
func (p *pool) close() {
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	p.mu.Lock()
	p.shrink(0)
	p.mu.Unlock()
	p.closing.Wait()
	for range cap(p.slots) {
		<-p.slots
	}
}
