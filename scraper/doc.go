// Package scraper fetches web pages politely and loses none of them.
//
//	in:  https://news.example/          out: a Page for every page of that host that its
//	                                         robots.txt allows, each once, decoded and parsed
//
// [Scraper.Fetch] fetches one page, [Scraper.Crawl] and [Scraper.Pages] a whole site. All of them use [Scraper.Visit],
// which takes one request through one hop and never waits.
//
// # Stages
//
//	Request ─ guard → checkRobots → turn → fetch one hop (colly) → judge ─▶ Outcome ─▶ Account
//	                                                                └─ deliver: parse → claim → parts → Handler
//
// An [Outcome] is the result of a visit: done (with the links found), redirect, retry at a given time, parked, or
// skipped for a reason. [Outcome.Account] determines how it is counted and what a schedule does next. There are two
// schedules: Crawl runs in memory, and package fleet survives the process and shares a crawl between machines. Other
// schedules can be built from VisitHooked, Job.Begin, Job.Findings, Outcome.Account and HostState.
//
// # Terms
//
//	visit      one request taken through the stages, for one hop
//	hop        one HTTP request and its response; redirects are further hops
//	schedule   a program that decides which request is visited when: Crawl, or package fleet
//	turn       the right to make one request to a host
//	pace       the pause between requests to a host; the host's clock determines when its next turn is due
//	Finding    an address that a crawl found, with the job's decision whether to visit it
//	list       a sitemap or a feed
//	identity   a page's own address in canonical form; DedupKey is the form in which addresses are compared
//	claim      the check, before a page is delivered, that its identity and its content are new
//	parked     (of a page) waiting for the page that its rel=canonical names
//	notice     a message about a site, such as a link trap, that is passed to Job.OnNotice
//	series     the addresses that differ only in numbers and in the values of parameters
//	family     the addresses that differ only in the values of their parameters, such as filters of one list
//
// Package fleet defines the terms of a shared crawl, such as worker, lease and epoch.
//
// # One page, one identity
//
// A crawl delivers each page once. Two pages are the same if they show the same on one host (title, text, media and
// links, whatever sessions and tokens their forms, links and scripts contain), if they have the same text at
// addresses that differ only in the scheme, "www.", a trailing slash or an index file, or if one names the other by
// rel=canonical and the other has the same text. That is verified: the page waits, and the other page is fetched
// next. If the other page fails, redirects, names the first page or has other text, the first page is delivered after
// all, under its own address. If rel=canonical was wrong on eight pages of a host, and right on far fewer, it is
// ignored on that host.
//
// # Traps
//
// A crawl also ends on sites that generate endless links. Session parameters are removed from addresses. When a host
// has shown the same text at more than 24 addresses, or at 12 with random parts, links from pages with this text to
// deeper addresses or to other random ones are not followed. A crawl stops following a series when at least 40 of its
// pages, and most of the recent ones, had nothing that earlier pages did not have, and its addresses have dates or each
// page links to the next. It also stops when all pages of a series whose addresses have parameters, such as a sign-in
// page, had the same text. When 200 pages of a series, or in nested folders or combined tags of one folder, had nothing
// new, only those are visited that a page with something new links to. When 20 pages with the same additional
// parameters, such as print=1, were copies of the pages without them, and none was another page, further pages with
// these parameters are not visited, unless the parameters select a part of a page or a language. A page has something
// new if it has a sentence, a table or a picture that earlier pages of the series did not have, or several links to
// pages outside the series that turn out to be new. Known entries in another order are not new, so lists of random
// entries end, and a picture with a random name is not. So an archive is fetched to its end, even one whose pages only
// list numbers or show one picture. If several feeds of a host list only the page that announced them, such as feeds of
// comments, only feeds that seeds announce are read from then on. At most 200 combinations of four or more filters are
// visited (2,000 of three), and no addresses with a date more than two years ahead or with a sequence of folders that
// is repeated more than three times.
//
// Job.OnNotice is called with the name of what was abandoned, and Job.NoTrap excludes addresses from all these rules.
//
// # Defaults
//
// On by default: robots.txt by RFC 9309, one request in flight per host and one second from the end of a response to
// the start of the next request, Retry-After, three tries, at most 10 MB per page after decompression, HTML only,
// timeouts, at most ten redirects (robots.txt and the address guard apply to each; Refresh headers and meta refreshes
// are redirects too), no private addresses, no cookies, removal of fragments and of tracking and session parameters,
// noindex pages visited only for their links (Job.NoIndex), and a panic in a handler reported as that page's error.
// Nothing is read from the environment.
//
// Optional: sitemaps and feeds (Job), cookies (Job.Cookies), selecting pages by URL pattern (Job.Include), joining
// articles that span several pages (Job.JoinParts, Job.Next, Job.Whole), pages rendered in a browser (Options.Render,
// package render), a cache of pages for conditional requests (Options.Cache), headers for one host only
// (Options.HostHeaders), requests and responses as they were sent (Options.Raw, Options.OnExchange; package warc
// writes them to archives), a log (Options.Logger). The pace adapts: 429, 503 and rising latency slow down the
// requests to a host. A host that keeps failing gets a rest and is then set aside. A host that refuses a hundred
// requests in a row is set aside too.
//
// Limits: pages are fetched by GET, and no script is run unless Options.Render is set. The schedule of a Crawl is in
// memory and ends with the process.
//
// Page.Body contains the bytes of the page in its own character encoding, after the content encoding (such as gzip) was
// removed. The parsed tree is in UTF-8.
package scraper

// The files of this package:
//
//	scraper.go options.go errors.go reason.go   New, Fetch, options, errors and their reasons
//	visit.go hooks.go log.go                    one hop, its Outcome, and how a schedule takes part
//	guard.go hostnumber.go network.go           private addresses; kinds of network errors
//	robots.go robots_cache.go robots_fetch.go   robots.txt: rules, cache, fetching
//	pace.go retry.go                            the pace of requests to a host; retries
//	hop.go transport.go encoding.go cache.go    colly, the transport under it, decompression, conditional requests
//	exchange.go wire.go                         requests and responses as they were sent
//	rendering.go shell.go                       pages that need a browser
//	deliver.go                                  from a response to the handler
//	page.go directives.go canonical.go          Page; noindex and nofollow; rel=canonical
//	skeleton.go                                 the links of a page that has too many nodes
//	references.go scriptlinks.go refresh.go     frames, noscript, legacy queries; links in scripts; refreshes
//	bodytext.go print.go view.go                texts and views of pages, for comparison
//	claim.go book.go                            claims; the pages that a Crawl has delivered
//	watch.go watch_lists.go watch_views.go      what a crawl learns about hosts
//	series.go                                   series
//	tracking.go                                 sessions in addresses
//	cookies.go pattern.go                       cookies; selection of addresses
//	filetype.go file.go                         files that are not HTML pages; FetchFile
//	links.go trap.go scope.go                   addresses in canonical form; link traps; which links to follow
//	sitemap.go feed.go list_text.go listseed.go lists of pages
//	xml_bounds.go feed_bounds.go                bounds on reading them
//	parts.go                                    articles on several pages
//	job.go crawl.go frontier.go pages.go        Crawl and Pages, the schedule in memory
//	handler.go                                  handlers and their panics
//	listed.go                                   dates that lists give for pages that were already found
//	finding.go account.go hoststate.go          for schedules: the results of an outcome, and how it is counted
