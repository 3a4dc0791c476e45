package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A blog is a site with posts that can be edited, added and removed, and a front page that lists them. Its responses
// have HTTP validators.
type blog struct {
	*httptest.Server
	mu    sync.Mutex
	posts map[string]string
	sent  map[string]int // how often each path was answered with the whole page
}

func newBlog(t *testing.T, n int) *blog {
	t.Helper()
	b := &blog{posts: make(map[string]string), sent: make(map[string]int)}
	for i := range n {
		b.posts[fmt.Sprintf("/posts/%02d", i)] = article(fmt.Sprintf("Post %d", i), fmt.Sprintf("<p>Number %d of the blog.</p>", i))
	}
	b.Server = httptest.NewServer(http.HandlerFunc(b.serve))
	t.Cleanup(b.Close)
	return b
}

func (b *blog) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	page, ok := b.posts[r.URL.Path]
	if r.URL.Path == "/" {
		ok = true
		page = "<!DOCTYPE html><title>The blog</title><ul>"
		for _, path := range slices.Sorted(maps.Keys(b.posts)) {
			page += fmt.Sprintf(`<li><a href="%[1]s">%[1]s</a>`, path)
		}
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	tag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(page)))
	w.Header().Set("Etag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	b.sent[r.URL.Path]++
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, page)
}

func (b *blog) set(path, page string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if page == "" {
		delete(b.posts, path)
	} else {
		b.posts[path] = page
	}
}

// modified returns when each file in a folder was written, including private files.
func modified(t *testing.T, out string) map[string]time.Time {
	t.Helper()
	files := make(map[string]time.Time)
	require.NoError(t, filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			files[strings.TrimPrefix(name, out)] = info.ModTime()
		}
		return err
	}))
	return files
}

// changes reads changes.jsonl. It checks the times and hashes, and leaves them out of the result.
func changes(t *testing.T, out string) (list []change) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, changesName))
	require.NoError(t, err)
	for text := range strings.Lines(string(b)) {
		var c change
		require.NoError(t, json.Unmarshal([]byte(text), &c))
		assert.WithinDuration(t, time.Now(), c.At, time.Minute)
		for _, hash := range []string{c.OldHash, c.NewHash} {
			assert.Contains(t, []int{0, 64}, len(hash))
		}
		assert.Equal(t, c.Change != changeNew, c.OldHash != "")
		assert.Equal(t, c.Change != changeGone, c.NewHash != "")
		assert.NotEqual(t, c.OldHash, c.NewHash)
		c.At, c.OldHash, c.NewHash = time.Time{}, "", ""
		list = append(list, c)
	}
	return list
}

func TestChangesBetweenRuns(t *testing.T) {
	const posts = 9
	b := newBlog(t, posts)
	out, cache := t.TempDir(), t.TempDir()
	crawlAgain := func() string {
		code, stdout, stderr := crawl(t, out, "-allow-private", "-cache", cache, b.URL+"/")
		require.Zero(t, code, stdout+stderr)
		return stdout
	}
	crawlAgain()
	require.Len(t, lines(t, out), posts)
	assert.NoFileExists(t, filepath.Join(out, changesName), "the first run lists nothing")
	before := modified(t, out)

	for range 2 {
		stdout := crawlAgain()
		assert.Contains(t, stdout, fmt.Sprintf("0 new, 0 changed, %d unchanged", posts))
		assert.Equal(t, before, modified(t, out), "a run over an unchanged site wrote something")
	}
	for path, n := range b.sent {
		assert.Equal(t, 1, n, path)
	}

	b.set("/posts/03", strings.Replace(b.posts["/posts/03"], "by the harbour said", "by the old lighthouse said", 1))
	stdout := crawlAgain()
	assert.Contains(t, stdout, "Changes   0 new, 1 changed, 0 gone since the last run")
	edited := change{Change: changeChanged, URL: b.URL + "/posts/03", ID: "post-3", Title: "Post 3", WordsAdded: 2, WordsRemoved: 1}
	assert.Equal(t, []change{edited}, changes(t, out))
	after := modified(t, out)
	for name, at := range before {
		if !strings.HasPrefix(name, "/.crawler") && name != "/post-3.md" && name != "/articles.jsonl" {
			assert.Equal(t, at, after[name], name)
		}
	}

	old := b.posts["/posts/05"]
	b.set("/posts/05", "") // no page links to this post anymore
	b.set("/posts/99", article("Post 99", "<p>The latest of the blog.</p>"))
	crawlAgain()
	crawlAgain()
	list := changes(t, out)
	require.Len(t, list, 3, "each is listed once")
	assert.Equal(t, edited, list[0])
	assert.Equal(t, changeNew, list[1].Change)
	assert.Equal(t, b.URL+"/posts/99", list[1].URL)
	assert.Greater(t, list[1].WordsAdded, 40)
	assert.Equal(t, changeGone, list[2].Change)
	assert.Equal(t, b.URL+"/posts/05", list[2].URL)
	assert.Equal(t, http.StatusNotFound, list[2].Status)
	assert.FileExists(t, filepath.Join(out, "post-5.md"), "nothing is deleted")
	assert.Len(t, lines(t, out), posts+1)

	b.set("/posts/05", old) // the same post is restored
	crawlAgain()
	list = changes(t, out)
	require.Len(t, list, 4)
	assert.Equal(t, changeNew, list[3].Change)
	assert.Equal(t, b.URL+"/posts/05", list[3].URL)
	assert.Len(t, lines(t, out), posts+1)
}

