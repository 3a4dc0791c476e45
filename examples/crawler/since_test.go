package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sincePages maps paths to the dates of pages: published and modified are in the page itself, lastmod is in the
// sitemap, and header is the Last-Modified header. isOld reports whether the page is older than the -since of
// TestSince.
var sincePages = map[string]struct {
	published, modified, lastmod, header string
	isOld                                bool
}{
	"/new":               {published: "2026-03-02"},
	"/old":               {published: "2025-03-02", isOld: true},
	"/edited":            {published: "2025-03-02", modified: "2026-03-05"},
	"/edited-as-listed":  {published: "2025-03-02", lastmod: "2026-03-05"},
	"/listed-only":       {lastmod: "2025-12-24", isOld: true},
	"/same-day":          {published: "2026-03-01"},
	"/header-only":       {header: "Sun, 02 Mar 2025 09:30:00 GMT", isOld: true},
	"/header-and-date":   {published: "2025-03-02", header: "Mon, 02 Mar 2026 09:30:00 GMT", isOld: true},
	"/without-any-date":  {},
	"/listed-and-edited": {lastmod: "2025-12-24", modified: "2026-03-05"},
}

func newSinceSite(t *testing.T) (web *httptest.Server, asked func(path string) bool) {
	t.Helper()
	var mu sync.Mutex
	hits := make(map[string]bool)
	web = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		hits[r.URL.Path] = true
		mu.Unlock()
		page, known := sincePages[r.URL.Path]
		switch {
		case r.URL.Path == "/":
			links := ""
			for path := range sincePages {
				links += fmt.Sprintf(`<a href="%s">x</a>`, path)
			}
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<!DOCTYPE html><title>Front</title>"+links)
		case r.URL.Path == "/sitemap.xml":
			_, _ = io.WriteString(w, "<urlset>")
			for path, p := range sincePages {
				lastmod := ""
				if p.lastmod != "" {
					lastmod = "<lastmod>" + p.lastmod + "</lastmod>"
				}
				_, _ = fmt.Fprintf(w, "<url><loc>http://%s%s</loc>%s</url>", r.Host, path, lastmod)
			}
			_, _ = io.WriteString(w, "</urlset>")
		case known:
			head := ""
			if page.published != "" {
				head += fmt.Sprintf(`<meta property="article:published_time" content="%s">`, page.published)
			}
			if page.modified != "" {
				head += fmt.Sprintf(`<meta property="article:modified_time" content="%s">`, page.modified)
			}
			if page.header != "" {
				w.Header().Set("Last-Modified", page.header)
			}
			w.Header().Set("Content-Type", "text/html")
			name := strings.ReplaceAll(strings.TrimPrefix(r.URL.Path, "/"), "-", " ")
			_, _ = io.WriteString(w, strings.Replace(article("The "+name, "<p>"+name), "<title>", head+"<title>", 1))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(web.Close)
	return web, func(path string) bool {
		mu.Lock()
		defer mu.Unlock()
		return hits[path]
	}
}

func TestSince(t *testing.T) {
	for _, only := range []string{"-sitemaps", "-sitemap-only"} {
		t.Run(only, func(t *testing.T) {
			web, asked := newSinceSite(t)
			out := t.TempDir()
			code, stdout, stderr := crawl(t, out, "-allow-private", only, "-since", "2026-03-01T12:00:00Z", web.URL+"/")
			require.Zero(t, code, stdout+stderr)
			written := make(map[string]bool)
			for _, line := range lines(t, out) {
				written[strings.TrimPrefix(line["url"].(string), web.URL)] = true
			}
			for path, page := range sincePages {
				skipped := only == "-sitemap-only" && page.lastmod == "2025-12-24" // the crawl knows only this date
				assert.Equal(t, !page.isOld && !skipped, written[path], path)
				assert.Equal(t, !skipped, asked(path), path)
			}
			assert.Contains(t, stdout, "pages left out because they are older than -since")
			if only == "-sitemap-only" {
				assert.Contains(t, stdout, "2  not modified since the given date")
			}
		})
	}
}

func TestSinceTimes(t *testing.T) {
	var s sinceTime
	assert.Empty(t, s.String())
	for value, want := range map[string]time.Time{
		"2026-11-01":           time.Date(2026, 11, 1, 0, 0, 0, 0, time.Local),
		"2026-11-01T09:30":     time.Date(2026, 11, 1, 9, 30, 0, 0, time.Local),
		"2026-11-01T09:30:00Z": time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC),
		"36h":                  time.Now().Add(-36 * time.Hour),
		"7d":                   time.Now().Add(-7 * 24 * time.Hour),
		"4w":                   time.Now().Add(-28 * 24 * time.Hour),
	} {
		require.NoError(t, s.Set(value))
		assert.WithinDuration(t, want, s.Time, time.Minute, value)
		assert.NotEmpty(t, s.String())
	}
	for _, value := range []string{"", "yesterday", "-3h", "0d", "d", "999999w", "-99999999w", "36500w", "2026-13-01"} {
		require.Error(t, s.Set(value), value)
	}
	var size byteSize
	for value, want := range map[string]byteSize{"1": 1, "800000": 800_000, "3k": 3000, "500MB": 500_000_000, "2G": 2_000_000_000} {
		require.NoError(t, size.Set(value))
		assert.Equal(t, want, size, value)
	}
	for _, value := range []string{"", "k", "0", "-1", "1.5G", "9999999999T", "3 k", "ɐ"} {
		require.Error(t, size.Set(value), value)
	}
}

// An article gets a date that it lacks from the sitemap, without and with -state.
func TestListedDatesReachArticles(t *testing.T) {
	for _, state := range []bool{false, true} {
		web, _ := newSinceSite(t)
		out, args := t.TempDir(), []string{"-allow-private", "-sitemaps"}
		if state {
			args = append(args, "-state", filepath.Join(t.TempDir(), "crawl.db"))
		}
		code, stdout, stderr := crawl(t, out, append(args, web.URL+"/")...)
		require.Zero(t, code, stdout+stderr)
		modified := make(map[string]any)
		for _, line := range lines(t, out) {
			modified[strings.TrimPrefix(line["url"].(string), web.URL)] = line["modified"]
		}
		assert.Len(t, modified, len(sincePages))
		assert.Equal(t, "2025-12-24", modified["/listed-only"])
		assert.Equal(t, "2026-03-05", modified["/edited-as-listed"])
		assert.Equal(t, "2026-03-05", modified["/listed-and-edited"], "the article's own comes first")
		assert.Empty(t, modified["/without-any-date"])
	}
}
