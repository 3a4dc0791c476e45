package main

// The way of a page, and the files that contain it:
//
//	flags.go      the command line
//	plan.go       which inputs there are, and which shards they become
//	sites.go      what the pages of each host have in common, learned before anything is cleaned
//	process.go    pages are read, cleaned in parallel and passed on in order
//	page.go       one page: filters, cleaning, its row
//	print.go      the sink for standard output
//	shards.go     the sink for -out; state.go records which shards are finished
//	failures.go   failures.jsonl: pages that could not be cleaned
//	run.go        the run as a whole; progress.go shows it, report.go counts its results
//
// Two flags do something else: explain.go (-explain) and dedup.go (-dedup).
