// Crawler fetches the pages of sites politely and writes their articles as Markdown and JSON lines.
//
//	crawler [flags] [URL…]
//
// Each article is written to the -out folder as one Markdown file with front matter and one line of articles.jsonl.
// Flags add files in HTML or plain text, save the pictures, and change the file names. A URL is that of a page, a feed
// or a sitemap. README.md has recipes. Without a URL, the program serves its own small demo site on loopback, crawls it
// with its pictures, and shows the result.
//
// Flags:
//
//	-out DIR          where to write (default ./articles)
//	-format LIST      formats of the output, separated by commas: markdown, html, text, warc; and jsonl, the
//	                  index (default markdown,jsonl)
//	-filename P       a pattern of the articles' file names, such as {date}-{slug} or {path}/{name} (default {slug})
//	-front-matter F   a template for the front matter of the Markdown files
//	-images           save the articles' pictures, each once, in the folder images
//	-media            save the audio and video files that the articles link to, in the folder media
//	-offline-links    make links between saved articles point to their files; -images turns it on
//	-listings         also write pages that only list other pages, such as a category, a tag or a front page
//	-max N            at most N pages; 0 is no limit (default 1000)
//	-depth N          at most N links away from a seed; 0 is no limit, -1 follows none
//	-delay D          shortest time between two requests to a host (default 1s)
//	-user-agent S     the name of the crawler in requests
//	-allow-private    also crawl loopback and private addresses
//	-seeds FILE       read more URLs from FILE, one per line
//	-scope S          which links to follow: host (default), domain, folder, any
//	-include P        visit only pages whose address matches a pattern; may be given several times, like the next three
//	-exclude P        do not visit pages whose address matches
//	-follow-only P    follow the links of pages whose address matches, but do not write them
//	-no-trap P        visit pages whose address matches, even if they seem to be generated without end
//	-sitemaps         also visit the pages in the sites' sitemaps
//	-sitemap-only     visit only the pages in the sites' sitemaps, and follow no links
//	-feeds            also visit the pages in the feeds that pages announce
//	-since T          write only pages published or modified since a date (2026-03-01) or within a duration (36h,
//	                  7d, 4w)
//	-join             join articles that are spread over several pages
//	-cache DIR        store pages in DIR, so that the next run fetches only what has changed, and lists it in
//	                  changes.jsonl
//	-state S          store the state of the crawl in the SQLite file S, or in PostgreSQL if S is postgres://…: the
//	                  same command resumes it, and several machines, each with its own -out, can share it
//	-name S           the name of the crawl in -state (default "default")
//	-noindex S        pages marked noindex: skip (default) only follows their links, keep also writes them
//	-retry-failed     with -state: first queue permanently failed pages again
//	-header S         send a header ("Name: value") to the hosts of the URLs
//	-cookies FILE     send the cookies of a file in Netscape's format
//	-auth USER@HOST   sign in to a host (HTTP Basic); the password is read from the terminal or standard input
//	-proxy URL        an http, https or socks5 proxy for all requests
//	-ca FILE          certificates to trust in addition to the system's, in PEM format
//	-render S         pages to render in a browser (Chromium): never (default), empty (those without text), always
//	-render-wait SEL  with -render: wait for an element that matches a CSS selector, not until the page is quiet
//	-no-sandbox       with -render: run the browser without its sandbox (required as root)
//	-no-site          do not learn from what the pages of a host have in common
//	-site-rules DIR   a folder of rules for sites: what is content, what is not, and where articles continue (see
//	                  cleaner/siterules); rules that select nothing on any page are printed at the end
//	-site-headers     with -site-rules: send the headers in the rules, even a different user agent
//	-login USER@HOST  with -site-rules: sign in through the site's form; the password is read as for -auth
//	-fields LIST      additional fields of the index, separated by commas: blocks, comments, entries, posts,
//	                  product, recipe; or all
//	-verbose          log each request to standard error
//	-save-html DIR    store each page as fetched, ready to become a fixture
//	-warc-size S      the size after which -format warc begins the next file (default 1G)
//
// A run never damages what earlier runs wrote to -out. Articles of new pages are added. The file of a known page is
// replaced if its article has changed, and left unchanged otherwise. Only one crawler at a time can write to a folder.
//
// Text that is repeated on a host's pages is removed from them (cleaner.Site). A page that was fetched before enough
// pages of its host were known is cleaned again at the end. In articles.jsonl, host_pages is how many pages of the host
// were known, and cleaned_again says whether the page was cleaned again. At most 40 pages per host are stored to be
// cleaned again. Only the first 256 hosts are learned from; a page of any other host is cleaned on its own. The data
// about hosts is stored for the next run in the folder .crawler next to the articles. This folder may be deleted
// between runs.
//
// A pattern is a glob ("/blog/**", where "*" is any text without a slash and "**" any text), or "re:" followed by a
// regular expression for the address. Cookies that a host sets are sent back to it; with -state, they are also stored.
// An endless series of addresses is abandoned after a few dozen pages, and named in the summary; -no-trap changes that.
//
// Ctrl-C stops the crawl; the files written so far stay. A full disk, or a folder that is missing or read-only, stops
// it too; with -state the same command then resumes.
//
// Exit status:
//
//	0  the crawl is finished, or -max was reached, even if nothing had changed or, with -state, no page was left for
//	   this run
//	1  nothing was written
//	2  bad usage
//	3  stopped early, with work left: by a signal, by the disk, or because the database of -state was lost
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	log.SetOutput(io.Discard) // net/http writes faults of idle connections to it; -verbose shows them
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
