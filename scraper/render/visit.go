package render

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"

	"github.com/dechaff/dechaff/scraper"
)

// A visit is one page in a tab.
type visit struct {
	page  scraper.RenderRequest
	meter *meter
	quiet chan struct{} // gets a value when the page's virtual time is used up; capacity 1
	gone  chan struct{} // closed when a script navigates to another address
	ended context.CancelCauseFunc

	mu     sync.Mutex
	served bool   // the page was served to the browser
	left   string // the address to which a script navigated first, or ""
}

// render renders a page in the tab.
func (t *tab) render(ctx context.Context, request scraper.RenderRequest, opts Options) (scraper.Rendering, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	v := &visit{
		page: request, quiet: make(chan struct{}, 1), gone: make(chan struct{}), ended: cancel,
		meter: &meter{bytes: opts.MaxBytes, limit: opts.MaxRequests},
	}
	t.pages++
	t.proxy.begin(request.Dial, v.meter)
	defer t.proxy.end()
	t.put(v)
	defer t.put(nil)
	world, err := t.load(ctx, request)
	if err == nil {
		err = t.settle(ctx, v, world, opts)
	}
	var rendering scraper.Rendering
	if err == nil {
		rendering, err = world.snapshot(ctx, request.MaxBytes)
	}
	if err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, ErrCrashed) {
			err = cause
		}
		return scraper.Rendering{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	rendering.Redirect, rendering.Bytes = v.left, v.meter.total()
	return rendering, nil
}

// load navigates to the page with virtual time stopped. It returns a world in the page.
func (t *tab) load(ctx context.Context, request scraper.RenderRequest) (*world, error) {
	if request.UserAgent != "" {
		_, err := cdp.Call(ctx, t.session, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: request.UserAgent,
		})
		if err != nil {
			return nil, err
		}
	}
	if err := t.setCookies(ctx, request); err != nil {
		return nil, err
	}
	if err := t.setTime(ctx, emulation.VirtualTimePolicyPause, 0); err != nil {
		return nil, err
	}
	return t.navigate(ctx, request.URL)
}

// setCookies gives the page its cookies, except those that the browser refuses. The browser would also refuse them if a
// server set them: it has rules for the names and the length of cookies that the scraper does not have.
func (t *tab) setCookies(ctx context.Context, request scraper.RenderRequest) error {
	var cookies []*network.CookieParam
	for _, c := range request.Cookies {
		value := c.Value
		if c.Quoted {
			value = `"` + value + `"`
		}
		cookies = append(cookies, &network.CookieParam{Name: c.Name, Value: value, URL: request.URL})
	}
	set := func(cookies ...*network.CookieParam) error {
		_, err := cdp.Call(ctx, t.session, network.SetCookies, network.SetCookiesParams{Cookies: cookies})
		return err
	}
	if len(cookies) == 0 {
		return nil
	}
	err := set(cookies...)
	if !isRefusal(err) {
		return err
	}
	for _, c := range cookies { // in one command, a refused cookie would keep the others from being set
		if err := set(c); err != nil && !isRefusal(err) {
			return err
		}
	}
	return nil
}

// isRefusal reports whether err means that the browser received a command but refused to carry it out.
func isRefusal(err error) bool {
	_, ok := errors.AsType[*cdproto.Error](err)
	return ok
}

// setTime sets the policy under which the page's virtual time runs, and how much of it may pass. A budget of 0 means no
// limit.
func (t *tab) setTime(ctx context.Context, policy emulation.VirtualTimePolicy, budget time.Duration) error {
	params := emulation.SetVirtualTimePolicyParams{Policy: policy}
	if budget > 0 {
		milliseconds := float64(budget.Milliseconds())
		params.Budget = &milliseconds
	}
	_, err := cdp.Call(ctx, t.session, emulation.SetVirtualTimePolicy, params)
	return err
}

const (
	lookEvery  = 100 * time.Millisecond // the pause between two checks of the selector
	frameWait  = time.Second            // the longest wait for frames to be drawn
	afterFrame = 100 * time.Millisecond // the virtual time that scripts get after frames were drawn
)

