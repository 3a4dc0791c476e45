package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// A gallery is a site whose articles have pictures in all kinds of markup, some of them on another host.
type gallery struct {
	*httptest.Server

	cdn  *httptest.Server
	mu   sync.Mutex
	hits map[string]int // the number of requests on both hosts, by path and query
}

// pngOf returns a picture that is different for each number below 256.
func pngOf(number int) []byte {
	picture := image.NewGray(image.Rect(0, 0, 16, 16))
	for i := range 8 {
		picture.SetGray(i, 0, color.Gray{uint8(number >> i & 1 * 255)})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, picture) // never fails
	return b.Bytes()
}

const (
	plainSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Quay</title><path d="M0 0h9v9z" fill="url(#a)"/></svg>`
	evilSVG  = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
)

func newGallery(t *testing.T) *gallery {
	t.Helper()
	g := &gallery{hits: make(map[string]int)}
	body := func(w http.ResponseWriter, mediaType string, b []byte) {
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write(b)
	}
	serve := func(pages map[string]func() string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			g.mu.Lock()
			g.hits[r.URL.RequestURI()]++
			g.mu.Unlock()
			number := 0
			switch page := pages[r.URL.RequestURI()]; {
			case page != nil:
				body(w, "text/html; charset=utf-8", []byte(page()))
			case r.URL.Path == "/robots.txt":
				body(w, "text/plain", []byte("User-agent: *\nDisallow: /secret/\n"))
			case strings.HasSuffix(r.URL.Path, "plain.svg"):
				body(w, "image/svg+xml", []byte(plainSVG))
			case strings.HasSuffix(r.URL.Path, "evil.svg"):
				body(w, "image/svg+xml", []byte(evilSVG))
			case strings.HasSuffix(r.URL.Path, "lie.png"):
				body(w, "image/png", []byte("<!DOCTYPE html><script>alert(1)</script>"))
			case strings.HasSuffix(r.URL.Path, "song.mp3"):
				body(w, "audio/mpeg", append([]byte("ID3\x04"), make([]byte, 500)...))
			case strings.Contains(r.URL.Path, "gone"):
				http.NotFound(w, r)
			default:
				if _, err := fmt.Sscanf(filepath.Base(r.URL.Path), "p%d", &number); err != nil {
					http.NotFound(w, r)
					return
				}
				body(w, "image/png", pngOf(number))
			}
		})
	}
	g.cdn = httptest.NewServer(serve(nil))
	g.Server = httptest.NewServer(serve(map[string]func() string{
		"/": func() string {
			return article("The quay", `<nav><a href="/tides">t</a><a href="/boats/skiff?view=1&amp;x=2">s</a><a href="/moved">m</a><a href="/moved-before">b</a></nav>`)
		},
		"/tides": func() string {
			return pictured("Tides", `<p><img src="/p1.png?a=1&amp;b=2" alt="one"></p>
				<figure><img src="/p2-300.png" srcset="/p2-300.png 300w, /p2.png 900w" alt="two"><figcaption>The quay in winter</figcaption></figure>
				<p>See <a href="/boats/skiff?x=2&amp;view=1#sails">the skiff</a>, <a href="/moved">what moved</a>, <a href="/moved-before">again</a> and <a href="`+g.URL+`/nowhere">nowhere</a>.</p>
				<p><img src="`+g.cdn.URL+`/p3(1).png" alt="three"></p>`)
		},
		"/boats/skiff?view=1&x=2": func() string {
			return pictured("The skiff", `<p><img src="`+g.cdn.URL+`/copy/p1.png" alt="the same as one"></p>
				<p><a href="/p7.png"><img src="/p5.png" alt="five, small"></a></p>
				<p><img src="/gone.png" alt="gone"> <img src="/lie.png" alt="lie"> <img src="/secret/p6.png" alt="secret"></p>
				<p><img src="/plain.svg" alt="drawing"> <img src="/evil.svg" alt="evil"></p>
				<p>Back to <a href="/tides">the tides</a>; <a href="/song.mp3">the song of the skiff</a>.</p>`)
		},
		"/target": func() string { return pictured("What moved", `<p>It was <a href="/">the quay</a>.</p>`) },
	}))
	inner := g.Config.Handler
	g.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/moved") {
			http.Redirect(w, r, "/target", http.StatusMovedPermanently)
			return
		}
		inner.ServeHTTP(w, r)
	})
	t.Cleanup(g.Close)
	t.Cleanup(g.cdn.Close)
	return g
}

// pictured returns an article with additional markup in its text.
func pictured(title, more string) string {
	return strings.Replace(article(title, ""), "</p>\n<p>", "</p>\n"+more+"\n<p>", 1)
}

func (g *gallery) counts() map[string]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	counts := make(map[string]int)
	for path, n := range g.hits {
		counts[path] = n
	}
	return counts
}

func TestArchive(t *testing.T) {
	for name, args := range map[string][]string{
		"plain":   nil,
		"state":   {"-state", filepath.Join(t.TempDir(), "crawl.db")},
		"cache":   {"-cache", t.TempDir()},
		"folders": {"-filename", "{path}/{title}"},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGallery(t)
			out := t.TempDir()
			args = append(args, "-allow-private", "-images", "-media", "-format", "markdown,html,text,jsonl", g.URL+"/")
			code, stdout, stderr := crawl(t, out, args...)
			require.Zero(t, code, stderr)
			w := walkArchive(t, out)
			assert.Equal(t, 8, w.files, "four articles in two forms")
			assert.Len(t, w.pictures, 6, "one, two, three, five and its original, and the drawing: %v", w.pictures)
			assert.Len(t, w.online, 2*4, "a picture that is not available keeps its address: %v", w.online)
			articles := 0
			for target, n := range w.articles {
				if !strings.HasPrefix(target, mediaFolder+"/") {
					articles += n
				}
			}
			assert.Equal(t, 2*5, articles, "links between articles: %v", w.articles)
			assert.Contains(t, stdout, "Files     7 pictures, 1 audio and video files saved")
			assert.Regexp(t, `Missing +2  the file's content is not of the expected type\n +1  HTTP error status: 404 Not Found\n +1  forbidden by robots.txt\n`, stdout)
			first := g.counts()
			for path, n := range first {
				if path != "/robots.txt" {
					assert.Equal(t, 1, n, path)
				}
			}
			assert.NotContains(t, first, "/p2-300.png", "only the best of a srcset")
			assert.NotContains(t, first, "/secret/p6.png")

			before := archiveFiles(t, out)
			code, stdout, stderr = crawl(t, out, args...)
			require.Zero(t, code, stderr)
			assert.Equal(t, before, archiveFiles(t, out), "a second run writes nothing")
			assert.NotContains(t, stdout, "Files  ")
			for path, n := range g.counts() {
				if strings.HasSuffix(path, ".png") {
					assert.Equal(t, first[path], n, "fetched again: %s", path)
				}
			}
		})
	}
}

