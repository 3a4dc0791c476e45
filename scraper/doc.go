// Package scraper fetches web pages politely and loses none of them.
//
//	in:  https://news.example/          out: a Page for every page of that host that its
//	                                         robots.txt allows, each once, decoded and parsed
//
// [Scraper.Fetch] gets one page, [Scraper.Crawl] and [Scraper.Pages] a whole site. All are made of [Scraper.Visit],
// which takes one request through one hop and never waits.
//
// # Stages
//
//	Request ─ guard → checkRobots → turn → fetch one hop (colly) → judge ─▶ Outcome ─▶ Account
//	                                                                └─ deliver: parse → claim → parts → Handler
//
// An [Outcome] says how the visit ended: done (with the links found), redirect, retry at a time, or skipped for a
// reason. [Outcome.Account] says what that counts as and what a schedule does next. There are two schedules: Crawl, in
// memory, and package fleet, which survives the process and shares a crawl between machines. Others can be made of
// VisitHooked, Job.Begin, Job.Findings, Outcome.Account and HostState.
//
// # Words
//
// A visit takes one request through the stages, for one hop. A host's turn is the right to make one request to it; the
// host's clock spaces turns by the host's pace. A Finding is an address that a crawl found, with the job's decision
// about it. A list is a sitemap or a feed. A page's identity is its own address in canonical form; DedupKey is the form
// in which addresses are compared. A page claims its identity and its content before it is delivered. A page that names
// another one by rel=canonical is parked until that is fetched. A series has the addresses that differ only in numbers
// and in the values of parameters.
//
// # One page, one identity
//
// A crawl delivers each page once. Two pages are the same if they have the same bytes on one host; if they have the
// same text at addresses that differ only in the scheme, "www.", a slash at the end or an index file; or if one names
// the other by rel=canonical, and the other says the same. That is checked: the page waits, the other one is fetched
// next, and if it fails, redirects, names the first one or says something else, the first one is delivered after all,
// under its own address. When a host was wrong eight times, its rel=canonical is ignored.
//
// # Traps
//
// A crawl ends on sites that make links without end. Sessions are removed from addresses. When a host has shown the
// same text at 24 addresses, links from there to deeper addresses are not followed. When 40 pages of a series have said
// nothing that the pages before them did not say, and the series goes on by dates or from page to page, it is left.
// Job.OnNotice names both. An archive whose pages have something to say is fetched to its end.
//
// # Defaults
//
// On by default: robots.txt by RFC 9309, one request in flight per host and one second from the end of a response to
// the start of the next, Retry-After, three tries, 10 MB a page after decompression, HTML only, timeouts, at most ten
// redirects (robots.txt and the address guard are consulted for each; Refresh headers and meta refreshes are redirects
// too), no private addresses, no cookies, tracking and session parameters and fragments stripped, pages that say
// noindex visited only for their links (Job.NoIndex), and a panic in a handler reported as that page's error. Nothing
// is read from the environment.
//
// On request: sitemaps and feeds (Job), cookies (Job.Cookies), a choice of pages by patterns (Job.Include), articles on
// several pages joined (Job.JoinParts), pages rendered in a browser (Options.Render, package render), a cache of pages
// for conditional requests (Options.Cache), headers for one host only (Options.HostHeaders), a log (Options.Logger).
// The pace adapts: 429, 503 and rising latency slow a host down, and one that keeps failing is set aside.
//
// Limits: pages are fetched by GET, and no script is run unless Options.Render is set. The schedule of a Crawl lives in
// memory and ends with the process.
//
// Page.Body holds the bytes with the content encoding (gzip and the like) removed, in the page's own character
// encoding. Package htmldoc decodes the tree to UTF-8.
//
// # Files
//
//	scraper.go options.go errors.go reason.go   New, Fetch, options, errors and the words for them
//	visit.go hooks.go log.go                    one hop, its Outcome, and how a schedule takes part
//	guard.go hostnumber.go network.go           private addresses; kinds of network errors
//	robots.go robots_cache.go robots_fetch.go   robots.txt: rules, cache, fetching
//	pace.go retry.go                            the pace of requests to a host; retries
//	hop.go transport.go encoding.go cache.go    colly, the transport under it, decompression, conditional requests
//	rendering.go shell.go                       pages that need a browser
//	deliver.go                                  from a response to the handler
//	page.go directives.go canonical.go          Page; noindex and nofollow; rel=canonical
//	references.go refresh.go                    frames, noscript, queries in a legacy encoding; refreshes
//	print.go claim.go book.go                   what pages have in common; claims; which pages of a Crawl were delivered
//	watch.go series.go tracking.go              what a crawl learns about hosts; series; sessions in addresses
//	cookies.go pattern.go                       cookies; choosing addresses
//	filetype.go                                 files that are not HTML pages
//	links.go trap.go scope.go                   addresses in canonical form; link traps; which links to follow
//	sitemap.go feed.go xml_bounds.go feed_bounds.go  lists of pages, and bounds on reading them
//	parts.go                                    articles on several pages
//	job.go crawl.go frontier.go pages.go        Crawl and Pages, the schedule in memory
//	handler.go                                  handlers and their panics
//	finding.go account.go hoststate.go          for every schedule: what an outcome leads to and how it is counted
package scraper
