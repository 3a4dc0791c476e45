package scraper

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each case is a page that is sent at several addresses, each time with other tokens. It is delivered once if it shows
// the same at all of them.
func TestPagesThatShowTheSame(t *testing.T) {
	const key = "1b2c3d4e5f" // is in each address
	token := func() string { return fmt.Sprintf("a1b2c3%010x", rand.Uint64()&(1<<40-1)) }
	head := func(more string) string { return "<!doctype html><title>The pier</title>" + more + long }
	for name, c := range map[string]struct {
		page func(address string) string
		want int
	}{
		"a token in a form": {func(string) string {
			return head(`<form><input type=hidden name=csrf value="` + token() + `"></form>`)
		}, 1},
		"sessions in links":             {func(string) string { return head(`<a href="/x?s=` + token() + `">x</a>`) }, 1},
		"a token in a script":           {func(string) string { return head(`<script>var nonce = "` + token() + `"</script>`) }, 1},
		"a comment and random ids":      {func(string) string { return head(`<!-- ` + token() + ` --><p id="` + token() + `">x`) }, 1},
		"other pictures":                {func(a string) string { return head(`<img src="/image.php?of=` + a + `">`) }, 3},
		"pictures that are loaded late": {func(a string) string { return head(`<img data-src="/large/` + a + `.jpg">`) }, 3},
		"other films":                   {func(a string) string { return head(`<iframe src="https://film.example/?v=` + a + `"></iframe>`) }, 3},
		"other punctuation":             {func(a string) string { return head(`<p>` + map[string]string{"/a": "♜", "/b": "♞"}[a]) }, 3},
		"links to other pages":          {func(a string) string { return head(`<a href="/x` + a + `">x</a>`) }, 3},
		"data for a script": {func(a string) string {
			return head(`<script type="application/json">{"text": "` + map[string]string{"/a": "ebb", "/b": "flood"}[a] + `"}</script>`)
		}, 3},
		"data of one length for a script": {func(a string) string {
			return head(`<script>window.story = {"text": "` + map[string]string{"/a": "ebb", "/b": "low"}[a] + `"}</script>`)
		}, 3},
		"data in attributes": {func(a string) string { return head(`<div data-page='{"story": "` + a + `"}'></div>`) }, 3},
		"the key of a text that a script loads": {func(a string) string {
			return head(`<script>load("` + a[1:] + key + `")</script>`)
		}, 3},
		"tokens in Base64, times and numbers": {func(string) string {
			return head(fmt.Sprintf(`<script>s("4rT/%s+x=", "0f1e2d3c-%s-11ee-b962-0242ac120002", 17%08d)</script>`,
				token(), token()[10:14], rand.IntN(1e8)))
		}, 1},
		"pages that name themselves": {func(a string) string { return head(`<link rel=canonical href="` + a + `">`) }, 3},
		"hardly any text":            {func(string) string { return "<!doctype html><title>x</title><p>" + token() + "<p>One moment." }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.story("/", "front", "", "/a"+key, "/b"+key, "/c"+key)
			for _, name := range []string{"/a", "/b", "/c"} {
				web.handle(name+key, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, c.page(name)) })
			}
			paths, stats, _ := crawlAll(t, web, nil)
			assert.Len(t, paths, c.want+1)
			assert.Equal(t, 3-c.want, stats.Skipped[Reason(ErrDuplicate)])
		})
	}
}
