// Package input finds the pages in files of many formats.
//
//	"crawl/1.warc.gz", "pages/", "old.tar.zst", "saved.mhtml"  →  Page, Page, Page, …
//
// Find turns what a user names (files, folders, globs, @lists, "-") into Inputs, each told by its content: page, text,
// MHTML, WARC, JSON lines, tar or zip, compressed or not. Input.Pages streams its pages. A format is one entry in the
// table formats: how it is recognized, and how it is read.
//
// Files are untrusted. The memory for an input is bounded by the size of one page, whatever the file claims, and an
// input that unpacks to far more than a file of pages would is given up (ErrBomb).
package input
