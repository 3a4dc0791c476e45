package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inspecting serves an inspector of some pages on loopback.
func inspecting(t *testing.T, rules string, paths ...string) *server {
	t.Helper()
	pages, err := readPages(t.Context(), config{arguments: paths, maxPages: 100}, nil, func(err error) { t.Error(err) })
	require.NoError(t, err)
	book, err := openRulebook(rules)
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(nil)
	s := newServer(web.Listener.Addr().String(), newLibrary(pages), book)
	web.Config.Handler = s
	web.Start()
	t.Cleanup(web.Close)
	return s
}

// An answered is a response that a test has received.
type answered struct {
	StatusCode int
	Header     http.Header
}

// ask sends a request, and returns the response and its body.
func ask(t *testing.T, method, address, body string, change func(r *http.Request)) (answered, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	require.NoError(t, err)
	if change != nil {
		change(r)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answered{answer.StatusCode, answer.Header}, string(b)
}

func origin(value string) func(r *http.Request) {
	return func(r *http.Request) { r.Header.Set("Origin", value) }
}

func TestOnlyTheOwnPageIsServed(t *testing.T) {
	s := inspecting(t, t.TempDir(), "testdata/site")
	root := "http://" + s.host + "/"
	own := origin("http://" + s.host)
	lesson := `{"page":0,"at":40,"key":"remove"}`
	for name, c := range map[string]struct {
		method, address, body string
		change                func(r *http.Request)
		want                  int
	}{
		"the secret address":                      {"GET", s.url(), "", nil, 200},
		"a script":                                {"GET", s.url() + "app.js", "", nil, 200},
		"a page":                                  {"GET", s.url() + "api/page?page=0", "", nil, 200},
		"a request from the inspector":            {"POST", s.url() + "api/undo", `{"page":0}`, own, 400},
		"a link to the secret address":            {"GET", s.url(), "", visit("document"), 200},
		"no token":                                {"GET", root, "", nil, 403},
		"no token, a script":                      {"GET", root + "app.js", "", nil, 403},
		"no token, a page":                        {"GET", root + "api/page?page=0", "", nil, 403},
		"a wrong token":                           {"GET", root + strings.Repeat("A", len(s.token)) + "/", "", nil, 403},
		"a part of the token":                     {"GET", root + s.token[:10] + "/", "", nil, 403},
		"the token as a parameter":                {"GET", root + "?token=" + s.token, "", nil, 403},
		"a path that leaves the token":            {"GET", root + "x/../" + s.token + "x/", "", nil, 403},
		"DNS rebinding":                           {"GET", s.url(), "", func(r *http.Request) { r.Host = "evil.example" }, 403},
		"DNS rebinding with the port":             {"GET", s.url(), "", func(r *http.Request) { r.Host = "evil.example:80" }, 403},
		"localhost by name":                       {"GET", s.url(), "", func(r *http.Request) { r.Host = "localhost" }, 403},
		"a fetch by another site":                 {"GET", s.url() + "api/pages", "", origin("https://evil.example"), 403},
		"another port of this machine":            {"GET", s.url() + "api/pages", "", origin("http://127.0.0.1:1"), 403},
		"a script tag of another site":            {"GET", s.url() + "app.js", "", visit("script"), 403},
		"a frame of another site":                 {"GET", s.url(), "", visit("iframe"), 403},
		"a POST without Origin":                   {"POST", s.url() + "api/teach", lesson, nil, 403},
		"a POST of another site":                  {"POST", s.url() + "api/teach", lesson, origin("https://evil.example"), 403},
		"a POST of a sandboxed frame":             {"POST", s.url() + "api/teach", lesson, origin("null"), 403},
		"a POST without the token":                {"POST", root + "api/teach", lesson, own, 403},
		"saving without the token":                {"POST", root + "api/save", `{"page":0}`, own, 403},
		"a method that nothing uses":              {"PUT", s.url() + "api/teach", lesson, own, 405},
		"a page that does not exist":              {"GET", s.url() + "api/page?page=99", "", nil, 400},
		"a page that is not a number":             {"GET", s.url() + "api/page?page=x", "", nil, 400},
		"a kind that does not exist":              {"GET", s.url() + "api/page?page=0&kind=poem", "", nil, 400},
		"an item that does not exist":             {"POST", s.url() + "api/teach", `{"page":0,"at":99999,"key":"remove"}`, own, 400},
		"a rule that does not exist":              {"POST", s.url() + "api/teach", `{"page":0,"at":40,"key":"next"}`, own, 400},
		"a body that is not JSON":                 {"POST", s.url() + "api/teach", `{`, own, 400},
		"a body that is far too long":             {"POST", s.url() + "api/edit", `{"text":"` + strings.Repeat("x", maxBody) + `"}`, own, 400},
		"rules that are invalid":                  {"POST", s.url() + "api/edit", `{"page":0,"text":"contents: p\n"}`, own, 400},
		"a file that does not belong to the page": {"GET", s.url() + "../../../etc/passwd", "", nil, 403},
	} {
		t.Run(name, func(t *testing.T) {
			answer, body := ask(t, c.method, c.address, c.body, c.change)
			assert.Equal(t, c.want, answer.StatusCode, body)
			if c.want == 403 {
				assert.Equal(t, "forbidden\n", body)
			}
			assert.NotContains(t, answer.Header, "Access-Control-Allow-Origin")
			assert.Equal(t, "no-referrer", answer.Header.Get("Referrer-Policy"))
		})
	}
	files, err := os.ReadDir(s.rules.dir)
	require.NoError(t, err)
	assert.Empty(t, files)
}

// visit returns a function that makes a request look as if another site had caused it, for a destination such as
// "document".
func visit(as string) func(r *http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Dest", as)
	}
}

