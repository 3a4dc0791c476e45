package cleaner

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/canon"
	"github.com/dechaff/dechaff/cleaner/internal/drawing"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/plaintext"
)

// README.md has a table of all names in Removal.Rule, each with the file of the function that implements the rule. The
// table is generated from the code by -update.
func TestRuleFilesAreDocumented(t *testing.T) {
	const begin, end = "<!-- rules: written by go test ./cleaner -run TestRuleFiles -update -->\n", "<!-- end of rules -->"
	source, err := os.ReadFile("README.md")
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(source), begin)
	require.True(t, found, begin)
	_, after, found := strings.Cut(rest, end)
	require.True(t, found, end)
	golden(t, "README.md", before+begin+ruleTable(t)+end+after)
}

func ruleTable(t *testing.T) string {
	t.Helper()
	b := strings.Builder{}
	b.WriteString("\n| stage | rule | why it is not content | file |\n|---|---|---|---|\n")
	row := func(stage, rule, why string, decides any) {
		fmt.Fprintf(&b, "| %s | `%s` | %s | `%s` |\n", stage, rule, why, fileOf(t, reflect.ValueOf(decides)))
	}
	named := func(r namedRule, decides any) { row(r.stage, r.name, r.doc, decides) }
	for _, m := range slices.Sorted(maps.Keys(markRules)) {
		named(markRules[m], (*page).markOf)
	}
	for _, part := range partRules[1:] {
		named(part, (*canon.Writer).Of)
	}
	row(markStage, "placeholder", "a page shows it until its scripts have run", (*page).decide)
	for _, r := range rules {
		row(labelStage, r.name, r.doc, r.match)
	}
	named(pictureRule, mediaReport.leftOut)
	named(drawingRule, drawing.Read)
	named(embedRule, mediaReport.leftOut)
	named(creditRule, (*page).findEmbeds)
	named(repeatRule, (*page).dropRepeats)
	named(quoteRule, (*page).dropPullQuotes)
	row(voteStage, voteRule, "the extractor left it out, and the judge has no opinion", (*page).decide)
	row(judgeStage, "form-control", "the label of a form control", (*page).decide)
	row(judgeStage, judgeRule, "its probability is below the page's threshold", (*judge.Page).JudgeAgain)
	row(siteStage, repeatedRule, "other pages of the host have it too", (*page).applySite)
	for _, r := range plaintext.Rules {
		file := fileOf(t, reflect.ValueOf(r).FieldByName("mark"))
		fmt.Fprintf(&b, "| text | `%s` | %s | `%s` |\n", r.Name, r.Doc, file)
	}
	named(headingLeft, (*Article).dropChaffLines)
	return b.String() + "\n"
}

// fileOf returns the file of a function, relative to this folder.
func fileOf(t *testing.T, function reflect.Value) string {
	t.Helper()
	file, _ := runtime.FuncForPC(function.Pointer()).FileLine(function.Pointer())
	_, here, _, ok := runtime.Caller(0)
	require.True(t, ok)
	relative, err := filepath.Rel(filepath.Dir(here), file)
	require.NoError(t, err)
	return filepath.ToSlash(relative)
}
