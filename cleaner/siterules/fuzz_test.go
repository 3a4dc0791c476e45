package siterules

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

// A rules file is either rejected with ErrRule, or the page is cleaned and no script is rendered.
func FuzzRules(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(f, err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(f, err)
		rules, _, _ := strings.Cut(string(data), "-- page.html --")
		_, rules, _ = strings.Cut(rules, " --\n")
		f.Add(rules)
	}
	for _, selector := range hostileSelectors {
		f.Add("keep: '" + strings.ReplaceAll(selector, "'", "''") + "'\n")
		f.Add("strip: " + strings.TrimPrefix(selector, "xpath:") + "\nbody: " + selector + "\n")
	}
	const page = `<!doctype html><title>The bell</title><main class="text a"><h1>The bell</h1>` + hostileText +
		`<script>run()</script><p hidden onclick="run()">x</p><iframe srcdoc="<script>"></iframe></main><aside id=b>` + hostileText
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := LoadFS(fstest.MapFS{"wreck.example.txt": {Data: []byte(text)}})
		require.NoError(t, err)
		rules.Report()
		rules.Faults()
		all := []*Rules{rules}
		if own, err := Parse("wreck.example.yaml", []byte(text)); err == nil {
			all = append(all, own)
		} else {
			require.ErrorIs(t, err, ErrRule)
		}
		for _, rules := range all {
			a, err := cleaner.New(cleaner.Options{SiteRules: rules}).Clean(strings.NewReader(page), "https://wreck.example/bell")
			if errors.Is(err, cleaner.ErrNoArticle) {
				continue
			}
			require.NoError(t, err)
			for _, bad := range []string{"<script", "<iframe", "onclick=", "srcdoc="} {
				require.NotContains(t, strings.ReplaceAll(a.HTML(), "&lt;", ""), bad)
			}
		}
	})
}