// Without -images, articles show the pictures on the web, and without -offline-links they link to pages on the web.
// Each flag works without the other.
func TestArchiveWithoutImages(t *testing.T) {
	g := newGallery(t)
	out := t.TempDir()
	code, _, stderr := crawl(t, out, "-allow-private", g.URL+"/")
	require.Zero(t, code, stderr)
	w := walkArchive(t, out)
	assert.Empty(t, w.pictures)
	assert.Empty(t, w.articles)
	code, _, stderr = crawl(t, out, "-allow-private", "-offline-links", g.URL+"/")
	require.Zero(t, code, stderr)
	w = walkArchive(t, out)
	assert.Empty(t, w.pictures)
	assert.Len(t, w.articles, 4, "%v", w.articles)
	code, _, stderr = crawl(t, out, "-allow-private", "-images", "-offline-links=false", g.URL+"/")
	require.Zero(t, code, stderr)
	assert.Len(t, walkArchive(t, out).pictures, 6)
}

// Pictures are requested as politely as pages: after the host's Retry-After, which the last page got, and without
// fetching robots.txt again.
func TestPicturesWaitForTheirHost(t *testing.T) {
	t.Parallel() // mostly waiting
	for _, withState := range []bool{false, true} {
		t.Run(fmt.Sprintf("state=%t", withState), func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var busy, picture time.Time
			counts := make(map[string]int)
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				counts[r.URL.Path]++
				switch r.URL.Path {
				case "/":
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					_, _ = w.Write([]byte(pictured("Tides", `<p><img src="/p1.png" alt="one"></p><a href="/busy">b</a>`)))
				case "/busy":
					w.Header().Set("Retry-After", "1")
					w.WriteHeader(http.StatusServiceUnavailable)
					busy = time.Now()
				case "/p1.png":
					picture = time.Now()
					_, _ = w.Write(pngOf(1))
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(web.Close)
			args := []string{"-allow-private", "-images", web.URL + "/"}
			if withState {
				args = append([]string{"-state", filepath.Join(t.TempDir(), "crawl.db")}, args...)
			}
			code, stdout, stderr := crawl(t, t.TempDir(), args...)
			require.Zero(t, code, stderr)
			assert.Contains(t, stdout, "Files     1 pictures")
			assert.GreaterOrEqual(t, picture.Sub(busy), 990*time.Millisecond)
			assert.Equal(t, map[string]int{"/robots.txt": 1, "/": 1, "/busy": 3, "/p1.png": 1}, counts)
		})
	}
}

