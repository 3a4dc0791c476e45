package cleaner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// regionAgreement returns the F1 over words between the region of a page and the text that go-readability keeps, and
// whether either found anything.
func regionAgreement(t *testing.T, markup []byte) (f1 float64, found bool) {
	t.Helper()
	doc, err := htmldoc.ParseBytes(markup, htmldoc.Source{})
	require.NoError(t, err)
	c := New(Options{})
	p := c.page(doc)
	defer p.releaseAll()
	for _, s := range stages {
		if s.run(p); s.name == "region" {
			break
		}
	}
	p.Votes = p.scratch().Float32s.Take(len(p.Blocks))
	p.voteOf(c.extractor)
	own, engine, both := int32(0), int32(0), int32(0)
	for b := range p.Blocks {
		if judge.IsField(p.Blocks[b].Kind) {
			continue
		}
		words := p.Blocks[b].Words
		if p.IsInRegion(b) {
			own += words
		}
		if p.IsVoted(b) {
			engine += words
		}
		if p.IsInRegion(b) && p.IsVoted(b) {
			both += words
		}
	}
	return float64(2*both) / float64(max(own+engine, 1)), own+engine > 0
}

// Package region uses Readability's method in another form. On most pages, both choose nearly the same words: their F1
// is above 0.98 on at least 70 % of the pages, and above 0.9 on average.
func TestRegionMatchesReadability(t *testing.T) {
	files, err := filepath.Glob("../testdata/pages/*/page.html")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	sum, n, same := 0.0, 0, 0
	for _, file := range files {
		markup, err := os.ReadFile(file)
		require.NoError(t, err)
		f1, found := regionAgreement(t, markup)
		if !found {
			continue
		}
		n++
		sum += f1
		if f1 > 0.98 {
			same++
		}
	}
	t.Logf("%d pages, mean F1 %.3f, the same on %d", n, sum/float64(n), same)
	assert.Greater(t, sum/float64(n), 0.9)
	assert.Greater(t, float64(same)/float64(n), 0.7)
}

func TestRegionOfSmallPages(t *testing.T) {
	for _, markup := range []string{"", "<p>", "<body></body>", "<p>Hi.", "<frameset><frame></frameset>", "<table><tr><td>x"} {
		_, _ = regionAgreement(t, []byte(markup)) // no panic
	}
	deep := strings.Repeat("<div class=content>", 2000) + strings.Repeat("<p>One sentence, and another, of the deep.</p>", 50)
	f1, found := regionAgreement(t, []byte(deep))
	assert.True(t, found)
	assert.Greater(t, f1, 0.9)
}
