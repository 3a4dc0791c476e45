package cleaner

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runThrough runs a page through the stages up to last.
func runThrough(p *page, last string) {
	for _, stage := range stages {
		stage.run(p)
		if stage.name == last {
			return
		}
	}
	panic("no stage " + last)
}

// The package documentation lists the stages by name and in the order in which they run, with files that exist.
func TestStagesAreDocumented(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	var names []string
	table := regexp.MustCompile(`(?m)^//\t([a-z, ]+?)  +\S.*\S  +(\S.*)$`)
	for _, row := range table.FindAllStringSubmatch(string(source), -1) {
		names = append(names, row[1])
		for pattern := range strings.SplitSeq(row[2], ", ") {
			found, err := filepath.Glob(pattern)
			require.NoError(t, err)
			assert.NotEmpty(t, found, "%s: %s", row[1], pattern)
		}
	}
	var want []string
	for _, stage := range stages {
		want = append(want, stage.name)
	}
	assert.Equal(t, want, names)

	explain, err := os.ReadFile("explain.go")
	require.NoError(t, err)
	_, list, found := strings.Cut(strings.ReplaceAll(string(explain), "\n\t//", ""), "Stage is the stage's name: ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, ".")
	assert.Equal(t, `"`+strings.Join(want[:len(want)-1], `", "`)+`" or "`+want[len(want)-1]+`"`, list, "in StageTime")
}

// The package documentation mentions every file.
func TestFilesAreDocumented(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	patterns := regexp.MustCompile(`[a-z_*]+\.go`).FindAllString(string(source), -1)
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		documented := file == "doc.go" || strings.HasSuffix(file, "_test.go")
		for _, pattern := range patterns {
			matches, err := filepath.Match(pattern, file)
			require.NoError(t, err)
			documented = documented || matches
		}
		assert.True(t, documented, "doc.go does not mention %s", file)
	}
}