// settle waits until the page is finished: until the selector matches, or the page is quiet and no longer changes. It
// also returns when a script navigates to another address, or when the page is not finished in time.
func (t *tab) settle(ctx context.Context, v *visit, w *world, opts Options) error {
	wait := opts.Wait
	if deadline, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(deadline)*3/4) // the rest is for the snapshot
	}
	limit := time.NewTimer(wait)
	defer limit.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	before, budget := "", opts.Settle
	for {
		select {
		case <-v.quiet: // left over from an earlier budget
		default:
		}
		if err := t.setTime(ctx, emulation.VirtualTimePolicyPauseIfNetworkFetchesPending, budget); err != nil {
			return err
		}
		for isQuiet := false; !isQuiet; {
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-limit.C:
				return nil
			case <-v.gone:
				return nil
			case <-v.quiet:
				isQuiet = true
			case <-look.C:
			}
			if opts.Selector == "" {
				continue
			}
			if found, err := w.matches(ctx, opts.Selector); err != nil || found {
				return err
			}
		}
		size, err := w.size(ctx)
		if err != nil || size == before {
			return err
		}
		w.awaitFrames(ctx)
		before, budget = size, afterFrame
	}
}

// onQuiet is called when the page's virtual time is used up.
func (v *visit) onQuiet() {
	select {
	case v.quiet <- struct{}{}:
	default:
	}
}

// onNavigation is called when the page is about to be replaced with another page. (The method answer prevents the
// replacement.) It records the first navigation to a web address by a script or by a click on a link. It ignores other
// navigations: the scraper finds a refresh in the page's markup.
func (v *visit) onNavigation(e *page.EventFrameRequestedNavigation) {
	switch e.Reason {
	case page.ClientNavigationReasonScriptInitiated, page.ClientNavigationReasonAnchorClick:
	default:
		return
	}
	if e.Disposition != page.ClientNavigationDispositionCurrentTab ||
		!strings.HasPrefix(e.URL, "http://") && !strings.HasPrefix(e.URL, "https://") {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.left == "" {
		v.left = e.URL
		close(v.gone)
	}
}

func (v *visit) crash() { v.ended(ErrCrashed) }

// loadable are the types of resources that pages may load.
var loadable = map[network.ResourceType]bool{
	network.ResourceTypeScript: true, network.ResourceTypeStylesheet: true, network.ResourceTypeXHR: true,
	network.ResourceTypeFetch: true, network.ResourceTypePreflight: true,
}

// answer returns the command that handles a request of the tab. It serves the page itself, lets the page load scripts,
// styles and data, and fails everything else. frame is the tab's main frame. Between pages, v is nil, and answer lets
// the tab load only the page of warmHost and the empty page.
func (v *visit) answer(e *fetch.EventRequestPaused, frame cdp.FrameID) (method string, params any) {
	isPage := e.ResourceType == network.ResourceTypeDocument && e.FrameID == frame
	switch {
	case v == nil && isPage && e.Request.URL == "http://"+warmHost+"/":
		return fetch.ContinueRequest.Method, fetch.ContinueRequestParams{RequestID: e.RequestID}
	case v == nil && isPage && strings.HasSuffix(e.Request.URL, blankPath):
		return fetch.FulfillRequest.Method, fetch.FulfillRequestParams{
			RequestID: e.RequestID, ResponseCode: 200,
			ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/html"}},
		}
	case v != nil && isPage && v.serve():
		return fetch.FulfillRequest.Method, v.response(e.RequestID)
	case v != nil && loadable[e.ResourceType] && v.meter.request(inTab):
		return fetch.ContinueRequest.Method, fetch.ContinueRequestParams{RequestID: e.RequestID}
	case isPage: // the current page stays
		return fetch.FailRequest.Method, fetch.FailRequestParams{
			RequestID: e.RequestID, ErrorReason: network.ErrorReasonAborted,
		}
	}
	return fetch.FailRequest.Method, fetch.FailRequestParams{
		RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient,
	}
}

// serve reports whether the page still has to be served. It returns true only once.
func (v *visit) serve() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	first := !v.served
	v.served = true
	return first
}

// response returns the page's body as it was fetched, with the header that pageHeader returns.
func (v *visit) response(id fetch.RequestID) fetch.FulfillRequestParams {
	params := fetch.FulfillRequestParams{RequestID: id, ResponseCode: 200, Body: v.page.Body}
	for name, values := range pageHeader(v.page.Header, v.page.Encoding) {
		for _, value := range values {
			params.ResponseHeaders = append(params.ResponseHeaders, &fetch.HeaderEntry{
				Name: name, Value: strings.ToValidUTF8(value, ""),
			})
		}
	}
	return params
}
