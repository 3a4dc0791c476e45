package input

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A WARC gives the same pages with every kind of compression.
func TestWARC(t *testing.T) {
	moved := record("WARC-Type: response\r\nContent-Type: application/http\r\nWARC-Target-URI: https://tide.example/m\r\n", "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<a>moved</a>")
	picture := record("WARC-Type: response\r\nContent-Type: application/http\r\n", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG")
	untyped := record("WARC-Type: response\r\nContent-Type: application/http\r\n", "HTTP/1.1 200 OK\r\n\r\n"+tide)
	dns := record("WARC-Type: resource\r\nWARC-Target-URI: dns:tide.example\r\nContent-Type: text/dns\r\n", "1.2.3.4")
	parts := []string{
		record("WARC-Type: warcinfo\r\n", "x"), response("a"), record("WARC-Type: revisit\r\n", ""), moved, picture, untyped,
		dns, record("WARC-Type: resource\r\nWARC-Record-ID: urn:x\r\nContent-Type: text/html\r\n", tide),
	}
	var byRecord, byRecordZstd strings.Builder
	for _, part := range parts {
		byRecord.WriteString(gz(part))
		byRecordZstd.WriteString(zst(part))
	}
	whole := strings.Join(parts, "")
	for name, data := range map[string]string{
		"plain":              whole,
		"gzip by record":     byRecord.String(),
		"gzip by file":       gz(whole),
		"zstd by record":     byRecordZstd.String(),
		"zstd by file":       zst(whole),
		"zstd, skippable":    "\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + byRecordZstd.String(),
		"zstd, a dictionary": withDictionary(t, parts, false),
		"the same, packed":   withDictionary(t, parts, true),
	} {
		t.Run(name, func(t *testing.T) {
			found, reports, errs := pages(t, Options{}, write(t, t.TempDir(), "crawl", data))
			require.Empty(t, errs)
			require.Empty(t, reports)
			var got []string
			for _, p := range found {
				require.NoError(t, p.Err)
				got = append(got, strings.TrimSpace(p.ID[strings.LastIndex(p.ID, "/")+1:]+" "+p.Skip))
				if p.Skip == "" {
					assert.Equal(t, tide, string(p.Body))
				}
			}
			assert.Equal(t, []string{
				"urn:uuid:a", "crawl#2 status 301", "crawl#3 image/png", "crawl#4", "crawl#5 not a page's address", "urn:x",
				"crawl WARC revisit", "crawl WARC warcinfo",
			}, got)
			assert.Equal(t, Page{
				ID: "urn:uuid:a", URL: "https://tide.example/a", URLSource: FromRecord, ContentType: "text/html",
				FetchedAt: "2026-03-01T09:30:00Z", Body: []byte(tide), size: found[0].size,
			}, *found[0])
		})
	}
}

// withDictionary compresses each part with zstd and a dictionary. The dictionary is in the first frame; if packed is
// true, it is itself compressed.
func withDictionary(t *testing.T, parts []string, packed bool) string {
	t.Helper()
	var samples [][]byte
	for i := range 200 {
		samples = append(samples, fmt.Appendf(nil, "%s The %d tide of %d", parts[1], i, i*i))
	}
	dictionary, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: []byte(strings.Repeat(parts[1], 9)), Offsets: [3]int{1, 4, 8}})
	require.NoError(t, err)
	frame := string(dictionary)
	if packed {
		frame = zst(frame)
	}
	out := "\x5d\x2a\x4d\x18" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(frame)))) + frame
	for _, part := range parts {
		out += zst(part, zstd.WithEncoderDict(dictionary))
	}
	return out
}

