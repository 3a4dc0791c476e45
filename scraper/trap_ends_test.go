package scraper

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The function nothing serves a page that has links but no text of its own.
func nothing(w http.ResponseWriter, title string, links ...string) {
	_, _ = fmt.Fprintf(w, "<!doctype html><title>%s</title><h1>%s</h1><p>There is nothing here. The harbour office is open "+
		"on weekdays from nine to five, and the ferry leaves every hour from the north quay, weather permitting.</p>", title, title)
	for _, link := range links {
		_, _ = fmt.Fprintf(w, "<a href=\"%s\">%s</a> ", link, "more")
	}
}

// Each of these sites generates links without end, next to three real pages. A crawl ends on all of them.
func TestTrapsEnd(t *testing.T) {
	var n atomic.Int64
	fresh := func() string { return fmt.Sprintf("%x%d", rand.Uint64()|1<<60, n.Add(1)) }
	month := func(raw string) time.Time {
		at, err := time.Parse("2006-01", raw)
		if err != nil {
			return time.Date(time.Now().Year(), 5, 1, 0, 0, 0, 0, time.UTC)
		}
		return at
	}
	traps := map[string]func(w http.ResponseWriter, r *http.Request){
		"/cal": func(w http.ResponseWriter, r *http.Request) {
			at := month(r.URL.Query().Get("month"))
			nothing(w, at.Format("January 2006"), "/cal?month="+at.AddDate(0, -1, 0).Format("2006-01"),
				"/cal?month="+at.AddDate(0, 1, 0).Format("2006-01"))
		},
		"/days/": func(w http.ResponseWriter, r *http.Request) {
			parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
			if len(parts) > 3 {
				nothing(w, "The day "+strings.Join(parts[1:], " "))
				return
			}
			at := month(strings.Join(parts[1:], "-"))
			links := []string{at.AddDate(0, -1, 0).Format("/days/2006/01/"), at.AddDate(0, 1, 0).Format("/days/2006/01/")}
			for day := range 28 {
				links = append(links, at.Format("/days/2006/01/")+fmt.Sprintf("%02d/", day+1))
			}
			nothing(w, at.Format("January 2006"), links...)
		},
		"/item/": func(w http.ResponseWriter, r *http.Request) {
			var at int
			_, _ = fmt.Sscanf(r.URL.Path, "/item/%d", &at)
			nothing(w, fmt.Sprintf("Item %d", at), fmt.Sprintf("/item/%d", at+1), fmt.Sprintf("/item/%d", at+5))
		},
		"/list": func(w http.ResponseWriter, r *http.Request) {
			var at int
			_, _ = fmt.Sscan(r.URL.Query().Get("page"), &at)
			nothing(w, "Results", fmt.Sprintf("/list?page=%d", at+1))
		},
		"/sid": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Session", "/sid?sid="+fresh(), "/sid?osCsid="+fresh(), "/sid?zenid="+fresh(), "/sid/b?PHPSESSID="+fresh(),
				"/sid/a;sid="+fresh(), "/sid/b;jsessionid="+fresh()+"?x=1")
		},
		"/token": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Token", "/token?k="+fresh(), "/token?k="+fresh())
		},
		"/net/": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Cookieless", "/net/(S("+fresh()+"))/page.aspx", "/net/(A("+fresh()+")F("+fresh()+"))/other.aspx")
		},
		"/amp": func(w http.ResponseWriter, r *http.Request) {
			query := strings.ReplaceAll(r.URL.RawQuery, "&", "&amp;amp;")
			nothing(w, "Escaped", "/amp?a=1&amp;amp;b=2", "/amp?"+query+"&amp;amp;c=3")
		},
		"/soft/": func(w http.ResponseWriter, r *http.Request) {
			base := strings.TrimRight(r.URL.Path, "/")
			nothing(w, "Not found: "+base, base+"/north/", base+"/south/", base+"/east/", base+"/west/", base+"/"+fresh()+"/")
		},
		"/grow/": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Growing", "news/index.html", "events/index.html", "people/index.html")
		},
		"/week/": func(w http.ResponseWriter, r *http.Request) {
			var year, week int
			if _, err := fmt.Sscanf(r.URL.Path, "/week/%d/%d", &year, &week); err != nil {
				year, week = time.Now().Year(), 20
			}
			at := year*52 + week
			nothing(w, fmt.Sprintf("Week %d of %d", week, year), fmt.Sprintf("/week/%d/%d", (at-1)/52, (at-1)%52),
				fmt.Sprintf("/week/%d/%d", (at+1)/52, (at+1)%52))
		},
		"/agenda/": func(w http.ResponseWriter, r *http.Request) {
			at, err := time.Parse("/agenda/January-2006.html", r.URL.Path)
			if err != nil {
				at = month("")
			}
			nothing(w, at.Format("January 2006"), at.AddDate(0, -1, 0).Format("/agenda/January-2006.html"),
				at.AddDate(0, 1, 0).Format("/agenda/January-2006.html"))
		},
		"/at": func(w http.ResponseWriter, r *http.Request) {
			at := int64(1_700_000_000)
			_, _ = fmt.Sscan(r.URL.Query().Get("ts"), &at)
			nothing(w, "The tide at "+time.Unix(at, 0).UTC().Format(time.RFC1123), fmt.Sprintf("/at?ts=%d", at+3600), fmt.Sprintf("/at?ts=%d", at-3600))
		},
		"/in/": func(w http.ResponseWriter, _ *http.Request) {
			nothing(w, "Session in a folder", "/in/"+fresh()+"/a.html", "/in/"+fresh()+"/b.html")
		},
		"/query": func(w http.ResponseWriter, r *http.Request) {
			nothing(w, "Growing query", "/query?"+r.URL.RawQuery+"?next=1", "/query?"+r.URL.RawQuery+"&next=1")
		},
		"/slash/": func(w http.ResponseWriter, r *http.Request) {
			nothing(w, "Slashes", r.URL.Path+"/a", r.URL.Path+"/./b//", r.URL.Path+"a/../")
		},
		"/pct/": func(w http.ResponseWriter, r *http.Request) {
			nothing(w, "Escapes", strings.ReplaceAll(r.URL.EscapedPath(), "%", "%25")+"%20x")
		},
		"/tongue/": func(w http.ResponseWriter, r *http.Request) {
			nothing(w, "Languages", r.URL.Path+"en/", r.URL.Path+"de/", r.URL.Path+"fr/")
		},
		"/shop": func(w http.ResponseWriter, r *http.Request) {
			var links []string
			for _, name := range []string{"size", "colour", "brand", "sort", "view"} {
				for i := range 4 {
					q := r.URL.Query()
					q.Set(name, fmt.Sprint(i))
					links = append(links, "/shop?"+q.Encode())
				}
			}
			nothing(w, "Lamps", links...)
		},
	}
	for path, serve := range traps {
		t.Run(path, func(t *testing.T) {
			web := newSite(t)
			stories := names(3)
			site := http.NewServeMux()
			site.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/":
					_, _ = fmt.Fprint(w, story("front", "", append([]string{path}, stories...)...))
				case strings.HasPrefix(r.URL.Path, path):
					serve(w, r)
				case strings.Contains(strings.Join(stories, " "), r.URL.Path):
					_, _ = fmt.Fprint(w, story(r.URL.Path[1:], ""))
				default:
					http.NotFound(w, r)
				}
			})
			web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				web.mu.Lock()
				web.arrivals = append(web.arrivals, arrival{path: r.URL.RequestURI()})
				tooMany := len(web.arrivals) > 400
				web.mu.Unlock()
				if tooMany {
					http.Error(w, "enough", http.StatusGone)
					return
				}
				site.ServeHTTP(w, r)
			})
			paths, _, notices := crawlAll(t, web, nil)
			assert.Less(t, len(web.history()), 150)
			assert.Subset(t, paths, stories)
			t.Logf("%d requests, %d pages, %v", len(web.history()), len(paths), notices)
			for _, err := range notices {
				if path != "/pct/" || !errors.Is(err, ErrBadURL) { // its links become too long
					require.ErrorIs(t, err, ErrTrap)
				}
			}
		})
	}
}

