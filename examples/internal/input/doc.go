// Package input finds the pages in files of many formats.
//
//	"crawl/1.warc.gz", "pages/", "old.tar.zst", "saved.mhtml"  →  Page, Page, Page, …
//
// Find turns command-line arguments (files, folders, globs, @lists, "-") into Inputs and detects their formats, mainly
// by content: page, text, MHTML, WARC, JSON lines, tar or zip, compressed or not. Input.Pages streams the pages of an
// Input. A format is one entry in the table formats: how it is recognized, and how it is read.
//
// Files are untrusted. The memory for an input is bounded by the maximum size of a page, whatever the file claims. An
// input that unpacks to far more data than a file of pages would is abandoned (ErrBomb).
package input

// Files:
//
//	find.go       Find; kind.go detects the format of a file
//	input.go      Options, Input, Page, and the table formats
//	loose.go      files with one page: HTML, text, MHTML
//	archive.go    tar and zip; warc.go, jsonl.go
//	stream.go     decompression within limits
//	parse.go      Parse and Host, for prepared pages
