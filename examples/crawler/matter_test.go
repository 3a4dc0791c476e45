package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// checkMatters parses the front matter of each Markdown file of an archive. If Python's YAML parser is installed, it
// requires that this parser gets the same result as Go's.
func checkMatters(t *testing.T, out string) {
	t.Helper()
	const read = `import json, sys, yaml
for name in sys.stdin.read().splitlines():
    print(json.dumps(next(yaml.load_all(open(name, encoding="utf-8").read(), yaml.BaseLoader))))`
	var names []string
	require.NoError(t, filepath.WalkDir(out, func(name string, _ fs.DirEntry, err error) error {
		if filepath.Ext(name) == markdownExtension {
			names = append(names, name)
		}
		return err
	}))
	require.NotEmpty(t, names)
	var found []map[string]any
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		front, _ := cutMatter(text)
		var fields map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(strings.TrimSuffix(string(front), "---\n")), &fields), name)
		assert.NotEmpty(t, fields["title"], name)
		found = append(found, fields)
	}
	if exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", "import yaml").Run() != nil {
		t.Log("skipped: Python's yaml module is not installed")
		return
	}
	cmd := exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", read)
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n"))
	read2, err := cmd.Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(read2)))
	for i, fields := range found {
		var others map[string]any
		require.NoError(t, decoder.Decode(&others))
		assert.Equal(t, fields, others, names[i])
	}
}

// matterDocument returns an article whose fields are full of characters that are special in YAML.
func matterDocument(title string) *document {
	a := &cleaner.Article{
		Title: title, Authors: []string{title, "Una Petrie"}, Tags: []string{"yes", "null", title}, SiteName: title, Excerpt: title,
		URL: "https://gull.example/?a=1&b=2#c", Canonical: "https://gull.example/", Image: "https://gull.example/a.png?x=1&y=2", Language: "no",
	}
	day := time.Date(2026, 3, 9, 8, 30, 0, 0, time.UTC)
	a.Published = cleaner.Date{Time: day, HasTime: true, HasZone: true}
	return &document{Article: a, line: line{Record: record.New("id", a), FetchedAt: day, Hash: "12e3"}}
}

func TestFrontMatterHasAllFields(t *testing.T) {
	for _, text := range steering {
		front, _ := cutMatter([]byte(frontMatter(matterDocument("T" + text))))
		var got map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(strings.TrimSuffix(string(front), "---\n")), &got), "%q", text)
		valid := strings.ToValidUTF8("T"+text, "")
		assert.Equal(t, map[string]any{
			"title": valid, "authors": []any{valid, "Una Petrie"}, "tags": []any{"yes", "null", valid}, "site": valid, "excerpt": valid,
			"url": "https://gull.example/?a=1&b=2#c", "canonical": "https://gull.example/", "image": "https://gull.example/a.png?x=1&y=2",
			"language": "no", "published": "2026-03-09T08:30:00Z", "fetched": "2026-03-09T08:30:00Z", "hash": "12e3",
		}, got, "%q", text)
	}
}

func TestFrontMatterTemplates(t *testing.T) {
	file := func(text string) string {
		name := filepath.Join(t.TempDir(), "matter.tmpl")
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		return name
	}
	m, err := readMatter(file("---\ntitle: {{yaml .Title}}\ndate: {{date \"2006-01-02\" .Published}}\nby: {{yaml .Authors}}\nsaved: {{.FetchedAt.Unix}}\n---\n"))
	require.NoError(t, err)
	front, err := m.of(matterDocument("A: b"))
	require.NoError(t, err)
	assert.Equal(t, "---\ntitle: \"A: b\"\ndate: 2026-03-09\nby: [\"A: b\",\"Una Petrie\"]\nsaved: 1773045000\n---\n\n", front)
	for _, text := range steering {
		_, err := m.of(matterDocument(text))
		require.NoError(t, err, "%q", text)
	}
	_, err = readMatter(file("+++\ntitle = {{yaml .Title}}\n+++"))
	require.NoError(t, err, "TOML is the user's own")
	for name, text := range map[string]string{
		"unquoted": "---\ntitle: {{.Title}}\n---\n", "no such field": "---\nx: {{.Nothing}}\n---\n", "no template": "{{", "no function": "{{shout .Title}}",
	} {
		_, err := readMatter(file(text))
		require.ErrorIs(t, err, errMatter, name)
	}
	_, err = readMatter(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorIs(t, err, errMatter)
	code, _, stderr := crawl(t, t.TempDir(), "-front-matter", file("---\ntitle: {{.Title}}\n---\n"), "https://gull.example/")
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, "{{yaml .Title}}")
}
