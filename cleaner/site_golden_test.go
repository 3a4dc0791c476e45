package cleaner

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// An inventedHost contains the pages of a host, in order, from a file in testdata/sites.
type inventedHost struct {
	archive *txtar.Archive
	names   []string
	docs    []*htmldoc.Document
}

// readHost builds the pages from the section layout.html and the sections *.page. The first line of a .page section is
// the page's title, and the rest is the body.
func readHost(t testing.TB, file string) *inventedHost {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	h := &inventedHost{archive: archive}
	layout := ""
	for _, f := range archive.Files {
		name, extension, _ := strings.Cut(f.Name, ".")
		switch extension {
		case "html":
			layout = string(f.Data)
		case "page":
			title, body, _ := strings.Cut(string(f.Data), "\n")
			page := strings.NewReplacer("TITLE", title, "BODY", strings.TrimSpace(body)).Replace(layout)
			doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://lantern.example/" + name})
			require.NoError(t, err)
			h.names, h.docs = append(h.names, name), append(h.docs, doc)
		case "text", "removed":
		default:
			t.Fatalf("%s: unknown section %s", file, f.Name)
		}
	}
	require.GreaterOrEqual(t, len(h.docs), minSitePages)
	return h
}

func (h *inventedHost) site() *Site {
	s := NewSite()
	for _, doc := range h.docs {
		s.Observe(doc)
	}
	return s
}

func hostFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testdata, "sites", "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// Each page of an invented host is cleaned together with the others. The golden sections of a page contain its title
// and text, and what was removed because of the other pages.
func TestSites(t *testing.T) {
	for _, file := range hostFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			h := readHost(t, file)
			snap := h.site().Snapshot()
			out := &txtar.Archive{Comment: h.archive.Comment}
			for _, f := range h.archive.Files {
				if strings.HasSuffix(f.Name, ".html") || strings.HasSuffix(f.Name, ".page") {
					out.Files = append(out.Files, f)
				}
				name, isPage := strings.CutSuffix(f.Name, ".page")
				if !isPage {
					continue
				}
				doc := h.docs[indexOf(h.names, name)]
				alone, err := CleanDocument(doc)
				require.NoError(t, err)
				a, err := New(Options{}).ForSite(snap).CleanDocument(doc)
				require.NoError(t, err)
				checkArticle(t, a)
				assert.NotEqual(t, alone.Text(), a.Text(), "the other pages have no effect on %s", name)
				var removed strings.Builder
				for _, r := range a.Removed {
					if r.Stage == "site" {
						fmt.Fprintf(&removed, "%s: %s: %s\n", r.Rule, r.Reason, r.Text)
					}
				}
				out.Files = append(out.Files, txtar.File{Name: name + ".text", Data: []byte(a.Title + "\n\n" + a.Text() + "\n")},
					txtar.File{Name: name + ".removed", Data: []byte(removed.String())})
			}
			golden(t, file, string(txtar.Format(out)))
		})
	}
}

func indexOf(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}
