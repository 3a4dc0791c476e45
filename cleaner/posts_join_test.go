package cleaner

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func postOf(t *testing.T, data string) (p Post) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(data), &p))
	return p
}

func TestJoinPosts(t *testing.T) {
	first := postOf(t, `{"author":"Ada","html":"<p>Which lock is the oldest?</p>"}`)
	thanks := postOf(t, `{"author":"Guest","html":"<p>Thanks!</p>"}`)
	at := postOf(t, `{"author":"Ben","url":"https://locks.example/1","html":"<p>The upper one.</p>"}`)
	moved := at
	moved.URL = ""
	a := &Article{Posts: []Post{first}}
	a.Append(&Article{Posts: []Post{first, at, thanks, thanks}})
	assert.Equal(t, []Post{first, at, thanks, thanks}, a.Posts, "the first post again, and two that say thanks")
	a.Append(&Article{Posts: []Post{at, moved, {Author: "Ben", URL: "https://locks.example/2"}}})
	assert.Len(t, a.Posts, 5, "a post with another address is another post")
}

func TestCommentWithoutContent(t *testing.T) {
	var a Article
	require.NoError(t, json.Unmarshal([]byte(`{"schema":2,"html":"<p>The gates open at dawn.</p>"}`), &a))
	a.Comments = []Post{{Author: "Ada"}}
	assert.Equal(t, "The gates open at dawn.\n\n---\n\n> **Ada**",
		a.Markdown(RenderOptions{Comments: ToggleShow}))
}
