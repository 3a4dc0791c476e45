// Package fleet is the crawl of package scraper, distributed over many machines and able to resume after a crash.
//
//	in:  a job, and a database:          out: scraper.Crawl's pages, each delivered at least once, whichever
//	     "crawl.db" or "postgres://…"         of the workers dies, and a table with the result of every address
//
// [Open] opens the database. [Fleet.Crawl] starts, joins or continues a crawl there. Job, handler, options, guards,
// delays and counts are the same as in package scraper, because both packages visit pages with the same code.
//
// # Words
//
// A worker is a process that takes part in a crawl. It renews its lease with a heartbeat every few seconds; when the
// lease ends, the worker is considered dead. A host belongs to one worker at a time, which claims it and later releases
// it. A turn is a job in River, the job queue in the database: a worker that has claimed a host visits the host's
// pages, for at most Options.Turn. Each turn of a host has an epoch, which shows whether a later turn has replaced it.
// A crawl with a limit has MaxPages places, and each page that is delivered takes one. A page is rejected if the crawl
// follows none of the links to it. A page is parked while it waits for the page that its rel=canonical names. The
// transaction that finishes the named page queues the parked page again, or skips it.
//
// # Stages
//
//	turn    work → claimHost → visitPages ─ nextPage → startVisit, one after the other → finish → close
//	visit   enter (lease, host) → claim (canonical, content, identity, place) → handler → record
//	record  plan (Outcome.Account) → prepare → one transaction: insert, updatePage, settle, giveTurns, count → report
//
// # Promises
//
// After a page's handler has returned, one transaction marks the page as done (or as failed, if the handler returned an
// error) and inserts the links found on it. So a crash loses no page, but a page may be delivered again: a handler that
// writes data must tolerate a second delivery. A crash does not count as a try of a page.
//
// All workers and crawls together make one request at a time to a host, with its delay between any two requests. This
// is also true if a worker dies during a request: its hosts get no requests for as long as that request could last.
// Their turns continue within 90 seconds of the worker's death: after Options.Scraper.Timeout plus 15 seconds if the
// worker had sent a heartbeat, otherwise when River rescues them. On SQLite, where all workers are on one machine, the
// others notice within a second that a process has ended, and its hosts' turns continue two seconds later.
//
// An outage of the database, however long, loses neither pages nor hosts: hosts that a worker could not release during
// the outage are released with its next heartbeat.
//
// MaxPages applies to all workers and runs together: a page keeps its place from its first delivery until it is
// finished, even across stops, crashes and Restart. The limits on families of links and on sitemaps are the same as for
// a crawl in memory. On PostgreSQL, transactions that commit at the same moment do not see each other's links, so these
// limits may be exceeded by those links. Data about traps, and cookies that were set since the last commit, are lost
// when the process dies; they are collected again.
//
// Not promised: an order of pages; that a handler runs once; a delay across two databases; anything after the loss of
// the database. SQLite is opened with synchronous=NORMAL: a power cut (not a crash of the process) may undo the last
// commits, and their pages are delivered again.
//
// # Engines
//
// A SQLite file has one writer at a time, so it is for one machine, and works best with one process. While it is open,
// there are two more files in its folder, and one for each worker, which shows the others that it lives. PostgreSQL is
// for many machines. River's tables have their own schema, dechaff_river. For use with sqlite3 or psql there are the
// views dechaff_crawls, dechaff_pages, dechaff_hosts and dechaff_workers.
//
// A waiting crawl is cheap: each process checks its status once a second and sends a heartbeat every few seconds, and
// River polls for turns a few times a second. A visited page takes about ten SQL statements.
//
// # Files
//
//	fleet.go            Open, Options, errors
//	crawl.go begin.go   Crawl: the run of one process, and how a crawl begins
//	wait.go status.go   OnWait, Status and counts
//	control.go          Pause, Resume, Cancel
//	restart.go          Restart: failed pages are queued again
//	queue.go            River
//	worker.go dead.go   leases and heartbeats; what happens to dead workers
//	turn.go close.go    a host's turn, and its end
//	host.go release.go  a host's pace and robots.txt; hosts of this process that are reserved or to be released
//	claim.go            which visit may deliver a page, and its place under MaxPages
//	parked.go           pages that wait for the page that they name by rel=canonical
//	cookies.go          the cookies of hosts, from one turn or request to the next
//	outcome.go          what a visit changes in the database
//	insert.go family.go the links of a page, and the bounds on families of links
//	seen.go             addresses that are known to be in the database
//	clock.go steady_*   the database's time
//	file.go             files that belong to pages
//	listed.go           dates that lists give for pages that are already waiting, with their SQL
//	tables.go table_*   all other SQL statements for the crawl's tables: one file for each table
//	store.go            what the engines have in common; store_sqlite.go, store_postgres.go, migrate.go, schema/
package fleet
