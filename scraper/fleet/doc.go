// Package fleet is the crawl of package scraper on many machines, and after a crash.
//
//	in:  a job, and a database:          out: scraper.Crawl's pages, each handed over at least once, whichever
//	     "crawl.db" or "postgres://…"         of the workers dies, and a table of what became of every address
//
// [Open] opens the database, [Fleet.Crawl] begins a crawl there, joins it or goes on with it. Job, handler, options,
// guards, pace and counts are those of package scraper: both are schedules over its Visit.
//
//	River job: a host's turn ─ take the host ─ read pages that are due ─ visit one after the other, at most 30 s ─ give the host back
//	                                              └─ each: claim → handler → one transaction: the page's fate, its links, its counts
//
// What is promised: a page is finished only together with the links found on it, after its handler returned nil, so
// that a crash delivers it again and loses none. At least once, then: a handler that writes somewhere must bear a
// second delivery of one page. A crash costs a page none of its tries. One request at a time goes to a host from all
// workers and crawls together, and its delay holds between any two of them, also when a worker dies with a request
// under way, since its hosts are left alone for as long as that could last. Its turns go on within 90 seconds
// (Options.Scraper.Timeout and 15 seconds after its last sign of life, where it had sent one; else when River rescues
// them). An outage of the database, however long, costs neither pages nor hosts: what a worker could not give back
// then, it gives back with its next sign of life. MaxPages holds over all workers and runs: a page has its place from
// its first delivery until it is finished, also through stops, crashes and Restart. The bounds on families of links and
// on sitemaps are those of a crawl in memory; on PostgreSQL, visits that are booked at the same moment do not see each
// other's, and may together take up more by what they bring.
//
// What is not: an order of pages; that a handler runs once; a pace across two databases; anything after the loss of the
// database. On SQLite, which is opened with synchronous=NORMAL, a power cut (not a crash of the process) may take back
// the last commits: their pages are delivered again.
//
// The engines: a SQLite file has one writer at a time, so that it is for one machine, and best for one process; in its
// folder lie two more files while it is open. PostgreSQL is for many. River's tables lie in a schema of their own,
// dechaff_river. For people who look with sqlite3 or psql there are the views dechaff_crawls, dechaff_pages,
// dechaff_hosts and dechaff_workers.
//
// The state of a crawl costs little while it waits: each process looks once a second how its crawl stands and gives a
// sign of life every few seconds, River looks for turns a few times a second, and a host with many pages waiting costs
// what its pace lets through, about eight statements a page.
//
// The files: fleet.go (Open), crawl.go and begin.go (Crawl), queue.go (River), worker.go and bury.go (who is alive),
// turn.go and close.go (a host's turn), host.go (its pace and robots.txt), held.go (which hosts this process has),
// claim.go (who hands a page over, and MaxPages), outcome.go, insert.go and family.go (what a visit changes), tally.go
// and status.go (counts), control.go (Pause, Resume, Cancel, Restart), clock.go (the database's time), store.go,
// store_sqlite.go, store_postgres.go, migrate.go and schema/ (the engines).
package fleet
