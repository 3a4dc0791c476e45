package cleaner

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

const explained = `<!doctype html><title>The bakery clock</title><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/bread">Bread</a></li></ul></nav>
<main><h1>The bakery clock</h1><h2>How it stopped</h2>
<p>The clock above the bakery stopped at <em>ten to four</em> on a Tuesday, and nobody has wound it since.</p>
<div>The baker says that it is right twice a day,<br><br>which is more than can be said of the one at the station.</div>
<p hidden>Only a visitor who opens this paragraph ever learns that the key to the clock hangs behind the oven.</p>
<div class="sr-only"><span>Opens in a new window</span></div></main>
<template><p>Never shown</p></template><script>tick()</script></body>`

// explain cleans a page and returns the trace that Explain received.
func explain(t *testing.T, page string, o Options) (*htmldoc.Document, *PageTrace) {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://bakery.example/clock"})
	require.NoError(t, err)
	var trace *PageTrace
	o.Explain = func(got *PageTrace) { trace = got }
	_, err = New(o).CleanDocument(doc)
	require.NoError(t, err)
	return doc, trace
}

// A block's nodes are nodes of the page itself. They are below the one element that the block's paths select, and have
// the block's text.
func TestTracePlaces(t *testing.T) {
	doc, trace := explain(t, explained, Options{Blocks: true})
	require.Greater(t, len(trace.Blocks), 6)
	for _, b := range trace.Blocks {
		at := selected(t, doc.Root, b.CSS, b.XPath)
		var text strings.Builder
		for _, n := range b.Nodes {
			text.WriteString(n.Data)
			assert.True(t, contains(at, n), "%q is not in %s", n.Data, b.CSS)
		}
		assert.Equal(t, b.Text, strings.Join(strings.Fields(text.String()), " "))
	}
	clock := traced(t, trace, "The clock above")
	assert.Equal(t, "How it stopped", clock.Path)
	assert.Len(t, clock.Nodes, 3)
	assert.NotEqual(t, traced(t, trace, "The baker says").Nodes, traced(t, trace, "which is more").Nodes)
	assert.True(t, traced(t, trace, "Only a visitor").Hidden)
	assert.False(t, clock.Hidden)
	assert.Equal(t, "label", traced(t, trace, "The bakery clock").Stage)
	for _, n := range trace.Hidden {
		assert.Same(t, doc.Root, rootOf(n))
		assert.NotContains(t, dom.RawText(n), "clock")
	}
}

// Without Options.Blocks, no positions are computed; with Explain, all stages are timed.
func TestTraceOfStages(t *testing.T) {
	_, trace := explain(t, explained, Options{})
	for _, b := range trace.Blocks {
		assert.Empty(t, b.CSS+b.XPath+b.Path)
		assert.Empty(t, b.Nodes)
	}
	assert.Empty(t, trace.Hidden)
	require.Len(t, trace.Stages, len(stages))
	for i, s := range trace.Stages {
		assert.Equal(t, stages[i].name, s.Stage)
		assert.GreaterOrEqual(t, s.Took.Nanoseconds(), int64(0))
	}
}

// Text that is only in the page's data has no nodes on the page.
func TestTraceOfData(t *testing.T) {
	const note = "The night bus to the harbor waits for the last guest of the inn, and the last guest is always the same man."
	page := `<!doctype html><title>The night bus</title><body><div id="root"></div><script type="application/ld+json">` +
		`{"@context":"https://schema.org","@type":"NewsArticle","headline":"The night bus","articleBody":"` +
		strings.Repeat(note+" ", 6) + `"}</script></body>`
	_, trace := explain(t, page, Options{Blocks: true})
	b := traced(t, trace, "The night bus to the harbor")
	assert.Empty(t, b.Nodes)
	assert.Empty(t, b.CSS)
}

// keepLast is a site rule that keeps the last element with the given name.
type keepLast string

func (k keepLast) Match(doc *htmldoc.Document, _ *url.URL) *SiteMatch {
	m := &SiteMatch{}
	for n := range doc.Root.Descendants() {
		if n.Data == string(k) {
			m.Keep = []Selected{{Node: n, Rule: "site-rule: bakery.example.yaml:1", Reason: "keep: " + string(k)}}
		}
	}
	return m
}

// The trace of a block that a site rule keeps names the rule.
func TestTraceOfSiteRules(t *testing.T) {
	_, trace := explain(t, explained, Options{SiteRules: keepLast("nav")})
	home := traced(t, trace, "Home")
	assert.True(t, home.Kept)
	assert.Equal(t, "site-rule: bakery.example.yaml:1", home.Rule)
	assert.Equal(t, "keep: nav", home.Reason)
	assert.Empty(t, traced(t, trace, "The clock above").Rule)
	_, trace = explain(t, explained, Options{})
	assert.False(t, traced(t, trace, "Home").Kept)
}

func traced(t *testing.T, trace *PageTrace, start string) *BlockTrace {
	t.Helper()
	for i := range trace.Blocks {
		if strings.HasPrefix(trace.Blocks[i].Text, start) {
			return &trace.Blocks[i]
		}
	}
	require.Fail(t, "no block begins with "+start)
	return nil
}

func contains(root, n *html.Node) bool {
	for at := n; at != nil; at = at.Parent {
		if at == root {
			return true
		}
	}
	return false
}

func rootOf(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
	}
	return n
}
