package scraper

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each story links to views of itself, which are the same page, and to its second part. After some stories, a crawl
// does not request the views any more. It requests all parts, although those of the first stories repeat the stories.
func TestViewsOfPages(t *testing.T) {
	t.Parallel()
	const stories = 100
	views := []string{"print=1", "st=0&sk=t", "theme=dark"}
	web := serveAll(t, 1000, func(w http.ResponseWriter, r *http.Request) {
		number := 0
		if _, err := fmt.Sscanf(r.URL.Path, "/story%d", &number); err != nil {
			var links []string
			for number := range stories {
				links = append(links, fmt.Sprintf("/story%d?id=%[1]d", number))
			}
			nothing(w, "Front", links...)
			return
		}
		part := r.URL.Query().Get("part")
		if part == "2" && number >= stories/2 {
			number += 1000
		}
		links := []string{fmt.Sprintf("%s?id=%d&part=2", r.URL.Path, number%1000)}
		for _, view := range views {
			links = append(links, fmt.Sprintf("%s?%s&id=%d", r.URL.Path, view, number%1000))
		}
		nothing(w, "Story", links...)
		_, _ = fmt.Fprintf(w, "%s <!-- %d -->", teaser(number), rand.Int())
	})
	paths, stats, notices := crawlAll(t, web, nil)
	for number := range stories {
		assert.Contains(t, strings.Join(paths, " "), fmt.Sprintf("/story%d?id=", number))
	}
	assert.Equal(t, 1+stories+stories/2, stats.Handled)
	assert.Less(t, len(web.history()), 350)
	require.Len(t, notices, len(views))
	assert.ErrorIs(t, notices[0], ErrTrap)
}
