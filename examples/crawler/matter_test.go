package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// checkMatters reads the front matter of each Markdown file of an archive with two readers of YAML, one of them
// Python's if it is installed, and requires that both find the same.
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
		t.Log("left out: Python's YAML is not installed")
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
