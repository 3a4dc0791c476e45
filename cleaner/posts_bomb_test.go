package cleaner

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// threadBombs are pages designed to overload the search for posts.
var threadBombs = []struct {
	name string
	page func() string
}{
	{"boxes of one look", func() string {
		return forumPage(strings.Repeat(`<div class="post"><b class="author">Ada</b> 2026-01-02 10:30<p>The ferry was late.</div>`, 12_000))
	}},
	{"many small boxes", func() string {
		return forumPage(strings.Repeat(`<div class="post">a</div>`, 75_000))
	}},
	{"every element another look", func() string {
		return forumPage(numbered(25_000, func(k int) string {
			return fmt.Sprintf(`<div class="post-%s"><b class="author">Ada</b> 2026-01-02</div>`, letters(k))
		}))
	}},
	{"each look twice, far apart", func() string {
		boxes := numbered(12_000, func(k int) string {
			return fmt.Sprintf(`<div class="post-%s"><b class="author">Ada</b> 2026-01-02</div>`, letters(k))
		})
		return forumPage(boxes + boxes)
	}},
	{"replies in replies", func() string {
		return forumPage(strings.Repeat(`<div class="comment"><b class="author">Ada</b> 2026-01-02 10:30<p>The ferry was late.</p>`, 400))
	}},
	{"long trees of replies", func() string {
		tree := strings.Repeat(`<div class="comment"><b class="author">Ada</b> 2026-01-02<p>The ferry</p>`, 200) + strings.Repeat("</div>", 200)
		return forumPage(strings.Repeat(tree, 80))
	}},
	{"huge classes", func() string {
		class := strings.Repeat("post author score ", 10_000)
		return forumPage(strings.Repeat(`<div class="`+class+`"><b class="author">Ada</b> 2026-01-02<p>The ferry was late.</div>`, 20))
	}},
	{"one word of many texts in each post", func() string {
		return forumPage(strings.Repeat(`<div class="post"><b class="author">Ada</b> 2026-01-02 10:30<p>`+strings.Repeat("<i>a</i>", 20_000)+`</div>`, 3))
	}},
	{"links to nowhere in each post", func() string {
		return forumPage(strings.Repeat(`<div class="post"><b class="author">Ada</b> 2026-01-02 10:30<p>`+strings.Repeat(`<a href="#">a</a>`, 5_000)+`</div>`, 8))
	}},
}

// forumPage puts markup below a post. Each ferry in the markup gets its own name, so that no two posts are the same.
func forumPage(body string) string {
	parts := strings.Split(body, "ferry")
	named := numbered(len(parts)-1, func(k int) string { return parts[k] + "ferry " + letters(k) })
	return `<html><head><meta name="generator" content="phpBB"></head><body class="viewtopic"><h1>The boats</h1>
<div class="post"><b class="author">Bo Quay</b> 2026-01-01 09:00<p>Who has seen the boats this week? I have waited on the
quay since Monday, with a crate of hens, and nobody in the office knows when the next one is to be expected.</p></div>` +
		named + parts[len(parts)-1]
}

func numbered(n int, part func(k int) string) string {
	var b strings.Builder
	for k := range n {
		b.WriteString(part(k))
	}
	return b.String()
}

// letters writes a number in letters, because the search for similar boxes ignores digits.
func letters(k int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(k))
}

// TestThreadBombs cleans pages designed to overload the search for posts.
func TestThreadBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	c := New(Options{Posts: true, Comments: true})
	for _, bomb := range threadBombs {
		t.Run(bomb.name, func(t *testing.T) {
			page := bomb.page()
			var a *Article
			var err error
			began := time.Now()
			peak := peakMemory(func() { a, err = c.Clean(strings.NewReader(page), "https://gull.example/viewtopic.php?t=1") })
			took := time.Since(began)
			t.Logf("%.1f MB, %v, peak %.0f MB, error %v", float64(len(page))/1e6, took.Round(time.Millisecond), float64(peak)/1e6, err)
			if err == nil {
				var b bytes.Buffer
				for k := range a.Posts {
					b.WriteString(a.Posts[k].Text())
				}
				t.Logf("%d posts, %d bytes", len(a.Posts), b.Len())
				require.LessOrEqual(t, b.Len(), len(page), "posts do not contain each other")
			}
			assert.Less(t, peak, int64(1500<<20), "bytes of memory")
			assert.Less(t, took, time.Minute)
		})
	}
}
