// Package warc reads the pages of WARC files (ISO 28500; WARC 1.0 and 1.1).
//
// A Reader walks through uncompressed records and gives those that hold what a server sent: "response" and "resource".
// The others are counted and passed over without being kept in memory. A record's payload is undone from its transfer
// and content encodings by Record.Decode, which may run on another goroutine than the Reader.
//
// WARC files come from many tools, and what they hold is hostile. So a record's header and payload are bounded, bytes
// that are no record are passed over up to the next record, and a record that is cut off is marked. Compression is the
// caller's: a .warc.gz may be compressed by record or as a whole, and both are one stream once decompressed.
//
// The reader is our own, and tests hold it against github.com/nlnwa/gowarc/v3; the writer is scraper/warc. At v3.1.0
// gowarc reads only the first record of each gzip member, so it loses most of a file that was compressed as a whole.
// Without validation its payloads are empty; with it, a digest of an algorithm that it does not know costs the record,
// and payloads of any size go to temporary files. TestGowarc says when that has changed.
package warc
