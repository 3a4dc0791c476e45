package cleaner

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

const featurePage = `<!doctype html><html lang="en"><head><title>The tide and the bus | The Quay</title><meta property="og:type" content="article"></head><body>
<nav class="main-menu"><ul><li><a href="/a">News</a></li><li><a href="/b">Weather</a></li></ul></nav>
<article class="post-content"><h1>The tide and the bus</h1><p>The tide-table of Pellow Quay is printed on the back of the bus timetable, so that whoever misses the one may console himself with the other.</p>
<p>The printer sets <b>both</b> by hand, and has been known to let the last bus wait for high water if the line came out more evenly.</p></article>
<div class="comment-list"><div class="comment"><p>It waited for me once.</p></div><div class="comment"><p>Not for me.</p></div></div></body></html>`

func TestFeaturesDescribeEveryBlock(t *testing.T) {
	var traces []BlockTrace
	c := New(Options{Explain: func(p *PageTrace) { traces = p.Blocks }})
	article, err := c.Clean(strings.NewReader(featurePage), "https://quay.example/news/tide-and-bus")
	require.NoError(t, err)
	require.Len(t, traces, 7)
	kept := 0
	for _, b := range traces {
		require.Len(t, b.Features, judge.FeatureCount, b.Text)
		for i, v := range b.Features {
			require.False(t, math.IsNaN(float64(v)) || math.IsInf(float64(v), 0), "feature %d of %q", i, b.Text)
		}
		if b.Kept {
			kept++
			assert.Contains(t, article.Text(), strings.TrimSpace(b.Text))
			assert.Empty(t, b.Rule)
		} else {
			assert.NotEmpty(t, b.Rule, b.Text)
			assert.NotEmpty(t, b.Reason, b.Text)
		}
	}
	assert.Equal(t, 2, kept)
	assert.Equal(t, "item", traces[0].Kind)
	assert.Equal(t, "headline", traces[2].Kind)
	assert.InDelta(t, 1, traces[0].Features[2], 1e-6, "link density")
	vote := slices.Index(judge.FeatureNames(), "vote")
	assert.InDelta(t, 1, traces[3].Features[vote], 1e-6, "the vote")
	assert.Zero(t, traces[0].Features[vote])
}

// Every number of a row is written, and none beyond it.
func TestFeatureCountsAddUp(t *testing.T) {
	p := pageOf(t, featurePage)
	d, o := p.Features, p.Features.NewOpinions()
	for b := range p.Blocks {
		w := judge.Writer{Row: make([]float32, judge.FeatureCount)}
		at := 0
		check := func(part string, count int) {
			require.Equal(t, at+count, w.At, part)
			at = w.At
		}
		w.Put(d.Cores[b][:]...)
		check("core", judge.CoreCount)
		d.Own(&w, b, 2)
		check("own", judge.OwnCount+judge.KindCount+judge.ZoneCount)
		d.Place(&w, b, 2, 0, 0)
		w.Put(0, 0) // the long blocks around
		check("place", judge.PlaceCount)
		d.Ancestors(&w, b)
		check("ancestors", judge.NearTagCount+judge.FamilyCount)
		d.PutParts(&w, b)
		check("parts", judge.PartsFeatures)
		d.Levels(&w, b)
		check("levels", judge.LevelCount*judge.PerLevel)
		d.Shape(&w, b)
		check("shape", judge.ShapeCount)
		d.PutLexical(&w, b)
		check("lexical", judge.LexicalCount)
		for range 2 * judge.Neighbours {
			d.Neighbour(&w, b-1)
		}
		check("neighbours", 2*judge.Neighbours*judge.CoreCount)
		w.Put(make([]float32, judge.PageCount)...)
		require.Equal(t, judge.SecondStart, w.At)
		w.Put(p.Kinds[:]...)
		at = w.At
		o.Put(&w, b, 0)
		check("opinions", judge.OpinionCount)
		d.PutLabels(&w, o, b)
		check("labels", judge.LabelCount)
		d.PutVotes(&w, o, b)
		check("votes", judge.VoteCount)
		require.Equal(t, judge.FeatureCount, w.At)
	}
	var row [judge.PageCount + 8]float32
	w := judge.Writer{Row: row[:]}
	d.PageRow(&w)
	assert.Equal(t, judge.PageCount, w.At)
	assert.Len(t, d.KindFeatures(d.PageFeatures()), len(judge.KindFeatureNames()))
}

func TestFeatureNames(t *testing.T) {
	names := judge.FeatureNames()
	require.Len(t, names, judge.FeatureCount)
	seen := make(map[string]int)
	for i, name := range names {
		require.NotEmpty(t, name, "feature %d", i)
		if before, ok := seen[name]; ok {
			t.Errorf("features %d and %d are both %q", before, i, name)
		}
		seen[name] = i
	}
	assert.Len(t, judge.RowHash(), 16)
}

func TestFamilies(t *testing.T) {
	family := func(name string) (found []int) {
		for f, bits := 0, judge.FamiliesOf(name); bits != 0; f, bits = f+1, bits>>1 {
			if bits&1 != 0 {
				found = append(found, f)
			}
		}
		return found
	}
	assert.Equal(t, []int{0, 20}, family("comment-list"))
	assert.Equal(t, []int{3}, family("sidebarLeft"))
	assert.Empty(t, family("adult-education"), "\"ad\" is a word, not the start of one")
	assert.Equal(t, []int{8}, family("author_box__wrap"))
}

// pageOf takes a page as far as its labels.
func pageOf(t *testing.T, markup string) *page {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(markup), htmldoc.Source{URL: "https://quay.example/news/tide-and-bus"})
	require.NoError(t, err)
	c := New(Options{})
	p := c.page(doc)
	runThrough(p, "label")
	return p
}
