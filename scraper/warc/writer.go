package warc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/dechaff/dechaff/scraper"
)

// ErrOptions means that the Options of NewWriter are invalid.
var ErrOptions = errors.New("warc: invalid options")

// ErrClosed means that the Writer is closed.
var ErrClosed = errors.New("warc: the writer is closed")

// Options configures a Writer. Only Dir must be set.
type Options struct {
	// Dir is the folder to write to, which must exist.
	Dir string
	// Prefix is the beginning of the file names, before the time and a number: "dechaff-20261128093000-00001.warc.gz".
	// Empty means "dechaff". It must not contain slashes or backslashes.
	Prefix string
	// MaxSize is the compressed size in bytes after which the next file begins; 0 means 1 GB, which the standard
	// recommends (Annex C). A file may exceed it by one exchange.
	MaxSize int64
	// Info contains further fields for the warcinfo records, such as "operator" and "description".
	Info map[string]string
	// Durable syncs each exchange to the disk before Write returns, so that not even a power cut loses an exchange.
	Durable bool
}

// A Writer writes WARC files. It creates the first file when the first record is written. It is safe for concurrent
// use.
type Writer struct {
	options Options
	packers sync.Pool // of *gzip.Writer

	mu     sync.Mutex
	file   *os.File // nil before the first record, and after Close
	size   int64    // size of the complete records in the file
	serial int      // the number in the name of the latest file
	closed bool
}

// NewWriter returns a Writer. Its only error is ErrOptions.
func NewWriter(options Options) (*Writer, error) {
	if options.Prefix == "" {
		options.Prefix = "dechaff"
	}
	if options.MaxSize == 0 {
		options.MaxSize = 1_000_000_000
	}
	info, err := os.Stat(options.Dir)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: Dir: %w", ErrOptions, err)
	case !info.IsDir():
		return nil, fmt.Errorf("%w: Dir %s is not a folder", ErrOptions, options.Dir)
	case options.MaxSize < 0:
		return nil, fmt.Errorf("%w: MaxSize is negative", ErrOptions)
	case filepath.Base(options.Prefix) != options.Prefix || bytes.ContainsAny([]byte(options.Prefix), `/\`):
		return nil, fmt.Errorf("%w: Prefix %q is not a file name", ErrOptions, options.Prefix)
	}
	w := &Writer{options: options}
	w.packers.New = func() any { return gzip.NewWriter(nil) }
	return w, nil
}

// Write writes an exchange: its response or revisit record, then its request record. It can be used as
// scraper.Options.OnExchange. If it fails, for example because the disk is full, the file keeps only the earlier
// records.
func (w *Writer) Write(_ context.Context, x *scraper.Exchange) error {
	response, request := exchangeRecords(x)
	return w.append(response, request)
}

// WriteMetadata writes a metadata record about an exchange, such as JSON about the page's article.
func (w *Writer) WriteMetadata(about *scraper.Exchange, contentType string, block []byte) error {
	return w.append(metadataRecord(about, contentType, block))
}

// append compresses records and appends them to the file in one write.
func (w *Writer) append(records ...*record) error {
	packed, err := w.pack(records...)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return ErrClosed
	}
	if w.file != nil && w.size >= w.options.MaxSize {
		if err := w.closeFile(); err != nil {
			return err
		}
	}
	if w.file == nil {
		if err := w.create(); err != nil {
			return err
		}
	}
	return w.add(packed)
}

// pack compresses records, each as its own gzip member.
func (w *Writer) pack(records ...*record) ([]byte, error) {
	var b bytes.Buffer
	packer := w.packers.Get().(*gzip.Writer)
	defer w.packers.Put(packer)
	for _, r := range records {
		packer.Reset(&b)
		if err := errors.Join(r.write(packer), packer.Close()); err != nil {
			return nil, fmt.Errorf("warc: %w", err)
		}
	}
	return b.Bytes(), nil
}

// create creates the next file, with its warcinfo record. Files of earlier processes are not changed.
func (w *Writer) create() error {
	for {
		w.serial++
		name := fmt.Sprintf("%s-%s-%05d.warc.gz", w.options.Prefix, time.Now().UTC().Format("20060102150405"), w.serial)
		f, err := os.OpenFile(filepath.Join(w.options.Dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("warc: %w", err)
		}
		w.file, w.size = f, 0
		packed, err := w.pack(infoRecord(name, w.options.Info))
		if err == nil {
			err = w.add(packed)
		}
		if err != nil { // leave no file without records
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
			w.file = nil
		}
		return err
	}
}

// add appends compressed records to the file. If that fails, it removes whatever part of them was written.
func (w *Writer) add(packed []byte) error {
	_, err := w.file.WriteAt(packed, w.size)
	if err == nil && w.options.Durable {
		err = w.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("warc: %w", errors.Join(err, w.file.Truncate(w.size)))
	}
	w.size += int64(len(packed))
	return nil
}

func (w *Writer) closeFile() error {
	var err error
	if w.options.Durable {
		err = w.file.Sync()
	}
	err = errors.Join(err, w.file.Close())
	w.file = nil
	if err != nil {
		return fmt.Errorf("warc: %w", err)
	}
	return nil
}

// Close closes the file. Later writes return ErrClosed.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if w.file == nil {
		return nil
	}
	return w.closeFile()
}

var _ io.Closer = (*Writer)(nil)
