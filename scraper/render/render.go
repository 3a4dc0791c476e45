package render

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/andybalholm/cascadia"

	"github.com/dechaff/dechaff/scraper"
)

// These errors report why a page was not rendered; the scraper wraps them in scraper.ErrRender. New returns
// ErrNoBrowser and ErrOptions.
var (
	// ErrNoBrowser means that there is no Chromium at Options.Path, or on the PATH if Options.Path is empty.
	ErrNoBrowser = errors.New("render: no Chromium found")
	// ErrOptions means invalid options.
	ErrOptions = errors.New("render: bad options")
	// ErrStart means that Chromium did not start. Chromium's own message is wrapped too. As root, Chromium needs
	// Options.NoSandbox.
	ErrStart = errors.New("render: Chromium could not be started")
	// ErrTimeout means that the page did not answer within Options.Timeout.
	ErrTimeout = errors.New("render: the page did not answer in time")
	// ErrBusy means that no tab was free within scraper.Options.Timeout. It is a scraper.ErrTimeout: the page is retried.
	ErrBusy = fmt.Errorf("render: no tab was free: %w", scraper.ErrTimeout)
	// ErrCrashed means that the page's process, or all of Chromium, ended while the page was rendered.
	ErrCrashed = errors.New("render: the browser crashed")
	// ErrPage means that the browser did not show the page: for example, its address is not http or https, or a script
	// replaced it.
	ErrPage = errors.New("render: the browser does not show the page")
	// ErrClosed means that the Browser is closed.
	ErrClosed = errors.New("render: the browser is closed")
)

// Options configures a Browser. The zero value is the recommended behavior.
type Options struct {
	// Path is the program file of Chromium or Chrome. Empty means the first of chromium-headless-shell,
	// chrome-headless-shell, headless-shell, chromium, chromium-browser, google-chrome, google-chrome-stable and chrome
	// on the PATH.
	Path string
	// Tabs is how many pages are rendered at once; 0 means 4.
	Tabs int
	// Selector is a CSS selector: a page is finished as soon as an element matches it. If Selector is empty or never
	// matches, a page is finished when it is quiet, which means that nothing is loading and no timers are due.
	Selector string
	// Settle is how long timers of a quiet page run before the page is captured. It is measured in virtual time, which
	// passes at once while nothing is loading; 0 means five seconds.
	Settle time.Duration
	// Wait is the longest wait for a page to become quiet; 0 means ten seconds. After that, the page is captured as it is.
	Wait time.Duration
	// Timeout is the longest time that a page may take in its tab; 0 means twenty seconds. In addition,
	// scraper.Options.Timeout limits the fetch, the wait for a tab and the rendering together.
	Timeout time.Duration
	// MaxBytes is the maximum number of bytes that a page may send and receive in total; 0 means 32 MB.
	MaxBytes int64
	// MaxRequests is the maximum number of requests that a page may make; 0 means 300.
	MaxRequests int
	// NoSandbox turns Chromium's sandbox off. As root, Chromium starts only without the sandbox.
	NoSandbox bool
}

func (o Options) withDefaults() (Options, error) {
	for name, negative := range map[string]bool{
		"Tabs": o.Tabs < 0, "Settle": o.Settle < 0, "Wait": o.Wait < 0, "Timeout": o.Timeout < 0,
		"MaxBytes": o.MaxBytes < 0, "MaxRequests": o.MaxRequests < 0,
	} {
		if negative {
			return o, fmt.Errorf("%w: %s is negative", ErrOptions, name)
		}
	}
	if o.Selector != "" {
		if _, err := cascadia.ParseGroup(o.Selector); err != nil {
			return o, fmt.Errorf("%w: Selector %q: %w", ErrOptions, o.Selector, err)
		}
	}
	setDefault(&o.Tabs, 4)
	setDefault(&o.Settle, 5*time.Second)
	setDefault(&o.Wait, 10*time.Second)
	setDefault(&o.Timeout, 20*time.Second)
	setDefault(&o.MaxBytes, 32_000_000)
	setDefault(&o.MaxRequests, 300)
	return o, nil
}

func setDefault[T comparable](value *T, zeroMeans T) {
	var zero T
	if *value == zero {
		*value = zeroMeans
	}
}

// A Browser is a scraper.Renderer that uses one Chromium. It is safe for concurrent use. Pages of an origin share
// connections and a cache: use separate Browsers for scrapers that differ in Options.AllowPrivate, and for crawls that
// sign in as different users.
type Browser struct {
	opts  Options
	pool  pool
	alive context.Context // ends with Close
	end   context.CancelFunc

	lock     chan struct{} // protects chromium; contains a value while it is locked
	chromium *chromium     // nil before the first page, and after a crash
}

