// Package warc writes the requests and responses of package scraper to WARC files (ISO 28500:2017, WARC 1.1), which
// archiving tools replay.
//
//	w, err := warc.NewWriter(warc.Options{Dir: "archive"})
//	s, err := scraper.New(scraper.Options{OnExchange: w.Write})
//	… s.Crawl(…); its handler can call w.WriteMetadata(page.Raw, …) to add the result of cleaning a page
//	err = w.Close()
//
// A file begins with a warcinfo record. Each exchange becomes a response record, with the bytes that the server sent,
// and a request record that refers to it by WARC-Concurrent-To. A 304 becomes a revisit record with the profile
// server-not-modified. The revisit record has the address of the response that it confirms and, if the cache knows it,
// the date. The page itself is in a file of the run that received that response, if that run wrote files. Pages that
// are identical to others are written in full, because many readers skip revisit records.
//
// Each record is its own gzip member, so that readers can start at any record. WARC-Block-Digest and
// WARC-Payload-Digest are SHA-1 in base 32, as in the files of most tools. The payload is the body after the chunked
// transfer encoding was removed, as the standard requires. Some readers hash the encoded body instead, and report a
// mismatch for chunked responses. A truncated response has no WARC-Payload-Digest.
//
// Request records contain all cookies and passwords that were sent: consider that before you publish a file.
//
// All records of an exchange are appended in one write. A process that is killed leaves at most one incomplete group of
// records, at the end of its file. The next process starts a new file.
//
// The writer is our own. The library github.com/nlnwa/gowarc/v3 is good for reading, but as a writer it leaves half a
// record in the middle of the file if the disk is temporarily full, parses each message again, copies large ones to
// temporary files, and hashes chunked bodies as they were sent. Tests use it to read what this package writes.
package warc
