package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// -explain writes a report for each page, even for a page without an article. It writes no articles.
func TestExplain(t *testing.T) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	for name, page := range map[string]string{"tide.html": tidePage, "empty.html": "<title>Nothing</title><nav><a href=/>Home</a></nav>"} {
		require.NoError(t, os.MkdirAll(in, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(in, name), []byte(page), 0o600))
	}
	var stdout, stderr strings.Builder
	require.Equal(t, exitClean, run(t.Context(), []string{"-explain", out, in}, nil, &stdout, &stderr), stderr.String())
	assert.Empty(t, stdout.String())
	reports, err := filepath.Glob(filepath.Join(out, "*.html"))
	require.NoError(t, err)
	require.Len(t, reports, 2)
	for _, name := range reports {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Contains(t, string(b), `<iframe sandbox="" title=`)
		assert.Contains(t, string(b), "data-verdict=&#34;rule&#34;")
		assert.NotContains(t, string(b), "<script")
	}

	stdout.Reset()
	require.Equal(t, exitClean, run(t.Context(), []string{"-explain", "-", in}, nil, &stdout, &stderr), stderr.String())
	for _, line := range []string{"empty.html: ", "no article", "tide.html: ", "kept  judge  block", "  +     0.9"} {
		assert.Contains(t, stdout.String(), line)
	}
	assert.NotContains(t, stdout.String(), "truth")
}

func TestExplainExcludes(t *testing.T) {
	for _, flags := range [][]string{{"-out", "x"}, {"-format", "text"}, {"-removed"}, {"-learn-site", "x"}} {
		var stderr strings.Builder
		assert.Equal(t, exitUsage, run(t.Context(), append(flags, "-explain", "-", "page.html"), nil, &stderr, &stderr))
		assert.Contains(t, stderr.String(), "-explain writes no articles")
	}
}
