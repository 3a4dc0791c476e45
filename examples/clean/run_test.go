package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

const tidePage = `<!DOCTYPE html><html lang="en"><title>The tide table</title><meta name="author" content="Ada Pell"><meta property="article:published_time" content="2026-03-01T23:30:00-05:00">
<article><h1>The tide table</h1><p>The tide came in at six and went out again at noon, as <a href="/table">the table</a> by the harbour said that it would, and nobody was surprised.</p>
<p>Facebook<br>Twitter<br>LinkedIn</p>
<p>The harbour master checks it every morning against the water, with a long stick that his father left him and that he has never lent to anybody.</p></article>`

const pageText = `The tide came in at six and went out again at noon, as the table by the harbour said that it would, and nobody was surprised.

The harbour master checks it every morning against the water, with a long stick that his father left him and that he has never lent to anybody.
`

// clean runs the program.
func clean(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(stdin), &o, &e)
	return code, o.String(), e.String()
}

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func pack(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func TestFormats(t *testing.T) {
	name := write(t, t.TempDir(), "tide.html", tidePage)
	schema := fmt.Sprintf(`{"schema":%d`, cleaner.SchemaVersion)
	for format, want := range map[string]string{
		"text":     pageText,
		"markdown": "# The tide table\n\n" + strings.Replace(pageText, "as the table", "as [the table](/table)", 1),
		"html":     "<article lang=\"en\"><h1>The tide table</h1><p>The tide",
		"json":     schema + `,"title":"The tide table","byline":"Ada Pell"`,
		"jsonl":    schema + `,"id":"` + strings.TrimPrefix(name, "/") + `","url":"","canonical":"","title":"The tide table","byline":"Ada Pell","authors":["Ada Pell"],"publisher":"","site_name":"","published":"2026-03-01T23:30:00-05:00","modified":"","language":"en"`,
	} {
		t.Run(format, func(t *testing.T) {
			code, stdout, stderr := clean(t, "", "-format", format, name)
			require.Zero(t, code, stderr)
			assert.Empty(t, stderr)
			if strings.HasSuffix(want, "\n") {
				assert.Equal(t, want, stdout)
				return
			}
			assert.True(t, strings.HasPrefix(stdout, want), stdout)
			assert.True(t, strings.HasSuffix(stdout, "\n"))
		})
	}
}

// Fields that cost time are computed only on request.
func TestFieldsOnDemand(t *testing.T) {
	name := write(t, t.TempDir(), "clock.html", strings.Replace(tidePage, "<article>",
		`<script type="application/ld+json">{"@type":"Product","name":"Tide table","offers":{"price":3,"priceCurrency":"EUR"}}</script><article>`, 1))
	code, stdout, stderr := clean(t, "", "-format", "jsonl", name)
	require.Zero(t, code, stderr)
	assert.NotContains(t, stdout, `"product"`)
	for _, fields := range []string{"product", "recipe, product", "all", "+product", "title,text,product"} {
		code, stdout, stderr = clean(t, "", "-format", "jsonl", "-fields", fields, name)
		require.Zero(t, code, stderr)
		assert.Contains(t, stdout, `"product":{"name":"Tide table","price":"3","currency":"EUR"}`, fields)
		assert.NotContains(t, stdout, `"recipe"`, "the page has none")
		assert.Equal(t, !strings.HasPrefix(fields, "title"), strings.Contains(stdout, `"byline"`), fields)
	}
}

func TestJSONLinesAreFlat(t *testing.T) {
	code, stdout, _ := clean(t, tidePage, "-format", "jsonl", "-")
	require.Zero(t, code)
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(stdout), &line))
	for _, key := range []string{"id", "url", "title", "byline", "authors", "site_name", "published", "modified", "language", "kind", "excerpt", "image", "text", "markdown"} {
		require.Contains(t, line, key)
		assert.IsNotType(t, map[string]any{}, line[key], key)
	}
	assert.Equal(t, "stdin", line["id"])
	assert.Equal(t, strings.TrimSpace(pageText), line["text"])
}

func TestInputs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.html", tidePage)
	write(t, dir, "b.HTM", tidePage)
	write(t, dir, "deep/er/c.html.gz", pack(t, tidePage))
	write(t, dir, "d.txt", "The tide table\n\nIt came in at six.\n\nFacebook\nTwitter\nLinkedIn\n")
	write(t, dir, "notes.md", "not a page")
	write(t, dir, "deep/data.json", "{\n\"not\": \"a page\"}")
	odd := write(t, dir, "e.page", tidePage)
	folder := []string{"a.html", "b.HTM", "d.txt", "deep/er/c.html.gz", "e.page"}
	id := func(name string) string { return strings.TrimPrefix(filepath.ToSlash(name), "/") }
	for name, c := range map[string]struct {
		args []string
		ids  []string
	}{
		"a folder":           {[]string{dir}, folder},
		"an odd name":        {[]string{odd}, []string{id(odd)}},
		"twice":              {[]string{odd, odd}, []string{id(odd)}},
		"one worker":         {[]string{"-workers", "1", dir}, folder},
		"standard input too": {[]string{odd, "-"}, []string{id(odd), "stdin"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := clean(t, tidePage, append([]string{"-format", "jsonl"}, c.args...)...)
			require.Zero(t, code, stderr)
			if len(c.ids) > 2 {
				assert.Contains(t, stderr, "notes.md: not pages: text/plain\n")
				assert.Contains(t, stderr, "data.json: not pages: JSON, but not one page per line\n")
			} else {
				assert.Empty(t, stderr)
			}
			var ids []string
			for l := range strings.Lines(stdout) {
				var line struct{ ID, Text string }
				require.NoError(t, json.Unmarshal([]byte(l), &line))
				ids = append(ids, line.ID)
				assert.NotContains(t, line.Text, "Twitter")
			}
			assert.Equal(t, c.ids, ids)
		})
	}
	_, text, _ := clean(t, "", "-format", "text", filepath.Join(dir, "d.txt"))
	assert.Equal(t, "The tide table\n\nIt came in at six.\n", text)
}