// Two servers have different tokens, and listen on loopback only.
func TestSecretAddress(t *testing.T) {
	a, b := inspecting(t, "", "testdata/site/ferry.html"), inspecting(t, "", "testdata/site/ferry.html")
	assert.NotEqual(t, a.token, b.token)
	assert.GreaterOrEqual(t, len(a.token), 26) // 128 bits
	u, err := url.Parse(a.url())
	require.NoError(t, err)
	assert.Equal(t, "127.0.0.1", u.Hostname())
}

// Copies of pages are served under a policy that allows no scripts and no loading.
func TestPolicies(t *testing.T) {
	s := inspecting(t, "", "testdata/site/ferry.html")
	answer, _ := ask(t, "GET", s.url(), "", nil)
	assert.Equal(t, shellPolicy, answer.Header.Get("Content-Security-Policy"))
	assert.NotContains(t, shellPolicy, "unsafe")
	for _, path := range []string{"view?page=0", "article?page=0"} {
		answer, body := ask(t, "GET", s.url()+path, "", nil)
		policy := answer.Header.Get("Content-Security-Policy")
		assert.Contains(t, policy, "default-src 'none'")
		assert.Contains(t, policy, "sandbox allow-same-origin;")
		assert.NotContains(t, policy, "script")
		assert.Contains(t, body, "as it has on every Thursday", path)
	}
}

func articleOf(t *testing.T, s *server, query string) string {
	t.Helper()
	answer, body := ask(t, "GET", s.url()+"text?"+query, "", nil)
	require.Equal(t, 200, answer.StatusCode, body)
	return body
}

func fetchJSON[T any](t *testing.T, address string) (value T) {
	t.Helper()
	answer, body := ask(t, "GET", address, "", nil)
	require.Equal(t, 200, answer.StatusCode, body)
	require.NoError(t, json.Unmarshal([]byte(body), &value))
	return value
}

// A request with other options cleans the page again, with these options.
func TestSwitches(t *testing.T) {
	s := inspecting(t, "", "testdata/site")
	page := fetchJSON[description](t, s.url()+"api/page?page=1")
	assert.Equal(t, "The ferry that waits for the baker", page.Title)
	assert.Equal(t, "article", page.Kind)
	assert.NotEmpty(t, page.Stages)
	assert.Contains(t, articleOf(t, s, "page=1&format=markdown"), "# The ferry")
	assert.NotContains(t, articleOf(t, s, "page=1"), "# The ferry")
	strict := fetchJSON[description](t, s.url()+"api/page?page=1&favor=precision")
	assert.Greater(t, strict.Threshold, page.Threshold)
	forum := fetchJSON[description](t, s.url()+"api/page?page=1&kind=forum")
	assert.Equal(t, "forum", forum.Kind)
	assert.True(t, fetchJSON[description](t, s.url()+"api/page?page=1&vote=always").Voted)
	assert.Equal(t, page.Layout, strict.Layout)
}

