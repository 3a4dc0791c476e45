package cleaner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A thread's byline is the author of its first post, or the author in the page's data.
func TestThreadsBylines(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(testdata, "threads"))
	require.NoError(t, err)
	by := 0
	for _, folder := range folders {
		page, err := os.ReadFile(filepath.Join(testdata, "threads", folder.Name(), "page.html"))
		require.NoError(t, err)
		a := cleanThread(t, page, "https://forum.example/threads/12")
		if a.Provenance["byline"] != "first post" {
			continue
		}
		by++
		require.NotEmpty(t, a.Posts, folder.Name())
		assert.Equal(t, a.Posts[0].Author, a.Byline, folder.Name())
	}
	assert.GreaterOrEqual(t, by, 3)
}

// The text of the first post may be elsewhere in the template. The first post may also have a summary that the answers
// lack.
func TestOpeningElsewhere(t *testing.T) {
	var posts strings.Builder
	for k, text := range []string{
		"Does anybody know whether eels climb the new ladder at the weir, or only look at it?",
		"They climb it at night. Bring a red lamp, stand still for an hour, and count them by the splashes they make at the top.",
		"Mine climb the wall beside the ladder, which cost nobody anything, and they do so in the rain.",
		"The ladder has brushes. Without the brushes they slip back, and the heron that lives below the weir knows the hour.",
		"Last week I counted forty in one night, and the week before only two, so the moon matters more than the ladder does.",
	} {
		body := fmt.Sprintf(`<article class="text"><div class="wrap"><p>%s</p></div></article>`, text)
		if k == 0 {
			body = `<section class="opening"><dl class="pairs"><dt>TL;DR</dt><dd>Eels</dd></dl>` + body + `</section>`
		}
		fmt.Fprintf(&posts, `<div class="message" id="post-%d"><div class="user"><a class="username" href="/members/m%d">member%d</a></div>
<div class="cell"><header><time datetime="2026-03-%02dT09:26:00Z">March %d</time></header>%s</div></div>`, k+1, k%3, k%3, k+1, k+1, body)
	}
	a := cleanThread(t, []byte(`<!DOCTYPE html><html lang="en"><head><title>Eels at the weir</title></head>
<body class="forum thread"><h1>Eels at the weir</h1><div class="messages">`+posts.String()+`</div></body></html>`),
		"https://forum.example/threads/12")
	require.Len(t, a.Posts, 5)
	assert.Equal(t, "member0", a.Posts[0].Author)
	assert.Contains(t, a.Posts[0].Text(), "whether eels climb")
	assert.Equal(t, "member0", a.Byline)
	assert.Equal(t, "2026-03-01", a.Published.String()[:10])
}

// The posts of these threads are content although nothing but the structure of the page says so. The properties of a
// ticket are not.
func TestThreadsByStructure(t *testing.T) {
	for name, want := range map[string]struct{ kept, removed []string }{
		"ticket-table": {
			[]string{"He will not lend it", "the farmers have begun", "I turned the pub sign"},
			[]string{"Milestone"},
		},
		"link-nested":      {[]string{"the stopping train", "step-free access", "a blackbird sang"}, []string{"No privet politics"}},
		"not-blog-members": {[]string{"The fifth, he says"}, []string{"onions in it", "my niece"}},
	} {
		page, err := os.ReadFile(filepath.Join(testdata, "threads", name, "page.html"))
		require.NoError(t, err)
		a := cleanThread(t, page, "https://parish.example/post/12")
		for _, line := range want.kept {
			assert.Contains(t, a.Text(), line, name)
		}
		for _, line := range want.removed {
			assert.NotContains(t, a.Text(), line, name)
		}
	}
}