// A run over an unchanged site with pictures and links writes nothing, even if the server's responses have no
// validators.
func TestUnchangedGallery(t *testing.T) {
	g := newGallery(t)
	out, cache := t.TempDir(), t.TempDir()
	var before map[string]time.Time
	for run := range 3 {
		code, stdout, stderr := crawl(t, out, "-allow-private", "-cache", cache, "-images", "-format", "markdown,html,text,jsonl", g.URL+"/")
		require.Zero(t, code, stdout+stderr)
		if run == 0 {
			before = modified(t, out)
			require.Greater(t, len(before), 10)
		}
		assert.Equal(t, before, modified(t, out))
	}
}

// A page that still exists is not gone, even if no page links to it anymore. Edits to it are noticed.
func TestUnlinkedIsNotGone(t *testing.T) {
	b := newBlog(t, 4)
	hidden := article("Hidden", "<p>Nothing links here.</p>")
	b.set("/hidden", hidden)
	out, cache := t.TempDir(), t.TempDir()
	args := []string{"-allow-private", "-cache", cache}
	code, stdout, stderr := crawl(t, out, append(args, b.URL+"/", b.URL+"/hidden")...)
	require.Zero(t, code, stdout+stderr)
	b.mu.Lock() // the front page lists all posts except this one
	front := b.posts
	b.posts = maps.Clone(front)
	delete(b.posts, "/hidden")
	b.mu.Unlock()
	inner := b.Config.Handler
	served := hidden
	b.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hidden" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, served)
			return
		}
		inner.ServeHTTP(w, r)
	})
	code, stdout, stderr = crawl(t, out, append(args, b.URL+"/")...)
	require.Zero(t, code, stdout+stderr)
	assert.NoFileExists(t, filepath.Join(out, changesName))
	served = strings.Replace(hidden, "at six", "at seven", 1)
	code, stdout, stderr = crawl(t, out, append(args, b.URL+"/")...)
	require.Zero(t, code, stdout+stderr)
	list := changes(t, out)
	require.Len(t, list, 1)
	assert.Equal(t, change{Change: changeChanged, URL: b.URL + "/hidden", ID: "hidden", Title: "Hidden", WordsAdded: 1, WordsRemoved: 1}, list[0])
}

// All pages are cleaned again if the flags changed. That is not listed as a change of the site.
func TestOtherFlagsCleanAgain(t *testing.T) {
	b := newBlog(t, 5)
	out, cache := t.TempDir(), t.TempDir()
	args := []string{"-allow-private", "-cache", cache}
	for _, more := range [][]string{nil, {"-fields", "blocks"}, {"-format", "markdown,html,jsonl"}} {
		code, stdout, stderr := crawl(t, out, append(append(args, more...), b.URL+"/")...)
		require.Zero(t, code, stdout+stderr)
	}
	assert.FileExists(t, filepath.Join(out, "post-1.html"))
	assert.NoFileExists(t, filepath.Join(out, changesName), "the site has not changed")
}

// Pages that have not changed are cleaned again if the site rules were edited since the last run.
func TestEditedSiteRulesCleanAgain(t *testing.T) {
	b := newBlog(t, 3)
	b.set("/posts/00", article("Post 0", `<p class="pitch">Buy the yellow kettle at the harbor shop today.</p>`))
	out, cache, rules := t.TempDir(), t.TempDir(), t.TempDir()
	for _, rule := range []string{"keep", "remove"} {
		require.NoError(t, os.WriteFile(filepath.Join(rules, "127.0.0.1.yaml"), []byte(rule+": .pitch\n"), 0o600))
		code, stdout, stderr := crawl(t, out, "-allow-private", "-cache", cache, "-site-rules", rules, b.URL+"/")
		require.Zero(t, code, stdout+stderr)
		text, err := os.ReadFile(filepath.Join(out, "post-0.md"))
		require.NoError(t, err)
		assert.Equal(t, rule == "keep", strings.Contains(string(text), "kettle"), rule)
	}
	assert.NoFileExists(t, filepath.Join(out, changesName), "the site has not changed")
}

func TestTornLineOfChanges(t *testing.T) {
	b := newBlog(t, 3)
	out, cache := t.TempDir(), t.TempDir()
	args := []string{"-allow-private", "-cache", cache, b.URL + "/"}
	for i := range 3 {
		if i > 0 {
			b.set(fmt.Sprintf("/posts/5%d", i), article(fmt.Sprintf("Post 5%d", i), fmt.Sprintf("<p>Post 5%d.</p>", i)))
			name := filepath.Join(out, changesName)
			if text, err := os.ReadFile(name); err == nil {
				require.NoError(t, os.WriteFile(name, append(text, `{"change":"ne`...), 0o600))
			}
		}
		code, stdout, stderr := crawl(t, out, args...)
		require.Zero(t, code, stdout+stderr)
	}
	assert.Len(t, changes(t, out), 2)
}

func TestDifferentWords(t *testing.T) {
	for _, c := range []struct {
		old, now       string
		added, removed int
	}{
		{"", "", 0, 0},
		{"the tide came in", "the tide came in", 0, 0},
		{"the tide came in", "in came the tide", 0, 0},
		{"the tide came in", "the high tide came in late", 2, 0},
		{"a a a b", "a b b", 1, 2},
		{"潮が来た", "潮が引いた", 2, 1},
	} {
		added, removed := differentWords(c.old, c.now)
		assert.Equal(t, [2]int{c.added, c.removed}, [2]int{added, removed}, "%q %q", c.old, c.now)
	}
}
