package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// The feature table has a bounded number of rows. A page with more blocks than rows still gives nearly the same
// article.
func TestBlocksRepresentOthers(t *testing.T) {
	const paragraphs = 3 * judge.MaxRows
	for name, class := range map[string]func(i int) string{
		"one class":          func(int) string { return "entry" },
		"a class of its own": func(i int) string { return fmt.Sprintf("entry e%d", i) },
	} {
		t.Run(name, func(t *testing.T) {
			page := func(paragraphs int) string {
				var b strings.Builder
				b.WriteString("<title>The log of the ferry</title><nav><ul>" + strings.Repeat("<li><a href=/pier>The pier</a>", 50) + "</ul></nav><main><h1>The log of the ferry</h1>")
				for i := range paragraphs {
					fmt.Fprintf(&b, "<p class='%s'>On day %d the ferry left the outer quay at dawn, and it came back with the mail, two sacks of flour and a dog.</p>\n", class(i), i)
				}
				b.WriteString("</main><footer><p>All rights reserved. <a href=/terms>Terms</a> <a href=/privacy>Privacy</a></p></footer>")
				return b.String()
			}
			assert.InDelta(t, keptShare(t, page(judge.MaxRows-100)), keptShare(t, page(paragraphs)), 0.01, "the same share as if each block were judged by itself")
		})
	}
}

// keptShare returns the share of the log's days that are in the article. The article must not contain the menu or the
// footer.
func keptShare(t *testing.T, page string) float64 {
	t.Helper()
	article, err := Clean(strings.NewReader(page), "https://quay.example/log/ferry")
	require.NoError(t, err)
	const day = "the ferry left the outer quay"
	text := article.Text()
	assert.NotContains(t, text, "The pier")
	assert.NotContains(t, text, "All rights reserved")
	kept := float64(strings.Count(text, day)) / float64(strings.Count(page, day))
	assert.Greater(t, kept, 0.5)
	return kept
}

// A table that is too long to be rewritten as a list stays a table, with all of its text.
func TestLongListTablesKeepTheirText(t *testing.T) {
	const above = "<p>The ferry company publishes its rules once a year, on the first Tuesday after the last storm of the winter.</p>"
	for name, table := range map[string]struct {
		open, row string
		rows      int
	}{
		"marked rows": {"<table>", "<tr><td>(a)</td><td>Hens travel in crates, rule %d, and not on the captain's chair.</td></tr>", 80},
		"field list":  {`<table class="field-list">`, "<tr><th>Rule %d</th><td>Hens travel in crates, and not on the captain's chair.</td></tr>", 1100},
	} {
		t.Run(name, func(t *testing.T) {
			var page strings.Builder
			page.WriteString("<!doctype html><title>Rules of the ferry</title><article><h1>Rules of the ferry</h1>" + above + table.open)
			for i := range table.rows {
				fmt.Fprintf(&page, table.row, i)
			}
			page.WriteString("</table>" + above + "</article>")
			a, err := Clean(strings.NewReader(page.String()), "https://ferry.example/rules")
			require.NoError(t, err)
			assert.Equal(t, table.rows, strings.Count(a.Text(), "Hens travel in crates"))
		})
	}
}
