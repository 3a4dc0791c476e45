package cleaner

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// minBylines is the minimum number of lines that bylines.tsv must have.
const minBylines = 150

// A line of testdata/metadata/bylines.tsv has a language, the place of the byline, the byline, and the people that it
// names, separated by semicolons, or "-" if it names no person. In that case newsrooms and agencies may be found.
func TestBylinesOfTheWorld(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(testdata, "metadata", "bylines.tsv"))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	assert.GreaterOrEqual(t, len(lines), minBylines)
	for _, line := range lines {
		fields := strings.Split(line, "\t")
		require.Len(t, fields, 4, line)
		language, where, byline, want := fields[0], fields[1], fields[2], fields[3]
		t.Run(language+"/"+where+"/"+byline, func(t *testing.T) {
			m := read(t, bylinePage(t, language, where, byline))
			if want != "-" {
				assert.Equal(t, want, strings.Join(m.Authors, "; "))
				return
			}
			for _, name := range m.Authors {
				assert.True(t, m.Names.IsName(name) || metadata.Classify(name) < metadata.Person, "%q is not a person", name)
			}
		})
	}
}

// bylinePage returns a page with a byline. The parameter where is the place from bylines.tsv.
func bylinePage(t *testing.T, language, where, byline string) string {
	t.Helper()
	head, below := "", ""
	switch escaped := html.EscapeString(byline); where {
	case "json-ld":
		head = ld(fmt.Sprintf(`{"@type":"NewsArticle","author":{"@type":"Person","name":%q}}`, byline))
	case "meta":
		head = `<meta name="author" content="` + escaped + `">`
	case "marked":
		below = `<div class="article-author">` + escaped + `</div>`
	case "line":
		below = `<p>` + escaped + `</p>`
	default:
		require.Fail(t, "unknown place", where)
	}
	text := `<p>` + strings.Repeat("The ferry crossed the bay again with eleven passengers and a crate of hens. ", 6) + `</p>`
	return `<html lang="` + language + `"><meta property="og:site_name" content="Gazette"><title>Hens on the quay today</title>` + head +
		`<article><h1>Hens on the quay today</h1>` + below + text + `</article>`
}
