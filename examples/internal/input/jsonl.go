package input

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// maxLine times the maximum size of a page is the maximum length of a JSON line. A line is longer than its page because
// of escaped characters and other fields.
const maxLine = 3

// checkJSONLines returns a *KindError if the first line is a JSON object without a page.
func checkJSONLines(s *stream, name string, o Options) error {
	line, err := readLine(s.Reader, maxLine*o.maxPage())
	if fields := newJSONFields(o); len(line) > 0 && (err == nil || errors.Is(err, io.EOF)) && !fields.inLine(line) {
		return &KindError{name, fmt.Sprintf("JSON lines without a field %q", fields.html)}
	}
	return nil
}

// readJSONLines yields a page for each line that is not blank. Page.Prepare decodes the line.
func readJSONLines(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	fields := newJSONFields(o)
	for n := 1; ; n++ {
		line, err := readLine(s.Reader, maxLine*o.maxPage())
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, ErrTooLarge) {
			return err
		}
		if !isBlank(line) || errors.Is(err, ErrTooLarge) {
			p := &Page{ID: in.ID + "#" + strconv.Itoa(n)}
			if p.Err = err; errors.Is(err, io.EOF) {
				p.Err = nil
			}
			p.prepare = func(p *Page) { p.fromJSON(line, fields, o) }
			p.size = int64(len(line))
			if !yield(p) {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
	}
}

// readLine reads a line. If the line is longer than limit bytes, it skips the line and returns ErrTooLarge.
func readLine(r *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || int64(len(line)+len(part)) > limit; !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case tooLong && (err == nil || errors.Is(err, io.EOF)):
			return nil, ErrTooLarge
		default:
			return line, err
		}
	}
}

// jsonFields are the names of the fields with a page, its address and its id.
type jsonFields struct{ html, url, id string }

func newJSONFields(o Options) jsonFields {
	return jsonFields{cmp.Or(o.HTMLField, "html"), cmp.Or(o.URLField, "url"), cmp.Or(o.IDField, "id")}
}

// inLine reports whether a line has a page or is malformed. A malformed line gives a page with an error.
func (f jsonFields) inLine(line []byte) bool {
	object, err := parseLine(line)
	return err != nil || object[f.html] != nil
}

func parseLine(line []byte) (object map[string]json.RawMessage, err error) {
	err = json.Unmarshal(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")), &object)
	return object, err
}

func (p *Page) fromJSON(line []byte, f jsonFields, o Options) {
	if p.Err != nil {
		return
	}
	object, err := parseLine(line)
	if err != nil {
		p.Err = fmt.Errorf("%w: %w", ErrField, err)
		return
	}
	if id := jsonText(object[f.id]); id != "" {
		p.ID = id
	}
	if address := jsonText(object[f.url]); address != "" {
		p.URL, p.URLSource = address, FromRecord
	}
	p.fromList(o)
	var body string
	switch err := json.Unmarshal(object[f.html], &body); {
	case object[f.html] == nil, string(object[f.html]) == "null":
		p.Err = fmt.Errorf("%w: no field %q", ErrField, f.html)
	case err != nil:
		p.Err = fmt.Errorf("%w: %q: %w", ErrField, f.html, err)
	case int64(len(body)) > o.maxPage():
		p.Err = ErrTooLarge
	default:
		p.Body = []byte(body)
		p.ContentType = "text/html; charset=utf-8" // JSON is UTF-8, whatever the page declares
	}
}

// jsonText returns a string or a number as text, and "" for other values.
func jsonText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}
