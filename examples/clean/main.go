// Clean turns saved pages into articles: a page on a terminal, or a folder of WARC files into a data set.
//
//	clean [flags] PATH…
//
// A PATH is a file, a folder, a pattern such as 'crawl/*.warc.gz', @FILE (a list of paths, one per line, each of which
// may be followed by a tab and the page's address), or "-" for standard input. The format of a file is detected by its
// content, and for pages and text also by its name: HTML and XHTML, text that another tool extracted (.txt), MHTML,
// WARC 1.0 and 1.1, JSON lines with a page in a field, tar and zip archives of pages; each may be compressed by gzip,
// bzip2 or zstd. Other files are reported. A page.json next to a page.html, as written by the crawler's -save-html,
// holds the page's address.
//
// Without -out, articles are written to standard output, in the order of the paths. With -out, they are written to a
// folder as shards, one for each file with many pages and one for each 10,000 single pages. A shard depends only on
// its input and the flags. It gets its final name when it is finished, and the same command continues where an earlier
// one was stopped. README.md has recipes.
//
// Flags:
//
//	-format F       text, markdown (default), html, json (one object per article, as package cleaner writes it) or
//	                jsonl (one flat object per line); with -out jsonl (default), jsonl.gz, jsonl.zst, markdown, parquet
//	-out DIR        write shards to a folder
//	-shard-size N   the number of pages in a shard
//	-shard i/n      only the i-th of n parts of the shards
//	-force          also write finished shards again
//	-fields KEYS    only these keys of jsonl, parquet and front matter; +KEY adds a key of the article's own JSON
//	-omit KEYS      without these keys
//	-favor F        balanced (default), precision or recall
//	-kind KINDS, -languages TAGS, -min-words N
//	                only articles on pages of these kinds, in these languages, of at least N words
//	-urls FILE      JSON lines with "id" and "url": the addresses of the pages, by id or file name without extensions
//	-html-field, -url-field, -id-field KEY
//	                the keys of a page, its address and its id in JSON lines (default html, url, id)
//	-removed        also report removed text, with reasons: on standard error, or as a field of json
//	-explain DIR    write an HTML report of each page to a folder, instead of articles: what was kept and removed, and
//	                why; with "-", print the blocks of the pages
//	-no-site        do not learn what the pages of a host have in common
//	-learn-site FILE
//	                only learn what the pages of a host have in common, and write it to a file
//	-site FILE      use a file that -learn-site wrote
//	-site-rules DIR rules for what is content on a site and what is not: see cleaner/siterules; rules that select
//	                nothing on any page are printed at the end, with file and line
//	-dedup D        exact or near: copy the shards in the folder PATH to -out without articles that repeat an earlier one
//	-report FILE    write counts and speed as JSON
//	-timeout D      time limit for one page (default 1m)
//	-quiet          show no progress
//	-workers N      number of pages cleaned at a time (default the number of CPUs)
//
// Without -out, pages are grouped by the host of their address: the known address, or the one that the page declares.
// If a host has at least three pages, text that they repeat is removed too; the inputs are then read three times. With
// -out, nothing is learned, because a shard would otherwise depend on the others; -site uses what was learned before.
//
// Pages without an article are counted. Pages that cannot be cleaned are listed on standard error, or with -out in the
// file failures.jsonl. The exit status is 0 if all inputs were read, 1 if an input could not be read, the output could
// not be written or the run was stopped, and 2 for bad usage.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
