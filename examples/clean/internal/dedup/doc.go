// Package dedup finds articles that repeat an earlier one, in any number of shards and in little memory.
//
//	shard 1: a, b, c · shard 2: d, a', e  →  "a' repeats a", and the shards without a'
//
// Exact repetitions have the same text, white space aside. Near ones share most of their word sequences: a page's
// signature holds, for each of 112 hash functions, the least hash of any five words in a row (MinHash; Broder, "On the
// resemblance and containment of documents", 1997), so the share of equal entries estimates the Jaccard similarity of
// two pages. Pages are compared if they agree on one of 14 bands of 8 entries, which of pages with similarity 0.8 finds
// 92 %, and count as repetitions from an estimate of 0.8 on. The bands and the five words are those of the FineWeb data
// set (Penedo et al., 2024), which does not compare the signatures afterwards.
//
// Signatures and keys are kept in temporary files: about 700 bytes a page for near repetitions, 40 for exact ones.
// Memory holds one in 256 of the keys at a time.
//
// No kept library does this in Go: github.com/ekzhu/minhash-lsh rests since 2017, github.com/mfonda/simhash since 2015,
// and both hold all pages in memory.
package dedup