func TestOrderIsTheSameWithManyWorkers(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		write(t, dir, fmt.Sprintf("p%02d.html", i), strings.ReplaceAll(tidePage, "tide table", fmt.Sprintf("tide table %d", i)))
	}
	_, one, _ := clean(t, "", "-format", "jsonl", "-workers", "1", dir)
	_, many, _ := clean(t, "", "-format", "jsonl", "-workers", "16", dir)
	assert.Equal(t, one, many)
	assert.Equal(t, 40, strings.Count(many, "\n"))
}

func TestURLs(t *testing.T) {
	dir := t.TempDir()
	name := write(t, dir, "tide.html", tidePage)
	urls := write(t, dir, "urls.jsonl", "\uFEFF\n"+`{"id": "other", "url": "https://x.example/"}`+"\n"+`{"id": "tide", "url": "https://gauge.example/2026/tide.html", "text": "ignored"}`+"\n")
	code, stdout, stderr := clean(t, "", "-urls", urls, name)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "[the table](https://gauge.example/table)")
	bad := write(t, dir, "bad.jsonl", `{"id": "tide"}`+"\n"+`{"id": `)
	code, _, stderr = clean(t, "", "-urls", bad, name)
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, "bad.jsonl:2")
}

func TestRemoved(t *testing.T) {
	_, stdout, stderr := clean(t, tidePage, "-removed", "-format", "text", "-")
	assert.Equal(t, pageText, stdout)
	assert.Contains(t, stderr, "share-row")
	assert.Contains(t, stderr, "Twitter")
	_, stdout, stderr = clean(t, tidePage, "-removed", "-format", "json", "-")
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, `"rule":"share-row"`)
	_, stdout, _ = clean(t, tidePage, "-format", "json", "-")
	assert.NotContains(t, stdout, "share-row")
}

// Inputs that cannot be read are reported, and the rest are processed.
func TestFailuresAreNamed(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "good.html", tidePage)
	for name, c := range map[string]struct {
		path, says string
		code       int
	}{
		"missing":        {filepath.Join(dir, "missing.html"), "missing.html", exitFailed},
		"empty":          {write(t, dir, "empty.html", ""), "empty.html: not pages: an empty file", exitFailed},
		"no article":     {write(t, dir, "menu.html", "<nav><a href=/>Home</a></nav>"), "menu.html: no article", exitClean},
		"a picture":      {write(t, dir, "picture.html", "\x89PNG\r\n\x1a\n"), "picture.html: not pages: image/png", exitFailed},
		"corrupt gzip":   {write(t, dir, "corrupt.html.gz", "\x1F\x8B\x08nonsense"), "corrupt.html.gz: damaged or cut off", exitFailed},
		"cut gzip":       {write(t, dir, "cut.html.gz", pack(t, tidePage)[:120]), "cut.html.gz: damaged or cut off: unexpected EOF", exitFailed},
		"gzip bomb":      {write(t, dir, "bomb.html.gz", pack(t, "<p>"+strings.Repeat("tide ", 64<<20/5))), "bomb.html.gz: htmldoc: page is too large", exitClean},
		"a missing path": {filepath.Join(dir, "no", "folder"), "folder", exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := clean(t, "", "-format", "text", c.path, good)
			assert.Equal(t, c.code, code, stderr)
			assert.Contains(t, stderr, c.says)
			assert.Equal(t, pageText, stdout)
		})
	}
}

func TestBadUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"no path": {}, "format": {"-format", "pdf", "-"}, "workers": {"-workers", "0", "-"}, "flag": {"-nonsense"}, "urls": {"-urls", "missing.jsonl", "-"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := clean(t, tidePage, args...)
			assert.Equal(t, exitUsage, code)
			assert.Empty(t, stdout)
			assert.NotEmpty(t, stderr)
		})
	}
	code, _, stderr := clean(t, "", "-h")
	assert.Zero(t, code)
	assert.Contains(t, stderr, "-removed")
}

func TestStop(t *testing.T) {
	dir := t.TempDir()
	for i := range 50 {
		write(t, dir, fmt.Sprintf("p%02d.html", i), tidePage)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitFailed, run(ctx, []string{dir}, nil, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "stopped")
}

// If the reader of the output exits early, as head does, the result is an error and not a panic.
func TestClosedOutput(t *testing.T) {
	r, w := io.Pipe()
	require.NoError(t, r.Close())
	var stderr bytes.Buffer
	assert.Equal(t, exitFailed, run(t.Context(), []string{"-"}, strings.NewReader(tidePage), w, &stderr))
	assert.Contains(t, stderr.String(), "closed pipe")
}
