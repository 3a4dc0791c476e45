package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// ErrTooLarge means that a record's payload is larger than the limit of the Reader or of Decode.
var ErrTooLarge = errors.New("warc: record is too large")

// ErrBroken means that a record, or the HTTP message in it, does not follow its format.
var ErrBroken = errors.New("warc: broken record")

// maxHeader is the maximum size, in bytes, of a record's header and of the HTTP header in it. Most headers have at most
// a few KiB.
const maxHeader = 64 << 10

// A Record is a record of a WARC file that contains a server's response. It may be used by one goroutine at a time.
type Record struct {
	// ID is the record's WARC-Record-ID without angle brackets, such as "urn:uuid:…"; "" if it has none.
	ID string
	// URL is the record's WARC-Target-URI.
	URL string
	// Date is the record's WARC-Date as in the file: a time in UTC, in ISO 8601.
	Date string
	// Type is "response" or "resource". A response that is not an HTTP response counts as a resource.
	Type string
	// Offset is where the record begins in the uncompressed file, in bytes.
	Offset int64
	// Truncated is the reason why the payload is incomplete: the record's WARC-Truncated, such as "length" or "time";
	// "end of file" if the file ends within the record; or "encoding" if Decode found that the encoded body is cut off.
	// It is empty for a complete payload.
	Truncated string
	// Status is the HTTP status. It is 0 until Decode has run, and always for a resource.
	Status int
	// ContentType is the Content-Type of the HTTP response, or empty until Decode has run. For a resource, it is the
	// Content-Type of the record.
	ContentType string
	// Payload is the server's response. Until Decode has run, it is the record's block as in the file; afterwards it is
	// the decoded body, without the HTTP header. It is nil if it was skipped.
	Payload []byte
	// Err wraps ErrTooLarge if the payload was skipped. Otherwise it is nil.
	Err error
}

// A Reader reads the records of a WARC file, one after the other. It is not safe for concurrent use.
type Reader struct {
	in     *bufio.Reader
	max    int64
	offset int64
	// Skipped is the number of skipped records of each type. Unknown types are counted as "of unknown type".
	Skipped map[string]int
	// Garbage is the number of bytes, other than white space, that are not part of any record.
	Garbage int64
}

// NewReader returns a Reader of uncompressed WARC data. Payloads of more than maxPayload bytes are skipped.
func NewReader(r io.Reader, maxPayload int64) *Reader {
	return &Reader{in: bufio.NewReaderSize(r, maxHeader), max: maxPayload, Skipped: make(map[string]int)}
}

// Next returns the next response or resource. At the end of the file it returns io.EOF; any other error is from the
// underlying reader. Bytes that are not part of a record are not an error: see Garbage.
func (r *Reader) Next() (*Record, error) {
	for {
		start, head, err := r.next()
		if err != nil {
			return nil, err
		}
		fields, length, err := parseHeader(head)
		if err != nil { // go on to the next line that begins with WARC/
			r.Garbage += int64(len(head))
			continue
		}
		recordType := strings.ToLower(fields["warc-type"])
		if recordType != "response" && recordType != "resource" {
			if !otherTypes[recordType] {
				recordType = "of unknown type"
			}
			r.Skipped[recordType]++
			if _, err := r.discard(length); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			continue
		}
		rec := &Record{
			ID: trimID(fields["warc-record-id"]), URL: trimID(fields["warc-target-uri"]),
			Date: fields["warc-date"], Type: recordType, Offset: start, Truncated: fields["warc-truncated"],
		}
		if recordType == "resource" || !isHTTP(fields["content-type"]) {
			rec.Type = "resource"
			rec.ContentType = fields["content-type"]
		}
		return rec, r.payload(rec, length)
	}
}

// otherTypes are the types of records that do not contain a server's response.
var otherTypes = map[string]bool{
	"warcinfo": true, "request": true, "metadata": true, "revisit": true, "conversion": true, "continuation": true,
}

// payload reads a record's payload. If the file ends within it, payload sets rec.Truncated and returns no error.
func (r *Reader) payload(rec *Record, length int64) error {
	var n int64
	var err error
	if length > r.max {
		rec.Err = fmt.Errorf("%w: %d bytes", ErrTooLarge, length)
		n, err = r.discard(length)
	} else {
		var b bytes.Buffer // it grows with the data, because the length may be wrong
		n, err = io.CopyN(&b, r.in, length)
		rec.Payload = b.Bytes()
		r.offset += n
	}
	if n < length && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
		rec.Truncated = "end of file"
		return nil
	}
	return err
}

// next returns the offset and the header of the next record. It skips everything before that record, and counts it in
// Garbage unless it is white space.
func (r *Reader) next() (int64, []byte, error) {
	var head []byte
	start := r.offset
	for {
		line, err := r.in.ReadSlice('\n')
		r.offset += int64(len(line))
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case err != nil && !tooLong:
			if r.Garbage += int64(len(head) + len(bytes.TrimSpace(line))); !errors.Is(err, io.EOF) {
				return 0, nil, err
			}
			return 0, nil, io.EOF
		case !tooLong && bytes.HasPrefix(line, []byte("WARC/")):
			r.Garbage += int64(len(head))
			start, head = r.offset-int64(len(line)), append(head[:0], line...)
		case head == nil:
			r.Garbage += int64(len(bytes.TrimSpace(line)))
		case tooLong || len(head)+len(line) > maxHeader:
			r.Garbage += int64(len(head) + len(line))
			head = nil
		case len(bytes.TrimSpace(line)) == 0:
			return start, append(head, line...), nil
		default:
			head = append(head, line...)
		}
	}
}

func (r *Reader) discard(n int64) (int64, error) {
	n, err := io.CopyN(io.Discard, r.in, n)
	r.offset += n
	return n, err
}

// A header maps the lower-case names of a record's fields to their values. If a field is repeated, the first value
// counts.
type header map[string]string

// parseHeader parses a record's header and returns its fields and the length of the record's block in bytes. Lines that
// are not fields are ignored: a page must not be lost because of one invalid line.
func parseHeader(head []byte) (header, int64, error) {
	_, rest, _ := bytes.Cut(head, []byte("\n")) // the version
	fields, last := make(header), ""
	for line := range bytes.Lines(rest) {
		name, value, ok := bytes.Cut(line, []byte(":"))
		switch key := strings.ToLower(string(bytes.TrimSpace(name))); {
		case last != "" && (line[0] == ' ' || line[0] == '\t') && len(bytes.TrimSpace(line)) > 0:
			fields[last] += " " + string(bytes.TrimSpace(line))
		case ok && fields[key] == "":
			fields[key], last = string(bytes.TrimSpace(value)), key
		default:
			last = ""
		}
	}
	length, err := strconv.ParseInt(fields["content-length"], 10, 64)
	if err != nil || length < 0 {
		return nil, 0, fmt.Errorf("%w: Content-Length %.30q", ErrBroken, fields["content-length"])
	}
	return fields, length, nil
}

// trimID removes the angle brackets around an identifier or address. WARC 1.0 requires them only around a record's ID,
// but its grammar also has them around addresses, and wget writes them there.
func trimID(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">") }

func isHTTP(contentType string) bool {
	return strings.HasPrefix(strings.ToLower(contentType), "application/http")
}
