package output

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// jsonLines writes each row as a JSON object on a line of its own.
type jsonLines struct {
	fields    *Fields
	extension string
}

func (j *jsonLines) Extension() string { return j.extension }

func (j *jsonLines) Encode(r *Row) (any, error) { return j.fields.JSON(r) }

// JSON returns the selected fields of a row as a JSON object on one line, with a line break. Fields of the article's
// own JSON that the article lacks are left out.
func (f *Fields) JSON(r *Row) ([]byte, error) {
	own, err := f.ownFields(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, c := range f.columns {
		var value any = own[c.key]
		if !c.own {
			value = r.value(c.lineField)
		} else if own[c.key] == nil {
			continue
		}
		if b.Len() > 0 {
			b.Truncate(b.Len() - 1) // the line break that the encoder added
		}
		fmt.Fprintf(&b, ",%q:", c.key)
		if err := encoder.Encode(value); err != nil {
			return nil, err
		}
	}
	if b.Len() == 0 {
		return []byte("{}\n"), nil
	}
	line := b.Bytes()
	line[0], line[len(line)-1] = '{', '}'
	return append(line, '\n'), nil
}

func (j *jsonLines) Open(name string) (Writer, error) {
	return CreateCompressed(name, j.extension)
}

// A lineWriter writes bytes to a file, with or without compression.
type lineWriter struct {
	file *os.File
	buf  *bufio.Writer
	zip  io.WriteCloser // nil without compression
}

// CreateCompressed creates a file, which must not exist. It compresses the file by gzip if the given extension ends
// with ".gz", and by zstd if it ends with ".zst".
func CreateCompressed(name, extension string) (Writer, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	w := &lineWriter{file: f, buf: bufio.NewWriterSize(f, 256<<10)}
	switch {
	case strings.HasSuffix(extension, ".gz"):
		w.zip = gzip.NewWriter(w.buf)
	case strings.HasSuffix(extension, ".zst"):
		// a single goroutine, so that the bytes do not depend on the number of CPUs
		if w.zip, err = zstd.NewWriter(w.buf, zstd.WithEncoderConcurrency(1)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return w, nil
}

func (w *lineWriter) Write(encoded any) error {
	b, ok := encoded.([]byte)
	if !ok {
		return fmt.Errorf("not a line: %T", encoded)
	}
	var err error
	if w.zip != nil {
		_, err = w.zip.Write(b)
	} else {
		_, err = w.buf.Write(b)
	}
	return err
}

func (w *lineWriter) Close() error {
	var err error
	if w.zip != nil {
		err = w.zip.Close()
	}
	err = errors.Join(err, w.buf.Flush())
	return errors.Join(err, w.file.Sync(), w.file.Close())
}
