package cleaner

import (
	"context"
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
	var rows [][]float32
	c := New(Options{Explain: func(p *PageTrace) { traces = p.Blocks }})
	probed := judge.WithProbe(t.Context(), &judge.Probe{Read: func(p *judge.Page) {
		for b := range p.Blocks {
			rows = append(rows, slices.Clone(p.Features.Row(b)))
		}
	}})
	article, err := c.CleanContext(probed, strings.NewReader(featurePage), "https://quay.example/news/tide-and-bus")
	require.NoError(t, err)
	require.Len(t, traces, 7)
	require.Len(t, rows, len(traces))
	kept := 0
	for k, b := range traces {
		require.Len(t, rows[k], len(judge.FeatureNames()), b.Text)
		for i, v := range rows[k] {
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
	assert.InDelta(t, 1, rows[0][2], 1e-6, "link density")
	region := slices.Index(judge.FeatureNames(), "region")
	assert.InDelta(t, 1, rows[3][region], 1e-6, "the region")
	assert.Zero(t, rows[0][region])
}

// A probe's opinions replace the judge's own. The probe does not see a page whose cleaning was stopped.
func TestProbeReplacesFirstOpinions(t *testing.T) {
	const blocks = 7
	doc, err := htmldoc.Parse(strings.NewReader(featurePage), htmldoc.Source{URL: "https://quay.example/news/tide-and-bus"})
	require.NoError(t, err)
	prior := &judge.Prior{
		Kinds:  []float32{0, 1, 0, 0, 0, 0, 0},
		Blocks: []float32{0.125, 0.125, 0.25, 0.75, 0.875, 0.125, 0.125},
	}
	var trace *PageTrace
	var found []float32
	read := 0
	c := New(Options{Explain: func(p *PageTrace) { trace = p }})
	probe := &judge.Probe{Prior: prior, Read: func(p *judge.Page) {
		read++
		found = slices.Clone(p.Probabilities)
	}}
	ctx, cancel := context.WithCancel(judge.WithProbe(t.Context(), probe))
	_, err = c.CleanDocumentContext(ctx, doc)
	require.NoError(t, err)
	require.Len(t, trace.Blocks, blocks)
	assert.Equal(t, prior.Blocks, found)
	assert.Equal(t, KindForum, trace.Kind)
	for b := range trace.Blocks {
		assert.InDelta(t, prior.Blocks[b], trace.Blocks[b].First, 1e-6)
	}
	cancel()
	_, err = c.CleanDocumentContext(ctx, doc)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, read)

	_, err = c.CleanDocument(doc)
	require.NoError(t, err)
	assert.Equal(t, 1, read, "the probe ran on a page without it")
	assert.Equal(t, KindArticle, trace.Kind)
}
