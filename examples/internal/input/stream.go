package input

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// headSize is the number of bytes of a file that are examined to detect its format.
const headSize = 4096

// maxLayers is the maximum number of nested compressions: .tar.gz has one, and two occur by accident.
const maxLayers = 3

// bombRatio is the ratio of unpacked to packed size above which a file is a bomb. Compression usually reduces pages to
// a fifth of their size, and repetitive templates to a fiftieth; deflate reaches a ratio of 1,032, and zstd a far
// higher one.
const bombRatio = 200

// zstdWindow is the maximum window of a zstd file, in bytes: the one that "zstd --long=27" uses, and the largest that
// zstd decompresses by default.
const zstdWindow = 128 << 20

// A stream is an open file, decompressed. It counts the bytes, and reading a bomb fails with ErrBomb.
type stream struct {
	*bufio.Reader
	file    *os.File // nil for standard input and for members of archives
	raw     *counter
	out     int64 // bytes unpacked
	enough  int64 // bytes that may be unpacked before the ratio counts
	bare    bool  // the file is not compressed
	closers []func()
}

// newStream opens the content of a file, compressed or not.
func newStream(r io.Reader, name string, read *atomic.Int64) (*stream, error) {
	s := &stream{raw: &counter{r: r, shared: read}, bare: true, enough: defaultUnpacked}
	s.file, _ = r.(*os.File)
	if c, ok := r.(io.Closer); ok {
		s.closers = append(s.closers, func() { c.Close() })
	}
	s.Reader = bufio.NewReaderSize(s.raw, 64<<10)
	for layer := 0; ; layer++ {
		head, err := s.Peek(headSize)
		if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
			s.Close()
			return nil, fmt.Errorf("%s: %w", name, s.blame(err))
		}
		next, err := s.decompressor(head)
		if next == nil && err == nil {
			return s, nil
		}
		if err == nil && layer == maxLayers {
			err = errors.New("compressed too many times")
		}
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("%s: %w: %w", name, ErrCut, err)
		}
		s.bare = false
		s.Reader = bufio.NewReaderSize(&guard{next, s}, 64<<10)
	}
}

// decompressor returns a reader for compressed data, or nil if the data is not compressed.
func (s *stream) decompressor(head []byte) (io.Reader, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return gzip.NewReader(s.Reader)
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 9 && string(head[4:10]) == "1AY&SY":
		return bzip2.NewReader(s.Reader), nil
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")), isSkippable(head):
		options := []zstd.DOption{
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow),
		}
		dictionary, err := readDictionary(s.Reader, head)
		if err != nil {
			return nil, err
		}
		if dictionary != nil {
			options = append(options, zstd.WithDecoderDicts(dictionary))
		}
		r, err := zstd.NewReader(s.Reader, options...)
		if err == nil {
			s.closers = append(s.closers, r.Close)
		}
		return r, err
	}
	return nil, nil
}

// isSkippable reports whether a zstd file begins with a frame that is not data (RFC 8878, section 3.1.2).
func isSkippable(head []byte) bool {
	return len(head) > 8 && head[0]&0xf0 == 0x50 && string(head[1:4]) == "\x2a\x4d\x18"
}

// dictionaryMagic begins the frame that contains the dictionary of a .warc.zst, as specified in the IIPC's "Zstandard
// compression for WARC files 1.0". The dictionary itself may be compressed. maxDictionary is the maximum size of that
// frame, and of the dictionary, in bytes.
const (
	dictionaryMagic = "\x5d\x2a\x4d\x18"
	maxDictionary   = 16 << 20
)

func readDictionary(r *bufio.Reader, head []byte) ([]byte, error) {
	if !bytes.HasPrefix(head, []byte(dictionaryMagic)) {
		return nil, nil
	}
	size := binary.LittleEndian.Uint32(head[4:8])
	if size > maxDictionary {
		return nil, fmt.Errorf("the zstd dictionary has %d bytes, which is too large", size)
	}
	if _, err := r.Discard(8); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err != nil || !bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")) {
		return b, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDictionary))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.DecodeAll(b, nil)
}

// Close closes the file and the decompressors.
func (s *stream) Close() {
	for _, c := range s.closers {
		c()
	}
}

// blame wraps an error in the file's content in ErrCut. It returns other errors unchanged: ErrBomb, ErrNotPages,
// ErrCut, and errors from reading the file itself.
func (s *stream) blame(err error) error {
	var path *fs.PathError
	if err == nil || errors.As(err, &path) || errors.Is(err, ErrBomb) || errors.Is(err, ErrNotPages) ||
		errors.Is(err, ErrCut) || s.raw.err != nil {
		return err
	}
	return fmt.Errorf("%w: %w", ErrCut, err)
}

// unpacked counts bytes from a decompressor. It returns ErrBomb if the file unpacks to too much data.
func (s *stream) unpacked(n int64) error {
	if s.out += n; s.out > s.enough && s.out > bombRatio*s.raw.n {
		return fmt.Errorf("%w: %d MiB from %d KiB", ErrBomb, s.out>>20, s.raw.n>>10)
	}
	return nil
}

// A guard reads from a decompressor until the file has unpacked to too much data; see stream.unpacked.
type guard struct {
	r io.Reader
	s *stream
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if bombErr := g.s.unpacked(int64(n)); bombErr != nil {
		return n, bombErr
	}
	return n, err
}

// A counter counts the bytes read and records the error of the file itself.
type counter struct {
	r      io.Reader
	n      int64
	shared *atomic.Int64
	err    error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.shared != nil {
		c.shared.Add(int64(n))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}
