package scraper

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKindsOfFiles(t *testing.T) {
	for mediaType, want := range map[string]string{
		"application/pdf": "a PDF", "image/png": "a picture", "image/x-invented": "a picture", "application/zip": "an archive", "audio/mpeg": "audio", "video/mp4": "a video",
		"application/rss+xml; charset=utf-8": "a feed", "application/json": "JSON", "application/ld+json": "JSON", "text/plain;charset=utf-8": "plain text", "text/xml": "XML",
		"application/x-invented+xml": "XML", "text/markdown": "another text", "font/woff2": "a font", "application/vnd.ms-excel": "an office document",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "an office document", "application/vnd.ms-fontobject": "a font",
		"application/octet-stream": "another kind of file", "x-invented/7": "another kind of file", "application/nonsense": "another kind of file",
	} {
		err := acceptHTML(http.Header{"Content-Type": {mediaType}})
		require.ErrorIs(t, err, ErrContentType)
		assert.Equal(t, "not an HTML page: "+want, Reason(err), mediaType)
		require.ErrorContains(t, err, mediaTypeOf(http.Header{"Content-Type": {mediaType}}))
	}
	for name, want := range map[string]string{
		"tide.pdf": "a PDF", "tide.ZIP": "an archive",
		"tide": "another kind of file",
	} {
		err := acceptHTML(http.Header{
			"Content-Type":        {"application/octet-stream"},
			"Content-Disposition": {fmt.Sprintf("attachment; filename=%q", name)},
		})
		assert.Equal(t, "not an HTML page: "+want, Reason(err), name)
	}
	err := acceptHTML(http.Header{"Content-Type": {"text/html"}, "Content-Disposition": {"attachment"}})
	assert.Equal(t, "not an HTML page: an attachment", Reason(err))
	for extension, want := range map[string]string{
		".pdf": "a PDF", ".jpeg": "a picture", ".tgz": "an archive",
		".docx": "an office document", ".json": "JSON", ".iso": "a program",
	} {
		u, err := url.Parse("https://harbour.example/files/tide" + extension)
		require.NoError(t, err)
		err = judgeExtension(u)
		require.ErrorIs(t, err, ErrFileType)
		assert.Equal(t, "the file extension is not a page's: "+want, Reason(err), extension)
	}
}

// Files that are not pages are counted by kind, and there are only a few kinds, no matter what servers send.
func TestCrawlCountsFilesByKind(t *testing.T) {
	web := newSite(t)
	links := []string{"/map.pdf", "/Map2.PDF", "/gull.jpg", "/gull.webp", "/all.tar.gz", "/bell.ogg", "/bare"}
	for i := range 40 {
		path := fmt.Sprintf("/invented/%d", i)
		links = append(links, path)
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", fmt.Sprintf("application/x-tide-%d", i))
		})
	}
	for path, mediaType := range map[string]string{
		"/leaflet": "application/pdf", "/photo": "image/jpeg",
		"/news": "application/atom+xml", "/notes": "text/plain",
	} {
		links = append(links, path)
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", mediaType) })
	}
	web.handle("/bare", func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, "%PDF-1.7\n%âãÏÓ\n"+strings.Repeat("1 0 obj\n", 20))
	})
	web.page("/", links...)
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL}}, nil)
	require.NoError(t, err)
	const extension, answer = "the file extension is not a page's: ", "not an HTML page: "
	assert.Equal(t, map[string]int{
		extension + "a PDF": 2, extension + "a picture": 2, extension + "an archive": 1, extension + "audio": 1,
		answer + "a PDF": 2, answer + "a picture": 1, answer + "a feed": 1, answer + "plain text": 1, answer +
			"another kind of file": 40,
	}, stats.Skipped)
	assert.Zero(t, web.count("/map.pdf"))
}
