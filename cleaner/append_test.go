package cleaner

import (
	"encoding/json"
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
	data, err := a.MarshalJSON()
	require.NoError(t, err)
	var again Article
	require.NoError(t, again.UnmarshalJSON(data))
	assert.Equal(t, a.HTML(), again.HTML())
	var empty Article
	empty.Append(b)
	assert.Equal(t, b.Text(), empty.Text())
	before := a.HTML()
	a.Append(a)
	assert.Equal(t, before, a.HTML())
}

// An Article in a struct or a slice is written like one behind a pointer.
func TestArticleValueAsJSON(t *testing.T) {
	a := partOf(t, 1, "The pier of Sandry has been growing by one plank a year since the war.")
	want, err := json.Marshal(a)
	require.NoError(t, err)
	got, err := json.Marshal([]Article{*a})
	require.NoError(t, err)
	assert.Equal(t, "["+string(want)+"]", string(got))
}

func TestArticleFromNull(t *testing.T) {
	a := partOf(t, 1, "The pier of Sandry has been growing by one plank a year since the war.")
	want := a.HTML()
	require.NoError(t, json.Unmarshal([]byte("null"), a))
	assert.Equal(t, want, a.HTML())
}
