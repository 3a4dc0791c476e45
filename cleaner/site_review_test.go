package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// harbourPage returns page i of a host whose pages share a title and a notice that is longer than any of their texts.
// Each page has its own text and table.
func harbourPage(t *testing.T, i int) *htmldoc.Document {
	t.Helper()
	things := []string{"nets", "lamps", "barrels", "bells", "geese", "oars", "sails", "ropes", "kegs", "tiles", "clocks", "maps"}
	woods := []string{"larch", "oak", "willow", "ash", "elm", "pine", "cedar", "beech", "birch", "hazel", "yew", "holly"}
	thing, wood := things[i%len(things)], woods[(i*5+i/7)%len(woods)]
	var text strings.Builder
	for k := range 4 {
		fmt.Fprintf(&text, "<p>The %s of the %s boat came ashore before the tide, and %s counted them with the %s from the year before, as the book of the harbour asks.</p>",
			thing, wood, woods[(i+k)%12], things[(i+2*k)%12])
	}
	page := "<!DOCTYPE html><html lang=en><title>Harbour register</title><main><h1>The " + thing + " of the " + wood + " boat</h1>" + text.String() +
		"<table><tr><th>Wood<td>" + wood + " from the north shore<tr><th>Cargo<td>" + thing + " for the " + woods[(i+3)%12] + " yard<tr><th>Master<td>the elder of " + woods[(i+7)%12] + " house</table></main>" +
		"<footer><p>" + strings.Repeat("Whoever takes a copy of this register may hand it on, if the harbour is named and nobody is asked for money. ", 6) + "</p></footer>"
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: fmt.Sprintf("https://harbour.example/boats/%d", i)})
	require.NoError(t, err)
	return doc
}

func TestSiteOfOneTitleAndOneNotice(t *testing.T) {
	site := NewSite()
	for i := range 24 {
		site.Observe(harbourPage(t, i))
	}
	assert.Equal(t, 24, site.Pages(), "pages that share a title and their longest text were counted as one")
}

// The labels of a table are the same on every page, while its values are unique to the page. Both are part of the
// table.
func TestSiteKeepsTables(t *testing.T) {
	site := NewSite()
	for i := range 24 {
		site.Observe(harbourPage(t, i))
	}
	for i := range 24 {
		alone, err := CleanDocument(harbourPage(t, i))
		require.NoError(t, err)
		beside, err := New(Options{}).ForSite(site.Snapshot()).CleanDocument(harbourPage(t, i))
		require.NoError(t, err)
		for _, words := range []string{"from the north shore", "yard", "the elder of"} {
			if strings.Contains(alone.Text(), words) {
				assert.Contains(t, beside.Text(), words, "page %d", i)
			}
		}
	}
}

// If machines start from a copy of a Site and merge it back, its pages are counted again each time. A page that was
// counted several times is not evidence of repetition on other pages.
func TestSiteOfCopies(t *testing.T) {
	site := NewSite()
	for i := range 8 {
		site.Observe(harbourPage(t, i))
	}
	for range 8 {
		copied := NewSite()
		require.NoError(t, copied.UnmarshalBinary(siteBytes(t, site)))
		site.Merge(copied)
	}
	for i := range 8 {
		alone, err := CleanDocument(harbourPage(t, i))
		require.NoError(t, err)
		beside, err := New(Options{}).ForSite(site.Snapshot()).CleanDocument(harbourPage(t, i))
		require.NoError(t, err)
		for line := range strings.SplitSeq(alone.Text(), "\n") {
			if strings.Contains(line, "came ashore") {
				assert.Contains(t, beside.Text(), line)
			}
		}
	}
}

// A link leads away whether it is in a block, around the block's text or around the block. Links within the page do
// not.
func TestLeadsAway(t *testing.T) {
	doc, err := htmldoc.Parse(strings.NewReader(`<ul><li><a href="/1">In an item</a></li><li><a href="/2"><p>Around a paragraph</p></a></li>
<li>Go <a href="/3">on</a></li><li><a href="#top">To the top</a></li><li>No link</li></ul>`), htmldoc.Source{})
	require.NoError(t, err)
	p := New(Options{}).page(doc)
	p.readMetadata()
	p.segmentPage()
	away := make(map[string]bool)
	for b := range p.Blocks {
		away[p.Blocks[b].Text] = p.leadsAway(&p.Blocks[b])
	}
	assert.Equal(t, map[string]bool{
		"In an item": true, "Around a paragraph": true, "Go on": true, "To the top": false, "No link": false,
	}, away)
}