// The list of pages is complete, with the cleaner's confidence in each.
func TestPages(t *testing.T) {
	s := inspecting(t, "", "testdata/site")
	before := s.library.list()
	require.Len(t, before.Pages, 4)
	assert.False(t, before.Done)
	s.library.survey(context.Background(), s.rules)
	after := fetchJSON[listing](t, s.url()+"api/pages")
	require.True(t, after.Done)
	for _, p := range after.Pages {
		assert.True(t, p.Ready)
		assert.Equal(t, "lantern.example", p.Host)
		assert.NotEmpty(t, p.Title)
		assert.Greater(t, p.Confidence, 0.3)
		assert.Greater(t, p.Words, 50)
	}
}

// A taught rule changes this page and the other pages of the host, is saved, and applies after a restart.
func TestTeach(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rules")
	s := inspecting(t, dir, "testdata/site")
	const ferry = 1
	page := fetchJSON[description](t, s.url()+"api/page?page=1")
	assert.Contains(t, articleOf(t, s, "page=1"), "four pints of oil")
	assert.NotContains(t, articleOf(t, s, "page=1"), "4.7 m")

	state := teach(t, s, ferry, itemWith(t, page, "four pints of oil"), "remove")
	assert.Equal(t, ".oil-fund", state.Selector)
	assert.Equal(t, "lantern.example.yaml", state.File)
	assert.True(t, state.Changed)
	require.Len(t, state.Effects, 4)
	for _, e := range state.Effects {
		assert.Less(t, e.After.Words, e.Before.Words, e.Name)
	}
	assert.Equal(t, 3, state.Others)
	assert.Equal(t, 3, state.Candidates[0].Pages)
	state = teach(t, s, ferry, itemWith(t, page, "4.7 m"), "keep")
	assert.Equal(t, ".tide-table table", state.Selector)
	state = teach(t, s, ferry, itemWith(t, page, "Written down by"), "author")
	assert.Equal(t, ".meta", state.Selector)
	state = send(t, s, "teach", lesson{Page: ferry, At: itemWith(t, page, "Written down by"), Key: "author", Selector: ".pen", Replace: true})
	assert.Contains(t, state.Text, "author: .pen\n")
	assert.Equal(t, "Ottilie Vane", state.Effects[0].After.Byline)

	assert.NotContains(t, articleOf(t, s, "page=1"), "four pints of oil")
	assert.Contains(t, articleOf(t, s, "page=1"), "4.7 m")
	assert.Contains(t, articleOf(t, s, "page=1&rules=saved"), "four pints of oil")
	assert.NoDirExists(t, dir)

	state = send(t, s, "edit", lesson{Page: ferry, Text: state.Text + "date: .nobody-has-this\n"})
	require.Len(t, state.Unmatched, 1)
	assert.Contains(t, state.Unmatched[0], "lantern.example.yaml:4")
	change(t, s, "undo", ferry)
	state = change(t, s, "save", ferry)
	assert.False(t, state.Changed)
	assert.FileExists(t, filepath.Join(dir, "lantern.example.yaml"))

	again := inspecting(t, dir, "testdata/site")
	assert.NotContains(t, articleOf(t, again, "page=1"), "four pints of oil")
	assert.Contains(t, articleOf(t, again, "page=1"), "4.7 m")
	assert.Contains(t, articleOf(t, again, "page=1&rules=off"), "four pints of oil")
}

func itemWith(t *testing.T, d description, text string) int {
	t.Helper()
	for i := range d.Items {
		if strings.Contains(d.Items[i].Text, text) {
			return d.Items[i].At
		}
	}
	require.Fail(t, "no item has "+text)
	return -1
}

func teach(t *testing.T, s *server, page, at int, key string) rulesState {
	t.Helper()
	return send(t, s, "teach", lesson{Page: page, At: at, Key: key})
}

func change(t *testing.T, s *server, what string, page int) rulesState {
	t.Helper()
	return send(t, s, what, lesson{Page: page})
}

func send(t *testing.T, s *server, what string, l lesson) (state rulesState) {
	t.Helper()
	b, err := json.Marshal(l)
	require.NoError(t, err)
	answer, body := ask(t, "POST", s.url()+"api/"+what, string(b), origin("http://"+s.host))
	require.Equal(t, 200, answer.StatusCode, body)
	require.NoError(t, json.Unmarshal([]byte(body), &state))
	return state
}

// If the browser abandons a request, nothing from that request is used to answer the next one.
func TestAbandonedRequestTeachesNothing(t *testing.T) {
	s := inspecting(t, t.TempDir(), "testdata/site")
	host := s.library.rows[0].Host
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	s.library.site(ended, host)
	assert.Equal(t, len(s.library.hosts[host]), s.library.site(t.Context(), host).Pages())
}
