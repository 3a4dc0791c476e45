package cleaner

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
		require.Len(t, b.Features, len(judge.FeatureNames()), b.Text)
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
