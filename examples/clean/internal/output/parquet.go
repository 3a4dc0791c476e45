package output

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// rowGroupBytes is the size, in bytes before compression, at which the collected rows are written as a row group. It
// bounds the memory of a Writer. Readers can skip row groups, or read them in parallel.
const rowGroupBytes = 32 << 20

// parquetFormat writes Parquet files, compressed by zstd. The columns are named after the JSON keys and sorted by name.
// A column of numbers is an INT64, and a column of lists of strings is a LIST of strings. The column for a key of the
// article's own JSON contains the value as JSON, or null. All other columns contain strings, "" if unknown.
type parquetFormat struct {
	fields *Fields
	schema *parquet.Schema
}

func newParquet(fields *Fields) *parquetFormat {
	group := make(parquet.Group)
	for _, c := range fields.columns {
		switch {
		case c.own:
			group[c.key] = parquet.Optional(parquet.JSON())
		case c.kind.Kind() == reflect.Int:
			group[c.key] = parquet.Leaf(parquet.Int64Type)
		case c.kind.Kind() == reflect.Slice:
			group[c.key] = parquet.List(parquet.String())
		default:
			group[c.key] = parquet.String()
		}
	}
	return &parquetFormat{fields, parquet.NewSchema("article", group)}
}

func (p *parquetFormat) Extension() string { return ".parquet" }

// A parquetRow is an encoded row and its size in bytes.
type parquetRow struct {
	row  parquet.Row
	size int
}

func (p *parquetFormat) Encode(r *Row) (any, error) {
	own, err := p.fields.ownFields(r)
	if err != nil {
		return nil, err
	}
	columns := make([][]parquet.Value, len(p.fields.columns))
	size := 0
	for _, c := range p.fields.columns {
		path := []string{c.key}
		if !c.own && c.kind.Kind() == reflect.Slice {
			path = append(path, "list", "element")
		}
		leaf, ok := p.schema.Lookup(path...)
		if !ok {
			return nil, fmt.Errorf("no column %q", c.key)
		}
		values, err := columnValues(r, c, own[c.key], leaf.ColumnIndex)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.key, err)
		}
		for _, v := range values {
			size += 16 + len(v.Bytes())
		}
		columns[leaf.ColumnIndex] = values
	}
	return parquetRow{parquet.MakeRow(columns...), size}, nil
}

// columnValues returns the values of a row in a column, with their repetition and definition levels.
func columnValues(r *Row, c column, own json.RawMessage, index int) ([]parquet.Value, error) {
	if c.own {
		if own == nil {
			return []parquet.Value{parquet.NullValue().Level(0, 0, index)}, nil
		}
		return []parquet.Value{parquet.ByteArrayValue(own).Level(0, 1, index)}, nil
	}
	switch value := r.value(c.lineField).(type) {
	case string:
		return []parquet.Value{text(value).Level(0, 0, index)}, nil
	case int:
		return []parquet.Value{parquet.Int64Value(int64(value)).Level(0, 0, index)}, nil
	case []string:
		if len(value) == 0 {
			return []parquet.Value{parquet.NullValue().Level(0, 0, index)}, nil
		}
		values := make([]parquet.Value, len(value))
		for i, s := range value {
			values[i] = text(s).Level(min(i, 1), 1, index)
		}
		return values, nil
	case encoding.TextMarshaler:
		b, err := value.MarshalText()
		return []parquet.Value{text(string(b)).Level(0, 0, index)}, err
	default:
		return nil, fmt.Errorf("no column for a %T", value)
	}
}

// text returns the value of a string, with invalid UTF-8 replaced. Parquet's strings are UTF-8, and some readers reject
// a file with invalid strings.
func text(s string) parquet.Value {
	return parquet.ByteArrayValue([]byte(strings.ToValidUTF8(s, "\uFFFD")))
}

func (p *parquetFormat) Open(name string) (Writer, error) { return CreateParquet(name, p.schema) }

// A ParquetWriter writes the rows of a Parquet file.
type ParquetWriter struct {
	file *os.File
	*parquet.GenericWriter[any]
	size int // bytes of the rows that were written since the last row group
}

// CreateParquet creates a Parquet file, which must not exist.
func CreateParquet(name string, schema *parquet.Schema) (*ParquetWriter, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	options := []parquet.WriterOption{
		schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("dechaff", "", ""),
	}
	for _, path := range schema.Columns() { // the minimum and the maximum of long texts would only fill the footer
		options = append(options, parquet.SkipPageBounds(path...))
	}
	return &ParquetWriter{file: f, GenericWriter: parquet.NewGenericWriter[any](f, options...)}, nil
}

// Write implements Writer.
func (w *ParquetWriter) Write(encoded any) error {
	r, ok := encoded.(parquetRow)
	if !ok {
		return fmt.Errorf("not a row: %T", encoded)
	}
	return w.WriteRow(r.row, r.size)
}

// WriteRow writes a row. size is the size of the row in bytes.
func (w *ParquetWriter) WriteRow(row parquet.Row, size int) error {
	if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
		return err
	}
	if w.size += size; w.size < rowGroupBytes {
		return nil
	}
	w.size = 0
	return w.Flush()
}

// Close implements Writer.
func (w *ParquetWriter) Close() error {
	return errors.Join(w.GenericWriter.Close(), w.file.Sync(), w.file.Close())
}
