package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/nlnwa/gowarc/v3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/warc"
)

// packers maps each Content-Encoding to a function that returns a compressor, or to nil for no encoding.
var packers = map[string]func(io.Writer) io.WriteCloser{
	"":     nil,
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"br":   func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
	"zstd": func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			panic(err)
		}
		return z
	},
}

// newArchiveSite serves a site of n pages in all encodings, with and without chunks, with a robots.txt, a sitemap, a
// redirect and a dead link. Pages have an ETag. The server calls the function before with the path of each request.
func newArchiveSite(t *testing.T, n int, before func(path string)) *httptest.Server {
	t.Helper()
	encodings := []string{"", "gzip", "br", "zstd"}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		before(r.URL.Path)
		number := 0
		_, err := fmt.Sscanf(r.URL.Path, "/p%d", &number)
		switch {
		case r.URL.Path == "/robots.txt":
			_, _ = fmt.Fprintf(w, "User-agent: *\nSitemap: http://%s/sitemap.xml\n", r.Host)
			return
		case r.URL.Path == "/sitemap.xml":
			_, _ = fmt.Fprintf(w, `<urlset><url><loc>http://%s/p1</loc><lastmod>2026-03-01</lastmod></url></urlset>`, r.Host)
			return
		case r.URL.Path == "/old":
			http.Redirect(w, r, "/p0", http.StatusMovedPermanently)
			return
		case err != nil || number >= n:
			http.NotFound(w, r)
			return
		}
		var links strings.Builder
		for i := range n + 1 {
			fmt.Fprintf(&links, `<a href="/p%d">page</a> `, i)
		}
		page := article(fmt.Sprintf("Quay %d", number), links.String()+"<p>"+fmt.Sprint(number))
		tag := fmt.Sprintf(`"%d"`, number)
		w.Header().Set("Etag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		body := []byte(page)
		encoding := encodings[number%len(encodings)]
		if packers[encoding] != nil {
			w.Header().Set("Content-Encoding", encoding)
			var b bytes.Buffer
			packer := packers[encoding](&b)
			_, err := packer.Write(body)
			assert.NoError(t, errors.Join(err, packer.Close()))
			body = b.Bytes()
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if number%8 < 4 { // in chunks
			_, _ = w.Write(body[:10])
			w.(http.Flusher).Flush()
			body = body[10:]
		}
		_, _ = w.Write(body)
	}))
	t.Cleanup(web.Close)
	return web
}

// warcFiles returns the WARC files of a crawl.
func warcFiles(t *testing.T, out string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, warcFolder, "*.warc.gz"))
	require.NoError(t, err)
	return files
}

// warcRecords reads WARC files with gowarc. It returns the type and path of each record, such as "response /p1", and
// the blocks of the metadata records by URL.
func warcRecords(t *testing.T, files ...string) (records []string, metadata map[string]string) {
	t.Helper()
	metadata = make(map[string]string)
	for _, name := range files {
		r, err := gowarc.NewWarcFileReader(name, 0)
		require.NoError(t, err)
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			header := rec.WarcRecord.WarcHeader()
			url := header.Get(gowarc.WarcTargetURI)
			_, path, _ := strings.Cut(strings.TrimPrefix(url, "http://"), "/")
			records = append(records, rec.WarcRecord.Type().String()+" /"+path)
			if rec.WarcRecord.Type() == gowarc.Metadata {
				block, err := rec.WarcRecord.Block().RawBytes()
				require.NoError(t, err)
				b, err := io.ReadAll(block)
				require.NoError(t, err)
				metadata[url] = string(b)
			}
			require.NoError(t, rec.Close())
		}
		require.NoError(t, r.Close())
	}
	return records, metadata
}

func count(list []string, what string) (n int) {
	for _, s := range list {
		if s == what {
			n++
		}
	}
	return n
}

