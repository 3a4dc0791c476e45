package cleaner

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// minRenderable is the minimum share of the fixtures' formulas, and of the manual's formulas, that KaTeX must render
// without an error.
const minRenderable = 0.97

// A texFormula is the TeX source of a formula. Display is true if the formula is on lines of its own.
type texFormula struct {
	TeX     string `json:"tex"`
	Display bool   `json:"display"`
}

// KaTeX renders the formulas that dechaff writes: those of the fixtures, and those of a manual. DECHAFF_KATEX is the
// folder of KaTeX from npm, and DECHAFF_MATH_PAGES is the folder of the manual. .ci/katex sets both.
func TestFormulasRender(t *testing.T) {
	katex, manual := os.Getenv("DECHAFF_KATEX"), os.Getenv("DECHAFF_MATH_PAGES")
	if katex == "" || manual == "" {
		t.Skip("DECHAFF_KATEX and DECHAFF_MATH_PAGES are not set: see .ci/katex")
	}
	fixtures, err := filepath.Glob(filepath.Join(testdata, "structure", "formula-*.txtar"))
	require.NoError(t, err)
	var ours []texFormula
	for _, file := range fixtures {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		page := string(archive.Files[0].Data)
		if !isWhole(page) {
			page = structurePage(page)
		}
		ours = append(ours, formulasIn(t, []byte(page))...)
	}
	require.Greater(t, len(ours), 100)
	var theirs []texFormula
	pages := 0
	require.NoError(t, filepath.WalkDir(manual, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
			return err
		}
		page, err := os.ReadFile(path)
		require.NoError(t, err)
		if found := formulasIn(t, page); len(found) > 0 {
			pages++
			theirs = append(theirs, found...)
		}
		return nil
	}))
	require.GreaterOrEqual(t, pages, 20, "pages of the manual with formulas")
	for name, all := range map[string][]texFormula{"fixtures": ours, "the manual": theirs} {
		wrong := refusedByKaTeX(t, katex, all)
		for _, w := range wrong[:min(len(wrong), 20)] {
			t.Logf("%s: %s", name, w)
		}
		share := 1 - float64(len(wrong))/float64(len(all))
		t.Logf("%s: %d formulas, %.4f of them rendered", name, len(all), share)
		assert.GreaterOrEqual(t, share, minRenderable, name)
	}
}

// formulasIn returns the formulas of the article on a page.
func formulasIn(t *testing.T, page []byte) []texFormula {
	t.Helper()
	doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://weir.example/notes/eels"})
	require.NoError(t, err)
	a, err := New(Options{}).CleanDocument(doc)
	if err != nil {
		return nil
	}
	var all []texFormula
	for n := range a.content.Descendants() {
		if n.Type != html.ElementNode || n.Data != "math" {
			continue
		}
		if source := dom.FindAnnotation(n); source != nil {
			all = append(
				all,
				texFormula{strings.ReplaceAll(dom.RawText(source), "<", `\lt `), dom.Attr(n, "display") == "block"},
			)
		}
	}
	return all
}

// refusedByKaTeX returns the formulas that KaTeX reports an error for, with the error.
func refusedByKaTeX(t *testing.T, folder string, all []texFormula) []string {
	t.Helper()
	const script = `
const katex = require(process.argv[1]);
const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
const wrong = [];
for (const f of all) {
  try { katex.renderToString(f.tex, {displayMode: f.display, throwOnError: true, strict: "ignore"}); }
  catch (e) { wrong.push(f.tex + " -- " + e.message); }
}
console.log(JSON.stringify(wrong));`
	input, err := json.Marshal(all)
	require.NoError(t, err)
	cmd := exec.Command("node", "-e", script, folder)
	cmd.Stdin = strings.NewReader(string(input))
	out, err := cmd.Output()
	require.NoError(t, err)
	var wrong []string
	require.NoError(t, json.Unmarshal(out, &wrong))
	return wrong
}