var _ scraper.Renderer = (*Browser)(nil)

// New finds Chromium. Chromium is not started until the first page is rendered. Errors: ErrNoBrowser, ErrOptions.
func New(options Options) (*Browser, error) {
	opts, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	if opts.Path, err = findChromium(opts.Path); err != nil {
		return nil, err
	}
	b := &Browser{opts: opts, lock: make(chan struct{}, 1)}
	b.alive, b.end = context.WithCancel(context.Background())
	b.pool.slots, b.pool.retiring = make(chan struct{}, opts.Tabs), make(map[string]chan struct{})
	return b, nil
}

// Render runs the scripts of a page. If Chromium ends in the meantime, Render starts it again and retries the page
// once. Errors: those of this package, scraper.ErrTooLarge for the result, or ctx's error.
func (b *Browser) Render(ctx context.Context, page scraper.RenderRequest) (scraper.Rendering, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stop := context.AfterFunc(b.alive, func() { cancel(ErrClosed) })
	defer stop()
	rendering, err := b.render(ctx, page)
	if errors.Is(err, errLost) && ctx.Err() == nil {
		rendering, err = b.render(ctx, page)
	}
	if err != nil && errors.Is(context.Cause(ctx), ErrClosed) {
		err = ErrClosed
	}
	return rendering, err
}

func (b *Browser) render(ctx context.Context, page scraper.RenderRequest) (scraper.Rendering, error) {
	origin, err := originOf(page.URL)
	if err != nil {
		return scraper.Rendering{}, err
	}
	if err := b.pool.enter(ctx); err != nil {
		return scraper.Rendering{}, err
	}
	t, err := b.tab(ctx, origin, page.UserAgent)
	if err != nil {
		b.pool.leave()
		return scraper.Rendering{}, err
	}
	limited, cancel := context.WithTimeout(ctx, b.opts.Timeout)
	defer cancel()
	rendering, err := t.render(limited, page, b.opts)
	end := func() {}
	if err == nil {
		end = b.pool.retire(origin)
	}
	go b.retire(t, err == nil, end)
	if err = t.chromium.blame(err); err != nil && limited.Err() != nil {
		if err = ctx.Err(); err == nil {
			err = fmt.Errorf("%w: %s", ErrTimeout, b.opts.Timeout)
		}
	}
	return rendering, err
}

// tab returns the origin's idle tab, or a new one.
func (b *Browser) tab(ctx context.Context, origin, userAgent string) (*tab, error) {
	c, err := b.start(ctx, userAgent)
	if err != nil {
		return nil, err
	}
	b.pool.await(ctx, origin)
	if t := b.pool.take(c, origin); t != nil {
		return t, nil
	}
	return c.open(ctx, origin)
}

// retire ends the page in a tab, so that another page can be rendered. This may take a while, because a busy page is
// slow to end. If the tab is not reusable, retire closes it. Afterwards, it calls end and frees the page's slot in the
// pool for the next page.
func (b *Browser) retire(t *tab, isReusable bool, end func()) {
	defer b.pool.leave()
	defer end()
	if isReusable {
		ctx, cancel := context.WithTimeout(t.ctx, closeWait)
		defer cancel()
		if t.clean(ctx) == nil {
			b.pool.put(t)
			return
		}
	}
	t.close()
}

// start returns the running Chromium, and starts Chromium if necessary.
func (b *Browser) start(ctx context.Context, userAgent string) (*chromium, error) {
	select {
	case b.lock <- struct{}{}:
		defer func() { <-b.lock }()
	case <-ctx.Done(): // Chromium may take long to start for another page
		return nil, context.Cause(ctx)
	}
	if b.alive.Err() != nil {
		return nil, ErrClosed
	}
	if b.chromium != nil && b.chromium.runs() {
		return b.chromium, nil
	}
	if b.chromium != nil {
		b.chromium.close()
		b.chromium = nil
	}
	c, err := startChromium(ctx, b.opts, userAgent)
	if err != nil {
		return nil, err
	}
	b.chromium = c
	return c, nil
}

// Close ends Chromium and waits until it has ended. Pages that are being rendered fail with ErrClosed.
func (b *Browser) Close() error {
	b.end()
	b.lock <- struct{}{}
	defer func() { <-b.lock }()
	if b.chromium != nil {
		b.chromium.close()
		b.chromium = nil
	}
	b.pool.close()
	return nil
}
