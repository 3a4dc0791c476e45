package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/plaintext"
)

// The paragraphs of the page's story are found in the reference text; the headline and the two lines below the story
// are not.
func TestDescribeTexts(t *testing.T) {
	corpus, out := writeHost(t, 1), t.TempDir()
	code, _, problems := trainWith("-texts", out, corpus)
	require.Zero(t, code, problems)
	texts, err := readLines[textDescription](filepath.Join(out, "lanterns.jsonl"))
	require.NoError(t, err)
	found := make(map[string][]float32)
	rows := 0
	for _, d := range texts {
		rows += len(d.Words)
		if d.ID == "p0" {
			found[d.Form] = d.Found
		}
	}
	story := []float32{1, 1, 1, 1, 1}
	page := append(append([]float32{0}, story...), 0, 0) // below the headline, and above the two lines
	assert.Equal(t, map[string][]float32{
		"reference": story, "article": page[1:], "lines": page, "nodes": page, "wrapped": page, "markdown": page,
	}, found)
	file, err := os.Stat(filepath.Join(out, "lanterns.rows.f32"))
	require.NoError(t, err)
	assert.EqualValues(t, 4*rows*len(plaintext.FeatureNames()), file.Size())
}

func TestRenderText(t *testing.T) {
	const page = `<body><h1>The ferry</h1><ul><li><a href="/tides">Tides</a></li></ul><p>It is <b>late</b>.</p><script>x()</script>`
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	for form, want := range map[string]string{
		"lines":    "The ferry\nTides\nIt is late.\n",
		"nodes":    "The ferry\nTides\nIt is\nlate\n.\n",
		"wrapped":  "The ferry\n\n* Tides\n\nIt is late.\n\n",
		"markdown": "# The ferry\n\n* [Tides](/tides)\n\nIt is late.\n\n",
	} {
		assert.Equal(t, want, renderText(root, form), form)
	}
}

func TestFoundInReference(t *testing.T) {
	r := readReference("The ferry is late\nTides")
	for line, want := range map[string]float32{
		"the ferry is late": 1, "Tides": 1, "ferry": -1, "Home": 0, "The ferry is early": 0.5,
	} {
		assert.InDelta(t, want, r.found(wordsOf(line)), 1e-6, line)
	}
}
