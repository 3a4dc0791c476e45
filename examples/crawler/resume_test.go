package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/scraper"
)

// A stopped crawl resumes where it stopped and keeps everything that it had written, even if a crash left an incomplete
// line.
func TestStateResumes(t *testing.T) {
	for engine, state := range map[string]string{
		"sqlite":   filepath.Join(t.TempDir(), "crawl.db"),
		"postgres": os.Getenv("DECHAFF_POSTGRES"),
	} {
		t.Run(engine, func(t *testing.T) {
			if state == "" {
				t.Skip("DECHAFF_POSTGRES is not set to a server: see .ci/postgres")
			}
			const pages = 30
			var links strings.Builder
			for i := range pages {
				fmt.Fprintf(&links, `<a href="/p%d">page</a> `, i)
			}
			texts := map[string]string{}
			for i := range pages {
				texts[fmt.Sprintf("/p%d", i)] = article(fmt.Sprintf("Tide %d", i%25), links.String()+fmt.Sprint(i)) // five titles occur twice
			}
			s := newSite(t, texts)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var served atomic.Int64
			inner := s.Config.Handler
			s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if served.Add(1) == 12 {
					stop()
				}
				inner.ServeHTTP(w, r)
			})
			out := t.TempDir()
			args := []string{"-out", out, "-delay", "1ms", "-allow-private", "-state", state, "-name", s.URL, s.URL + "/p0"}
			var stdout, stderr bytes.Buffer
			require.Equal(t, exitStopped, run(ctx, args, &stdout, &stderr), stderr.String())
			first := lines(t, out)
			assert.NotEmpty(t, first)
			assert.Less(t, len(first), pages)

			torn, err := os.OpenFile(filepath.Join(out, linesName), os.O_APPEND|os.O_WRONLY, 0o600)
			require.NoError(t, err)
			_, err = torn.WriteString(`{"url":"http://`)
			require.NoError(t, err)
			require.NoError(t, torn.Close())

			require.Zero(t, run(t.Context(), args, &stdout, &stderr), stderr.String())
			urls := make(map[any]bool)
			list := lines(t, out)
			for _, line := range list {
				assert.False(t, urls[line["url"]], line["url"])
				urls[line["url"]] = true
			}
			assert.Len(t, urls, pages)
			assert.Equal(t, first, list[:len(first)], "earlier lines were changed")
			files, err := filepath.Glob(filepath.Join(out, "*.md"))
			require.NoError(t, err)
			assert.Len(t, files, pages)
			assert.Contains(t, stdout.String(), fmt.Sprintf("%d handled, 0 failed", pages))

			asked := served.Load()
			require.Zero(t, run(t.Context(), args, &stdout, &stderr), "a finished crawl is not continued: "+stderr.String())
			assert.Equal(t, asked, served.Load())
			assert.Len(t, lines(t, out), pages)
		})
	}
}

// A page that is delivered again, even by another process, keeps its files. Another page with the same title gets its
// own files.
func TestDeliveredAgain(t *testing.T) {
	out, html := t.TempDir(), t.TempDir()
	deliver := func(address string) string {
		w, err := newWriter(testConfig(t, out, "-save-html", html, "-state", "crawl.db"))
		require.NoError(t, err)
		defer func() { require.NoError(t, errors.Join(w.Close(), w.lock.Close())) }()
		doc, err := htmldoc.Parse(strings.NewReader(article("Tide", "")), htmldoc.Source{URL: address})
		require.NoError(t, err)
		p := &scraper.Page{
			Document: doc, Request: scraper.Request{URL: address}, Status: 200, Hash: "x",
			Header: http.Header{}, Body: []byte("<p>"),
		}
		a, err := cleaner.New(cleaner.Options{}).CleanDocument(doc)
		require.NoError(t, err)
		require.NoError(t, w.saveHTML(p))
		id, _, err := w.write(p, a, siteNote{})
		require.NoError(t, err)
		return id + markdownExtension
	}
	assert.Equal(t, "tide.md", deliver("https://gauge.example/a"))
	assert.Equal(t, "tide-2.md", deliver("https://gauge.example/b"))
	assert.Equal(t, "tide.md", deliver("https://gauge.example/a"))
	assert.Equal(t, "tide-2.md", deliver("https://gauge.example/b"))
	assert.Equal(t, "tide-3.md", deliver("https://gauge.example/c/b"))
	assert.Len(t, lines(t, out), 3)
	saved, err := filepath.Glob(filepath.Join(html, "*", "page.json"))
	require.NoError(t, err)
	assert.Len(t, saved, 3)
}
