package scraper

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A page with too many nodes fails, and a crawl follows its links as those of any other page.
func TestLinksOfPageWithTooManyNodes(t *testing.T) {
	t.Parallel()
	s, web := newScraper(t, nil), newSite(t)
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<base href="/list/"><link rel=next href="two"><a href="first">1</a><script>"<a href=script>"</script><!--<a href=comment>-->`+
			strings.Repeat("<br>x", 126_000)+`<ul><li><a title="a > b" href='last?a=1&amp;b=2'>2</a><li><a rel=nofollow href=/secret>3</a></ul>`)
	})
	for _, path := range []string{"/list/first", "/list/two", "/list/last"} {
		web.page(path)
	}
	var c collector
	var failure error
	stats, err := s.Crawl(t.Context(), Job{
		Seeds: []string{web.URL}, OnError: func(_ Request, err error) { failure = err },
	}, c.handle)
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{"/list/first", "/list/two", "/list/last?a=1&b=2"}, c.pages)
	require.ErrorIs(t, failure, ErrTooLarge)
	assert.Equal(t, map[string]int{Reason(ErrTooLarge): 1}, stats.Failures)
	assert.Equal(t, map[string]int{Reason(ErrNoFollow): 1}, stats.Skipped)
}

func TestSkeletonIsBounded(t *testing.T) {
	t.Parallel()
	page := skeleton([]byte(strings.Repeat("<p><a href=x>y</a>", 11)), 10)
	assert.Equal(t, 10, strings.Count(string(page), "<a "))
}
