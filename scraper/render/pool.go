package render

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
)

// hostOf returns the scheme, host name and port of an address. A tab renders pages of one such host. The error is
// ErrPage.
func hostOf(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", fmt.Errorf("%w: %q", ErrPage, address)
	}
	return u.Scheme + "://" + u.Host, nil
}

// A pool contains the idle tabs, each of which waits for the next page of its host. The tab that has waited longest is
// first.
type pool struct {
	slots chan struct{} // contains one value for each page that is being rendered or removed from its tab

	mu       sync.Mutex
	closing  sync.WaitGroup // the tabs that are being closed; only pages with a slot add to it
	idle     []*tab
	retiring map[string]chan struct{} // by host; closed when the host's tab is ready for the next page, or gone
}

// retire marks a host's tab as not ready for the next page, because the page that was just rendered must be closed
// first. It returns the function that removes the mark.
func (p *pool) retire(host string) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	done := make(chan struct{})
	p.retiring[host] = done
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		close(done)
		if p.retiring[host] == done {
			delete(p.retiring, host)
		}
	}
}

// await waits until the host's tab is ready for the next page, if retire has marked the tab. It is better to wait than
// to open a new tab, because the old tab has the host's files in its cache.
func (p *pool) await(ctx context.Context, host string) {
	p.mu.Lock()
	done := p.retiring[host]
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

// take returns the host's idle tab. If there is none, it makes room for a new tab and returns nil. Tabs that are worn
// or belong to a Chromium that has ended are closed.
func (p *pool) take(c *chromium, host string) *tab {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found *tab
	kept := p.idle[:0]
	for _, t := range p.idle {
		switch {
		case t.chromium != c || t.isWorn():
			p.closing.Go(t.close)
		case found == nil && t.host == host:
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

// put makes a tab idle, to be used for the next page of its host.
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
