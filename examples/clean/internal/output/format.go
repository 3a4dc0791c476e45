package output

import (
	"fmt"
	"slices"
	"strings"
)

// A Format is a file format for rows.
type Format interface {
	// Extension is the suffix of a shard's name, such as ".jsonl.gz", or "" for a folder.
	Extension() string
	// Encode returns the argument for Writer.Write. It may be called from several goroutines at once.
	Encode(r *Row) (any, error)
	// Open creates a shard. It fails if a file or folder of that name exists.
	Open(name string) (Writer, error)
}

// A Writer writes the rows of one shard. It is not safe for concurrent use.
type Writer interface {
	// Write writes a row that the Format encoded.
	Write(encoded any) error
	// Close finishes the shard and syncs it to disk. After an error the shard is unusable.
	Close() error
}

// Names are the names of the formats.
var Names = []string{"jsonl", "jsonl.gz", "jsonl.zst", "markdown", "parquet"}

// New returns the format with the given name, or an error if the name is not in Names.
func New(name string, fields *Fields) (Format, error) {
	switch {
	case !slices.Contains(Names, name):
		return nil, fmt.Errorf("the format for a folder must be one of %s, not %q", strings.Join(Names, ", "), name)
	case name == "markdown":
		return &markdown{fields}, nil
	case name == "parquet":
		return newParquet(fields), nil
	}
	return &jsonLines{fields, "." + name}, nil
}
