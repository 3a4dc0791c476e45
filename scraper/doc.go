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
// A visit is one request on its way through the stages, one hop long. A host's turn is the right to make one request to
// it: its clock gives turns no closer than its pace allows. A Finding is an address that a crawl found, with its job's
// decision about it. A list is a sitemap or a feed. A page's identity is the address that it is known by; DedupKey is
// the form in which addresses are compared.
//
// # Defaults
//
// On by default: robots.txt by RFC 9309, one request in flight per host and one second from the end of a response to
// the start of the next, Retry-After, three tries, 10 MB a page after decompression, HTML only, timeouts, at most ten
// redirects (robots.txt and the address guard are consulted for each), no private addresses, no cookies, tracking
// parameters and fragments stripped, pages that say noindex visited for their links alone (Job.NoIndex), and a panic in
// a handler is that page's error. Nothing is read from the environment.
//
// On request: sitemaps and feeds (Job), articles on several pages put together (Job.JoinParts), a cache of pages with
// what their servers validate them by (Options.Cache), headers for one host only (Options.HostHeaders), a log
// (Options.Logger). The pace adapts: 429, 503 and rising latency slow a host down, and one that keeps failing is set
// aside.
//
// Limits: pages are fetched by GET and no script is run. The schedule of a Crawl lives in memory and ends with the
// process.
//
// Page.Body holds the bytes as the server meant them (content encoding undone); the tree is decoded to UTF-8 by
// package htmldoc, whatever character encoding those bytes are in.
//
// # Files
//
//	scraper.go options.go errors.go reason.go   New, Fetch, options, errors and the words for them
//	visit.go hooks.go log.go                    one hop, its Outcome, and how a schedule takes part
//	guard.go hostnumber.go network.go           private addresses; kinds of network errors
//	robots.go robots_cache.go robots_fetch.go   robots.txt: rules, what is known, fetching
//	pace.go retry.go                            when a host may be asked, and when again
//	hop.go transport.go encoding.go cache.go    colly, what is under it, decompression, validation
//	page.go directives.go canonical.go          Page; noindex and nofollow; rel=canonical
//	filetype.go                                 what is no HTML page
//	links.go trap.go scope.go                   addresses in canonical form; links without end; which to follow
//	sitemap.go feed.go xml_bounds.go feed_bounds.go  lists of pages, and bounds on reading them
//	parts.go                                    articles on several pages
//	job.go crawl.go frontier.go pages.go        Crawl and Pages, the schedule in memory
//	handler.go                                  handlers, and what their panics become
//	finding.go account.go hoststate.go          for every schedule: what an outcome leads to and counts as
package scraper