// A picture that is not available is requested again after a week, or by the next run if its host was only temporarily
// unavailable.
func TestMissingPictures(t *testing.T) {
	g := newGallery(t)
	out := t.TempDir()
	archive := func() map[string]int {
		before := g.counts()
		code, _, stderr := crawl(t, out, "-allow-private", "-images", g.URL+"/")
		require.Zero(t, code, stderr)
		asked := g.counts()
		for path, n := range before {
			asked[path] -= n
		}
		return asked
	}
	assert.Equal(t, 1, archive()["/gone.png"])
	assert.Zero(t, archive()["/gone.png"])
	name := filepath.Join(out, imagesFolder, filesName)
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	year := time.Now().Format(`"fetched_at":"2006`)
	old := strings.ReplaceAll(string(text), year, `"fetched_at":"2001`)
	require.NotEqual(t, string(text), old)
	require.NoError(t, os.WriteFile(name, []byte(old+`{"url":"torn`), 0o600))
	asked := archive()
	assert.Equal(t, 1, asked["/gone.png"])
	assert.Zero(t, asked["/p7.png"])
	for _, err := range []error{
		scraper.ErrTimeout, scraper.ErrRobotsUnreachable, &scraper.FetchError{Status: 503, Err: scraper.ErrStatus},
		&scraper.FetchError{Status: 429, Err: scraper.ErrStatus}, scraper.ErrHostFailing,
	} {
		assert.False(t, isFinal(err), err)
	}
	for _, err := range []error{errNoFile, scraper.ErrRobots, &scraper.FetchError{Status: 410, Err: scraper.ErrStatus}} {
		assert.True(t, isFinal(err), err)
	}
}

func TestDrawings(t *testing.T) {
	assert.True(t, isPlainDrawing([]byte(plainSVG)))
	assert.True(t, isPlainDrawing([]byte(`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">`+plainSVG+"\n")))
	for _, inside := range []string{
		`<script>x()</script>`, `<SCRIPT>x()</SCRIPT>`, `<g onload="x()"/>`, `<g ONLOAD="x()"/>`, `<a href="javascript:x()"/>`,
		`<image href="https://gull.example/x.png"/>`, `<use href="https://gull.example/x.svg#a"/>`, `<use xlink:href="data:x"/>`,
		`<foreignObject/>`, `<x:script xmlns:x="http://www.w3.org/2000/svg"/>`, `<g xmlns="http://www.w3.org/1999/xhtml"/>`,
		`<set attributeName="href" to="javascript:x()"/>`, `<style>@import "x"</style>`, `<g style="fill:url(https://gull.example/)"/>`,
		`<g fill="URL( 'https://gull.example/'"/>`, `<g style="\75rl(x)"/>`, `<?xml-stylesheet href="x"?>`, `<g`, `<path d="`, `<iframe/>`,
		`<g xml:base="https://gull.example/"/>`, `<g style="u/**/rl(x)"/>`,
	} {
		assert.False(t, isPlainDrawing([]byte(`<svg xmlns="http://www.w3.org/2000/svg">`+inside+`</svg>`)), inside)
	}
	assert.False(t, isPlainDrawing([]byte(`<!DOCTYPE svg [<!ENTITY a "b">]>`+plainSVG)))
	assert.False(t, isPlainDrawing([]byte(`<html><svg></svg></html>`)))
	assert.False(t, isPlainDrawing([]byte(plainSVG+`<script>x()</script>`)))
	assert.False(t, isPlainDrawing(nil))
}

func TestKindsOfFiles(t *testing.T) {
	for body, extension := range map[string]string{
		"\xFF\xD8\xFF\xE0": "jpg", "\x89PNG\r\n\x1a\n": "png", "GIF89a": "gif", "RIFF\x00\x00\x00\x00WEBPVP": "webp", "\x00\x00\x00\x20ftypavif": "avif",
		"\x00\x00\x00\x20ftypM4A ": "m4a", "\x00\x00\x00\x20ftypisom": "mp4", "ID3\x04": "mp3", "\xFF\xFB\x90\x64\x00": "mp3", "OggS\x00": "ogg", "fLaC": "flac",
		"RIFF\x00\x00\x00\x00WAVEfmt": "wav", "\x1A\x45\xDF\xA3": "webm", plainSVG: "svg",
	} {
		kind := kindOfFile([]byte(body))
		if assert.NotZero(t, kind, "%q", body) {
			assert.Equal(t, extension, fileKinds[kind-1].extension, "%q", body)
			saved := savedFile{kind: kind, sum: [16]byte{1, 2, 255}}
			assert.Equal(t, saved, parseSavedName(saved.name()))
		}
	}
	for _, body := range []string{"", "<html>", "MZ", "%PDF-1.7", "#!/bin/sh\n", evilSVG, "\x7fELF", "PK\x03\x04", "\xFF\xFF\xFF\xFF\xFF"} {
		assert.Zero(t, kindOfFile([]byte(body)), "%q", body)
	}
	for _, name := range []string{"", "images/../x.png", "/etc/passwd", "images/00.png", "media/" + strings.Repeat("0", 32) + ".png"} {
		assert.Equal(t, savedFile{}, parseSavedName(name), name)
	}
}
