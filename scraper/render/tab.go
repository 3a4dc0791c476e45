package render

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// maxTabPages is how many pages a tab renders before it is replaced, because pages leave data in its process.
const maxTabPages = 200

// The viewport is tall, so that scripts also load the content further down.
const viewportWidth, viewportHeight = 1280, 4000

// A tab is a tab of Chromium with its own profile and its own proxy. It renders the pages of one origin, one at a
// time.
type tab struct {
	chromium *chromium
	origin   string
	proxy    *proxy
	profile  cdp.BrowserContextID // "" if it was not created
	ctx      context.Context      // chromedp's context, which contains the tab
	cancel   context.CancelFunc
	session  *chromedp.Target
	pages    int         // how many pages the tab has rendered
	crashed  atomic.Bool // the process of the page in the tab has ended
	closed   sync.Once

	mu    sync.Mutex
	visit *visit // the page in the tab; nil between pages
}

// open opens a tab for the pages of an origin.
func (c *chromium) open(ctx context.Context, origin string) (*tab, error) {
	p, err := newProxy()
	if err != nil {
		return nil, err
	}
	t := &tab{chromium: c, origin: origin, proxy: p, cancel: func() {}}
	if err = t.createProfile(); err == nil {
		err = within(ctx, openWait, t.cancel, t.setUp)
	}
	if err != nil {
		if ctx.Err() == nil {
			c.cancel() // this Chromium opens no more tabs: another one replaces it
		}
		t.close()
		return nil, c.blame(err)
	}
	return t, nil
}

// createProfile creates the tab's profile, and the context in which the tab is opened. It does not end with the context
// of a page: if Chromium created the profile after that, nothing would remove it.
func (t *tab) createProfile() error {
	ctx, cancel := context.WithTimeout(t.chromium.ctx, openWait)
	defer cancel()
	yes := true
	made, err := cdp.Call(ctx, t.chromium.browser(), target.CreateBrowserContext, target.CreateBrowserContextParams{
		DisposeOnDetach: &yes, ProxyServer: t.proxy.address(), ProxyBypassList: "<-loopback>",
	})
	if err != nil {
		return err
	}
	t.profile = made.BrowserContextID
	t.ctx, t.cancel = chromedp.NewContext(t.chromium.ctx, chromedp.WithExistingBrowserContext(t.profile))
	return nil
}

// setUp prepares a new tab.
func (t *tab) setUp() error {
	if err := chromedp.Do(t.ctx); err != nil {
		return err
	}
	t.session = chromedp.FromContext(t.ctx).Target
	if err := chromedp.Listen(t.ctx, t.onEvent); err != nil {
		return err
	}
	no, yes := false, true
	_, err := cdp.Call(t.ctx, t.chromium.browser(), browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: t.profile,
	})
	if err != nil {
		return err
	}
	for _, command := range []struct {
		method string
		params any
	}{
		// chromedp subscribes to the events of the domains that are disabled here. Pages could fill the memory of this
		// program with such events.
		{runtime.Disable.Method, nil},
		{log.Disable.Method, nil},
		{network.Disable.Method, nil},
		{css.Disable.Method, nil},
		{dom.Disable.Method, nil},
		{target.SetAutoAttach.Method, target.SetAutoAttachParams{AutoAttach: no}},
		{fetch.Enable.Method, fetch.EnableParams{HandleAuthRequests: &yes}},
		{emulation.SetDeviceMetricsOverride.Method, emulation.SetDeviceMetricsOverrideParams{
			Width: viewportWidth, Height: viewportHeight, DeviceScaleFactor: 1,
		}},
		{page.AddScriptToEvaluateOnNewDocument.Method, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: forget, WorldName: worldName,
		}},
	} {
		if err := t.session.Call(t.ctx, command.method, command.params, nil); err != nil {
			return fmt.Errorf("%s: %w", command.method, err)
		}
	}
	// The browser keeps the proxy's password from here on. Requests of workers need it, and do not reach onEvent.
	if _, err := t.navigate(t.ctx, "http://"+warmHost+"/"); err != nil {
		return err
	}
	return t.navigateToBlank(t.ctx)
}

// blankPath is the path of the empty page of its origin that a tab shows while it waits for the next page. The method
// answer serves it. If the tab showed about:blank, a script could go back to it in the tab's history and so lose the
// page, because answer can abort only what is requested.
const blankPath = "/dechaff/blank"

// forget is a script that runs before those of each page. It removes what a page leaves in the tab itself, where the
// method clean does not reach it in every version of Chromium: the tab's name and the storage of its session. A page
// that stores something while it is closed may do so after clean, so forget empties the local storage again. Frames
// inside the page share its storage, so it does nothing in them.
const forget = `if (self === top) {
	name = ""
	for (const storage of ["sessionStorage", "localStorage"]) try { self[storage].clear() } catch {}
}`

