package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSiteRules(t *testing.T) {
	rules := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(rules, "quay.example.yaml"), []byte("remove: p\nkeep: .none\n"), 0o600))
	code, out, problems := evaluateWith(t, "-corpus", writeCorpus(t), "-site-rules", rules)
	require.Zero(t, code, problems)
	assert.Contains(t, out, "2 without an article")
	assert.Contains(t, problems, "evaluate: quay.example.yaml:2: keep: .none selects nothing on all 2 pages")
	_, out, problems = evaluateWith(t, "-corpus", writeCorpus(t), "-site-rules", rules, "-show", "story")
	assert.Contains(t, out, "word F1 0.0000", problems)
}