// The WARC files contain everything that was sent and received, and a metadata record for each article.
func TestWARC(t *testing.T) {
	const pages = 12
	web := newArchiveSite(t, pages, func(string) {})
	out, cache := t.TempDir(), t.TempDir()
	args := []string{"-allow-private", "-sitemaps", "-format", "markdown,jsonl,warc", "-warc-size", "3k", "-cache", cache, web.URL + "/old"}
	code, stdout, stderr := crawl(t, out, args...)
	require.Zero(t, code, stdout+stderr)
	articles := lines(t, out)
	require.Len(t, articles, pages)
	files := warcFiles(t, out)
	assert.Greater(t, len(files), 2, "rotated by size")
	records, metadata := warcRecords(t, files...)
	for _, path := range []string{"/robots.txt", "/sitemap.xml", "/old", "/p0", "/p11", "/p12"} {
		assert.Equal(t, 1, count(records, "response "+path), path)
		assert.Equal(t, 1, count(records, "request "+path), path)
	}
	assert.Equal(t, len(files), count(records, "warcinfo /"))
	require.Len(t, metadata, pages)
	for _, article := range articles {
		var c cleaning
		require.NoError(t, json.Unmarshal([]byte(metadata[article["url"].(string)]), &c))
		assert.Equal(t, article["id"], c.ID)
		assert.Equal(t, article["title"], c.Title)
		assert.Equal(t, article["hash"], c.Hash)
		assert.Equal(t, article["kind"], c.Kind.String())
		assert.NotNil(t, c.Removed)
	}

	code, stdout, stderr = crawl(t, out, args...)
	require.Zero(t, code, stdout+stderr)
	again := slices.DeleteFunc(warcFiles(t, out), func(name string) bool { return slices.Contains(files, name) })
	records, _ = warcRecords(t, again...)
	assert.Equal(t, 1, count(records, "revisit /p5"), "the server confirmed it")
	assert.Zero(t, count(records, "response /p5"))
}

// decoded returns the pages in WARC files by URL, as examples/clean reads them.
func decoded(t *testing.T, files []string) map[string]string {
	t.Helper()
	pages := make(map[string]string)
	for _, name := range files {
		f, err := os.Open(name)
		require.NoError(t, err)
		z, err := gzip.NewReader(f)
		require.NoError(t, err)
		r := warc.NewReader(z, 1<<20)
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			require.NoError(t, rec.Decode(1<<20))
			if rec.Status == http.StatusOK && strings.HasPrefix(rec.ContentType, "text/html") {
				pages[rec.URL] = string(rec.Payload)
			}
		}
		require.NoError(t, f.Close())
	}
	return pages
}

// The program examples/clean extracts from the WARC files the same articles that the crawl wrote.
func TestWARCIsWhatCleanReads(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("skipped with -short: it compiles a program")
	}
	clean := filepath.Join(t.TempDir(), "clean.exe")
	build, err := exec.CommandContext(t.Context(), "go", "build", "-o", clean, "../clean").CombinedOutput()
	require.NoError(t, err, string(build))
	web := newArchiveSite(t, 12, func(string) {})
	out := t.TempDir()
	code, stdout, stderr := crawl(t, out, "-allow-private", "-no-site", "-format", "markdown,jsonl,warc", web.URL+"/old")
	require.Zero(t, code, stdout+stderr)
	cleaned := t.TempDir()
	said, err := exec.CommandContext(t.Context(), clean, append([]string{"-no-site", "-out", cleaned}, warcFiles(t, out)...)...).
		CombinedOutput()
	require.NoError(t, err, string(said))
	texts := make(map[any]any)
	require.NoError(t, filepath.WalkDir(cleaned, func(name string, _ fs.DirEntry, err error) error {
		if !strings.HasSuffix(name, ".jsonl") || err != nil {
			return err
		}
		b, err := os.ReadFile(name)
		for text := range strings.Lines(string(b)) {
			var row map[string]any
			require.NoError(t, json.Unmarshal([]byte(text), &row))
			if row["text"] != nil {
				texts[row["url"]] = row["text"]
			}
		}
		return err
	}))
	articles := lines(t, out)
	require.Len(t, articles, 12)
	assert.Len(t, texts, len(articles))
	for _, article := range articles {
		assert.Equal(t, article["text"], texts[article["url"]], article["url"])
	}
}

