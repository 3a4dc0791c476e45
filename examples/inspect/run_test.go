package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// The program prints its address, serves until it is stopped, and exits with status 0.
func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	var stderr strings.Builder
	go func() { ended <- run(ctx, []string{"-no-open", "testdata/site"}, nil, in, &stderr) }()
	address, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	_, body := ask(t, "GET", strings.TrimSpace(address), "", nil)
	assert.Contains(t, body, "<title>dechaff inspector</title>")
	stop()
	select {
	case code := <-ended:
		assert.Zero(t, code, stderr.String())
	case <-time.After(30 * time.Second):
		t.Fatal("it does not stop")
	}
}

func TestBadUsage(t *testing.T) {
	dir := t.TempDir()
	notes := filepath.Join(dir, "notes.bin")
	require.NoError(t, os.WriteFile(notes, []byte{0, 1, 2}, 0o600))
	rules := filepath.Join(dir, "rules")
	require.NoError(t, os.Mkdir(rules, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(rules, "mill.example.yaml"), []byte("\ncontents: p\n"), 0o600))
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no page":                {nil, 2, "no page given"},
		"a maximum of no pages":  {[]string{"-max-pages", "0", "x"}, 2, "-max-pages must be at least 1"},
		"an unknown flag":        {[]string{"-x"}, 2, "-x"},
		"a missing file":         {[]string{filepath.Join(dir, "none.html")}, 1, "no page could be read"},
		"a file without pages":   {[]string{notes}, 1, "no page could be read"},
		"-url for several pages": {[]string{"-url", "https://mill.example/", "testdata/site"}, 2, "-url is for one page"},
		"-url without a scheme":  {[]string{"-url", "mill.example/a", "testdata/site"}, 2, "-url must be an address such as"},
		"an address without one": {[]string{"mill.example/a"}, 1, "an address begins with https:// or http://"},
		"a flag after a path":    {[]string{"testdata/site", "-no-open"}, 2, "-no-open comes after testdata/site"},
		"bad rules":              {[]string{"-site-rules", rules, "testdata/site"}, 1, "mill.example.yaml:2"},
	} {
		t.Run(name, func(t *testing.T) {
			var stderr strings.Builder
			assert.Equal(t, c.code, run(t.Context(), append([]string{"-no-open"}, c.args...), nil, io.Discard, &stderr))
			assert.Contains(t, stderr.String(), c.says)
		})
	}
}

// All pages of a folder are read, up to the maximum. Other files are skipped.
func TestReadPages(t *testing.T) {
	var reported []string
	report := func(err error) { reported = append(reported, err.Error()) }
	pages, err := readPages(t.Context(), config{arguments: []string{"testdata"}, maxPages: 100}, nil, report)
	require.NoError(t, err)
	assert.Len(t, pages, 4)
	assert.Empty(t, reported)
	pages, err = readPages(t.Context(), config{arguments: []string{"testdata"}, maxPages: 3}, nil, report)
	require.NoError(t, err)
	assert.Len(t, pages, 3)
	require.Len(t, reported, 1)
	assert.Contains(t, reported[0], "only the first 3 pages")
	pages, err = readPages(t.Context(), config{arguments: []string{"testdata/site/bell.html"}, address: "https://mill.example/", maxPages: 3}, nil, report)
	require.NoError(t, err)
	assert.Equal(t, "mill.example", pages[0].Host())
}

// A web page is fetched in the same way as by the scraper: robots.txt is obeyed, and private addresses are refused
// unless allowed.
func TestFetch(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /closed\n")
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<title>Hens</title><h1>Hens</h1><p>The hens lay on the water side on Mondays.</p>")
		}
	}))
	defer web.Close()
	read := func(address string, private bool) (string, error) {
		pages, err := readPages(t.Context(), config{arguments: []string{address}, allowPrivate: private, maxPages: 1}, nil, func(error) {})
		if err != nil {
			return "", err
		}
		return pages[0].URL, nil
	}
	_, err := read(web.URL+"/hens", false)
	require.ErrorIs(t, err, scraper.ErrForbiddenAddress)
	require.ErrorContains(t, err, "-allow-private")
	got, err := read(web.URL+"/hens", true)
	require.NoError(t, err)
	assert.Equal(t, web.URL+"/hens", got)
	_, err = read(web.URL+"/closed", true)
	require.ErrorIs(t, err, scraper.ErrRobots)
}

// A page is shown with the styles and pictures in its folder, but with nothing from outside it.
func TestFilesOfAPage(t *testing.T) {
	dir := t.TempDir()
	saved := filepath.Join(dir, "saved")
	require.NoError(t, os.MkdirAll(filepath.Join(saved, "hens_files"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret.css"), []byte(".secret{}"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(saved, "hens_files", "a.css"), []byte(".hen{color:brown}"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(saved, "hens_files", "big.css"), make([]byte, maxFile+1), 0o600))
	require.NoError(t, os.Symlink(filepath.Join(dir, "secret.css"), filepath.Join(saved, "link.css")))
	page := filepath.Join(saved, "hens.html")
	require.NoError(t, os.WriteFile(page, []byte(`<title>Hens</title><link rel=stylesheet href="hens_files/a.css">
<link rel=stylesheet href="../secret.css"><link rel=stylesheet href="link.css"><link rel=stylesheet href="hens_files/../../secret.css">
<link rel=stylesheet href="hens_files/big.css"><link rel=stylesheet href="hens_files"><h1>Hens</h1><p>The hens lay on Mondays.</p>`), 0o600))
	s := inspecting(t, "", page)
	_, view := ask(t, "GET", s.url()+"view?page=0", "", nil)
	assert.Contains(t, view, ".hen{color:brown}")
	assert.NotContains(t, view, "secret")
}
