package cleaner

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/plaintext"
)

var update = flag.Bool("update", false, "write the golden files of testdata; read the diff before committing it")

const testdata = "../testdata"

// golden compares got with the contents of a golden file. With -update, it writes the file instead.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err, "a missing golden file fails; go test ./cleaner -update writes it")
	assertSame(t, name+" (go test ./cleaner -update rewrites it)", string(want), got)
}

// assertSame is assert.Equal for whole files: it prints only the lines that differ.
func assertSame(t *testing.T, what, want, got string) {
	t.Helper()
	if want != got {
		assert.Fail(t, what, "%s", diff.Diff("want", []byte(want), "got", []byte(got)))
	}
}

// checkArticle asserts what must be true of every article.
func checkArticle(t *testing.T, a *Article) {
	t.Helper()
	text := a.Text()
	assertSame(t, "CleanText finds chaff in Text", text, CleanText(text))
	b, err := json.Marshal(a)
	require.NoError(t, err)
	var back Article
	require.NoError(t, json.Unmarshal(b, &back))
	assertSame(t, "Text after a trip through JSON", text, back.Text())
	assertSame(t, "Markdown after a trip through JSON", a.Markdown(), back.Markdown())
	assertSame(t, "HTML after a trip through JSON", onePerLine(a.HTML()), onePerLine(back.HTML()))
	again, err := json.Marshal(&back)
	require.NoError(t, err)
	assertSame(t, "JSON after a trip through JSON", string(b), string(again))
	for _, out := range []string{a.HTML(), a.Markdown()} {
		lower := strings.ToLower(out)
		assert.NotContains(t, lower, "<script")
		assert.NotContains(t, lower, "javascript:")
	}
	for _, r := range slices.Concat(a.Removed, a.Declined) {
		assert.NotEmpty(t, r.Reason, "a removal without a reason: %s: %q", r.Rule, r.Text)
	}
}

// onePerLine puts each tag on a line of its own, for readable differences.
func onePerLine(html string) string { return strings.ReplaceAll(html, "<", "\n<") }

// cleanUntouched cleans a page and asserts that its tree is unchanged.
func cleanUntouched(t *testing.T, page []byte, src htmldoc.Source) (*Article, error) {
	t.Helper()
	doc, err := htmldoc.ParseBytes(page, src)
	require.NoError(t, err)
	before := renderTree(t, doc.Root)
	a, err := CleanDocument(doc)
	require.Equal(t, before, renderTree(t, doc.Root), "cleaning changed its input")
	return a, err
}

func renderTree(t *testing.T, root *html.Node) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, html.Render(&b, root))
	return b.String()
}

// pageFiles has the files that a folder of testdata/pages may contain. The value is true if -update writes the file.
var pageFiles = map[string]bool{"page.html": false, "page.json": false, "words.txt": false, "want.md": true, "want.json": true}

func TestGoldenPages(t *testing.T) {
	folders, err := os.ReadDir(filepath.Join(testdata, "pages"))
	require.NoError(t, err)
	require.NotEmpty(t, folders, "no pages")
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			dir := filepath.Join(testdata, "pages", folder.Name())
			checkPageFiles(t, dir)
			a := cleanPage(t, dir)
			checkArticle(t, a)
			words, err := os.ReadFile(filepath.Join(dir, "words.txt"))
			require.NoError(t, err)
			assertSame(t, "exactly the words that the author wrote", string(words), a.Text()+"\n")
			golden(t, filepath.Join(dir, "want.md"), a.Markdown()+"\n")
			b, err := json.MarshalIndent(a, "", "  ")
			require.NoError(t, err)
			golden(t, filepath.Join(dir, "want.json"), string(b)+"\n")
		})
	}
}

func checkPageFiles(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, f := range files {
		_, known := pageFiles[f.Name()]
		assert.True(t, known, "%s: no test reads this file", f.Name())
	}
}

// readAbout reads the description of a page in its folder's page.json.
func readAbout(t *testing.T, dir string, source any) {
	t.Helper()
	about, err := os.ReadFile(filepath.Join(dir, "page.json"))
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(about))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(source))
}

func cleanPage(t *testing.T, dir string) *Article {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(dir, "page.html"))
	require.NoError(t, err)
	var source struct {
		URL         string `json:"url"`
		ContentType string `json:"content_type"`
	}
	readAbout(t, dir, &source)
	require.NotEmpty(t, source.URL)
	a, err := cleanUntouched(t, page, htmldoc.Source{URL: source.URL, ContentType: source.ContentType})
	require.NoError(t, err)
	return a
}

