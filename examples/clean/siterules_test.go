package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// With -site-rules, the rules determine what is content. Rules that select nothing are printed with file and line.
func TestSiteRules(t *testing.T) {
	dir := t.TempDir()
	urls := write(t, dir, "urls.jsonl", `{"id":"tide","url":"https://tides.example/table"}`+"\n")
	name := write(t, dir, "tide.html", tidePage)
	rules := dir + "/rules"
	write(t, rules, "tides.example.yaml", "content: article\nremove: [\"p:nth-of-type(1)\", .none]\n")
	code, out, stderr := clean(t, "", "-format", "text", "-urls", urls, "-site-rules", rules, name)
	require.Equal(t, exitClean, code, stderr)
	_, want, _ := strings.Cut(pageText, "\n\n")
	assert.Equal(t, "Facebook\nTwitter\nLinkedIn\n\n"+want, out)
	assert.Equal(t, "clean: tides.example.yaml:2: remove: .none selects nothing on the only page\n", stderr)

	shards := dir + "/shards"
	args := []string{"-quiet", "-urls", urls, "-site-rules", rules, "-out", shards, name}
	code, _, stderr = clean(t, "", args...)
	require.Equal(t, exitClean, code, stderr)
	require.Contains(t, stderr, ".none")
	code, _, stderr = clean(t, "", args...)
	require.Equal(t, exitClean, code, stderr)
	assert.NotContains(t, stderr, ".none", "the shard is finished")
	write(t, rules, "tides.example.yaml", "content: article\n")
	code, _, stderr = clean(t, "", args...)
	assert.NotEqual(t, exitClean, code, "shards with other rules: "+stderr)

	write(t, rules, "tides.example.yaml", "contents: article\nremove: 'p['\n")
	code, _, stderr = clean(t, "", "-site-rules", rules, name)
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, `tides.example.yaml:1: unknown key "contents"`)
	assert.Contains(t, stderr, `tides.example.yaml:2: remove: "p["`)
}
