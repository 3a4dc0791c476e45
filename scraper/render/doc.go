// Package render renders pages in a browser: pages that are empty until their scripts have run.
//
//	in:  <div id="root"></div><script src="/app.js"></script>
//	out: the document as the scripts have left it; the scraper then parses it and follows its links
//
// A [Browser] is a scraper.Renderer, for scraper.Options:
//
//	browser, err := render.New(render.Options{})
//	if err != nil { … } // ErrNoBrowser: there is no Chromium on the PATH
//	defer browser.Close()
//	s, err := scraper.New(scraper.Options{Render: scraper.RenderWhenEmpty, Renderer: browser})
//
// A Browser works with all ways to use a Scraper: Fetch, Crawl, Pages, Visit and package fleet. Package scraper does
// not import this package, so programs that do not need it are not linked with it.
//
// # What happens
//
//	scraper: guard → robots.txt → turn → fetch ─▶ tab: serve → run scripts → wait → serialize ─▶ scraper: parse …
//	                                                    └─ what they load → proxy on loopback → the scraper's dialer
//
// The scraper fetches the page itself once, like any other page. The browser gets those bytes and makes no request for
// the page. So robots.txt, the delay of the host, the limits on size, redirects, cookies, the cache and the address
// guard all apply to it. The host's turn lasts until the page is rendered: one page of a host is rendered at a time,
// and the delay starts afterwards.
//
// Chromium starts with the first page and ends with Close. There is one Chromium with several tabs. A tab serves one
// origin (scheme, host and port) for as long as that origin has pages, with its own profile in memory. Files that the
// origin's pages load are cached. Everything else that a page leaves (cookies, storage, databases, the name and the
// history of the window) is removed before the next page.
//
// Pages see virtual time: while nothing is loading, timers fire at once. A page that waits for two seconds is finished
// in a few milliseconds, and each page gets Options.Settle of virtual time. When that is over, or when Options.Selector
// matches, the document is serialized. Open shadow roots become declarative ones. A page that keeps loading is captured
// as it is after Options.Wait.
//
// A script that navigates to another address causes a redirect, which the scraper follows like any other.
//
// # What is promised
//
// Everything that a page loads goes through a proxy of this package on loopback, which uses the scraper's dialer. For
// each connection, the dialer resolves the name, checks the address, and connects to the address that it checked. The
// browser itself resolves no names and connects only to the proxy. Each tab has its own proxy with its own password, so
// that other programs on the machine cannot use it. Chromium is controlled through a pipe, not a port.
//
// Pictures, fonts, sound, video and frames are not loaded. There are no downloads, windows, dialogs (alerts are
// dismissed) or form submissions. There are no service workers, and no workers except those that the page itself
// contains. WebSocket, WebRTC, WebTransport and QUIC do not work. Navigations are aborted, whatever their scheme.
//
// Each page has limits: Options.Timeout, Options.MaxBytes and Options.MaxRequests, 512 MB of JavaScript heap, and
// scraper.Options.MaxBytes for the result. When the bytes or requests are used up, nothing more is loaded, and the page
// is captured as it is. A page that does not respond in time fails with ErrTimeout, and its tab is closed. A Chromium
// that cannot close a tab in time is ended, and started again for the next page.
//
// Chromium's sandbox is on. With the sandbox on, Chromium refuses to start as root. Options.NoSandbox turns the sandbox
// off, which is safe only if something else confines the process. Chromium ends with the program that started it; on
// Linux, even if that program is killed.
//
// # What is not promised
//
// Requests made by scripts are not checked against robots.txt and do not wait for the host's delay. They are bounded by
// the limits above and by the browser's six connections per host. They are sent without the scraper's Options.Headers
// and Options.HostHeaders. TLS is checked with the browser's own certificates, not with Options.TLS. The address of a
// page has no fragment: if an application routes by fragments (#/about), its first view is rendered. Text that is drawn
// on a canvas is missing. Closed shadow roots stay closed. While a script runs, the clock stands still: a script that
// loops until a time has passed never ends.
//
// Memory that is not in the JavaScript heap, such as that of typed arrays, is not limited. A control group can limit
// the memory of the whole program.
//
// # Costs
//
// A page with a script of 100 kB takes about 120 ms of processor time in Chromium's headless shell, and 200 ms in
// Chromium. On two busy cores, the headless shell rendered 6 pages per second, and Chromium 3. A new tab, for another
// origin, takes 0.3 s. The headless shell uses 230 MiB of memory with one tab, and about 40 MiB for each further tab;
// Chromium uses 450 MiB and 50 MiB. BenchmarkRender measures this.
//
// # Files
//
//	render.go            Options, Browser, Render
//	chromium.go flags.go finding, starting and ending Chromium
//	process*.go          how the process is started on each system
//	pool.go              which tab renders a page
//	tab.go               a tab and its profile
//	visit.go             one page in a tab
//	policy.go            what a page may do: the headers with which it is served
//	snapshot.go          the document, serialized
//	proxy.go tunnel.go   the proxy
//	meter.go             limits of a page
package render
