// Package warc writes what package scraper sends and receives to WARC files (ISO 28500:2017, WARC 1.1), which archiving
// tools replay.
//
//	w, err := warc.NewWriter(warc.Options{Dir: "archive"})
//	s, err := scraper.New(scraper.Options{OnExchange: w.Write})
//	… s.Crawl(…), in whose handler w.WriteMetadata(page.Raw, …) adds what was made of a page
//	err = w.Close()
//
// A file begins with a warcinfo record. Each request becomes a response record, with the bytes that the server sent,
// and a request record that names it in WARC-Concurrent-To. A 304 becomes a revisit record by the profile
// server-not-modified, which names the address and, if the cache has it, the date of the response that it confirms: the
// page itself is in the file of that run, if that wrote one. Pages that are the same as others are written in full,
// since many readers skip revisits.
//
// Each record is a gzip member of its own, so that readers can start at any of them. WARC-Block-Digest and
// WARC-Payload-Digest are SHA-1 in base 32, as most tools write them. The payload is the body without its chunks, as
// the standard has it; some readers hash the chunks too, and report a mismatch for responses that came in chunks. A
// truncated response has no WARC-Payload-Digest.
//
// Request records have all cookies and passwords that were sent: consider that before you publish a file.
//
// Records are appended in one write. A process that is killed leaves at most one incomplete group of records, at the
// end of its file; the next one begins a new file.
//
// The writer is our own. github.com/nlnwa/gowarc/v3, a library to read with, leaves half a record in the middle of the
// file if a disk is full for a while, parses each message again, copies large ones to temporary files, and has the
// chunks in its payload digests. Tests read with it what this package writes.
package warc
