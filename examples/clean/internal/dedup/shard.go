package dedup

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
)

// A shard is a file of articles.
type shard struct {
	path, name string // name is relative to the folder of shards
	extension  string
}

// A row is one article of a shard.
type row struct {
	line []byte      // the row as JSON; nil if the shard is a Parquet file
	row  parquet.Row // the row as Parquet; nil if the shard has JSON lines
	id   string
	text string
}

// findShards lists the shards in a folder and its subfolders, sorted by name. It leaves out notShards, and files and
// folders that are hidden.
func findShards(dir string) ([]shard, error) {
	var shards []shard
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		name := ""
		if err == nil {
			name, err = filepath.Rel(dir, path)
		}
		hidden := name != "." && strings.HasPrefix(filepath.Base(name), ".")
		switch {
		case err != nil:
			return err
		case entry.IsDir() && hidden:
			return filepath.SkipDir
		case entry.IsDir(), hidden, slices.Contains(notShards, name):
			return nil
		}
		for _, extension := range []string{".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"} {
			if strings.HasSuffix(name, extension) {
				shards = append(shards, shard{path, name, extension})
			}
		}
		return nil
	})
	if err == nil && len(shards) == 0 {
		err = fmt.Errorf("%w in %s", ErrNoShards, dir)
	}
	return shards, err
}

// notShards are files of JSON lines next to the shards.
var notShards = []string{"failures.jsonl", ReportName}

// rows calls the function use with each row of a shard, until it returns false.
func (s shard) rows(use func(row) bool) error {
	f, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer f.Close()
	if s.extension == ".parquet" {
		err = s.parquetRows(f, use)
	} else {
		err = s.lines(f, use)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	return nil
}

func (s shard) lines(f *os.File, use func(row) bool) error {
	var r io.Reader = bufio.NewReaderSize(f, 256<<10)
	switch s.extension {
	case ".jsonl.gz":
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		r = z
	case ".jsonl.zst":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return err
		}
		defer z.Close()
		r = z
	}
	lines := bufio.NewReaderSize(r, 256<<10)
	for {
		line, err := lines.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case err != nil && !errors.Is(err, io.EOF):
			return err
		}
		if !use(row{line: line}) {
			return nil
		}
	}
}

// parse reads the id and the text of a row of JSON. For Parquet, they have been read already.
func (r *row) parse() error {
	if r.line == nil {
		return nil
	}
	var fields struct {
		ID   string
		Text *string
	}
	if err := json.Unmarshal(r.line, &fields); err != nil {
		return err
	}
	if fields.Text == nil {
		return ErrNoText
	}
	r.id, r.text = fields.ID, *fields.Text
	return nil
}

func (s shard) parquetRows(f *os.File, use func(row) bool) error {
	file, err := openParquet(f)
	if err != nil {
		return err
	}
	text, ok := file.Schema().Lookup("text")
	if !ok {
		return ErrNoText
	}
	id, hasID := file.Schema().Lookup("id")
	buf := make([]parquet.Row, 1)
	for _, group := range file.RowGroups() {
		rows := group.Rows()
		for {
			n, err := rows.ReadRows(buf)
			if n == 1 {
				r := row{row: buf[0].Clone()}
				r.row.Range(func(column int, values []parquet.Value) bool {
					switch {
					case column == text.ColumnIndex:
						r.text = values[0].String()
					case hasID && column == id.ColumnIndex:
						r.id = values[0].String()
					}
					return true
				})
				if !use(r) {
					return rows.Close()
				}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return errors.Join(err, rows.Close())
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

func openParquet(f *os.File) (*parquet.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return parquet.OpenFile(f, info.Size())
}

// create creates an empty file for a copy of the shard.
func (s shard) create(name string) (output.Writer, error) {
	if s.extension != ".parquet" {
		return output.CreateCompressed(name, s.extension)
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	file, err := openParquet(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.path, err)
	}
	return output.CreateParquet(name, file.Schema())
}

// copyTo writes a row to a copy of its shard.
func (r *row) copyTo(w output.Writer) error {
	if p, ok := w.(*output.ParquetWriter); ok {
		size := 0
		for _, v := range r.row {
			size += 16 + len(v.Bytes())
		}
		return p.WriteRow(r.row, size)
	}
	return w.Write(r.line)
}