// onEvent handles the events of the tab. It must return at once.
func (t *tab) onEvent(event any) {
	t.mu.Lock()
	v := t.visit
	t.mu.Unlock()
	switch e := event.(type) {
	case *fetch.EventAuthRequired:
		go t.signIn(e)
	case *fetch.EventRequestPaused:
		method, params := v.answer(e, cdp.FrameID(t.session.TargetID))
		go func() { _ = t.session.Call(t.ctx, method, params, nil) }()
	case *page.EventFrameRequestedNavigation:
		if v != nil && e.FrameID == cdp.FrameID(t.session.TargetID) {
			v.onNavigation(e)
		}
	case *page.EventJavascriptDialogOpening: // the constant policy normally prevents dialogs
		go func() {
			_ = t.session.Call(t.ctx, page.HandleJavaScriptDialog.Method, page.HandleJavaScriptDialogParams{}, nil)
		}()
	case *emulation.EventVirtualTimeBudgetExpired:
		if v != nil {
			v.onQuiet()
		}
	case *inspector.EventTargetCrashed:
		t.crashed.Store(true)
		if v != nil {
			v.crash()
		}
	}
}

// signIn responds to a proxy that asks for a password. Websites get no password: whatever needs one fails to load.
func (t *tab) signIn(e *fetch.EventAuthRequired) {
	answer := &fetch.AuthChallengeResponse{Response: fetch.AuthChallengeResponseResponseCancelAuth}
	if e.AuthChallenge.Source == fetch.AuthChallengeSourceProxy && e.AuthChallenge.Origin == t.proxy.address() {
		answer = &fetch.AuthChallengeResponse{
			Response: fetch.AuthChallengeResponseResponseProvideCredentials, Username: user, Password: t.proxy.password,
		}
	}
	_ = t.session.Call(t.ctx, fetch.ContinueWithAuth.Method, fetch.ContinueWithAuthParams{
		RequestID: e.RequestID, AuthChallengeResponse: answer,
	}, nil)
}

// put sets the page that is in the tab; nil means none.
func (t *tab) put(v *visit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.visit = v
}

// isWorn reports whether the tab needs to be replaced.
func (t *tab) isWorn() bool { return t.pages >= maxTabPages || t.crashed.Load() || t.ctx.Err() != nil }

// stored lists the kinds of data that pages may leave behind and that the method clean removes. The cache of loaded
// files is kept.
const stored = "cookies,file_systems,indexeddb,local_storage,shader_cache,websql,service_workers,cache_storage," +
	"interest_groups,shared_storage,storage_buckets"

// clean ends the page in the tab and removes the data that it stored. The script forget removes the rest.
func (t *tab) clean(ctx context.Context) error {
	if err := t.navigateToBlank(ctx); err != nil {
		return err
	}
	_ = t.setTime(ctx, emulation.VirtualTimePolicyAdvance, time.Minute) // Chromium ends workers after a while
	_, err1 := cdp.Call(ctx, t.session, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{
		Origin: t.origin, StorageTypes: stored,
	})
	_, err2 := cdp.Call(ctx, t.session, network.ClearBrowserCookies, cdp.Empty{})
	return errors.Join(err1, err2)
}

// navigate replaces the page in the tab. It returns a world in the new page. The error is ErrPage if the browser keeps
// the current page.
func (t *tab) navigate(ctx context.Context, address string) (*world, error) {
	loaded, err := cdp.Call(ctx, t.session, page.Navigate, page.NavigateParams{URL: address})
	if err != nil {
		return nil, err
	}
	if loaded.ErrorText != "" {
		return nil, fmt.Errorf("%w: %s", ErrPage, loaded.ErrorText)
	}
	return newWorld(ctx, t.session)
}

// navigateToBlank replaces the page in the tab with the empty page, which is then the only one in the tab's history.
func (t *tab) navigateToBlank(ctx context.Context) error {
	if _, err := t.navigate(ctx, t.origin+blankPath); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t.session, page.ResetNavigationHistory, cdp.Empty{})
	return err
}

// close closes the tab, its profile and its proxy. A Chromium that does not close them in time is ended: otherwise, the
// processes of the page would go on.
func (t *tab) close() {
	t.closed.Do(func() {
		t.proxy.close() // first, so that the page cannot load anything while it ends
		// Cancel t.ctx only afterwards, so that events are read to the end: chromedp delivers the events of all tabs one
		// after the other.
		if t.profile != "" && t.chromium.runs() {
			ctx, cancel := context.WithTimeout(t.chromium.ctx, closeWait)
			defer cancel()
			_, _ = cdp.Call(ctx, t.chromium.browser(), target.DisposeBrowserContext, target.DisposeBrowserContextParams{
				BrowserContextID: t.profile,
			})
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				t.chromium.cancel()
			}
		}
		t.cancel()
	})
}
