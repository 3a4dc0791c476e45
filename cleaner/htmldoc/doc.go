// Package htmldoc turns the bytes of a web page into a parsed tree, once.
//
// Scraper and cleaner share it: a page is decoded once and parsed once, and links, metadata and content are
// read from the same tree.
//
// The encoding is decided in this order: a byte order mark; else the bytes are valid UTF-8 with at least one
// character beyond ASCII; else the Content-Type header; else what the page declares (<meta charset>, http-equiv, an
// XML declaration); else a guess from the bytes. Headers are wrong more often than valid UTF-8 is an accident, so
// this mislabels fewer pages than the WHATWG order, which asks the header first.
//
// golang.org/x/net/html refuses pages that hold more than 512 elements open at once. Such pages, and those whose
// trees would be deeper than 512 levels, are flattened: elements beyond a safe depth lose their tags and keep their
// text.
package htmldoc
