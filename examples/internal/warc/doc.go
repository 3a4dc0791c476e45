// Package warc reads the pages of WARC files (ISO 28500; WARC 1.0 and 1.1).
//
// A Reader reads uncompressed records and returns those of the types "response" and "resource", which contain a
// server's response. It counts the others and skips them without keeping them in memory. Record.Decode removes the
// transfer and content encodings from a record's payload. Decode may run on a different goroutine than the Reader.
//
// WARC files come from many tools, and their content is untrusted. So a record's header and payload are bounded, bytes
// that are not part of a record are skipped up to the next record, and a truncated record is marked. Compression is
// left to the caller: a .warc.gz may be compressed by record or as a whole, and both are one stream once decompressed.
//
// This package has its own reader, which the tests compare with github.com/nlnwa/gowarc/v3; the writer is scraper/warc.
// Version 3.1.0 of that library reads only the first record of each gzip member, so it loses most of a file that was
// compressed as a whole. Without validation its payloads are empty. With validation, a record whose digest has an
// unknown algorithm is lost, and payloads of any size go to temporary files. TestGowarc fails when any of this,
// except for the temporary files, has changed.
package warc
