// Package dedup finds articles that repeat an earlier one, in any number of shards and with little memory.
//
//	shard 1: a, b, c · shard 2: d, a', e  →  "a' repeats a", and the shards without a'
//
// Exact repetitions have the same text except for white space. Near repetitions share most of their word sequences: a
// page's signature holds, for each of 112 hash functions, the smallest hash of any five consecutive words (MinHash;
// Broder, "On the resemblance and containment of documents", 1997), so the share of equal entries estimates the Jaccard
// similarity of two pages. Pages are compared if they agree on at least one of 14 bands of 8 entries, which finds 92 %
// of the pages with similarity 0.8. They count as repetitions if the estimate is at least 0.8. The bands and the five
// words are the same as for the FineWeb data set (Penedo et al., 2024), which does not compare the signatures
// afterwards.
//
// Signatures and keys are kept in temporary files: about 700 bytes per page for near repetitions, 40 for exact ones.
// Only 1 in 256 of the keys is in memory at a time.
//
// No maintained Go library does this: github.com/ekzhu/minhash-lsh has not changed since 2017,
// github.com/mfonda/simhash not since 2015, and both keep all pages in memory.
package dedup
