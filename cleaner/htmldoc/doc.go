// Package htmldoc turns the bytes of a web page into a parsed tree.
//
// The scraper and the cleaner share it, so a page is decoded once and parsed once. Links, metadata and content come
// from the same tree.
//
// The encoding is decided in this order: a byte order mark; else UTF-16, if many bytes are NUL; else UTF-8, if the
// bytes are ASCII without escape sequences or nearly all characters beyond ASCII are valid UTF-8; else the Content-Type
// header; else what the page declares (<meta charset>, http-equiv, an XML declaration); else a guess from the bytes.
// The WHATWG order puts the header before the test for UTF-8. This order gets fewer pages wrong, because headers are
// often wrong, and text in another encoding is hardly ever valid UTF-8 by accident. A page that was encoded twice is
// decoded twice.
//
// golang.org/x/net/html refuses pages with more than 512 elements open at once. Such pages, and those whose trees would
// be deeper than 512 levels, are flattened: elements beyond a safe depth lose their tags but keep their text. So are
// pages that leave so many formatting elements open that the parser, which reopens them in every block, might create
// far too many nodes.
//
// If a <title>, a script or a comment is never closed, the rest of the page is its content, and browsers show nothing
// of it. If the end tag of <body> or <html> is in this rest, the element is closed where markup begins again.
//
// The toolbars and headers that web archives add to a page are removed. Addresses that an archive has rewritten are
// restored, except links on a page that is read by its address in the archive.
package htmldoc

// Files:
//
//	htmldoc.go       Source, Document, Parse; errors.go
//	binary.go        files that are not HTML
//	decode.go        the encoding: byte order marks, UTF-8 and UTF-16; declared.go (what the page declares),
//	                 guess.go (a guess from the bytes), languages.go (letters of languages, for the guess),
//	                 mojibake.go (pages that were encoded twice)
//	selfclosed.go    <title/> and other empty elements in pages saved as XML; unclosed.go (elements that never end)
//	saved.go         where a saved page came from; capture.go (what web archives have changed)
//	reopen.go        parsing within limits
//	flatten.go       pages that are too deep for the parser; open.go (the elements that are open while they are read)
//	links.go         Document.Links
//	reference.go     Document.Resolve and the base; plain.go (addresses that need no parsing)
