// Package scraper fetches web pages politely and loses none of them.
//
//	in:  https://news.example/          out: a Page for every page of that host that its
//	                                         robots.txt allows, each once, decoded and parsed
//
// [Scraper.Fetch] gets one page, [Scraper.Crawl] and [Scraper.Pages] a whole site. All are made of [Scraper.Visit],
// which takes one request through one hop and never waits:
//
//	Request ─ guard → robots → turn → fetch one hop (colly) → decompress, cap → parse ─▶ Page ─▶ Handler
//	                                                                             └─▶ Outcome: done with the links found,
//	                                                                  redirect, retry at a time, or skipped for a reason
//
// On by default: robots.txt by RFC 9309, one request in flight per host and one second from the end of a response to
// the start of the next, Retry-After, three tries, 10 MB a page after decompression, HTML only, timeouts, at most ten
// redirects (each asked of robots.txt and of the address guard anew), no private addresses, no cookies, tracking
// parameters and fragments stripped, pages that say noindex visited for their links alone (Job.NoIndex), and a panic in
// a handler is that page's error. Nothing is read from the environment.
//
// On request: sitemaps and feeds (Job), articles on several pages put together (Job.JoinParts), a cache of pages with
// what their servers validate them by (Options.Cache), headers for one host only (Options.HostHeaders), a log
// (Options.Logger). The pace adapts: 429, 503 and rising latency slow a host down, and one that keeps failing is set
// aside.
//
// Limits: pages are fetched by GET and no script is run. The schedule of a Crawl lives in memory and ends with the
// process; package fleet has one that does not, made of VisitHooked, Job.Findings and HostState.
//
// Page.Body holds the bytes as the server meant them (content encoding undone); the tree is decoded to UTF-8 by
// package htmldoc, whatever character encoding those bytes are in.
//
// The files: scraper.go (New, Fetch), visit.go (one hop), crawl.go and frontier.go (the schedule), job.go, pages.go,
// handler.go, page.go, directives.go (noindex and nofollow), hop.go (colly), transport.go (under colly), encoding.go,
// guard.go, robots.go, robots_cache.go, robots_fetch.go, pace.go, retry.go, links.go, finding.go (what an outcome leads
// to), hooks.go and hoststate.go (for other schedules), canonical.go (one identity for a page), scope.go, trap.go
// (links without end), sitemap.go, feed.go, parts.go, cache.go, log.go.
package scraper
