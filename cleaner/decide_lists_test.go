package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// The titles of entries stay if a rule removes the date below them: they do not head sections that rules have emptied.
func TestEntriesWithDates(t *testing.T) {
	var rows strings.Builder
	titles := []string{"Rope work for beginners", "A night among the gulls", "How to read a tide table", "Soup for forty"}
	for k, title := range titles {
		fmt.Fprintf(&rows, "<div class=row><h3>%s</h3><p class=date>%d May 2031</p></div>", title, k+3)
	}
	article := cleanSurely(t, "<h1>Courses on the pier</h1><p>"+decideA+"</p><p>"+decideB+"</p>"+rows.String()+"<p>"+decideC+"</p>")
	for _, title := range titles {
		assert.Contains(t, article.Text(), title)
	}
	removed := false
	for _, r := range article.Removed {
		removed = removed || r.Rule == "date-line"
	}
	assert.True(t, removed, "no rule removed a date")
}

// cleanSurely cleans a page with the title "Courses on the pier" for a judge that is sure that all of it is content.
func cleanSurely(t *testing.T, body string) *Article {
	t.Helper()
	doc, err := htmldoc.Parse(strings.NewReader(
		`<!doctype html><html lang="en"><title>Courses on the pier</title><body>`+body),
		htmldoc.Source{URL: "https://www.quay.example/courses"})
	require.NoError(t, err)
	prior := &judge.Prior{Kinds: make([]float32, 7)}
	prior.Kinds[judge.KindService-1] = 1
	c := New(Options{Explain: func(p *PageTrace) {
		for range p.Blocks {
			prior.Blocks = append(prior.Blocks, sureOpinion)
		}
	}})
	_, err = c.CleanDocument(doc)
	require.NoError(t, err)
	article, err := New(Options{}).CleanDocumentContext(judge.WithProbe(t.Context(), &judge.Probe{Prior: prior}), doc)
	require.NoError(t, err)
	return article
}
