package fleet

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// A page that says noindex is stored as skipped, with that reason, and its links are followed. It takes neither the
// identity of the page that its rel=canonical names nor a place under MaxPages.
func TestNoIndex(t *testing.T) {
	pages := site(t, map[string]string{
		"/": "/print/gulls /gulls /print/terns /index", "/print/gulls": "", "/gulls": "", "/print/terns": "/seals",
		"/terns": "", "/seals": "", "/index": "/auks", "/auks": "",
	})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/print/gulls":
			w.Header().Set("X-Robots-Tag", "noindex")
			_, _ = w.Write([]byte("<link rel=canonical href=/gulls>"))
		case "/print/terns":
			w.Header().Set("X-Robots-Tag", "noindex")
			_, _ = w.Write([]byte("<link rel=canonical href=/terns>"))
		case "/index":
			w.Header().Set("X-Robots-Tag", "otherbot: index, dechaff: noindex")
		}
		pages.Config.Handler.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		var got collector
		job := Job{Job: scraper.Job{Seeds: []string{web.URL + "/print/gulls", web.URL}, MaxPages: 5}}
		stats, err := f.Crawl(t.Context(), job, got.handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, []string{"/", "/gulls", "/terns", "/seals", "/auks"}, got.pages)
		assert.Equal(t, 5, stats.Handled)
		assert.Equal(t, map[string]int{"marked noindex": 3}, stats.Skipped)
		assert.Zero(t, stats.Queued)

		states := make(map[string]string)
		const query = "SELECT url, state, coalesce(reason, '') FROM dechaff_pages"
		require.NoError(t, queryRows(t.Context(), f.store, query, nil, func(scan func(...any) error) error {
			var url, state, reason string
			err := scan(&url, &state, &reason)
			states[url[len(web.URL):]] = state + " " + reason
			return err
		}))
		for _, path := range []string{"/print/gulls", "/print/terns", "/index"} {
			assert.Equal(t, "skipped scraper: marked noindex", states[path], path)
		}
		assert.Equal(t, "done ", states["/gulls"])

		got = collector{}
		job = Job{Name: "kept", Job: scraper.Job{Seeds: []string{web.URL + "/print/gulls"}, NoIndex: scraper.NoIndexKeep}}
		stats, err = f.Crawl(t.Context(), job, got.handle)
		require.NoError(t, err)
		assert.Equal(t, []string{"/gulls"}, got.pages, "the page that it repeats")
		assert.Equal(t, 1, stats.Handled)
	})
}
