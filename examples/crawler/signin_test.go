package main

import (
	"encoding/pem"
	"fmt"
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

// runCrawler runs the program against loopback and checks its exit status. It returns the paths of the articles and
// what the program printed. If the status is not exitFinished, it returns only the error messages.
func runCrawler(t *testing.T, want int, args ...string) (paths []string, stdout string) {
	t.Helper()
	out := t.TempDir()
	var printed, errors strings.Builder
	code := run(t.Context(), append([]string{"-allow-private", "-delay", "0", "-out", out}, args...), &printed, &errors)
	require.Equal(t, want, code, errors.String())
	if code != exitFinished {
		return nil, errors.String()
	}
	for _, line := range lines(t, out) {
		u, err := url.Parse(line["url"].(string))
		require.NoError(t, err)
		paths = append(paths, u.Path)
	}
	return paths, printed.String()
}

// A site that requires a header and a cookie is crawled with them. Another host gets neither.
func TestSignIn(t *testing.T) {
	var leaked []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaked = append(leaked, r.Header.Get("X-Key")+r.Header.Get("Cookie")+r.Header.Get("Authorization"))
		_, _ = fmt.Fprint(w, article("Elsewhere", ""))
	}))
	t.Cleanup(other.Close)
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.Header.Get("X-Key") != "k1" || !strings.Contains(r.Header.Get("Cookie"), "member=yes") || user != "una" || password != "gull:7":
			w.WriteHeader(http.StatusForbidden)
		default:
			_, _ = fmt.Fprint(w, article("The page at "+r.URL.Path, `<a href="/two">two</a><a href="`+strings.Replace(other.URL, "127.0.0.1", "localhost", 1)+`/">other</a>`))
		}
	}))
	t.Cleanup(web.Close)
	folder := t.TempDir()
	ca, cookies, input := filepath.Join(folder, "ca.pem"), filepath.Join(folder, "cookies.txt"), filepath.Join(folder, "in")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw})
	require.NoError(t, os.WriteFile(ca, block, 0o600))
	require.NoError(t, os.WriteFile(cookies, []byte("127.0.0.1\tFALSE\t/\tTRUE\t0\tmember\tyes\n"), 0o600))
	require.NoError(t, os.WriteFile(input, []byte("gull:7\n"), 0o600))
	in, err := os.Open(input)
	require.NoError(t, err)
	defer in.Close()
	stdin := os.Stdin
	os.Stdin = in
	defer func() { os.Stdin = stdin }()
	host := strings.TrimPrefix(web.URL, "https://")
	paths, _ := runCrawler(t, exitFinished, "-scope", "any", "-header", "X-Key: k1", "-cookies", cookies, "-auth", "una@"+host,
		"-ca", ca, web.URL+"/")
	assert.ElementsMatch(t, []string{"/", "/two", "/"}, paths)
	for _, sent := range leaked {
		assert.Empty(t, sent)
	}
	assert.NotEmpty(t, leaked)
}

func TestChoosingPages(t *testing.T) {
	pages := map[string]string{
		"/":            article("Front", `<a href="/blog/one">1</a><a href="/blog/list">2</a><a href="/shop">3</a>`),
		"/blog/one":    article("One", ""),
		"/blog/two":    article("Two", ""),
		"/blog/list":   article("List", `<a href="/blog/two">2</a>`),
		"/shop":        article("Shop", ""),
		"/sitemap.xml": "<urlset><url><loc>/shop</loc></url></urlset>",
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page, ok := pages[r.URL.Path]; ok {
			_, _ = fmt.Fprint(w, page)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(web.Close)
	paths, _ := runCrawler(t, exitFinished, "-include", "/blog/*", "-follow-only", "re:/list$", "-exclude", "/blog/one", web.URL+"/")
	assert.ElementsMatch(t, []string{"/", "/blog/two"}, paths)
	paths, _ = runCrawler(t, exitFinished, "-sitemap-only", web.URL+"/")
	assert.ElementsMatch(t, []string{"/", "/shop"}, paths)
	for _, bad := range [][]string{
		{"-include", "re:("},
		{"-header", "nonsense"},
		{"-auth", "nobody"},
		{"-proxy", "::"},
		{"-proxy", "ftp://proxy.example:21"},
		{"-ca", "/no/such/file"},
		{"-cookies", "/no/such/file"},
	} {
		_, said := runCrawler(t, exitUsage, append(bad, web.URL+"/")...)
		assert.Contains(t, said, "crawler: ")
	}
}

// The summary names endless series of pages.
func TestSummaryNamesTraps(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := 0
		_, _ = fmt.Sscanf(r.URL.Path, "/list/%d", &page)
		_, _ = fmt.Fprint(w, article("The list", fmt.Sprintf(`<a href="/list/%d">next</a>`, page+1)))
	}))
	t.Cleanup(web.Close)
	_, printed := runCrawler(t, exitFinished, web.URL+"/list/1")
	assert.Regexp(t, `Notice    one of an endless family of links: .*/list`, printed)
}
