// Package output writes articles as data sets: JSON lines, Markdown files or Parquet.
//
// A Format encodes a Row, on any goroutine, and opens a Writer for a shard. Shards are written under a temporary name;
// the caller of Open renames them. Select selects the fields of a row by their JSON keys.
package output