// A fixture of a rule is a txtar of cases, each with these sections:
//
//	NAME.html or NAME.in   a page or, for a text rule, a text
//	NAME.text              what is left: Article.Text, or the result of CleanText
//	NAME.removed           what was removed, one line each: "rule: text"
//
// If a case's name begins with "keep", the rule must remove nothing; in every other case it must remove something.
// NAME.text is empty for a page without an article.
func TestRuleFixtures(t *testing.T) {
	names := ruleNames()
	files, err := filepath.Glob(filepath.Join(testdata, "rules", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "no fixtures")
	for _, file := range files {
		assert.Contains(t, names, strings.TrimSuffix(filepath.Base(file), ".txtar"), "a fixture without a rule")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) { testRule(t, name) })
	}
}

// ruleNames returns the rules that need a fixture: those in the three tables of rules, and pull-quote. Other names in Removal.Rule,
// such as "judge", "vote", "placeholder" and "site-repeated", depend on the whole page or the whole site and have their
// own tests.
func ruleNames() []string {
	var names []string
	for _, r := range rules {
		names = append(names, r.name)
	}
	for _, r := range plaintext.Rules {
		names = append(names, r.Name)
	}
	for _, r := range markRules {
		names = append(names, r.name)
	}
	names = append(names, quoteRule.name)
	slices.Sort(names)
	return names
}

func testRule(t *testing.T, rule string) {
	file := filepath.Join(testdata, "rules", rule+".txtar")
	archive, err := txtar.ParseFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		require.FailNow(t, "a rule without a fixture", file)
	}
	require.NoError(t, err)
	sections := make(map[string]string)
	var inputs []string
	for _, f := range archive.Files {
		require.NotContains(t, sections, f.Name, "twice in one fixture")
		sections[f.Name] = string(f.Data)
		switch ext := filepath.Ext(f.Name); ext {
		case ".html", ".in":
			inputs = append(inputs, f.Name)
		case ".text", ".removed":
		default:
			assert.Fail(t, "unknown section", f.Name)
		}
	}
	require.NotEmpty(t, inputs, "a fixture without a case")
	updated := &txtar.Archive{Comment: archive.Comment}
	for _, input := range inputs {
		name := strings.TrimSuffix(input, filepath.Ext(input))
		t.Run(name, func(t *testing.T) {
			text, removed := runRule(t, input, sections[input])
			took := strings.Contains("\n"+removed, "\n"+rule+": ")
			if strings.HasPrefix(name, "keep") {
				assert.False(t, took, "%s must remove nothing here; removed:\n%s", rule, removed)
			} else {
				assert.True(t, took, "%s must remove something here; removed:\n%s", rule, removed)
			}
			updated.Files = append(updated.Files, txtar.File{Name: input, Data: []byte(sections[input])},
				txtar.File{Name: name + ".text", Data: []byte(text)}, txtar.File{Name: name + ".removed", Data: []byte(removed)})
			if *update {
				return
			}
			for _, golden := range []string{name + ".text", name + ".removed"} {
				if _, ok := sections[golden]; !ok {
					t.Fatalf("%s is missing: run go test ./cleaner -run TestRule -update, and read what it writes", golden)
				}
			}
			assert.Equal(t, sections[name+".text"], text)
			assert.Equal(t, sections[name+".removed"], removed)
		})
	}
	assert.Len(t, updated.Files, 3*len(inputs))
	if *update {
		require.NoError(t, os.WriteFile(file, txtar.Format(updated), 0o644))
		return
	}
	assert.LessOrEqual(t, len(archive.Files), 3*len(inputs), "a golden without an input")
}

// runRule cleans a case's input and returns what the case's two golden sections must contain.
func runRule(t *testing.T, name, input string) (text, removed string) {
	t.Helper()
	if filepath.Ext(name) == ".in" {
		text = CleanText(input)
		assert.Equal(t, text, CleanText(text), "a second pass changed the text")
		return text, removedLines(input)
	}
	a, err := cleanUntouched(t, []byte(input), htmldoc.Source{URL: "https://gazette.example/story"})
	if errors.Is(err, ErrNoArticle) {
		return "", ""
	}
	require.NoError(t, err)
	checkArticle(t, a)
	var b strings.Builder
	for _, r := range a.Removed {
		fmt.Fprintf(&b, "%s: %s\n", r.Rule, strings.ReplaceAll(r.Text, "\n", " ⏎ "))
	}
	return a.Text() + "\n", b.String()
}

// removedLines lists what CleanText removes from a text, and by which rule.
func removedLines(text string) string {
	var b strings.Builder
	lines := strings.Split(text, "\n")
	for {
		chaff := plaintext.Chaff(lines)
		if chaff == nil {
			return b.String()
		}
		for i, rule := range chaff {
			if rule != "" {
				fmt.Fprintf(&b, "%s: %s\n", rule, lines[i])
			}
		}
		lines = plaintext.Without(lines, chaff)
	}
}
