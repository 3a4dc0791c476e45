package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func partOf(t *testing.T, number int, text string) *Article {
	t.Helper()
	a, err := Clean(strings.NewReader(fmt.Sprintf("<title>The long pier</title><h1>The long pier</h1><p>%s</p><p>%s</p>", text, text)), fmt.Sprintf("https://quay.example/pier/%d", number))
	require.NoError(t, err)
	return a
}

func TestAppend(t *testing.T) {
	const first, second = "The pier of Sandry has been growing by one plank a year since the war.", "Nobody has asked for the planks, and nobody knows who brings them."
	a, b := partOf(t, 1, first), partOf(t, 2, second)
	a.Append(nil, b)
	want := strings.Join([]string{first, first, second, second}, "\n\n")
	assert.Equal(t, want, a.Text())
	assert.Equal(t, second+"\n\n"+second, b.Text(), "the part was changed")
	assert.Equal(t, 1, strings.Count(a.Markdown(), "# The long pier"))
	json, err := a.MarshalJSON()
	require.NoError(t, err)
	var again Article
	require.NoError(t, again.UnmarshalJSON(json))
	assert.Equal(t, a.HTML(), again.HTML())
	var empty Article
	empty.Append(b)
	assert.Equal(t, b.Text(), empty.Text())
}
