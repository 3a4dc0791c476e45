package scraper

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each site has lists without end, which show some of the site's stories in random order. A crawl fetches all stories,
// and ends soon after that.
func TestRandomListsEnd(t *testing.T) {
	t.Parallel()
	const stories = 40
	tags := strings.Fields("anchor barrel candle deck ebb ferry gull harbour island jetty")
	filters := func(path string) (links []string) {
		parts := strings.Split(strings.Trim(path, "/"), "/")
		for _, filter := range []string{"berth", "cargo", "flag", "pilot", "rig"} {
			for _, value := range []string{"north", "south", "east"} {
				kept := slices.DeleteFunc(slices.Clone(parts[1:]), func(part string) bool {
					return strings.HasPrefix(part, filter) || part == ""
				})
				kept = append(kept, filter+"-"+value)
				slices.Sort(kept)
				links = append(links, "/boats/"+strings.Join(kept, "/")+"/")
			}
		}
		return links
	}
	for path, next := range map[string]func(*url.URL) []string{
		"/boats/": func(u *url.URL) []string { return filters(u.Path) },
		"/list": func(u *url.URL) (links []string) {
			for i := range 12 {
				q := url.Values{"f[]": append(u.Query()["f[]"], fmt.Sprint(i))}
				links = append(links, "/list?"+q.Encode())
			}
			return links
		},
		"/tag/tide": func(u *url.URL) (links []string) {
			for _, tag := range tags {
				if !strings.Contains(u.Path, tag) {
					links = append(links, u.Path+"+"+tag)
				}
			}
			return links
		},
		"/page/1": func(u *url.URL) []string {
			number := 0
			_, _ = fmt.Sscanf(u.Path, "/page/%d", &number)
			return []string{fmt.Sprintf("/page/%d", number+1)}
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			web := serveAll(t, 2000, func(w http.ResponseWriter, r *http.Request) {
				if number := 0; strings.HasPrefix(r.URL.Path, "/story") {
					_, _ = fmt.Sscanf(r.URL.Path, "/story%d", &number)
					nothing(w, "Story")
					_, _ = fmt.Fprint(w, teaser(number), teaser(1000+number))
					return
				}
				if r.URL.Path == "/" {
					nothing(w, "Front", path)
					return
				}
				_, _ = fmt.Fprint(w, "<!doctype html><title>Stories</title><h1>Stories</h1>")
				for _, link := range next(r.URL) {
					_, _ = fmt.Fprintf(w, `<a href="%s">%s</a> `, link, link[strings.LastIndexAny(link, "/+=")+1:])
				}
				for _, number := range rand.Perm(stories)[:6] {
					_, _ = fmt.Fprintf(w, `<div><h2><a href="/story%d">Story</a></h2><p>%s</p></div>`, number, teaser(number))
				}
			})
			paths, stats, notices := crawlAll(t, web, nil)
			for number := range stories {
				assert.Contains(t, paths, fmt.Sprintf("/story%d", number))
			}
			t.Log(stats.Handled, "pages")
			assert.Less(t, stats.Handled, 500)
			require.NotEmpty(t, notices)
			assert.ErrorIs(t, notices[0], ErrTrap)
		})
	}
}

// Pages that lead only to the next page, and show hardly more than a picture or a few words, are fetched to the end if
// the pictures or words are new. A picture with a random name does not count.
func TestShortPagesInARow(t *testing.T) {
	t.Parallel()
	const pages = 120
	for name, c := range map[string]struct {
		page     func(number int) string
		complete bool
	}{
		"comic": {func(number int) string {
			return fmt.Sprintf(`<img src="/strips/strip%04d.png" alt="">`, number)
		}, true},
		"pictures that are loaded late": {func(number int) string {
			return fmt.Sprintf(`<img src="data:image/gif;base64,AA" data-src="/p/%d/large-%d.jpg?w=9">`, number%3, number)
		}, true},
		"dictionary": {func(number int) string {
			text := "<p>"
			for i := range 4 {
				text += fmt.Sprintf("%c%[1]cs%c ", 'a'+(4*number+i)/26, 'a'+(4*number+i)%26)
			}
			return text + "</p>"
		}, true},
		"comic with random names": {func(number int) string {
			return fmt.Sprintf(`<img src="/media/%016x.png" width=800 height=300>`, uint64(number)*0x9E3779B97F4A7C15|1<<60)
		}, true},
		"check against robots": {func(int) string { return fmt.Sprintf(`<img src="/check/%016x.png">`, rand.Uint64()) }, false},
		"counter":              {func(int) string { return fmt.Sprintf(`<img src="/count/%d.gif" width=1 height=1>`, rand.Uint32()) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := serveAll(t, 2*pages, func(w http.ResponseWriter, r *http.Request) {
				number := 1
				_, _ = fmt.Sscanf(r.URL.Path, "/day/%d", &number)
				var links []string
				if number < pages {
					links = []string{fmt.Sprintf("/day/%d", number+1)}
				}
				nothing(w, "A new one every day", links...)
				_, _ = fmt.Fprint(w, c.page(number))
			})
			_, stats, notices := crawlAll(t, web, nil)
			if c.complete {
				assert.Equal(t, pages, stats.Handled)
				assert.Empty(t, notices)
			} else {
				assert.Less(t, stats.Handled, 60)
				require.Len(t, notices, 1)
				assert.ErrorIs(t, notices[0], ErrTrap)
			}
		})
	}
}
