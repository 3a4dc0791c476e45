package siterules

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

var update = flag.Bool("update", false, "write what the cases of testdata give into them")

// A golden is a txtar in testdata. Its comment has the page's address. The section page.html is the page, the section
// want is the expected result, and the section text, which may be missing, is the expected text of the article. All
// other sections are files of rules.
type golden struct {
	file, url, page, text, want string
	rules                       *Rules
	archive                     *txtar.Archive
}

func readGolden(t *testing.T, file string) golden {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	g := golden{file: file, archive: archive}
	_, rest, found := strings.Cut(string(archive.Comment), "https://")
	require.True(t, found, "the comment names the page's address")
	g.url = "https://" + strings.Fields(rest)[0]
	files := make(fstest.MapFS)
	for _, f := range archive.Files {
		switch f.Name {
		case "page.html":
			g.page = string(f.Data)
		case "want":
			g.want = string(f.Data)
		case "text":
			g.text = string(f.Data)
		default:
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	g.rules, err = LoadFS(files)
	require.NoError(t, err)
	require.NotEmpty(t, g.page)
	return g
}

// clean returns the result: the article as Markdown, the fields set by rules, the parts removed by rules, and the
// addresses of the next page and of the page with the whole article.
func (g *golden) clean(t *testing.T) string {
	t.Helper()
	doc, err := htmldoc.Parse(strings.NewReader(g.page), htmldoc.Source{URL: g.url})
	require.NoError(t, err)
	a, err := cleaner.New(cleaner.Options{SiteRules: g.rules}).CleanDocument(doc)
	var b strings.Builder
	var none *cleaner.NoArticleError
	if errors.As(err, &none) {
		a = none.About
		b.WriteString("no article\n")
	} else {
		require.NoError(t, err)
		b.WriteString(a.Markdown() + "\n")
	}
	if g.text != "" {
		assert.Equal(t, strings.TrimSpace(g.text), a.Text())
	}
	b.WriteString("---\n")
	values := map[string]string{
		"title": a.Title, "byline": a.Byline, "published": a.Published.String(), "image": a.Image,
		"kind": a.Kind.String(), "content": "", "favor": "", "sponsored": "", "paywalled": fmt.Sprint(a.Paywalled),
	}
	for _, field := range slices.Sorted(maps.Keys(values)) {
		if from := a.Provenance[field]; strings.HasPrefix(from, "site-rule") {
			fmt.Fprintf(&b, "%s: %s (%s)\n", field, values[field], strings.TrimPrefix(from, "site-rule: "))
		}
	}
	fmt.Fprintf(&b, "authors: %s\n", strings.Join(a.Authors, "; "))
	for _, r := range a.Removed {
		if r.Stage == "rules" {
			assert.True(t, strings.HasPrefix(r.Rule, "site-rule: "), r.Rule)
			fmt.Fprintf(&b, "removed: %s (%s, %s)\n", r.Text, strings.TrimPrefix(r.Rule, "site-rule: "), r.Reason)
		}
	}
	if next, known := g.rules.Next(doc); known {
		fmt.Fprintf(&b, "next: %s\n", next)
	}
	if whole := g.rules.Whole(doc); whole != "" {
		fmt.Fprintf(&b, "whole: %s\n", whole)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".txtar"), func(t *testing.T) {
			g := readGolden(t, file)
			got := g.clean(t)
			if *update {
				g.archive.Files = slices.DeleteFunc(g.archive.Files, func(f txtar.File) bool { return f.Name == "want" })
				g.archive.Files = append(g.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(file, txtar.Format(g.archive), 0o644))
				return
			}
			assert.Equal(t, g.want, got)
			assert.Empty(t, g.rules.Unmatched())
		})
	}
}

// There is a case for each key and for each supported directive.
func TestGoldenIsComplete(t *testing.T) {
	for _, key := range Keys() {
		assert.FileExists(t, "testdata/keys/"+string(key)+".txtar")
	}
	for name := range handlers {
		if name == "find_string" { // tested together with replace_string
			continue
		}
		assert.FileExists(t, "testdata/directives/"+name+".txtar")
	}
	for name := range needlessReasons {
		assert.FileExists(t, "testdata/directives/"+name+".txtar")
	}
}
