package scraper

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A 304 with a new ETag replaces the stored one, which the server may have forgotten by the next request.
func TestNotModifiedWithNewETag(t *testing.T) {
	t.Parallel()
	web, dir := newSite(t), t.TempDir()
	web.robots("")
	web.handle("/a", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, web.count("/a")))
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		writePage(w, "The quay")
	})
	for visit := range 4 {
		s := newScraper(t, func(o *Options) { o.Cache = dir })
		page, err := s.Fetch(t.Context(), web.URL+"/a")
		require.NoError(t, err)
		assert.Equal(t, visit > 0, page.NotModified)
		assert.Contains(t, string(page.Body), "The quay")
	}
	var tags []string
	for _, a := range web.history() {
		if a.path == "/a" {
			tags = append(tags, a.header.Get("If-None-Match"))
		}
	}
	assert.Equal(t, []string{"", `"1"`, `"2"`, `"3"`}, tags)
}