func TestDamagedFiles(t *testing.T) {
	three := response("a") + response("b") + response("c")
	for name, c := range map[string]struct {
		data  string
		pages int
		says  string
	}{
		"a WARC that is cut":         {three[:len(three)-20], 3, "the last record is truncated"},
		"a WARC cut in a header":     {three[:len(three)-len(response("c"))+30], 2, "are not part of a record"},
		"garbage in a WARC":          {response("a") + strings.Repeat("\x00garbage", 999) + "\n" + response("b"), 2, "are not part of a record"},
		"a gzip that is cut":         {gz(three)[:150], 0, "unexpected EOF"},
		"gzip by record, one broken": {gz(response("a")) + "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + strings.Repeat("x", 99), 1, "damaged or cut off"},
		"JSON lines that are cut":    {`{"html": "<p>a"}` + "\n" + `{"html": "<p`, 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			found, reports, errs := pages(t, Options{}, write(t, t.TempDir(), "crawl", c.data))
			assert.Empty(t, reports)
			assert.Len(t, found, c.pages)
			if c.says == "" {
				require.Empty(t, errs)
				require.ErrorIs(t, found[1].Err, ErrField)
				return
			}
			require.Len(t, errs, 1)
			require.ErrorIs(t, errs[0], ErrCut)
			assert.Contains(t, errs[0].Error(), c.says)
			assert.Contains(t, errs[0].Error(), "crawl")
		})
	}
}

func TestJSONLines(t *testing.T) {
	data := strings.Join([]string{
		"\xef\xbb\xbf" + `{"id": "a", "url": "https://tide.example/a", "html": "<p>é <\/p>", "more": {"x": [1]}}`,
		``, `{"id": 7, "url": null, "html": "x"}`, `{"html": 5}`, `{"id": "c"}`, `{"html": null}`, `nonsense`, `{"html": "` + strings.Repeat("x", 2000) + `"}`,
		`{"html": "` + strings.Repeat("x", 5000) + `"}`, `{"html": "the last"}`,
	}, "\n")
	found, _, errs := pages(t, Options{MaxPage: 1000}, write(t, t.TempDir(), "a.jsonl", data))
	require.Empty(t, errs)
	var got []string
	for _, p := range found {
		got = append(got, fmt.Sprintf("%s %s %q %v", p.ID[strings.LastIndex(p.ID, "/")+1:], p.URL, p.Body, errors.Is(p.Err, ErrField) || errors.Is(p.Err, ErrTooLarge)))
	}
	assert.Equal(t, []string{
		`a https://tide.example/a "<p>é </p>" false`, `7  "x" false`, `a.jsonl#4  "" true`, `c  "" true`, `a.jsonl#6  "" true`, `a.jsonl#7  "" true`,
		`a.jsonl#8  "" true`, `a.jsonl#9  "" true`, `a.jsonl#10  "the last" false`,
	}, got)

	found, _, _ = pages(t, Options{HTMLField: "body", URLField: "link", IDField: "key"},
		write(t, t.TempDir(), "a", `{"key": "k", "link": "https://tide.example/", "body": "<p>", "html": "no"}`))
	require.Len(t, found, 1)
	assert.Equal(t, "k https://tide.example/ <p>", found[0].ID+" "+found[0].URL+" "+string(found[0].Body))
}

func TestMHTML(t *testing.T) {
	head := "MIME-Version: 1.0\nDate: Sun, 1 Mar 2026 09:30:00 -0000\n"
	for name, c := range map[string]struct{ data, body, url string }{
		"as Chrome writes it": {head + "Snapshot-Content-Location: https://tide.example/a?b\nContent-Type: multipart/related; boundary=\"--x\"\n\n----x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://tide.example/other\n\n<p>The ti=\nde =C3=A9</p>\n----x\nContent-Type: text/html\n\n<p>a frame\n----x--\n", "<p>The tide é</p>", "https://tide.example/a?b"},
		"in base64":           {head + "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nnot this\n--x\nContent-Type: text/html\nContent-Location: https://tide.example/a\nContent-Transfer-Encoding: base64\n\nPHA+VGhl\nIHRpZGU=\n--x--\n", "<p>The tide", "https://tide.example/a"},
		"with a root":         {head + "Content-Type: multipart/related; boundary=x; start=\"<r>\"\n\n--x\nContent-Type: text/html\nContent-ID: <f>\n\nframe\n--x\nContent-Type: text/html\nContent-ID: <r>\n\n<p>root\n--x--\n", "<p>root", ""},
		"nested":              {head + "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\ntext\n--y\nContent-Type: text/html\n\n<p>inner\n--y--\n--x--\n", "<p>inner", ""},
	} {
		t.Run(name, func(t *testing.T) {
			found, reports, errs := pages(t, Options{}, write(t, t.TempDir(), "a.mht", c.data))
			require.Empty(t, errs)
			require.Empty(t, reports)
			require.Len(t, found, 1)
			assert.Equal(t, c.body, strings.TrimSpace(string(found[0].Body)))
			assert.Equal(t, c.url, found[0].URL)
		})
	}
	_, _, errs := pages(t, Options{}, write(t, t.TempDir(), "a.mht", head+"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n"))
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], ErrNotPages)
}

func tarOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range names {
		content, kind := tide, byte(tar.TypeReg)
		switch {
		case strings.HasSuffix(name, ".png"):
			content = "\x89PNG\r\n\x1a\n"
		case strings.HasSuffix(name, ".gz"):
			content = gz(tide)
		case strings.HasSuffix(name, ".warc"):
			content = response("a")
		case strings.HasSuffix(name, "link"):
			content, kind = "", tar.TypeSymlink
		}
		require.NoError(t, w.WriteHeader(&tar.Header{Name: name, Size: int64(len(content)), Mode: 0o644, Typeflag: kind, Linkname: "/etc/passwd", Format: tar.FormatPAX}))
		_, err := io.WriteString(w, content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.String()
}

// A member's path is used only as a name, wherever it leads.
func TestArchives(t *testing.T) {
	names := []string{"a.html", "deep/b.htm.gz", "../../etc/c.html", "/d.html", "e.png", "f.warc", "link", `..\g.html`}
	var z bytes.Buffer
	w := zip.NewWriter(&z)
	for _, name := range []string{"a.html", "../b.html", "c.png", "folder/"} {
		f, err := w.Create(name)
		require.NoError(t, err)
		if !strings.HasSuffix(name, "/") {
			_, err = io.WriteString(f, map[bool]string{true: tide, false: "\x89PNG\r\n\x1a\n"}[strings.HasSuffix(name, "l")])
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"tar":     {tarOf(t, names...), []string{"/a.html", "/deep/b.htm.gz", "/etc/c.html", "/d.html", "/e.png image/png", "/f.warc warc in an archive", "/g.html"}},
		"tar.gz":  {gz(tarOf(t, "a.html")), []string{"/a.html"}},
		"tar.zst": {zst(tarOf(t, "a.html")), []string{"/a.html"}},
		"zip":     {z.String(), []string{"/a.html", "/b.html", "/c.png image/png"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, t.TempDir(), "pages."+name, c.data)
			found, reports, errs := pages(t, Options{}, path)
			require.Empty(t, errs)
			require.Empty(t, reports)
			var got []string
			for _, p := range found {
				require.NoError(t, p.Err)
				got = append(got, strings.TrimSpace(strings.TrimPrefix(p.ID, idOf(path))+" "+p.Skip))
				if p.Skip == "" {
					assert.Equal(t, tide, string(p.Body))
				}
			}
			assert.Equal(t, c.want, got)
		})
	}
	_, _, errs := pages(t, Options{}, write(t, t.TempDir(), "cut.tar", tarOf(t, names...)[:1500]))
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], ErrCut)
	_, _, errs = pages(t, Options{}, write(t, t.TempDir(), "cut.zip", z.String()[:200]))
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], ErrCut)
	_, _, errs = pages(t, Options{Stdin: strings.NewReader(z.String())}, "-")
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], ErrNotPages)
}

func TestStandardInput(t *testing.T) {
	for kind, data := range map[string]string{"html": tide, "text": "The tide came in.", "warc": gz(response("a"))} {
		found, reports, errs := pages(t, Options{Stdin: strings.NewReader(data)}, "-")
		require.Empty(t, reports)
		require.Empty(t, errs)
		require.Len(t, found, 1, kind)
		assert.Equal(t, kind == "text", found[0].IsText)
	}
}
