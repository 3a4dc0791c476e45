package zone

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIsForumURL(t *testing.T) {
	for address, want := range map[string]bool{
		"https://forum.example.org/":                         true,
		"https://steeple.example/threads/bells.12/":          true,
		"https://steeple.example/show_bug.cgi?id=12":         true,
		"https://steeple.example/cgi-bin/bugreport.cgi?b=12": true,
		"https://steeple.example/trac/ticket/12":             true,
		"https://steeple.example/t/12":                       true,
		"https://steeple.example/topics/12":                  true,
		"https://steeple.example/topics/":                    false,
		"https://steeple.example/topics/bells":               false,
		"https://steeple.example/tickets":                    false,
		"https://steeple.example/bell/tower/issues/12":       true,
		"https://steeple.example/issues/12":                  false,
		"https://steeple.example/2024/12":                    false,
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		assert.Equal(t, want, IsForumURL(u), address)
	}
}

func TestIsForumBox(t *testing.T) {
	assert.True(t, IsForumBox("ticket", ""))
	assert.True(t, IsForumBox("page bugContent", ""))
	assert.False(t, IsForumBox("issue-content", ""), "of a magazine")
	assert.True(t, IsForumBox("wide", "bug-view"))
	assert.False(t, IsForumBox("post-ticket", "content"))
	assert.False(t, IsForumBox("comment odd thread-odd depth-1", ""))
	assert.False(t, IsForumBox("", ""))
}
