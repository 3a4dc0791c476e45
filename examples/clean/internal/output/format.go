package output

import (
	"fmt"
	"slices"
	"strings"
)

// A Format is a way to write rows.
type Format interface {
	// Extension is the ending of a shard's name, such as ".jsonl.gz"; "" for a folder.
	Extension() string
	// Encode returns what Writer.Write takes. It may be called on several goroutines at once.
	Encode(r *Row) (any, error)
	// Open creates a shard. The name must not exist.
	Open(name string) (Writer, error)
}

// A Writer writes the rows of one shard. It is not safe for concurrent use.
type Writer interface {
	// Write writes a row that the Format encoded.
	Write(encoded any) error
	// Close finishes the shard and syncs it to disk. After an error the shard is of no use.
	Close() error
}

// Names are the formats that New knows.
var Names = []string{"jsonl", "jsonl.gz", "jsonl.zst", "markdown", "parquet"}

// New returns the format of a name.
func New(name string, fields *Fields) (Format, error) {
	switch {
	case !slices.Contains(Names, name):
		return nil, fmt.Errorf("a format to write to a folder is one of %s, not %q", strings.Join(Names, ", "), name)
	case name == "markdown":
		return &markdown{fields}, nil
	case name == "parquet":
		return newParquet(fields), nil
	}
	return &jsonLines{fields, "." + name}, nil
}
