package scraper

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseRefresh(t *testing.T) {
	for value, want := range map[string]string{
		"0; url=/next": "0 /next", "5;URL=/next": "5 /next", "0;url='/next'": "0 /next", `0;url="/next"x`: "0 /next",
		" 1.5 , url = /next ": "1 /next", "0 /next": "0 /next", "0;/next": "0 /next", "0;urls/next": "0 urls/next",
		"30": "30 ", "": "", "url=/next": "", "0;": "0 ", "0;url=": "0 ", "0x/next": "", "99999999999999999999;/a": "999999999 /a",
	} {
		delay, ref, ok := parseRefresh(value)
		got := ""
		if ok {
			got = fmt.Sprint(delay, " ", ref)
		}
		assert.Equal(t, want, got, value)
	}
}

// A page that refreshes to another page is a redirect. If the page has content and shows it for more than a second, it
// is a page with one more link instead.
func TestRefreshes(t *testing.T) {
	const meta = `<meta http-equiv="Refresh" content="%d; url=/target">`
	long := strings.Repeat("<p>The ferry waits for the tide at the quay.</p>", 20)
	for _, c := range []struct {
		name, page, header string
		want               []string
	}{
		{"at once", fmt.Sprintf(meta, 0) + long, "", []string{"/target"}},
		{"header", "<p>moved</p>", "0; url=/target", []string{"/target"}},
		{"later, empty", fmt.Sprintf(meta, 5) + "<p>You will be taken to the <a href=/target>new page</a>.</p>", "", []string{"/target"}},
		{"later, with text", fmt.Sprintf(meta, 600) + long, "", []string{"/", "/target"}},
		{"later, with links", fmt.Sprintf(meta, 5) + "<a href=/target>en</a> <a href=/de>de</a>", "", []string{"/", "/de", "/target"}},
		{"without scripts, empty", "<noscript>" + fmt.Sprintf(meta, 0) + "</noscript>", "", []string{"/target"}},
		{"without scripts, with text", "<noscript>" + fmt.Sprintf(meta, 0) + "</noscript>" + long, "", []string{"/", "/target"}},
		{"to itself", `<meta http-equiv=refresh content="0; url=/#top"><p>A clock.</p>`, "", []string{"/"}},
		{"reload", `<meta http-equiv=refresh content="60"><p>A clock.</p>`, "", []string{"/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			web := newSite(t)
			web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
				if c.header != "" {
					w.Header().Set("Refresh", c.header)
				}
				_, _ = io.WriteString(w, "<!doctype html><title>front</title>"+c.page)
			})
			web.page("/target")
			web.page("/de")
			paths, _, _ := crawlAll(t, web, nil)
			assert.Equal(t, c.want, paths)
		})
	}
}

// The number of refreshes is bounded, as for redirects. After too many, a page with text is delivered, and a page
// without text fails.
func TestRefreshesWithoutEnd(t *testing.T) {
	web := newSite(t)
	endless := func(text string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Query().Get("t"))
			_, _ = fmt.Fprintf(w, `<!doctype html><meta http-equiv=refresh content="0; url=?t=%d"><p>%s</p>`, n+1, text)
		}
	}
	web.page("/", "/clock", "/wheel", "/after")
	web.handle("/clock", endless(strings.Repeat("The ferry waits for the tide at the quay. ", 20)))
	web.handle("/wheel", endless("Please wait."))
	web.page("/after")
	var failed []error
	paths, stats, _ := crawlAll(t, web, func(j *Job) {
		j.OnError = func(_ Request, err error) { failed = append(failed, err) }
	})
	assert.Equal(t, []string{"/", "/after", "/clock?t=10"}, paths)
	require.Len(t, failed, 1)
	require.ErrorIs(t, failed[0], ErrTooManyRedirects)
	assert.Equal(t, 20, stats.Redirected)
}

// The guards apply to a refresh as they do to a redirect.
func TestRefreshIsGuarded(t *testing.T) {
	web := newSite(t)
	to := func(path, target string) {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, `<!doctype html><meta http-equiv=refresh content="0; url=%s"><p>%s</p>`, target, path)
		})
	}
	web.robots("User-agent: *\nDisallow: /private")
	web.page("/", "/a", "/b", "/round", "/script", "/out")
	to("/a", "/private")
	to("/b", "http://10.0.0.1/")
	to("/round", "/round-too")
	to("/round-too", "/round")
	to("/script", "javascript:alert(1)")
	to("/out", "https://elsewhere.example/")
	paths, stats, _ := crawlAll(t, web, nil)
	assert.Equal(t, []string{"/", "/round-too", "/script"}, paths, "a loop ends at a page")
	assert.Equal(t, 1, stats.Skipped[Reason(ErrRobots)])
	assert.Equal(t, 2, stats.Skipped[Reason(ErrOutOfScope)])
}

// Frames of the same host, links in a noscript, and queries in the page's encoding are followed as in browsers.
func TestReferences(t *testing.T) {
	web := newSite(t)
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		_, _ = io.WriteString(w, "<title>x</title><iframe src=/frame></iframe><iframe src=https://elsewhere.example/></iframe>"+
			"<noscript><a href=/plain>x</a><a href=/not rel=nofollow>x</a></noscript><a href=\"/s?q=Gr\xf6\xdfe&amp;e=\">x</a>"+
			"<a href=\"/s?q=&#1076;\">x</a><a href=\"/f\xfcr?a=b\">x</a>")
	})
	for _, path := range []string{"/frame", "/plain", "/s", "/für"} {
		web.page(path)
	}
	paths, stats, _ := crawlAll(t, web, nil)
	assert.Equal(t, []string{"/", "/f%C3%BCr?a=b", "/frame", "/plain", "/s?q=%26%231076%3B", "/s?q=Gr%F6%DFe&e="}, paths)
	assert.Equal(t, map[string]int{Reason(ErrNoFollow): 1, Reason(ErrDuplicate): 0}, map[string]int{
		Reason(ErrNoFollow): stats.Skipped[Reason(ErrNoFollow)], Reason(ErrDuplicate): stats.Skipped[Reason(ErrDuplicate)],
	})
}

func TestLocationInLatin1(t *testing.T) {
	web := newSite(t)
	web.redirect("/", "/caf\xe9")
	web.handle("/caf\xe9", func(w http.ResponseWriter, _ *http.Request) { writePage(w, "the café") })
	page, err := newScraper(t, nil).Fetch(t.Context(), web.URL)
	require.NoError(t, err)
	assert.Equal(t, web.URL+"/caf%E9", page.Request.URL)
}
