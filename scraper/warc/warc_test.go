package warc

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha1" //nolint:gosec // the format's
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nlnwa/gowarc/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// got is a record as another implementation reads it.
type got struct {
	recordType, id, url, block string
	header                     *gowarc.WarcFields
}

// readAll reads a folder's files with gowarc, which checks the requirements of the standard. The findings of gowarc are
// ignored for chunked responses, because it hashes their bodies as they were sent.
func readAll(t *testing.T, dir string) (records []got) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	require.NoError(t, err)
	for _, name := range files {
		r, err := gowarc.NewWarcFileReader(name, 0, gowarc.WithSpecViolationPolicy(gowarc.ErrWarn),
			gowarc.WithSyntaxErrorPolicy(gowarc.ErrWarn))
		require.NoError(t, err)
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			records = append(records, readOne(t, rec))
		}
		require.NoError(t, r.Close())
	}
	return records
}

func readOne(t *testing.T, rec gowarc.Record) got {
	t.Helper()
	h := rec.WarcRecord.WarcHeader()
	raw, err := rec.WarcRecord.Block().RawBytes()
	require.NoError(t, err)
	block, err := io.ReadAll(raw)
	require.NoError(t, err)
	for _, finding := range rec.Validation {
		if !strings.Contains(string(block), "Transfer-Encoding: chunked") {
			require.NoError(t, finding, "%s", h)
		}
	}
	require.NoError(t, rec.Close())
	sum := sha1.Sum(block) //nolint:gosec // the format's
	assert.Equal(t, "sha1:"+base32.StdEncoding.EncodeToString(sum[:]), h.Get(gowarc.WarcBlockDigest))
	return got{
		recordType: rec.WarcRecord.Type().String(), id: h.GetId(gowarc.WarcRecordID),
		url: h.Get(gowarc.WarcTargetURI), block: string(block), header: h,
	}
}

func sha(payload string) string { return digest([]byte(payload)) }

