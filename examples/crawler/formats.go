package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// A format is a value of -format. If the fields extension and render are set, the format writes one file per article.
// If the field open is set, the format writes all pages to files of its own.
type format struct {
	name string
	// extension is the extension of the articles' files. It is empty for a format that does not write them.
	extension string
	// render returns the content of an article's file. It is nil for a format that does not write them.
	render func(d *document) ([]byte, error)
	// relink replaces the addresses in an article's file; see rewriter. If relink is nil, the file is not changed.
	relink func(text []byte, to rewriter) []byte
	// open starts the output of all pages, before the first page. It is nil for formats that write
	// one file per article, and for jsonl.
	open func(c *config) (pageSink, error)
}

// A document is an article and its line of articles.jsonl.
type document struct {
	*cleaner.Article
	line

	matter matter
}

// A pageSink receives the pages of a crawl in one stream. Its methods are called from several goroutines. If a method
// returns errOutput, the crawl stops, and the page remains unfinished; any other error is a failure of that page.
type pageSink interface {
	// add receives a page after its article's files were written. The article is nil and the ID is empty if the
	// page has no article, or if the article is left out because it is a list, or a view of another page.
	add(p *scraper.Page, a *cleaner.Article, id string) error
	// addFile receives a file that -images or -media saves.
	addFile(f *scraper.File) error
	// Close completes the files. No other method is called after it.
	Close() error
}

// A rewriter returns the replacement of an address in an article: the address itself, or a path relative to the
// article's file. isPicture is true for the address of a picture, and false for the address of a link.
type rewriter func(address string, isPicture bool) string

// linesFormat is the name of the format that writes articles.jsonl. Without this format, articles.jsonl is one of the
// crawler's private files.
const linesFormat = "jsonl"

// formats are the values of -format, in the order in which files are written. A line of articles.jsonl names the file
// in the first of the chosen formats.
var formats = []*format{
	{name: "markdown", extension: markdownExtension, render: renderMarkdown, relink: relinkMarkdown},
	{name: "html", extension: ".html", render: renderHTML, relink: relinkHTML},
	{name: "text", extension: ".txt", render: renderText},
	{name: linesFormat},
	{name: "warc", open: openWARC},
}

// parseFormats parses the value of -format: names, separated by commas.
func parseFormats(value string) ([]*format, error) {
	asked := make(map[string]bool)
	for name := range strings.SplitSeq(value, ",") {
		asked[strings.TrimSpace(name)] = true
	}
	var found []*format
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
		if asked[f.name] {
			found = append(found, f)
			delete(asked, f.name)
		}
	}
	for name := range asked {
		return nil, fmt.Errorf("-format must be one or more of %s, not %q", strings.Join(names, ", "), name)
	}
	return found, nil
}

// has reports whether a format was chosen.
func has(list []*format, name string) bool {
	return slices.ContainsFunc(list, func(f *format) bool { return f.name == name })
}

// formatNames joins the names of formats for a message.
func formatNames(list []*format) string {
	var names []string
	for _, f := range list {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}
