// Package render renders pages in a browser: pages that are empty until their scripts have run.
//
//	in:  <div id="root"></div><script src="/app.js"></script>
//	out: the document as the scripts have left it, which the crawl then parses, cleans and follows the links of
//
// A [Browser] is a scraper.Renderer, for scraper.Options:
//
//	browser, err := render.New(render.Options{})
//	if err != nil { … } // ErrNoBrowser: there is no Chromium on the PATH
//	defer browser.Close()
//	s, err := scraper.New(scraper.Options{Render: scraper.RenderWhenEmpty, Renderer: browser})
//
// It works in all crawls that are made of a Scraper: Fetch, Crawl, Pages, Visit and package fleet. Package scraper does
// not import this package, so programs that do not either are not linked with it.
//
// # What happens
//
//	scraper: guard → robots.txt → turn → fetch ─▶ tab: serve → run scripts → wait → serialize ─▶ scraper: parse …
//	                                                    └─ what they load → proxy on loopback → the scraper's dialer
//
// The page itself is fetched by the scraper, once, as all pages are. The browser gets its bytes and makes no request
// for it. So robots.txt, the pace of the host, the limits on size, redirects, cookies, the cache and the address guard
// hold for it. The host's turn lasts until the page is rendered: there is one page of a host at a time, and the pause
// begins after it.
//
// Chromium starts with the first page, and ends with Close. There is one, with a number of tabs. A tab keeps to one
// host for as long as there are pages of it, and has a profile of its own in memory: what pages of the host load is
// cached, and what they store (cookies, local storage) is removed after each page.
//
// The time that pages see is virtual: while nothing is loading, timers fire at once. A page that waits for two seconds
// is finished in a few milliseconds, and each page has Options.Settle of its own time. Then, or when Options.Selector
// matches, the document is serialized, with open shadow roots as declarative ones. Pages that go on to load things are
// taken as they are after Options.Wait.
//
// When a script goes to another address, that is a redirect, which the scraper follows like any other.
//
// # What is promised
//
// All that a page loads comes through a proxy of this package on loopback, on the scraper's dialer. The dialer resolves
// names, checks the address, and connects to the address that it has checked, for each connection. The browser itself
// resolves no names, and connects to nothing but the proxy. Each tab has its own proxy with its own password, so that
// other programs of the machine cannot use it. Chromium is controlled by a pipe, not by a port.
//
// Pictures, fonts, sound, video and frames are not loaded. There are no downloads, no windows, no dialogs (alerts are
// dismissed), no forms sent, no service workers, no workers but those that the page itself contains, and no WebSocket,
// WebRTC, WebTransport or QUIC. Navigations are aborted, whatever their scheme.
//
// Each page has limits: Options.Timeout, Options.MaxBytes and Options.MaxRequests, 512 MB of JavaScript's heap, and
// scraper.Options.MaxBytes for the result. When bytes or requests are used up, nothing more is loaded, and the page is
// taken as it is. A page that does not answer within the time fails with ErrTimeout, and its tab is closed.
//
// Chromium's sandbox is on. Chromium does not start as root with it: Options.NoSandbox turns it off, which is safe only
// where something else confines the process. Chromium ends with the program that started it, also if that is killed
// (on Linux).
//
// # What is not
//
// What scripts load is not checked against robots.txt, and not spaced by the host's pace. It is bounded by the limits
// above, and by the browser's six connections to a host. The requests have none of Options.Headers and
// Options.HostHeaders, and TLS is checked with the browser's own certificates: Options.TLS is not used. The address of
// a page has no fragment: of an application that routes by fragments (#/about), the first view is rendered. What is
// drawn on a canvas is no text. Closed shadow roots stay closed.
//
// # Costs
//
// A page with a script of 100 kB takes about 120 ms of processor time in Chromium's headless shell, and 200 ms in
// Chromium. On two cores that were busy with other things too, that was 6 and 3 pages a second. A new tab, for another
// host, takes 0.3 s. The headless shell has 230 MiB of memory with one tab, and about 40 MiB for each further one;
// Chromium has 450 MiB and 50 MiB. BenchmarkRender measures this.
//
// # Files
//
//	render.go            Options, Browser, Render
//	chromium.go flags.go finding, starting and ending Chromium
//	process*.go          how the process is started on each system
//	pool.go              which tab renders a page
//	tab.go               a tab and its profile
//	visit.go             one page in a tab
//	policy.go            what a page may do: the headers it is served with
//	snapshot.go          the document, serialized
//	proxy.go tunnel.go   the proxy
//	meter.go             limits of a page
package render
