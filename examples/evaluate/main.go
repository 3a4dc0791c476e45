// Evaluate measures how close dechaff's articles are to what people labeled as the content of pages.
//
//	evaluate [flags]
//
// A corpus is a folder with truth.jsonl and pages/ID.html.gz. A line of truth.jsonl is an object with "id", "url" and
// any labels of the page: "text", "title", "author", "date", "with" and "without" (pieces of text that must, and must
// not, be in the article), "type" (the kind of page) or "lang".
//
// Flags:
//
//	-corpus DIR      a corpus, or a folder of corpora (default the variable DECHAFF_CORPUS)
//	-headline NAMES  the corpora, by comma, whose text begins with the headline: there the title
//	                 is put before an article's text (default "sites")
//	-baseline        also go-readability alone, and the time of both and of html.Parse
//	-languages       also by language: the truth's, or what dechaff found where it names none
//	-worst N         the N pages that are farthest from their truth
//	-show ID         a page's blocks, with the decisions on them and the reasons, beside the truth; several IDs
//	                 by comma
//	-floor FILE      compare with the scores in a file, and fail where one is lower
//	-raise           write the scores to that file where they are higher; -lower also where they are lower
//	-site            instead: word F1 on hosts with five pages or more, with what a
//	                 host's pages have in common (cleaner.Site) and without
//	-workers N       pages at a time (default the number of CPUs; 1 with -baseline)
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
