// Package output writes articles as data sets: JSON lines, Markdown files or Parquet.
//
// A Format encodes a Row, on any goroutine, and opens a Writer for a shard. Shards are written under a temporary name;
// who calls Open renames them. Select chooses the fields of a row, by the keys of its JSON.
package output
