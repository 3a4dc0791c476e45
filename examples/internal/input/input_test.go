package input

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tide = "<!DOCTYPE html><title>The tide</title><p>The tide came in at six and went out again at noon.</p>"

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func gz(content string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, content)
	_ = z.Close()
	return b.String()
}

func zst(content string, options ...zstd.EOption) string {
	z, err := zstd.NewWriter(nil, options...)
	if err != nil {
		panic(err)
	}
	return string(z.EncodeAll([]byte(content), nil))
}

// pages reads the inputs that the arguments name. It returns the pages, the errors that Find reports, and the errors of
// Input.Pages.
func pages(t *testing.T, o Options, arguments ...string) (found []*Page, reports []string, errs []error) {
	t.Helper()
	inputs, err := Find(arguments, "", o, func(err error, _ bool) { reports = append(reports, err.Error()) })
	require.NoError(t, err)
	for _, in := range inputs {
		err := in.Pages(t.Context(), o, func(p *Page) bool {
			p.Prepare()
			found = append(found, p)
			return true
		})
		if err != nil {
			errs = append(errs, err)
		}
	}
	return found, reports, errs
}

func record(header, block string) string {
	return fmt.Sprintf("WARC/1.0\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", header, len(block), block)
}

func response(id string) string {
	return record("WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:"+id+">\r\nWARC-Target-URI: https://tide.example/"+id+
		"\r\nWARC-Date: 2026-03-01T09:30:00Z\r\nContent-Type: application/http\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+tide)
}

func utf16LE(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

// The format of a file is detected by its content, and for HTML and text also by its name.
func TestKinds(t *testing.T) {
	mhtml := "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://tide.example/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + tide + "\r\n--b--\r\n"
	for name, c := range map[string]struct{ file, content, kind string }{
		"HTML":                        {"a.html", tide, "html"},
		"no extension":                {"a", tide, "html"},
		"another extension":           {"a.dat", "\xef\xbb\xbf <!-- x --> <HTML lang=en><p>x", "html"},
		"XHTML":                       {"a.xhtml", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html xmlns="x"><p>x`, "html"},
		"XHTML of another name":       {"a.xml", `<?xml version="1.0"?>` + "\n<html><p>x", "html"},
		"a fragment":                  {"a", "<div class=x><p>The tide</p></div>", "html"},
		"text named as a page":        {"a.htm", "The tide came in at six.", "html"},
		"UTF-16 with a mark":          {"a", "\xff\xfe" + utf16LE(tide), "html"},
		"UTF-16 without":              {"a", utf16LE(tide), "html"},
		"a page named as text":        {"a.txt", tide, "html"},
		"text":                        {"a.txt", "The tide came in at six.", "text"},
		"text with a tag":             {"a.txt", "The <p> tag and the <div> tag and the <a href> tag", "text"},
		"text in gzip":                {"a.txt.gz", gz("The tide came in at six."), "text"},
		"a page in zstd":              {"a", zst(tide), "html"},
		"a page in gzip in gzip":      {"a", gz(gz(tide)), "html"},
		"MHTML":                       {"a.mhtml", mhtml, "mhtml"},
		"MHTML of another name":       {"a", mhtml, "mhtml"},
		"WARC":                        {"a.warc", response("a"), "warc"},
		"WARC in gzip, another name":  {"a.bin", gz(response("a")), "warc"},
		"JSON lines":                  {"a.jsonl", `{"html": "<p>x", "url": ""}` + "\n", "jsonl"},
		"JSON lines in gzip":          {"a.json.gz", gz(` {"html": "` + strings.Repeat("x", 9000) + `"}`), "jsonl"},
		"a page whose script is JSON": {"a.html", `<script>{"html": "x"}</script>`, "html"},

		"Markdown":                     {"a.md", "# The tide", "not pages: text/plain"},
		"CSS":                          {"a.css", "p { color: red }", "not pages: text/plain"},
		"JSON":                         {"a.json", "{\n  \"html\": 1\n}", "not pages: JSON, but not one page per line"},
		"a JSON array":                 {"a.json", `[{"html": "x"}]`, "not pages: JSON, but not one page per line"},
		"JSON lines without the field": {"a.jsonl", `{"id": 1}` + "\n", `not pages: JSON lines without a field "html"`},
		"a feed":                       {"a.xml", `<?xml version="1.0"?><rss><channel><title>x</title><link>y</link></channel></rss>`, "not pages: XML"},
		"a drawing":                    {"a.html", `<svg xmlns="x"><title>x</title><a href="y"/></svg>`, "not pages: XML"},
		"a picture":                    {"a.html", "\x89PNG\r\n\x1a\n\x00\x00\x00", "not pages: image/png"},
		"a PDF":                        {"a.html", "%PDF-1.7\n%\xe2\xe3", "not pages: application/pdf"},
		"nothing":                      {"a.html", "", "not pages: an empty file"},
		"white space":                  {"a.html", " \n\n ", "not pages: an empty file"},
		"an empty gzip":                {"a.html.gz", gz(""), "not pages: an empty file"},
		"web archive":                  {"a.webarchive", "bplist00\xd2\x01\x02", "not pages: a property list or a Safari web archive, which is not supported"},
		"xz":                           {"a.xz", "\xfd7zXZ\x00\x00", "not pages: xz, which is not supported"},
		"random bytes":                 {"a", string(garbage(9000)), "not pages: application/octet-stream"},
		"random HTML":                  {"a.html", string(garbage(9000)), "not pages: application/octet-stream"},
		"broken gzip":                  {"a.html.gz", "\x1f\x8b\x08nonsense", "damaged or cut off"},
		"too many layers":              {"a.gz", gz(gz(gz(gz(tide)))), "compressed too many times"},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, t.TempDir(), c.file, c.content)
			var said string
			inputs, err := Find([]string{path}, "", Options{}, func(err error, named bool) {
				said = err.Error()
				assert.True(t, named)
			})
			require.NoError(t, err)
			if len(inputs) == 0 {
				assert.Contains(t, said, c.file)
				assert.Contains(t, said, c.kind)
				return
			}
			assert.Empty(t, said)
			assert.Equal(t, c.kind, inputs[0].Kind)
		})
	}
}

// garbage returns bytes without a pattern, the same each time.
func garbage(n int) []byte {
	b, x := make([]byte, n), uint64(88172645463325252)
	for i := range b {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b[i] = byte(x >> 32)
	}
	return b
}

func TestIDsDoNotCollide(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"one/index.html", "two/index.html", "one/deep/index.html"} {
		write(t, dir, name, tide)
	}
	write(t, dir, "list", "\uFEFFone/index.html\thttps://tide.example/1\r\n\ntwo\nmissing\n")
	for name, c := range map[string]struct {
		arguments, ids []string
		reports        int
	}{
		"files":         {[]string{"one/index.html", "./two/index.html"}, []string{"one/index.html", "two/index.html"}, 0},
		"a folder":      {[]string{"one"}, []string{"deep/index.html", "index.html"}, 0},
		"folders":       {[]string{"one", "two/"}, []string{"one/deep/index.html", "one/index.html", "two/index.html"}, 0},
		"a pattern":     {[]string{"*/index.html"}, []string{"one/index.html", "two/index.html"}, 0},
		"a list":        {[]string{"@list"}, []string{"one/index.html", "two/index.html"}, 1},
		"twice":         {[]string{"one/index.html", "one/index.html"}, []string{"one/index.html"}, 0},
		"nothing there": {[]string{"no*", "@no", "no"}, nil, 3},
	} {
		t.Run(name, func(t *testing.T) {
			found, reports, errs := pages(t, Options{}, c.arguments...)
			assert.Empty(t, errs)
			var ids []string
			for _, p := range found {
				ids = append(ids, p.ID)
			}
			assert.Equal(t, c.ids, ids)
			assert.Len(t, reports, c.reports)
			if name == "a list" {
				assert.Equal(t, "https://tide.example/1", found[0].URL)
				assert.Equal(t, FromList, found[0].URLSource)
			}
		})
	}
	t.Chdir(filepath.Join(dir, "one"))
	found, _, _ := pages(t, Options{}, "../two/index.html", filepath.Join(dir, "one", "index.html"))
	assert.Equal(t, "__/two/index.html", found[0].ID)
	assert.Equal(t, strings.TrimPrefix(filepath.ToSlash(dir), "/")+"/one/index.html", found[1].ID)

	write(t, dir, "__/a.html", tide)
	write(t, dir, "a.html", tide)
	_, err := Find([]string{"../a.html", "__/a.html"}, "", Options{}, func(error, bool) {})
	require.NoError(t, err, "one of them is missing")
	write(t, dir, "one/__/a.html", tide)
	_, err = Find([]string{"../a.html", "__/a.html"}, "", Options{}, func(error, bool) {})
	require.ErrorIs(t, err, ErrSameID)
}

// The crawler's folders are read. An output folder within the inputs is skipped.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a-story/page.html", tide)
	write(t, dir, "a-story/page.json", `{"url":"https://tide.example/a","content_type":"text/html; charset=koi8-r"}`)
	write(t, dir, "b/page.json", `{"url":"https://tide.example/b"}`)
	write(t, dir, "out/c.html", tide)
	var reports []string
	inputs, err := Find([]string{dir}, filepath.Join(dir, "out"), Options{}, func(err error, named bool) {
		reports = append(reports, err.Error())
		assert.False(t, named)
	})
	require.NoError(t, err)
	require.Len(t, inputs, 1)
	require.Len(t, reports, 1)
	assert.Contains(t, reports[0], "b/page.json: not pages: JSON")
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(filepath.Join(dir, "a-story"), link))
	found, _, _ := pages(t, Options{}, link)
	require.Len(t, found, 1)
	assert.Equal(t, "https://tide.example/a", found[0].URL)
	assert.Equal(t, FromSidecar, found[0].URLSource)
	assert.Equal(t, "text/html; charset=koi8-r", found[0].ContentType)
	assert.Equal(t, tide, string(found[0].Body))

	_, err = Find([]string{dir}, dir, Options{}, func(err error, named bool) {
		assert.True(t, named)
		require.ErrorIs(t, err, ErrNotPages)
		assert.Contains(t, err.Error(), "the folder to write to")
	})
	require.NoError(t, err)

	t.Run("a pipe is not read", func(t *testing.T) {
		if exec.Command("mkfifo", filepath.Join(dir, "b", "pipe")).Run() != nil {
			t.Skip("mkfifo could not make a pipe")
		}
		_, reports, _ := pages(t, Options{}, filepath.Join(dir, "b", "pipe"))
		require.Len(t, reports, 1)
		assert.Contains(t, reports[0], "not a regular file")
	})
}

func TestAddressesByID(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "deep/tide.html.gz", gz(tide))
	write(t, dir, "deep/b.html", tide)
	o := Options{URLs: map[string]string{"tide": "https://tide.example/a", "deep/b.html": "https://tide.example/b"}}
	found, _, _ := pages(t, o, dir)
	require.Len(t, found, 2)
	assert.Equal(t, "https://tide.example/b", found[0].URL)
	assert.Equal(t, "https://tide.example/a", found[1].URL)
	assert.Equal(t, FromList, found[1].URLSource)
}

// The report on a web address says what to use instead, even if the address looks like a pattern.
func TestWebAddresses(t *testing.T) {
	found, reports, _ := pages(t, Options{}, "https://tide.example/a?page=2")
	assert.Empty(t, found)
	require.Len(t, reports, 1)
	assert.Contains(t, reports[0], "a web address, not a file")
}
