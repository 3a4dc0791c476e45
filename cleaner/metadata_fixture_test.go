package cleaner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// minMetadataCases is the minimum number of cases that all fixtures together must have.
const minMetadataCases = 60

// A fixture of testdata/metadata is a txtar of cases, each with these sections:
//
//	NAME.html   a page
//	NAME.url    its address, if it is not https://gazette.example/news/story.html
//	NAME.want   the fields found and the source of each, one per line; golden
func TestMetadataFixtures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata, "metadata", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "no fixtures")
	cases := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { cases += testMetadata(t, file) })
	}
	assert.GreaterOrEqual(t, cases, minMetadataCases)
}

func testMetadata(t *testing.T, file string) (cases int) {
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	sections := make(map[string]string)
	for _, f := range archive.Files {
		require.NotContains(t, sections, f.Name, "twice in one fixture")
		require.Contains(t, []string{".html", ".url", ".want"}, filepath.Ext(f.Name), "unknown section")
		sections[f.Name] = string(f.Data)
	}
	updated := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		name, isCase := strings.CutSuffix(f.Name, ".html")
		if !isCase {
			continue
		}
		cases++
		updated.Files = append(updated.Files, f)
		address := "https://gazette.example/news/story.html"
		if given, ok := sections[name+".url"]; ok {
			address = strings.TrimSpace(given)
			updated.Files = append(updated.Files, txtar.File{Name: name + ".url", Data: []byte(given)})
		}
		got := foundIn(t, sections[f.Name], address)
		updated.Files = append(updated.Files, txtar.File{Name: name + ".want", Data: []byte(got)})
		if !*update {
			t.Run(name, func(t *testing.T) { assertSame(t, file, sections[name+".want"], got) })
		}
	}
	assert.True(t, *update || len(updated.Files) == len(archive.Files), "a golden without a page")
	if *update {
		require.NoError(t, os.WriteFile(file, txtar.Format(updated), 0o644))
	}
	return cases
}

// foundIn lists the fields of a page and the source of each.
func foundIn(t *testing.T, page, address string) string {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: address})
	require.NoError(t, err)
	before := renderTree(t, doc.Root)
	m := readAll(doc)
	require.Equal(t, before, renderTree(t, doc.Root), "reading the metadata changed its input")
	var b strings.Builder
	for _, f := range []struct{ name, value string }{
		{"title", m.Title},
		{"dish", m.Dish},
		{"authors", strings.Join(m.Authors, ", ")},
		{"publisher", m.Publisher},
		{"published", m.Published.String()},
		{"modified", m.Modified.String()},
		{"language", m.Language},
		{"site_name", m.SiteName},
		{"canonical", m.Canonical},
		{"section", m.Section},
		{"tags", strings.Join(m.Tags, ", ")},
		{"image", m.Image},
		{"excerpt", m.Excerpt},
		{"paywalled", strings.TrimPrefix(fmt.Sprint(m.Paywalled), "false")},
	} {
		if f.value != "" {
			require.True(t, f.name == "dish" || m.Provenance[f.name] != "", f.name)
			fmt.Fprintf(&b, "%s: %s (%s)\n", f.name, f.value, m.Provenance[f.name])
		}
	}
	return b.String()
}

// If the page has no dates, the dates from a feed or a sitemap are used. If it has no language, the language in the
// HTTP header is used.
func TestDatesFromFeeds(t *testing.T) {
	day := time.Date(2026, 3, 14, 6, 12, 0, 0, time.UTC)
	source := htmldoc.Source{URL: "https://gazette.example/story", Published: day, Modified: day.Add(time.Hour), ContentLanguage: "de"}
	doc, err := htmldoc.ParseBytes([]byte("<h1>Spät</h1><p>x"), source)
	require.NoError(t, err)
	m := readAll(doc)
	assert.Equal(t, "2026-03-14T06:12:00Z", m.Published.String())
	assert.Equal(t, "2026-03-14T07:12:00Z", m.Modified.String())
	assert.Equal(t, "feed", m.Provenance["published"])
	assert.Equal(t, "de", m.Language)
	assert.Equal(t, "http header", m.Provenance["language"])
}

func TestNow(t *testing.T) {
	page := `<meta property="article:published_time" content="2031-01-01T00:00:00Z"><meta name="date" content="2026-03-14"><h1>Late</h1><p>` + strings.Repeat("The tide was late again. ", 20)
	for now, want := range map[time.Time]string{
		{}: "2031-01-01T00:00:00Z",
		time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC): "2026-03-14",
	} {
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
		require.NoError(t, err)
		a, err := New(Options{Now: now}).CleanDocument(doc)
		require.NoError(t, err)
		assert.Equal(t, want, a.Published.String())
	}
}

// Hostile metadata is read in a bounded time.
func TestHostileMetadataIsBounded(t *testing.T) {
	repeat := strings.Repeat
	for name, page := range map[string]string{
		"a megabyte of separators":  "<title>" + repeat("tide | ", 150_000) + "</title><h1>" + repeat("tide | ", 150_000) + "</h1>",
		"a heading of many parts":   "<title>tide late</title><h1>" + repeat("<span>tide</span> ", 50_000) + "</h1>",
		"items within items":        repeat(`<div itemprop="author" itemscope>`, 400) + repeat("<b rel=author>Ada Pell</b>", 30_000),
		"raw quotes":                `<script type="application/ld+json">{"headline":` + repeat(`"a"b`, 300_000) + `}</script>`,
		"comments without end":      `<script type="application/ld+json">{` + repeat(`/*`, 300_000) + `}</script>`,
		"dangling references":       `<script type="application/ld+json">{"@type":"Article","author":[` + repeat(`{"@id":"#x"},`, 60_000) + `{"@id":"#y"}]}</script>`,
		"a byline without end":      "<h1>The ferry</h1><p class=byline>" + repeat("By Ada Pell | 14 March 2026 - ", 30_000),
		"a byline of many elements": "<h1>The ferry</h1><p class=byline>" + repeat("<b>A</b>", 75_000),
		"many times":                repeat(`<time datetime="2026-03-14">x</time>`, 60_000),
		"data without end":          `<script>` + repeat(`"datePublished":"2026-03-1`, 60_000) + `</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://gazette.example/" + repeat("2026/03/", 10_000)})
			require.NoError(t, err)
			began := time.Now()
			m := readAll(doc)
			assert.Less(t, time.Since(began), 10*time.Second, "it takes a fraction of a second")
			assert.LessOrEqual(t, len([]rune(m.Title)), metadata.MaxField)
			assert.LessOrEqual(t, len(m.Authors), metadata.MaxAuthors)
		})
	}
}