// readWARC is a Node.js program that reads WARC files with warcio. It prints a line of JSON for each record.
const readWARC = `
import { createReadStream } from 'node:fs'
import zlib from 'node:zlib'
import { WARCParser } from 'warcio'
for (const name of process.argv.slice(2)) {
  for await (const record of new WARCParser(createReadStream(name))) {
    const encoding = record.httpHeaders && record.httpHeaders.headers.get('content-encoding')
    let content = Buffer.from(await record.readFully(true)) // warcio undoes chunks and gzip
    if (encoding === 'br') content = zlib.brotliDecompressSync(content)
    if (encoding === 'zstd') content = zlib.zstdDecompressSync ? zlib.zstdDecompressSync(content) : null
    const text = content && content.toString()
    console.log(JSON.stringify({
      type: record.warcType, url: record.warcTargetURI || '', date: record.warcDate, text,
      status: record.httpHeaders ? record.httpHeaders.statusCode : 0,
    }))
  }
}
`

// warcio, a WARC reader in another language, reads the same pages.
func TestWARCElsewhere(t *testing.T) {
	module := os.Getenv("DECHAFF_WARCIO")
	if module == "" {
		t.Skip("DECHAFF_WARCIO is not set to a folder with warcio: see .ci/warc")
	}
	script := filepath.Join(module, "read.mjs")
	require.NoError(t, os.WriteFile(script, []byte(readWARC), 0o600))
	web := newArchiveSite(t, 12, func(string) {})
	out, cache := t.TempDir(), t.TempDir()
	for range 2 {
		code, stdout, stderr := crawl(t, out, "-allow-private", "-format", "jsonl,warc", "-cache", cache, "-sitemaps", web.URL+"/old")
		require.Zero(t, code, stdout+stderr)
	}
	files := warcFiles(t, out)
	read, err := exec.CommandContext(t.Context(), "node", append([]string{script}, files...)...).Output()
	require.NoError(t, err)
	want := decoded(t, files)
	require.Len(t, want, 12)
	types := make(map[string]int)
	for text := range strings.Lines(string(read)) {
		var record struct {
			Type, URL, Date string
			Text            *string
			Status          int
		}
		require.NoError(t, json.Unmarshal([]byte(text), &record))
		types[record.Type]++
		_, err := time.Parse(time.RFC3339Nano, record.Date)
		require.NoError(t, err)
		if page, ok := want[record.URL]; ok && record.Type == "response" {
			assert.Equal(t, http.StatusOK, record.Status)
			if record.Text != nil { // null if Node.js does not support zstd
				assert.Equal(t, page, *record.Text, record.URL)
			}
		}
	}
	// Besides the 12 pages, each of the two runs requests robots.txt, the sitemap, the redirect and the dead link.
	assert.Equal(t, map[string]int{"warcinfo": 2, "response": 12 + 2*4, "request": 2 * (12 + 4), "metadata": 2 * 12, "revisit": 12}, types)
}

// The messages of a site that uses HTTP/2 are rebuilt in the form of HTTP/1.1, which all readers understand.
func TestWARCOverHTTP2(t *testing.T) {
	plain := newArchiveSite(t, 5, func(string) {})
	web := httptest.NewUnstartedServer(plain.Config.Handler)
	web.EnableHTTP2 = true
	web.StartTLS()
	defer web.Close()
	dir, out := t.TempDir(), t.TempDir()
	authority := filepath.Join(dir, "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	require.NoError(t, os.WriteFile(authority, certificate, 0o600))
	code, stdout, stderr := crawl(t, out, "-allow-private", "-ca", authority, "-format", "jsonl,warc", web.URL+"/old")
	require.Zero(t, code, stdout+stderr)
	require.Len(t, lineURLs(t, out), 5)
	pages := decoded(t, warcFiles(t, out))
	require.Len(t, pages, 5)
	for i := range 5 {
		assert.Contains(t, pages[fmt.Sprintf("%s/p%d", web.URL, i)], fmt.Sprintf("<h1>Quay %d</h1>", i))
	}
	records, _ := warcRecords(t, warcFiles(t, out)...)
	assert.Len(t, records, 1+2*8+5, "of each page, robots.txt, the redirect and the dead link: %q", records)
}
