package scraper

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// chapter serves a page that names the next page only in its data-next attribute, which nextOf reads.
func (s *site) chapter(path, next string) {
	s.handle(path, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Replace(pageText(path), "<body>", `<body data-next="`+next+`">`, 1))
	})
}

// whole collects the pages themselves, not only their addresses.
type whole struct {
	mu    sync.Mutex
	pages []*Page
}

func (c *whole) handle(_ context.Context, p *Page) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = append(c.pages, p)
	return nil
}

// nextOf returns the address in the data-next attribute of a page, and whether the page has that attribute.
func nextOf(p *Page) (string, bool) {
	_, rest, known := strings.Cut(string(p.Body), `data-next="`)
	next, _, _ := strings.Cut(rest, `"`)
	return next, known
}

// The parts of an article are those that Job.Next names, even without JoinParts and without numbers in the addresses.
// They end where a page names no next part, a part that was already fetched, or another host.
func TestNextNamesParts(t *testing.T) {
	for name, last := range map[string]string{
		"none": "", "the first": "/saga", "itself": "/saga/the-end", "another host": "https://elsewhere.example/more",
		"no address": "javascript:next()",
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.chapter("/saga", "saga/the-middle?leaf=1")
			web.chapter("/saga/the-middle", "the-end")
			web.chapter("/saga/the-end", last)
			var got whole
			job := Job{Seeds: []string{web.URL + "/saga"}, Next: nextOf, MaxDepth: SeedsOnly}
			_, err := newScraper(t, nil).Crawl(t.Context(), job, got.handle)
			require.NoError(t, err)
			require.Len(t, got.pages, 1)
			var parts []string
			for _, part := range got.pages[0].Parts {
				parts = append(parts, strings.TrimPrefix(part.Request.URL, web.URL))
			}
			assert.Equal(t, []string{"/saga/the-middle?leaf=1", "/saga/the-end"}, parts)
		})
	}
}

// If Job.Next does not know the next part, JoinParts uses rel=next.
func TestNextUnknown(t *testing.T) {
	web := newSite(t)
	web.part("/story", "/story/2", nil)
	web.page("/story/2")
	unknown := func(*Page) (string, bool) { return "/elsewhere", false }
	none := func(*Page) (string, bool) { return "", true }
	for _, c := range []struct {
		next  func(*Page) (string, bool)
		join  bool
		parts int
	}{{unknown, true, 1}, {unknown, false, 0}, {none, true, 0}} {
		var got whole
		job := Job{Seeds: []string{web.URL + "/story"}, Next: c.next, JoinParts: c.join, MaxDepth: SeedsOnly}
		_, err := newScraper(t, nil).Crawl(t.Context(), job, got.handle)
		require.NoError(t, err)
		require.Len(t, got.pages, 1)
		assert.Len(t, got.pages[0].Parts, c.parts)
	}
}

// The page that Job.Whole names for another page is fetched together with that page, and is not delivered separately.
// If it cannot be fetched, the parts are fetched instead.
func TestWhole(t *testing.T) {
	web := newSite(t)
	web.part("/story", "/story/2", nil)
	web.page("/story/2")
	web.page("/print/story")
	var got whole
	job := Job{
		Seeds: []string{web.URL + "/story", web.URL + "/print/story"}, JoinParts: true, MaxDepth: SeedsOnly,
		Whole: func(p *Page) string {
			if strings.HasSuffix(p.Request.URL, "/print/story") {
				return ""
			}
			return "/print/story"
		},
	}
	_, err := newScraper(t, func(o *Options) { o.Workers = 1 }).Crawl(t.Context(), job, got.handle)
	require.NoError(t, err)
	require.Len(t, got.pages, 1)
	require.NotNil(t, got.pages[0].Whole)
	assert.Equal(t, web.URL+"/print/story", got.pages[0].Whole.Request.URL)
	assert.Empty(t, got.pages[0].Parts)

	job.Seeds, job.Whole = job.Seeds[:1], func(*Page) string { return "/no-such-page" }
	var again whole
	_, err = newScraper(t, nil).Crawl(t.Context(), job, again.handle)
	require.NoError(t, err)
	require.Len(t, again.pages, 1)
	assert.Nil(t, again.pages[0].Whole)
	assert.Len(t, again.pages[0].Parts, 1, "what there is")
}