func TestRecords(t *testing.T) {
	dir := t.TempDir()
	w, err := NewWriter(Options{Dir: dir, Prefix: "tide", Info: map[string]string{"operator": "The\r\nharbour"}})
	require.NoError(t, err)
	began := time.Date(2026, 3, 1, 9, 30, 0, 123_456_789, time.FixedZone("", 3600))
	x := &scraper.Exchange{
		ID: "0b5f6e2e-5a3c-4c52-9f0b-0e6f4f1f8a11", URL: "https://tide.example/a", Status: 200, Protocol: "HTTP/1.1",
		Request:  []byte("GET /a HTTP/1.1\r\nHost: tide.example\r\n\r\n"),
		Response: []byte("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Th\r\n6\r\ne tide\r\n0\r\n\r\n"),
		Began:    began, Address: netip.MustParseAddr("2001:db8::7"),
	}
	require.NoError(t, w.Write(t.Context(), x))
	require.NoError(t, w.WriteMetadata(x, "application/json", []byte(`{"title": "Tide"}`)))
	y := *x
	y.ID, y.Status, y.Original, y.Protocol, y.Address = "1b5f6e2e-5a3c-4c52-9f0b-0e6f4f1f8a11", 304, began, "HTTP/2.0", netip.Addr{}
	y.Response = []byte("HTTP/1.1 304 Not Modified\r\nEtag: \"a\"\r\n\r\n")
	require.NoError(t, w.Write(t.Context(), &y))
	z := *x
	z.ID, z.Truncated, z.Response = "2b5f6e2e-5a3c-4c52-9f0b-0e6f4f1f8a11", "time", x.Response[:90]
	require.NoError(t, w.Write(t.Context(), &z))
	require.NoError(t, w.Close())
	require.ErrorIs(t, w.Write(t.Context(), x), ErrClosed)
	require.NoError(t, w.Close())

	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	assert.Regexp(t, `^tide-\d{14}-00001\.warc\.gz$`, files[0].Name())
	records := readAll(t, dir)
	var types []string
	for _, r := range records {
		types = append(types, r.recordType)
	}
	require.Equal(t, []string{"warcinfo", "response", "request", "metadata", "revisit", "request", "response", "request"}, types)

	info := records[0]
	assert.Equal(t, files[0].Name(), info.header.Get(gowarc.WarcFilename))
	assert.Contains(t, info.block, "software: "+scraper.DefaultUserAgent+"\r\nformat: WARC File Format 1.1\r\n")
	assert.Contains(t, info.block, "\r\noperator: The  harbour\r\n", "no value adds a line")

	response := records[1]
	assert.Equal(t, string(x.Response), response.block)
	assert.Equal(t, "https://tide.example/a", response.url)
	assert.Equal(t, "urn:uuid:"+x.ID, response.id)
	assert.Equal(t, "2026-03-01T08:30:00.123456Z", response.header.Get(gowarc.WarcDate))
	assert.Equal(t, "2001:db8::7", response.header.Get(gowarc.WarcIPAddress))
	assert.Equal(t, "http/1.1", response.header.Get("WARC-Protocol"))
	assert.Equal(t, sha("<p>The tide"), response.header.Get(gowarc.WarcPayloadDigest), "without the chunks")

	request := records[2]
	assert.Equal(t, string(x.Request), request.block)
	assert.Equal(t, "urn:uuid:"+x.ID, request.header.GetId(gowarc.WarcConcurrentTo))

	metadata := records[3]
	assert.JSONEq(t, `{"title": "Tide"}`, metadata.block)
	assert.Equal(t, "urn:uuid:"+x.ID, metadata.header.GetId(gowarc.WarcRefersTo))

	revisit := records[4]
	assert.Equal(t, string(y.Response), revisit.block)
	assert.Equal(t, notModified, revisit.header.Get(gowarc.WarcProfile))
	assert.Equal(t, "https://tide.example/a", revisit.header.Get(gowarc.WarcRefersToTargetURI))
	assert.Equal(t, response.header.Get(gowarc.WarcDate), revisit.header.Get(gowarc.WarcRefersToDate))
	assert.Equal(t, "h2", revisit.header.Get("WARC-Protocol"))
	assert.Empty(t, revisit.header.Get(gowarc.WarcIPAddress))

	assert.Equal(t, "time", records[6].header.Get(gowarc.WarcTruncated))
	assert.Empty(t, records[6].header.Get(gowarc.WarcPayloadDigest))
}

func exchange(i int, body string) *scraper.Exchange {
	return &scraper.Exchange{
		ID: fmt.Sprintf("0b5f6e2e-5a3c-4c52-9f0b-%012d", i), URL: fmt.Sprintf("https://tide.example/%d", i), Status: 200,
		Request:  []byte("GET / HTTP/1.1\r\nHost: tide.example\r\n\r\n"),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body), Protocol: "HTTP/1.1",
		Began: time.Now(),
	}
}

// Two writers that share a folder start a new file whenever a file reaches the size limit, and each file is complete.
func TestRotation(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for k := range 2 {
		w, err := NewWriter(Options{Dir: dir, MaxSize: 4000, Durable: true})
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, w.Close()) })
		for i := range 40 {
			wg.Go(func() { assert.NoError(t, w.Write(t.Context(), exchange(40*k+i, "<p>tide"))) })
		}
	}
	wg.Wait()
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	require.NoError(t, err)
	assert.Greater(t, len(files), 8)
	for _, name := range files {
		info, err := os.Stat(name)
		require.NoError(t, err)
		assert.Less(t, info.Size(), int64(6000))
	}
	seen := make(map[string]int)
	for _, r := range readAll(t, dir) {
		seen[r.recordType+r.url]++
	}
	assert.Equal(t, len(files), seen["warcinfo"])
	for i := range 80 {
		assert.Equal(t, 1, seen[fmt.Sprintf("responsehttps://tide.example/%d", i)])
		assert.Equal(t, 1, seen[fmt.Sprintf("requesthttps://tide.example/%d", i)])
	}
	assert.Len(t, seen, 161)
}

