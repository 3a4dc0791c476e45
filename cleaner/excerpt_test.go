package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFirstSentences(t *testing.T) {
	long := strings.Repeat("The tide came in at six and the boats went out. ", 8)
	for line, want := range map[string]string{
		"The tide was late.": "The tide was late.",
		long:                 strings.TrimSpace(strings.Repeat("The tide came in at six and the boats went out. ", 3)),
		"The tide was 1.5 m high. " + strings.Repeat("water ", 60): "The tide was 1.5 m high.",
		strings.Repeat("water ", 60):                               strings.TrimSpace(strings.Repeat("water ", 50)) + "…",
		strings.Repeat("潮", 400):                                   strings.Repeat("潮", 300) + "…",
		strings.Repeat("潮水又迟到了，船还在海湾里。", 30):                       strings.Repeat("潮水又迟到了，船还在海湾里。", 9),
	} {
		assert.Equal(t, want, firstSentences(strings.TrimSpace(line)))
	}
}

func TestExcerptFromTheContent(t *testing.T) {
	page := `<html lang="en"><title>The tide</title>%<article><h1>The tide</h1><p>By Ada Pell</p><p>The tide came in at six and went out again at noon, as the table by the harbour said that it would, and nobody was surprised.</p>
<p>The harbour master checks it every morning against the water, with a long stick that his father left him and that he has never lent to anybody.</p></article>`
	a, err := Clean(strings.NewReader(strings.Replace(page, "%", "", 1)), "")
	require.NoError(t, err)
	assert.Equal(t, "The tide came in at six and went out again at noon, as the table by the harbour said that it would, and nobody was surprised.", a.Excerpt)
	assert.Equal(t, "content", a.Provenance["excerpt"])
	a, err = Clean(strings.NewReader(strings.Replace(page, "%", `<meta name="description" content="It was late.">`, 1)), "")
	require.NoError(t, err)
	assert.Equal(t, "It was late.", a.Excerpt)
}
