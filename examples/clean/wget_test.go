package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/clean/internal/output"
)

// wgetSite serves a site with redirects, pictures, a missing page, chunked responses and gzip.
func wgetSite(t *testing.T) (*httptest.Server, map[string]string) {
	t.Helper()
	pages := make(map[string]string)
	mux := http.NewServeMux()
	links := `<a href="/missing">x</a><a href="/moved">x</a><img src="/a.png"><link rel=stylesheet href="/a.css">`
	for i := range 12 {
		path := fmt.Sprintf("/story-%d", i)
		pages[path] = strings.ReplaceAll(tidePage, "at six", fmt.Sprintf("at %d", i))
		links += fmt.Sprintf(`<a href="%s">Story %d</a>`, path, i)
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			body := pages[path]
			switch i % 3 {
			case 1: // chunked
				_, _ = io.WriteString(w, body[:100])
				w.(http.Flusher).Flush()
				_, _ = io.WriteString(w, body[100:])
				return
			case 2: // gzip, whether or not it was requested
				w.Header().Set("Content-Encoding", "gzip")
				body = pack(t, body)
			}
			_, _ = io.WriteString(w, body)
		})
	}
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!DOCTYPE html><title>Stories</title>"+links)
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/target", http.StatusFound) })
	mux.HandleFunc("/target", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, tidePage) })
	mux.HandleFunc("/a.png", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "\x89PNG\r\n\x1a\n") })
	mux.HandleFunc("/a.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = io.WriteString(w, "p { color: red }")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server, pages
}

// Each page in a WARC file that wget wrote is cleaned once, and the result is the same as for the page alone.
func TestWARCOfWget(t *testing.T) {
	wget, err := exec.LookPath("wget")
	if err != nil {
		t.Skip("wget is not installed")
	}
	for name, flags := range map[string][]string{
		"gzip":             {"--warc-file=crawl"},
		"plain":            {"--warc-file=crawl", "--no-warc-compression"},
		"compressed pages": {"--warc-file=crawl", "--compression=none", "--header=Accept-Encoding: gzip"},
		"several files":    {"--warc-file=crawl", "--warc-max-size=4k", "--warc-cdx"},
	} {
		t.Run(name, func(t *testing.T) {
			server, pages := wgetSite(t)
			dir, out := t.TempDir(), t.TempDir()
			cmd := exec.CommandContext(t.Context(), wget, append(flags, "-q", "-r", "-l2", "-p", "--no-directories", "--delete-after", "--tries=1",
				"-e", "robots=off", server.URL+"/")...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "http_proxy=", "no_proxy=127.0.0.1")
			said, err := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != 8 { // exit status 8 means a server error: the expected 404
				require.NoError(t, err, string(said))
			}
			reportName := filepath.Join(t.TempDir(), "report.json")
			code, _, stderr := clean(t, "", "-no-site", "-out", out, "-report", reportName, dir)
			require.Zero(t, code, stderr)
			shards, err := filepath.Glob(filepath.Join(out, "*.warc*.jsonl"))
			require.NoError(t, err)
			got := make(map[string]string)
			seen := make(map[string]bool)
			for _, shard := range shards {
				for _, l := range lines[output.Line](t, shard) {
					assert.False(t, seen[l.ID], l.ID)
					seen[l.ID] = true
					assert.Equal(t, "record", l.URLSource)
					if strings.Contains(l.URL, "/story-") {
						assert.Empty(t, got[l.URL], "twice: %s", l.URL)
						got[l.URL] = l.Text
					}
				}
			}
			want := make(map[string]string)
			for path, page := range pages {
				article, err := cleaner.Clean(strings.NewReader(page), server.URL+path)
				require.NoError(t, err)
				want[server.URL+path] = article.Text()
			}
			for url, text := range want {
				assert.Equal(t, text, got[url], url)
			}
			r := readReport(t, reportName)
			assert.Positive(t, r.Skipped["status 404"], r.Skipped)
			assert.Positive(t, r.Skipped["status 302"], r.Skipped)
			assert.Positive(t, r.Skipped["image/png"], r.Skipped)
			assert.Zero(t, r.Outcomes[outcomeFailed], r.Failed)
		})
	}
}