// If a file is cut off anywhere, all records before the cut can be read, each as its own gzip member.
func TestTruncatedFile(t *testing.T) {
	dir := t.TempDir()
	w, err := NewWriter(Options{Dir: dir})
	require.NoError(t, err)
	var ends []int64
	for i := range 3 {
		require.NoError(t, w.Write(t.Context(), exchange(i, strings.Repeat("<p>tide", 50))))
		ends = append(ends, w.size)
	}
	name := w.file.Name()
	require.NoError(t, w.Close())
	whole, err := os.ReadFile(name)
	require.NoError(t, err)
	for cut := ends[0]; cut < int64(len(whole)); cut += 7 {
		count := 0
		rest := bytes.NewReader(whole[:cut])
		for {
			z, err := gzip.NewReader(rest)
			if err != nil {
				break
			}
			z.Multistream(false)
			if _, err := io.Copy(io.Discard, z); err != nil {
				break
			}
			count++
		}
		want := 3 // warcinfo, response, request
		if cut >= ends[1] {
			want = 5
		}
		assert.GreaterOrEqual(t, count, want, cut)
	}
}

// A failed write leaves the file unchanged.
func TestFailedWriteLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	w, err := NewWriter(Options{Dir: dir})
	require.NoError(t, err)
	require.NoError(t, w.Write(t.Context(), exchange(0, "<p>tide")))
	whole := w.file
	readOnly, err := os.Open(whole.Name())
	require.NoError(t, err)
	w.file = readOnly // simulates a failing disk
	require.Error(t, w.Write(t.Context(), exchange(1, "<p>tide")))
	require.NoError(t, readOnly.Close())
	w.file = whole
	require.NoError(t, w.Write(t.Context(), exchange(2, "<p>tide")))
	require.NoError(t, w.Close())
	assert.Len(t, readAll(t, dir), 5)

	w, err = NewWriter(Options{Dir: filepath.Join(dir)})
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(dir))
	require.ErrorIs(t, w.Write(t.Context(), exchange(0, "")), os.ErrNotExist)
	require.NoError(t, w.Close())
}

func TestNewWriterRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for name, o := range map[string]Options{
		"no folder":       {Dir: filepath.Join(dir, "none")},
		"a file":          {Dir: file},
		"a negative size": {Dir: dir, MaxSize: -1},
		"a path":          {Dir: dir, Prefix: "../tide"},
		"a Windows path":  {Dir: dir, Prefix: `..\tide`},
	} {
		_, err := NewWriter(o)
		require.ErrorIs(t, err, ErrOptions, name)
	}
}

// The file contains exactly the bytes that a crawl sends and receives.
func TestCrawl(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			http.Redirect(w, r, "/a", http.StatusFound)
		case "/a":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<title>Tide</title><p>"+strings.Repeat("the tide ", 2000))
		default:
			http.NotFound(w, r)
		}
	}))
	defer web.Close()
	dir := t.TempDir()
	w, err := NewWriter(Options{Dir: dir})
	require.NoError(t, err)
	s, err := scraper.New(scraper.Options{AllowPrivate: true, Delay: -1, OnExchange: w.Write})
	require.NoError(t, err)
	defer s.Close()
	var raw *scraper.Exchange
	_, err = s.Crawl(t.Context(), scraper.Job{Seeds: []string{web.URL}}, func(_ context.Context, p *scraper.Page) error {
		raw = p.Raw
		return w.WriteMetadata(p.Raw, "text/plain", []byte("about it"))
	})
	require.NoError(t, errors.Join(err, w.Close()))
	records := readAll(t, dir)
	var order []string
	for _, r := range records {
		order = append(order, r.recordType+" "+strings.TrimPrefix(r.url, web.URL))
	}
	assert.Equal(t, []string{
		"warcinfo ", "response /robots.txt", "request /robots.txt", "response /", "request /", "response /a", "request /a",
		"metadata /a",
	}, order)
	assert.Equal(t, string(raw.Response), records[5].block)
	assert.Contains(t, records[5].block, "Transfer-Encoding: chunked")
	assert.Equal(t, string(raw.Request), records[6].block)
	assert.Equal(t, "urn:uuid:"+raw.ID, records[7].header.GetId(gowarc.WarcRefersTo))
}