// Each story links to the sign-in page, with its own address as a parameter, and to a page of its own that differs in
// nothing but a parameter either. Only the sign-in page is the same for all stories.
func TestSignInPageOfEachStory(t *testing.T) {
	const stories = 100
	web := newSite(t)
	var links []string
	for i := range stories {
		links = append(links, fmt.Sprintf("/story%d", i))
	}
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.mu.Lock()
		web.arrivals = append(web.arrivals, arrival{path: r.URL.RequestURI()})
		web.mu.Unlock()
		switch path := r.URL.Path; path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/":
			nothing(w, "Stories", links...)
		case "/login":
			nothing(w, "Please sign in")
		case "/place":
			nothing(w, "It was at berth "+strings.Repeat("I", len(r.URL.Query().Get("of"))))
		default:
			nothing(w, "Story "+path, "/login?back="+path, "/place?of="+path)
			for i := range 30 {
				_, _ = fmt.Fprintf(w, "w%dx%s ", i, path[1:])
			}
		}
	})
	paths, _, notices := crawlAll(t, web, nil)
	asked := make(map[string]int)
	for _, a := range web.history() {
		path, _, _ := strings.Cut(a.path, "?")
		asked[path]++
	}
	assert.Subset(t, paths, links)
	assert.Less(t, asked["/login"], 60)
	assert.Equal(t, stories, asked["/place"])
	require.Len(t, notices, 1)
	assert.ErrorIs(t, notices[0], ErrTrap)
}

