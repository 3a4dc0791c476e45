package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// writeHost writes a corpus of n pages of one host, and one page of another host. All pages end in the same lines,
// which are not in the truth.
func writeHost(t *testing.T, n int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "lanterns")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "pages"), 0o755))
	names := []string{"Ada", "Brun", "Cato", "Dela", "Emil", "Fenna", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Lotte", "Mads"}
	var truth strings.Builder
	for i := range n + 1 {
		var text []string
		for k := range 5 {
			text = append(text, fmt.Sprintf("%s told %s before the tide came in that the lamp number %s had been left with %s, and nobody was surprised.",
				names[(i+k)%13], names[(i*3+k*5+1)%13], names[(i*5+k*2)%13], names[(i*7+k*3+2)%13]))
		}
		title := names[i%13] + " and the lamp"
		host := "lantern.example"
		if i == n {
			host = "other.example"
		}
		fmt.Fprintf(&truth, `{"id":"p%d","url":"https://%s/%d","type":"article","text":%q}`+"\n", i, host, i, strings.Join(text, "\n\n"))
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := fmt.Fprintf(z, "<!doctype html><title>%s</title><div class=story><h1>%s</h1><p>%s</p><p>Set in type by hand beneath the harbour stairs.</p><p>Whoever finds a mistake is owed a kipper.</p></div>",
			title, title, strings.Join(text, "</p><p>"))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		require.NoError(t, os.WriteFile(filepath.Join(folder, "pages", fmt.Sprintf("p%d.html.gz", i)), b.Bytes(), 0o644))
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, "truth.jsonl"), []byte(truth.String()), 0o644))
	return folder
}

func TestEvaluateSite(t *testing.T) {
	code, out, problems := evaluateWith(t, "-corpus", writeHost(t, 8), "-site", "-worst", "3")
	require.Zero(t, code, problems)
	assert.Contains(t, out, "lanterns (9 pages)\n  1 hosts with 5 pages or more")
	assert.Regexp(t, `all +8 pages  word F1 1\.0000, was 0\.9\d+  unwanted words 0, was 136; of these on three pages or more 0, was 136  lost words 0, was 0  better 8, worse 0, worse by more than 0\.02 0`, out)
	code, out, problems = evaluateWith(t, "-corpus", writeHost(t, 4), "-site")
	require.Zero(t, code, problems)
	assert.Contains(t, out, "0 hosts with 5 pages or more")
}
