package scraper

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFetchFile(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/gull.png", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		_, _ = io.WriteString(w, "\x89PNG\r\n\x1a\nbytes")
	})
	web.handle("/old.png", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/gull.png?utm_source=cdn", http.StatusFound)
	})
	f, err := s.FetchFile(t.Context(), web.URL+"/old.png#x", FileOptions{Accept: "image/*"})
	require.NoError(t, err)
	assert.Equal(t, web.URL+"/gull.png?utm_source=cdn", f.URL)
	assert.Equal(t, []string{web.URL + "/old.png"}, f.Via)
	assert.Equal(t, "\x89PNG\r\n\x1a\nbytes", string(f.Body))
	assert.Equal(t, "image/png", f.Header.Get("Content-Type"))
	assert.Len(t, f.Hash, 64)
	history := web.history()
	assert.Equal(t, "image/*", history[len(history)-1].header.Get("Accept"))
}

// A file is fetched under the same rules as a page. A file that is refused is requested only once.
func TestFetchFileRefuses(t *testing.T) {
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "User-agent: *\nDisallow: /private/\n")
	})
	web.handle("/big.png", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 101))
	})
	web.page("/page")
	errNoPicture := errors.New("no picture")
	for path, want := range map[string]error{
		"/private/a.png": ErrRobots, "/big.png": ErrTooLarge, "/none.png": ErrStatus, "/page": ErrContentType,
	} {
		_, err := s.FetchFile(t.Context(), web.URL+path, FileOptions{MaxBytes: 100, Check: func(h http.Header) error {
			if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
				return errNoPicture
			}
			return nil
		}})
		require.ErrorIs(t, err, want, path)
	}
	asked := strings.Join(web.asked(), " ")
	assert.Equal(t, 1, strings.Count(asked, "/page"), asked)
	assert.Equal(t, 1, strings.Count(asked, "/big.png"), asked)
	assert.NotContains(t, asked, "/private/")

	strict, err := New(Options{})
	require.NoError(t, err)
	_, err = strict.FetchFile(t.Context(), web.URL+"/page", FileOptions{})
	require.ErrorIs(t, err, ErrForbiddenAddress)
}

// A body that makes progress may take longer than IdleTimeout.
func TestSlowBody(t *testing.T) {
	t.Parallel() // mostly waiting
	s, web := newScraper(t, func(o *Options) { o.IdleTimeout = 3 * time.Second }), newSite(t)
	web.handle("/slow", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for range 6 {
			_, _ = io.WriteString(w, strings.Repeat("<p>The ferry is late.\n", 50))
			w.(http.Flusher).Flush()
			time.Sleep(600 * time.Millisecond)
		}
	})
	page, err := s.Fetch(t.Context(), web.URL+"/slow")
	require.NoError(t, err)
	assert.Len(t, page.Body, 6*50*len("<p>The ferry is late.\n"))
}

// A large file may take longer than a page.
func TestSlowFile(t *testing.T) {
	s, web := newScraper(t, func(o *Options) {
		o.IgnoreRobots = true // on a busy machine, robots.txt could take longer than the timeout too
		o.Timeout, o.MaxTries = 150*time.Millisecond, 1
	}), newSite(t)
	web.handle("/tides.mp3", func(w http.ResponseWriter, _ *http.Request) {
		for range 6 {
			_, _ = io.WriteString(w, strings.Repeat("x", 2000))
			w.(http.Flusher).Flush()
			time.Sleep(50 * time.Millisecond)
		}
	})
	_, err := s.FetchFile(t.Context(), web.URL+"/tides.mp3", FileOptions{})
	require.ErrorIs(t, err, ErrTimeout)
	f, err := s.FetchFile(t.Context(), web.URL+"/tides.mp3", FileOptions{Timeout: time.Minute})
	require.NoError(t, err)
	assert.Len(t, f.Body, 6*2000)
}
