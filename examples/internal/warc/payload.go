package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// maxEncodings is the maximum number of nested encodings of a payload. More than one is unusual, and many are an
// attack.
const maxEncodings = 3

// zstdWindow is the largest window of the zstd content encoding (RFC 9659).
const zstdWindow = 8 << 20

// Decode separates a response's HTTP header from its body, and removes the body's encodings. limit is the maximum size
// of the decoded body in bytes; for a larger body, Decode returns ErrTooLarge. If an encoded body is cut off, the
// part that could be decoded is kept and the record is marked as Truncated. If no part could be decoded, or for any
// other fault, Decode returns ErrBroken.
func (rec *Record) Decode(limit int64) error {
	switch {
	case rec.Err != nil:
		return rec.Err
	case rec.Type == "resource":
		if int64(len(rec.Payload)) > limit {
			return ErrTooLarge
		}
		return nil
	}
	header, body := cutHeader(rec.Payload)
	response, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(header)), nil)
	if err != nil {
		return fmt.Errorf("%w: HTTP header: %w", ErrBroken, err)
	}
	_ = response.Body.Close() // the body is everything after the header, whatever Content-Length says
	rec.Status, rec.ContentType = response.StatusCode, response.Header.Get("Content-Type")
	if slices.Contains(response.TransferEncoding, "chunked") && isChunked(body) {
		if body, err = rec.read(httputil.NewChunkedReader(bytes.NewReader(body)), int64(len(body))); err != nil {
			return err
		}
	}
	encodings := strings.FieldsFunc(strings.ToLower(strings.Join(response.Header.Values("Content-Encoding"), ",")),
		func(r rune) bool { return r == ',' || r == ' ' })
	if len(encodings) > maxEncodings {
		return fmt.Errorf("%w: %d content encodings", ErrBroken, len(encodings))
	}
	for _, encoding := range slices.Backward(encodings) {
		decoder, err := newDecoder(encoding, body)
		if err != nil {
			return fmt.Errorf("%w: content encoding %.20q: %w", ErrBroken, encoding, err)
		}
		if body, err = rec.read(decoder, limit); err != nil {
			return err
		}
	}
	if int64(len(body)) > limit {
		return ErrTooLarge
	}
	rec.Payload = body
	return nil
}

// read reads a decoder to its end, or to the point where the body is cut off. In the latter case, it marks the record
// as truncated.
func (rec *Record) read(r io.Reader, limit int64) ([]byte, error) {
	if closer, ok := r.(interface{ Close() }); ok { // the zstd decoder
		defer closer.Close()
	}
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case int64(len(body)) > limit:
		return nil, ErrTooLarge
	case err == nil:
		return body, nil
	case len(body) == 0:
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	case rec.Truncated == "":
		rec.Truncated = "encoding"
	}
	return body, nil
}

// cutHeader separates an HTTP header, up to its empty line, from the body.
func cutHeader(payload []byte) (header, body []byte) {
	for rest := payload; ; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		end := len(payload) - len(after)
		if !ok || end > maxHeader {
			return append(slices.Clip(payload[:min(len(payload), maxHeader)]), "\r\n\r\n"...), nil
		}
		if rest = after; len(bytes.TrimSpace(line)) == 0 {
			return payload[:end], after
		}
	}
}

// isChunked reports whether a body begins with the size of a chunk. Some crawlers remove the chunked encoding from the
// body that they store, but leave the header unchanged.
func isChunked(body []byte) bool {
	line, _, ok := bytes.Cut(body[:min(len(body), 256)], []byte("\n"))
	line, _, _ = bytes.Cut(line, []byte(";"))
	line = bytes.TrimSpace(line)
	return ok && len(line) > 0 && len(line) <= 16 && len(bytes.Trim(line, "0123456789abcdefABCDEF")) == 0
}

var errEncoding = errors.New("unknown")

// newDecoder returns a reader that removes one content encoding from a body. If the body is not in the encoding that
// its header names, it is left unchanged, because some crawlers store bodies decoded.
func newDecoder(encoding string, body []byte) (io.Reader, error) {
	in := bytes.NewReader(body)
	switch encoding {
	case "identity", "none", "utf-8":
		return in, nil
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte("\x1f\x8b\x08")) {
			return in, nil
		}
		return gzip.NewReader(in)
	case "deflate": // zlib according to RFC 9110, but raw deflate occurs too
		switch {
		case looksLikeMarkup(body):
			return in, nil
		case len(body) < 2 || body[0]&15 != 8 || (int(body[0])<<8|int(body[1]))%31 != 0:
			return flate.NewReader(in), nil
		}
		return zlib.NewReader(in)
	case "br":
		if looksLikeMarkup(body) {
			return in, nil
		}
		return brotli.NewReader(in), nil
	case "zstd":
		if !bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")) {
			return in, nil
		}
		return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow))
	}
	return nil, errEncoding
}

// looksLikeMarkup reports whether a body begins like a page.
func looksLikeMarkup(body []byte) bool {
	start := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 64)], []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(start) < 2 || start[0] != '<' {
		return false
	}
	letter := start[1] | 0x20
	return start[1] == '!' || start[1] == '?' || 'a' <= letter && letter <= 'z'
}
