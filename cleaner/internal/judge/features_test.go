package judge

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

const featurePage = `<!doctype html><html lang="en"><head><title>The tide and the bus | The Quay</title><meta property="og:type" content="article"></head><body>
<nav class="main-menu"><ul><li><a href="/a">News</a></li><li><a href="/b">Weather</a></li></ul></nav>
<article class="post-content"><h1>The tide and the bus</h1><p>The tide-table of Pellow Quay is printed on the back of the bus timetable, so that whoever misses the one may console himself with the other.</p>
<p>The printer sets <b>both</b> by hand, and has been known to let the last bus wait for high water if the line came out more evenly.</p></article>
<div class="comment-list"><div class="comment"><p>It waited for me once.</p></div><div class="comment"><p>Not for me.</p></div></div></body></html>`

// Every number of a row is written, and nothing is written beyond its end.
func TestFeatureCountsAddUp(t *testing.T) {
	p := judged(t, featurePage)
	d, o := p.Features, p.Features.newOpinions()
	for b := range p.Blocks {
		w := writer{row: make([]float32, featureCount)}
		at := 0
		check := func(part string, count int) {
			require.Equal(t, at+count, w.at, part)
			at = w.at
		}
		w.put(d.cores[b][:]...)
		check("core", coreCount)
		d.own(&w, b, 2)
		check("own", ownCount+kindCount+zoneCount)
		d.place(&w, b, 2, 0, 0)
		w.put(0, 0) // the distances to long blocks
		check("place", placeCount)
		d.ancestors(&w, b)
		check("ancestors", nearTagCount+familyCount)
		d.putParts(&w, b)
		check("parts", partsFeatures)
		d.levels(&w, b)
		check("levels", levelCount*perLevel)
		d.shape(&w, b)
		check("shape", shapeCount)
		d.putLexical(&w, b)
		check("lexical", lexicalCount)
		for range 2 * neighbors {
			d.neighbor(&w, b-1)
		}
		check("neighbors", 2*neighbors*coreCount)
		w.put(make([]float32, pageCount)...)
		at = w.at
		d.putSeries(&w, d.findSeries(), b)
		check("series", seriesCount)
		d.putRegion(&w, d.viewRegion(d.p.InRegion), b)
		check("region", regionCount)
		d.putPosts(&w, d.findPosts(), b)
		check("posts", postCount)
		require.Equal(t, secondStart, w.at)
		w.put(p.kinds[:]...)
		at = w.at
		o.put(&w, b, 0)
		check("opinions", opinionCount)
		d.putLabels(&w, o, b)
		check("labels", labelCount)
		require.Equal(t, featureCount, w.at)
	}
	var row [pageCount + 8]float32
	w := writer{row: row[:]}
	d.pageRow(&w)
	assert.Equal(t, pageCount, w.at)
	assert.Len(t, d.kindFeatures(d.pageFeatures(), d.viewRegion(d.p.InRegion), d.findSeries(), d.findPosts()), len(KindFeatureNames()))
}

func TestFeatureNames(t *testing.T) {
	names := FeatureNames()
	require.Len(t, names, featureCount)
	seen := make(map[string]int)
	for i, name := range names {
		require.NotEmpty(t, name, "feature %d", i)
		if before, ok := seen[name]; ok {
			t.Errorf("features %d and %d are both %q", before, i, name)
		}
		seen[name] = i
	}
	assert.Len(t, FeatureHash(), 16)
}

func TestFamilies(t *testing.T) {
	family := func(name string) (found []int) {
		for f, bits := 0, familiesOf(name); bits != 0; f, bits = f+1, bits>>1 {
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

// On a page with more than MaxRows blocks, each row belongs to a block, and the blocks that it represents get its
// probability.
func TestRowsOfManyBlocks(t *testing.T) {
	const paragraphs = 3 * MaxRows
	for name, class := range map[string]func(i int) string{
		"one class":          func(int) string { return "entry" },
		"a class of its own": func(i int) string { return fmt.Sprintf("entry e%d", i) },
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			for i := range paragraphs {
				fmt.Fprintf(&b, "<p class='%s'>On day %d the ferry left the outer quay at dawn, and it came back.</p>\n", class(i), i)
			}
			p := judged(t, "<title>The log of the ferry</title><main>"+b.String()+"</main>")
			require.Len(t, p.Blocks, paragraphs)
			d := p.Features
			assert.LessOrEqual(t, d.rows(), MaxRows)
			for row := range d.rows() {
				assert.True(t, d.isRepresentative(d.representative(row)))
			}
			for b := range p.Blocks {
				assert.InDelta(t, p.First[d.representative(int(d.rowOf[b]))], p.First[b], 0)
			}
		})
	}
}

// judged returns a page after the judge's first pass, with the results of the earlier stages that the judge reads.
// Nothing is hidden, labeled or voted for.
func judged(t *testing.T, markup string) *Page {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(markup), htmldoc.Source{URL: "https://quay.example/news/tide-and-bus"})
	require.NoError(t, err)
	p := &Page{Memory: &Memory{}, Doc: doc, Meta: metadata.Read(doc), Tree: block.NewTree(doc.Root, nil)}
	p.NumberNames()
	skip := make([]bool, len(p.Tree.Nodes))
	for i := range skip {
		skip[i] = p.Tree.Nodes[i].Tag == atom.Head
	}
	p.Blocks = block.Segment(p.Tree, skip)
	p.Folds, p.RawZones = make([]HiddenBy, len(skip)), make([]zone.Zone, len(skip))
	for i := range skip {
		p.RawZones[i] = p.Names.Facts[p.Names.Classes[i]].Zone
	}
	p.Phrases = make([]phrase.Kind, len(p.Blocks))
	for b := range p.Blocks {
		p.Phrases[b] = phrase.Match(p.Blocks[b].Text)
	}
	p.Labeled, p.InRegion = make([]bool, len(p.Blocks)), make([]float32, len(p.Blocks))
	p.JudgeFirst()
	return p
}
