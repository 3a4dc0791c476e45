package scraper

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding is the Accept-Encoding header of each request. Because it is set, net/http does not decompress
// responses itself.
const acceptEncoding = "gzip, deflate, br, zstd"

// maxEncodings is how many nested encodings one body may have. More than one is unusual, and many are an attack.
const maxEncodings = 3

// zstdWindow is the maximum window size, in bytes, of the zstd content encoding (RFC 9659). It bounds the memory for
// decoding one page.
const zstdWindow = 8 << 20

var gzipMagic = []byte{0x1f, 0x8b, 8}

// decoder reads a body and decodes its content encodings.
type decoder struct {
	io.Reader
	source  *sourceReader
	closers []io.Closer
}

// newDecoder returns a decoder that undoes the encodings in the Content-Encoding header, the last one first. If there
// is no header, it undoes gzip, which it recognizes by the first bytes. Errors from reading the body are returned
// unchanged. A body that ends too early results in io.ErrUnexpectedEOF, and a body that is not in its encoding in
// ErrEncoding.
func newDecoder(body io.Reader, header []string) (*decoder, error) {
	d := &decoder{source: &sourceReader{r: body}}
	encodings := strings.FieldsFunc(strings.ToLower(strings.Join(header, ",")),
		func(r rune) bool { return r == ',' || r == ' ' })
	for i, encoding := range encodings { // "gzip;q=1.0" and "text/html; charset=utf-8" occur
		encodings[i], _, _ = strings.Cut(encoding, ";")
	}
	if len(encodings) > maxEncodings {
		return nil, fmt.Errorf("%w: %d encodings", ErrEncoding, len(encodings))
	}
	if len(encodings) == 0 { // some servers send a stored .gz without the header
		encodings = []string{"gzip"}
	}
	d.Reader = d.source
	for i := len(encodings) - 1; i >= 0; i-- {
		if err := d.undo(encodings[i]); err != nil {
			d.Close()
			return nil, d.blame(err)
		}
	}
	return d, nil
}

func (d *decoder) undo(encoding string) error {
	in := bufio.NewReader(d.Reader)
	start, err := in.Peek(len(gzipMagic))
	d.Reader = in
	if len(start) == 0 {
		if errors.Is(err, io.EOF) {
			return nil // an empty body is empty in every encoding
		}
		return err
	}
	switch encoding {
	case "identity", "none", "binary", "utf-8", "utf8", "8bit", "7bit", "aws-chunked":
		// some servers name these encodings although nothing is encoded; object stores keep aws-chunked from the
		// upload
	case "gzip", "x-gzip":
		if !bytes.Equal(start, gzipMagic) {
			return nil // some servers claim gzip but send the page uncompressed
		}
		r, err := newGzipMembers(in)
		if err != nil {
			return err
		}
		d.push(r, r)
	case "deflate": // zlib according to RFC 9110, but raw deflate occurs too
		if len(start) < 2 || start[0]&15 != 8 || (int(start[0])<<8|int(start[1]))%31 != 0 {
			r := flate.NewReader(in)
			d.push(r, r)
			return nil
		}
		r, err := zlib.NewReader(in)
		if err != nil {
			return err
		}
		d.push(r, r)
	case "br":
		d.push(brotli.NewReader(in), nil)
	case "zstd":
		r, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return err
		}
		d.push(r, r.IOReadCloser())
	default:
		if start, _ := in.Peek(64); !isMarkup(start) {
			return fmt.Errorf("%w: %q", ErrEncoding, encoding)
		}
	}
	return nil
}

// isMarkup reports whether the start of a body looks like a page that is not encoded at all. Browsers ignore a content
// encoding that they do not know, such as "iso-8859-1" or "text/html".
func isMarkup(start []byte) bool {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	return len(start) > 1 && start[0] == '<' && start[1] > ' ' && start[1] < 0x7f
}

func (d *decoder) push(r io.Reader, closer io.Closer) {
	d.Reader = r
	if closer != nil {
		d.closers = append(d.closers, closer)
	}
}

func (d *decoder) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	return n, d.blame(err)
}

// Close releases the decoders. It does not close the body.
func (d *decoder) Close() {
	for _, closer := range d.closers {
		_ = closer.Close() // nothing is buffered for writing, so there is nothing to lose
	}
}

// blame wraps errors of the decoders in ErrEncoding. It returns network errors, the end of the body (expected or not)
// and an ErrEncoding unchanged.
func (d *decoder) blame(err error) error {
	switch {
	case err == nil || errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, ErrEncoding):
		return err
	case d.source.err != nil:
		return d.source.err
	}
	return fmt.Errorf("%w: %w", ErrEncoding, err)
}

// gzipMembers reads gzip members until something else follows. A gzip.Reader would return an error for the bytes that
// follow, although the page is complete. Browsers ignore them.
type gzipMembers struct {
	*gzip.Reader
	in *bufio.Reader
}

func newGzipMembers(in *bufio.Reader) (*gzipMembers, error) {
	r, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	r.Multistream(false)
	return &gzipMembers{r, in}, nil
}

func (g *gzipMembers) Read(p []byte) (int, error) {
	for {
		n, err := g.Reader.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if n > 0 {
			return n, nil // the next call returns io.EOF again
		}
		if start, err := g.in.Peek(len(gzipMagic)); err != nil || !bytes.Equal(start, gzipMagic) {
			return 0, io.EOF
		}
		if err := g.Reset(g.in); err != nil {
			return 0, err
		}
		g.Multistream(false)
	}
}

// sourceReader records the error that its reader ended with, unless that is io.EOF.
type sourceReader struct {
	r   io.Reader
	err error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}