// An archive with a page of new text for each day is fetched completely, and so is an archive with a table of new
// numbers for each day.
func TestArchivesAreComplete(t *testing.T) {
	const days = 1000
	first := time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC)
	words := strings.Fields(`harbour ferry tide rope lantern pilot anchor barrel winter market bridge council mason stone quay
		gull herring letter window garden copper river valley tower engine paper doctor teacher summer mountain forest candle`)
	sentence := func(r *rand.Rand) string {
		return fmt.Sprintf("The %s of the %s saw a %s by the %s. ", words[r.IntN(32)], words[r.IntN(32)], words[r.IntN(32)], words[r.IntN(32)])
	}
	web := newSite(t)
	web.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var y, m, d int
		kind, date, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if _, err := fmt.Sscanf(date, "%d/%d/%d", &y, &m, &d); err != nil {
			nothing(w, "The archive", first.Format("/news/2006/01/02"), first.Format("/tides/2006/01/02"))
			return
		}
		at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		var links []string
		for _, step := range []int{-1, 1} {
			if to := at.AddDate(0, 0, step); !to.Before(first) && to.Before(first.AddDate(0, 0, days)) {
				links = append(links, to.Format("/"+kind+"/2006/01/02"))
			}
		}
		random := rand.New(rand.NewPCG(uint64(at.Unix()), uint64(len(kind))))
		nothing(w, at.Format("2 January 2006"), links...)
		for range 24 {
			if kind == "news" {
				_, _ = fmt.Fprintf(w, "<p>%s</p>", sentence(random))
			} else {
				_, _ = fmt.Fprintf(w, "<table><tr><td>%.1f</td><td>%.2f</td></tr></table>", 5*random.Float64(), 1000+20*random.Float64())
			}
		}
	})
	paths, _, notices := crawlAll(t, web, nil)
	assert.Len(t, paths, 2*days+1)
	assert.Empty(t, notices)
}

func TestSessionsInAddresses(t *testing.T) {
	for raw, want := range map[string]string{
		"http://quay.example/a?sid=0a1b2c3d4e5f6a7b&x=1":            "http://quay.example/a?x=1",
		"http://quay.example/a?sid=2026/03/01":                      "http://quay.example/a?sid=2026/03/01",
		"http://quay.example/a?sid=story":                           "http://quay.example/a?sid=story",
		"http://quay.example/a?osCsid=1&zenid=2&PHPSESSID=3":        "http://quay.example/a",
		"http://quay.example/a;jsessionid=1.node2/b;v=2?x=1":        "http://quay.example/a/b;v=2?x=1",
		"http://quay.example/(S(lit3py55))/a.aspx":                  "http://quay.example/a.aspx",
		"http://quay.example/shop/(A(x1)S(y2))/":                    "http://quay.example/shop/",
		"http://quay.example/f(x)/(S)/a":                            "http://quay.example/f(x)/(S)/a",
		"http://quay.example/a?x=1&amp;y=2&amp;amp;z=3&ampere=volt": "http://quay.example/a?x=1&y=2&z=3&ampere=volt",
	} {
		u, err := canonicalURL(raw)
		require.NoError(t, err)
		assert.Equal(t, want, u.String())
		again, err := canonicalAddress(raw)
		require.NoError(t, err)
		assert.Equal(t, want, again)
	}
}

func TestDatedAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"http://quay.example/cal/2026/05": true, "http://quay.example/cal?m=2026-05": true,
		"http://quay.example/cal?week=17": true, "http://quay.example/2026-05-01": true,
		"http://quay.example/item/2031": false, "http://quay.example/item/2031/75": false,
		"http://quay.example/a?id=2026": false, "http://quay.example/12": false,
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		assert.Equal(t, want, isDated(u), address)
	}
}
