// Evaluate measures how close dechaff's articles are to the content that people labeled on pages.
//
//	evaluate [flags]
//
// A corpus is a folder with truth.jsonl and pages/ID.html.gz. A line of truth.jsonl is an object with "id", "url" and
// any labels of the page: "text", "title", "author", "date", "with" and "without" (pieces of text that must, and must
// not, be in the article), "posts" (of a forum page), "type" (the kind of page) or "lang".
//
// Flags:
//
//	-corpus DIR      a corpus, or a folder of corpora (default the environment variable DECHAFF_CORPUS)
//	-headline NAMES  the corpora, separated by commas, whose truth begins with the headline: the title
//	                 is then put before an article's text (default "sites")
//	-baseline        also score go-readability alone, and time both and html.Parse
//	-languages       also score by language: the language in the truth, or else the one that dechaff found
//	-worst N         list the N pages with the lowest scores
//	-show ID         print a page's blocks, with the decisions on them and the reasons, and the truth; several
//	                 IDs are separated by commas
//	-floor FILE      compare with the scores in a file, and fail if one is lower
//	-raise           write higher scores to that file; -lower also writes lower ones
//	-site            score only word F1, on hosts with five pages or more, without and with knowledge of
//	                 what the pages of a host have in common (cleaner.Site)
//	-text            score only CleanText, on the texts of the whole pages, before and after
//	-site-rules DIR  rules for sites, in files: what is content there, and what is not (cleaner/siterules)
//	-workers N       number of pages cleaned at a time (default the number of CPUs; 1 with -baseline)
//
// The scores are word F1 as WCXB computes it (the words of a page as a bag, averaged over pages), 4-gram F1 as in the
// article-extraction-benchmark, snippet F1 as in trafilatura's evaluation, exact matches of titles and dates, and F1
// over author names.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
