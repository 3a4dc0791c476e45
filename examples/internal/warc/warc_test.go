package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/nlnwa/gowarc/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// record returns a record with the given lines in its header.
func record(version, block string, fields ...string) string {
	return fmt.Sprintf("WARC/%s\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", version, strings.Join(fields, "\r\n"), len(block), block)
}

// response returns a response with the given HTTP header and body.
func response(id, header, body string) string {
	return record("1.1", "HTTP/1.1 200 OK\r\n"+header+"\r\n"+body, "WARC-Type: response", "WARC-Record-ID: <urn:uuid:"+id+">",
		"WARC-Target-URI: https://tide.example/"+id, "WARC-Date: 2026-03-01T09:30:00Z", "Content-Type: application/http; msgtype=response")
}

func readAll(t *testing.T, data string, limit int64) ([]*Record, *Reader) {
	t.Helper()
	r := NewReader(strings.NewReader(data), limit)
	var records []*Record
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return records, r
		}
		require.NoError(t, err)
		records = append(records, rec)
	}
}

func TestRecords(t *testing.T) {
	const http = "HTTP/1.0 404 Not Found\nContent-Type: text/html\n\n<p>gone"
	data := record("1.1", "software: x\r\n", "WARC-Type: warcinfo", "WARC-Record-ID: <urn:uuid:0>") +
		record("1.1", "GET / HTTP/1.1\r\n\r\n", "WARC-Type: request") +
		response("a", "Content-Type: text/html; charset=utf-8\r\n", "<p>The tide") +
		record("1.0", "<p>A resource", "WARC-Type: resource", "WARC-Record-ID: <urn:uuid:b>", "WARC-Target-URI: <file:///b.html>", "Content-Type: text/html") +
		record("0.18", http, "WARC-Type: response", "not a field", "WARC-Target-URI: https://tide.example/", " c", "Content-Type: application/http") +
		record("1.1", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Type: revisit", "WARC-Refers-To: <urn:uuid:a>") +
		record("1.1", "", "WARC-Type: response", "Content-Type: application/http")
	records, r := readAll(t, data, 1<<20)
	require.Len(t, records, 4)
	assert.Equal(t, map[string]int{"warcinfo": 1, "request": 1, "revisit": 1}, r.Skipped)
	assert.Zero(t, r.Garbage)

	require.NoError(t, records[0].Decode(1<<20))
	assert.Equal(t, Record{
		ID: "urn:uuid:a", URL: "https://tide.example/a", Date: "2026-03-01T09:30:00Z", Type: "response", Status: 200,
		ContentType: "text/html; charset=utf-8", Payload: []byte("<p>The tide"), Offset: records[0].Offset,
	}, *records[0])
	assert.True(t, strings.HasPrefix(data[records[0].Offset:], "WARC/1.1\r\nWARC-Type: response"))

	require.NoError(t, records[1].Decode(1<<20))
	assert.Equal(t, "file:///b.html", records[1].URL)
	assert.Equal(t, "text/html", records[1].ContentType)
	assert.Equal(t, "<p>A resource", string(records[1].Payload))

	require.NoError(t, records[2].Decode(1<<20))
	assert.Equal(t, 404, records[2].Status)
	assert.Equal(t, "https://tide.example/ c", records[2].URL, "a folded line")
	assert.Equal(t, "<p>gone", string(records[2].Payload))

	require.ErrorIs(t, records[3].Decode(1<<20), ErrBroken)
}

func TestEncodings(t *testing.T) {
	body := strings.Repeat("<p>The tide came in at six and went out again at noon.</p>\n", 50)
	encode := func(w io.WriteCloser, err error, b *bytes.Buffer) string {
		require.NoError(t, err)
		_, err = io.WriteString(w, body)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.String()
	}
	var g, z, f, b, s bytes.Buffer
	gzipped := encode(gzip.NewWriter(&g), nil, &g)
	zlibbed := encode(zlib.NewWriter(&z), nil, &z)
	bare, err := flate.NewWriter(&f, 6)
	deflated := encode(bare, err, &f)
	brotlied := encode(brotli.NewWriter(&b), nil, &b)
	zw, err := zstd.NewWriter(&s)
	zstded := encode(zw, err, &s)
	chunks := func(body string) string {
		return fmt.Sprintf("%x;ext=1\r\n%s\r\n%X\r\n%s\r\n0\r\n\r\n", 10, body[:10], len(body)-10, body[10:])
	}
	for name, c := range map[string]struct{ header, body string }{
		"none":                      {"", body},
		"gzip":                      {"Content-Encoding: gzip\r\n", gzipped},
		"x-gzip":                    {"content-encoding: X-GZIP\r\n", gzipped},
		"deflate":                   {"Content-Encoding: deflate\r\n", zlibbed},
		"deflate without zlib":      {"Content-Encoding: deflate\r\n", deflated},
		"br":                        {"Content-Encoding: br\r\n", brotlied},
		"zstd":                      {"Content-Encoding: zstd\r\n", zstded},
		"chunked":                   {"Transfer-Encoding: chunked\r\n", chunks(body)},
		"chunked gzip":              {"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunks(gzipped)},
		"chunked, but stored whole": {"Transfer-Encoding: chunked\r\n", body},
		"gzip, but stored decoded":  {"Content-Encoding: gzip\r\n", body},
		"br, but stored decoded":    {"Content-Encoding: br\r\n", body},
		"zstd, but stored decoded":  {"Content-Encoding: zstd\r\n", body},
		"deflate, but decoded":      {"Content-Encoding: deflate\r\n", body},
		"not the stored length":     {"Content-Length: 3\r\n", body},
	} {
		t.Run(name, func(t *testing.T) {
			records, _ := readAll(t, response("a", c.header, c.body), 1<<20)
			require.Len(t, records, 1)
			require.NoError(t, records[0].Decode(1<<20))
			assert.Equal(t, body, string(records[0].Payload))
			assert.Empty(t, records[0].Truncated)
		})
	}
	for name, c := range map[string]struct {
		header, body string
		want         error
		truncated    bool
	}{
		"unknown":      {"Content-Encoding: frob\r\n", body, ErrBroken, false},
		"too many":     {"Content-Encoding: br, br, br, br\r\n", body, ErrBroken, false},
		"corrupt":      {"Content-Encoding: br\r\n", "\xff\xff\xff\xff", ErrBroken, false},
		"cut gzip":     {"Content-Encoding: gzip\r\n", gzipped[:len(gzipped)-30], nil, true},
		"cut chunks":   {"Transfer-Encoding: chunked\r\n", chunks(body)[:900], nil, true},
		"a gzip bomb":  {"Content-Encoding: gzip\r\n", gzipped, ErrTooLarge, false},
		"a large page": {"", body, ErrTooLarge, false},
	} {
		t.Run(name, func(t *testing.T) {
			limit := int64(1 << 20)
			if errors.Is(c.want, ErrTooLarge) {
				limit = 1000
			}
			records, _ := readAll(t, response("a", c.header, c.body), 1<<20)
			require.Len(t, records, 1)
			require.ErrorIs(t, records[0].Decode(limit), c.want)
			assert.Equal(t, c.truncated, records[0].Truncated != "")
		})
	}
}

func TestDamage(t *testing.T) {
	a, b := response("a", "", "<p>one"), response("b", "", "<p>two")
	long := "WARC/1.1\r\nX: " + strings.Repeat("x", 3*maxHeader) + "\r\n\r\n"
	for name, c := range map[string]struct {
		data    string
		ids     []string
		garbage bool
	}{
		"nothing":               {"", nil, false},
		"no end of record":      {strings.TrimSuffix(a, "\r\n\r\n") + b, []string{"urn:uuid:a", "urn:uuid:b"}, false},
		"Unix line ends":        {strings.ReplaceAll(record("1.0", "<p>", "WARC-Type: resource", "WARC-Record-ID: a"), "\r", "") + b, []string{"a", "urn:uuid:b"}, false},
		"garbage between":       {a + strings.Repeat("garbage\x00\n", 1e5) + b, []string{"urn:uuid:a", "urn:uuid:b"}, true},
		"garbage of one line":   {a + strings.Repeat("g", 5*maxHeader) + "\n" + b, []string{"urn:uuid:a", "urn:uuid:b"}, true},
		"only garbage":          {strings.Repeat("\x00\xff", 1e6), nil, true},
		"a header without end":  {long + b, []string{"urn:uuid:b"}, true},
		"no length":             {"WARC/1.1\r\nWARC-Type: response\r\n\r\n" + b, []string{"urn:uuid:b"}, true},
		"a negative length":     {"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n" + b, []string{"urn:uuid:b"}, true},
		"an unknown digest":     {strings.Replace(a, "WARC-Date", "WARC-Block-Digest: blake3:x\r\nWARC-Date", 1), []string{"urn:uuid:a"}, false},
		"cut within the header": {a + b[:60], []string{"urn:uuid:a"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			records, r := readAll(t, c.data, 1<<20)
			var ids []string
			for _, rec := range records {
				ids = append(ids, rec.ID)
			}
			assert.Equal(t, c.ids, ids)
			assert.Equal(t, c.garbage, r.Garbage > 0)
		})
	}
	records, _ := readAll(t, a+b[:len(b)-8], 1<<20)
	require.Len(t, records, 2)
	assert.Empty(t, records[0].Truncated)
	assert.Equal(t, "end of file", records[1].Truncated)

	records, _ = readAll(t, strings.Replace(a, "Content-Length", "WARC-Truncated: time\r\nContent-Length", 1), 1<<20)
	assert.Equal(t, "time", records[0].Truncated)
}

// If a record's length is too large, the record ends where the file ends. The payload of a record above the limit is
// skipped.
func TestLargeRecords(t *testing.T) {
	huge := strings.Replace(response("a", "", ""), "Content-Length: 19", "Content-Length: 9000000000000000000", 1)
	require.Contains(t, huge, "9000000000000000000")
	records, _ := readAll(t, huge, 1<<62)
	require.Len(t, records, 1)
	assert.Equal(t, "end of file", records[0].Truncated)

	records, r := readAll(t, response("a", "", strings.Repeat("x", 2000))+response("b", "", "<p>"), 1000)
	require.Len(t, records, 2)
	require.ErrorIs(t, records[0].Decode(1000), ErrTooLarge)
	assert.Nil(t, records[0].Payload)
	require.NoError(t, records[1].Decode(1000))
	assert.Zero(t, r.Garbage)
}

// Files that another implementation wrote are read correctly, byte for byte.
func TestAgainstGowarc(t *testing.T) {
	for _, version := range []*gowarc.WarcVersion{gowarc.V1_0, gowarc.V1_1} {
		var file bytes.Buffer
		want := make(map[string]string)
		for i := range 20 {
			b := gowarc.NewRecordBuilder(gowarc.Response, gowarc.WithVersion(version), gowarc.WithAddMissingDigest(true))
			url, body := fmt.Sprintf("https://tide.example/%d", i), strings.Repeat("<p>tide\r\n\r\nWARC/1.1\r\n", i)
			b.AddWarcHeader(gowarc.WarcTargetURI, url)
			b.AddWarcHeader(gowarc.WarcDate, "2026-03-01T09:30:00Z")
			b.AddWarcHeader(gowarc.ContentType, "application/http;msgtype=response")
			_, err := b.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)
			require.NoError(t, err)
			rec, validation, err := b.Build()
			require.NoError(t, err)
			require.Empty(t, validation)
			_, _, err = gowarc.NewMarshaler().Marshal(&file, rec, 0)
			require.NoError(t, err)
			require.NoError(t, rec.Close())
			want[url] = body
		}
		records, r := readAll(t, file.String(), 1<<20)
		got := make(map[string]string)
		for _, rec := range records {
			require.NoError(t, rec.Decode(1<<20))
			got[rec.URL] = string(rec.Payload)
			assert.True(t, strings.HasPrefix(rec.ID, "urn:uuid:"), rec.ID)
		}
		assert.Equal(t, want, got)
		assert.Zero(t, r.Garbage)
	}
}

// TestGowarc shows why package gowarc is not used for reading. If the test fails, the reason may no longer hold.
func TestGowarc(t *testing.T) {
	two := response("a", "", "<p>one") + response("b", "", "<p>two")
	read := func(data string, options ...gowarc.WarcRecordOption) (bodies []string, errs int) {
		u, in := gowarc.NewUnmarshaler(options...), bufio.NewReader(strings.NewReader(data))
		for range 5 {
			rec, _, _, err := u.Unmarshal(in)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				errs++
				continue
			}
			body, err := rec.Block().RawBytes()
			require.NoError(t, err)
			b, err := io.ReadAll(body)
			require.NoError(t, err)
			bodies = append(bodies, string(b))
		}
		return bodies, errs
	}
	var whole bytes.Buffer
	z := gzip.NewWriter(&whole)
	_, err := io.WriteString(z, two)
	require.NoError(t, err)
	require.NoError(t, z.Close())

	bodies, _ := read(two)
	assert.Len(t, bodies, 2)
	bodies, errs := read(whole.String())
	assert.Len(t, bodies, 1, "compressed as a whole")
	assert.Zero(t, errs)
	bodies, _ = read(two, gowarc.WithNoValidation())
	assert.Equal(t, []string{"", ""}, bodies)
	bodies, errs = read(strings.Replace(two, "WARC-Date", "WARC-Block-Digest: blake3:x\r\nWARC-Date", 1))
	assert.Len(t, bodies, 1)
	assert.Equal(t, 1, errs)
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(response("a", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", "5\r\n\x1f\x8b\x08\x00\x00\r\n0\r\n\r\n")))
	f.Add([]byte("WARC/1.0\nContent-Length: 3\n\nabc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(bytes.NewReader(data), 1<<16)
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			if rec.Decode(1<<16) == nil {
				assert.LessOrEqual(t, len(rec.Payload), 1<<16)
			}
		}
		assert.LessOrEqual(t, r.Garbage, int64(len(data)))
	})
}
