package scraper

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// teaser returns a sentence that is different for each number.
func teaser(number int) string {
	words := strings.Fields("harbour ferry tide rope lantern pilot anchor barrel winter market bridge council mason stone quay gull")
	random := rand.New(rand.NewPCG(uint64(number), 7))
	var b strings.Builder
	for range 20 {
		b.WriteString(words[random.IntN(len(words))] + " ")
	}
	return b.String()
}

// serveAll serves each page with the given function, except for robots.txt, and fails the test after a number of
// requests that no crawl should make.
func serveAll(t *testing.T, limit int, serve http.HandlerFunc) *site {
	t.Helper()
	web := newSite(t)
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.mu.Lock()
		web.arrivals = append(web.arrivals, arrival{path: r.URL.RequestURI()})
		tooMany := len(web.arrivals) > limit
		web.mu.Unlock()
		switch {
		case tooMany:
			http.Error(w, "enough", http.StatusGone)
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		default:
			serve(w, r)
		}
	})
	return web
}

// Lists whose pages differ only in numbers, or only in the targets of pictures, are fetched to their end, because the
// stories behind them are new.
func TestListsWithoutTextAreComplete(t *testing.T) {
	t.Parallel()
	const pages = 45
	lists := map[string]func(entry int) string{
		"/issues?page=%d": func(entry int) string { return fmt.Sprintf(`<a href="/issue-%d">Issue %[1]d</a> `, entry) },
		"/covers/%d/":     func(entry int) string { return fmt.Sprintf(`<a href="/cover-%d"><img src="/t.png"></a>`, entry) },
		"/named/%d/": func(entry int) string {
			return fmt.Sprintf(`<a href="/%s"><img src="/t.png"></a>`, strings.ReplaceAll(teaser(entry), " ", "-"))
		},
	}
	for list, entry := range lists {
		t.Run(strings.Trim(list, "/%d?page="), func(t *testing.T) {
			t.Parallel()
			web := serveAll(t, 10*pages, func(w http.ResponseWriter, r *http.Request) {
				number := 1
				if _, err := fmt.Sscanf(r.URL.RequestURI(), list, &number); err != nil && r.URL.Path != "/" {
					nothing(w, r.URL.Path)
					seed := 0
					_, _ = fmt.Sscanf(r.URL.Path[strings.IndexByte(r.URL.Path, '-')+1:], "%d", &seed)
					_, _ = fmt.Fprint(w, teaser(1000+seed))
					return
				}
				var next []string
				if number < pages {
					next = []string{fmt.Sprintf(list, number+1)}
				}
				nothing(w, "The archive", next...)
				for i := range 4 {
					_, _ = fmt.Fprint(w, entry(number*4+i))
				}
			})
			_, stats, notices := crawlAll(t, web, nil)
			assert.Equal(t, 5*pages, stats.Handled)
			assert.Empty(t, notices)
		})
	}
}

// Sites that accept any address end although their pages have text that changes all the time.
func TestTrapsWithChangingTextEnd(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	fresh := func() string { return fmt.Sprintf("%x%d", rand.Uint64()|1<<60, n.Add(1)) }
	changing := func(w http.ResponseWriter) {
		_, _ = fmt.Fprintf(w, "<p>Visitor %d</p><p>%s</p>", n.Add(1), teaser(rand.IntN(2)))
	}
	for path, serve := range map[string]http.HandlerFunc{
		"relative links": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Not found", "news/", "events/", "people/", "about/")
			changing(w)
		},
		"sessions in folders": func(w http.ResponseWriter, r *http.Request) {
			for i := range 4 {
				nothing(w, "Session", fmt.Sprintf("/%s/story-%c.html", fresh(), 'a'+i))
			}
			_, _ = fmt.Fprint(w, teaser(int(r.URL.Path[max(len(r.URL.Path)-6, 0)])))
		},
		"sessions in parameters": func(w http.ResponseWriter, r *http.Request) {
			for i := range 4 {
				nothing(w, "Session", fmt.Sprintf("/story?k=%s&id=%d", fresh(), i))
			}
			_, _ = fmt.Fprint(w, teaser(len(r.URL.Query().Get("id"))))
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			web := serveAll(t, 1000, serve)
			_, stats, notices := crawlAll(t, web, nil)
			assert.Less(t, stats.Handled+stats.Failed, 950)
			require.NotEmpty(t, notices)
			assert.ErrorIs(t, notices[0], ErrTrap)
		})
	}
}

// After a site has shown folders without end below the folder of its language, stories in that folder are still
// visited, because the pages that link to them are new.
func TestStoriesBesideATrap(t *testing.T) {
	t.Parallel()
	const stories = 30
	var visitors atomic.Int64
	web := serveAll(t, 1000, func(w http.ResponseWriter, r *http.Request) {
		number := 0
		switch _, err := fmt.Sscanf(r.URL.Path, "/en/news/%d", &number); {
		case r.URL.Path == "/":
			nothing(w, "Front", "/en/soft/x/", "/en/news/1")
		case strings.HasPrefix(r.URL.Path, "/en/told/"):
			nothing(w, "Told")
			_, _ = fmt.Fprint(w, teaser(len(r.URL.Path)))
		case err == nil && number <= stories:
			nothing(w, "News", fmt.Sprintf("/en/news/%d", number+1), "/en/told/of/"+strings.Repeat("quay-", number))
			_, _ = fmt.Fprint(w, teaser(1000+number))
		default:
			nothing(w, "Not found", "news/", "events/", "people/")
			_, _ = fmt.Fprintf(w, "Visitor %d", visitors.Add(1))
		}
	})
	paths, stats, notices := crawlAll(t, web, nil)
	for number := 1; number <= stories; number++ {
		assert.Contains(t, paths, "/en/told/of/"+strings.Repeat("quay-", number))
	}
	assert.Less(t, stats.Handled, 500)
	require.NotEmpty(t, notices)
	assert.ErrorContains(t, notices[0], "/en/**")
}

// Addresses in Job.NoTrap are visited whatever they look like and whatever their pages contain.
func TestNoTrap(t *testing.T) {
	t.Parallel()
	web := serveAll(t, 1000, func(w http.ResponseWriter, r *http.Request) {
		number := 0
		_, _ = fmt.Sscanf(r.URL.RequestURI(), "/list?page=%d", &number)
		var links []string
		if number < 100 {
			links = []string{fmt.Sprintf("/list?page=%d", number+1), "/list/a/a/a/a/a/a/"}
		}
		nothing(w, "Results", links...)
	})
	_, stats, _ := crawlAll(t, web, nil)
	assert.Less(t, stats.Handled, 60)
	_, stats, notices := crawlAll(t, web, func(j *Job) {
		pattern, err := NewPattern("re:/list")
		require.NoError(t, err)
		j.NoTrap = []Pattern{pattern}
	})
	assert.Equal(t, 102, stats.Handled+stats.Skipped[Reason(ErrDuplicate)])
	assert.Empty(t, notices)
	u, err := url.Parse("https://a.example/list?a=1&b=2&c=3&d=4")
	require.NoError(t, err)
	name, _ := family(u)
	assert.NotEmpty(t, name)
}
