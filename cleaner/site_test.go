package cleaner

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

func lantern(t testing.TB) *inventedHost {
	t.Helper()
	return readHost(t, filepath.Join(testdata, "sites", "gazette-en.txtar"))
}

func siteBytes(t testing.TB, s interface{ MarshalBinary() ([]byte, error) }) []byte {
	t.Helper()
	data, err := s.MarshalBinary()
	require.NoError(t, err)
	return data
}

// asMarkdown returns the article with what was removed and what was declined, for comparison.
func asMarkdown(t *testing.T, a *Article, err error) string {
	t.Helper()
	require.NoError(t, err)
	return fmt.Sprintf("%s\n%v\n%v", a.Markdown(), a.Removed, a.Declined)
}

func TestSiteNeedsThreePages(t *testing.T) {
	h := lantern(t)
	site, c := NewSite(), New(Options{})
	for n := range minSitePages {
		for _, doc := range h.docs {
			alone, err := c.CleanDocument(doc)
			want := asMarkdown(t, alone, err)
			beside, err := c.ForSite(site.Snapshot()).CleanDocument(doc)
			assert.Equal(t, want, asMarkdown(t, beside, err), "after %d pages", n)
		}
		site.Observe(h.docs[n])
	}
	require.Equal(t, minSitePages, site.Pages())
	alone, err := c.ForSite(nil).CleanDocument(h.docs[0])
	want := asMarkdown(t, alone, err)
	beside, err := c.ForSite(site.Snapshot()).CleanDocument(h.docs[0])
	assert.NotEqual(t, want, asMarkdown(t, beside, err), "after three pages")
}

// The result is the same whether or not the page itself was observed.
func TestSiteOfOtherPages(t *testing.T) {
	h := lantern(t)
	site := NewSite()
	for _, doc := range h.docs[1:] {
		site.Observe(doc)
	}
	a, err := New(Options{}).ForSite(site.Snapshot()).CleanDocument(h.docs[0])
	require.NoError(t, err)
	assert.NotContains(t, a.Text(), "Rope Lane")
	site.Observe(h.docs[0])
	b, err := New(Options{}).ForSite(site.Snapshot()).CleanDocument(h.docs[0])
	require.NoError(t, err)
	assert.Equal(t, a.Text(), b.Text())
}

// Observing and cleaning in one pass gives the same result as in two passes.
func TestSiteCleanObserving(t *testing.T) {
	h, c := lantern(t), New(Options{})
	one, two := NewSite(), NewSite()
	for _, doc := range h.docs {
		known := one.Snapshot()
		a, err := c.ForSite(known).Observing(one).CleanDocument(doc)
		got := asMarkdown(t, a, err)
		a, err = c.ForSite(known).CleanDocument(doc)
		assert.Equal(t, asMarkdown(t, a, err), got)
		two.Observe(doc)
		assert.Equal(t, siteBytes(t, two), siteBytes(t, one))
	}
	empty, err := htmldoc.ParseBytes([]byte("<title>Nothing</title><nav><a href=/>Home</a></nav>"), htmldoc.Source{})
	require.NoError(t, err)
	_, err = c.Observing(one).CleanDocument(empty)
	require.ErrorIs(t, err, ErrNoArticle)
	assert.Equal(t, len(h.docs)+1, one.Pages())
}

func TestSnapshotDoesNotChange(t *testing.T) {
	h := lantern(t)
	site := NewSite()
	for _, doc := range h.docs[:4] {
		site.Observe(doc)
	}
	snap := site.Snapshot()
	before := siteBytes(t, snap)
	for _, doc := range h.docs {
		site.Observe(doc)
	}
	site.Merge(site)
	_, err := New(Options{}).ForSite(snap).CleanDocument(h.docs[7])
	require.NoError(t, err)
	assert.Equal(t, 4, snap.Pages())
	assert.Equal(t, before, siteBytes(t, snap))
}

func TestSitePagesCountOnce(t *testing.T) {
	h := lantern(t)
	site := h.site()
	before := siteBytes(t, site)
	for _, doc := range h.docs {
		site.Observe(doc)
	}
	assert.Equal(t, before, siteBytes(t, site), "the same pages again")
	source, err := h.page(3)
	require.NoError(t, err)
	for what, change := range map[string][2]string{
		"at another address":      {"", ""},
		"beside another picture":  {"/img/lantern.png", "/img/snuffed.png"},
		"beside a new short line": {"</h1>", "</h1><p>Read by nobody yet</p>"},
	} {
		doc, err := htmldoc.ParseBytes([]byte(strings.Replace(source, change[0], change[1], 1)), htmldoc.Source{URL: "https://lantern.example/print?" + what})
		require.NoError(t, err)
		site.Observe(doc)
		assert.Equal(t, len(h.docs), site.Pages(), what)
	}
}

// page returns the source of a page.
func (h *inventedHost) page(i int) (string, error) {
	var b strings.Builder
	err := html.Render(&b, h.docs[i].Root)
	return b.String(), err
}

func TestSiteOrderDoesNotMatter(t *testing.T) {
	h := lantern(t)
	want := siteBytes(t, h.site())
	for range 5 {
		site := NewSite()
		for _, i := range rand.Perm(len(h.docs)) {
			site.Observe(h.docs[i])
		}
		assert.Equal(t, want, siteBytes(t, site))
	}
}

func TestSiteMerge(t *testing.T) {
	h := lantern(t)
	halves := func() (a, b *Site) {
		a, b = NewSite(), NewSite()
		for i, doc := range h.docs {
			[]*Site{a, b}[i%2].Observe(doc)
		}
		return a, b
	}
	ab, b := halves()
	a, ba := halves()
	untouched := siteBytes(t, b)
	ab.Merge(b)
	ba.Merge(a)
	assert.Equal(t, siteBytes(t, ab), siteBytes(t, ba), "Merge is not commutative")
	assert.Equal(t, siteBytes(t, h.site()), siteBytes(t, ab), "two halves differ from the whole")
	assert.Equal(t, untouched, siteBytes(t, b), "Merge changed what it merged")
}

// The result of merging two full tables does not depend on their order, and no count is ever too high.
func TestCountsThatAreFull(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var tables [2]counts
	truth := make(map[uint64]uint32)
	for i := range tables {
		for n := range 3 * maxCounts {
			key := random.Uint64() | 1
			if n%4 == 0 {
				key = uint64(n%4096)*2 + 2
			}
			truth[key]++
			tables[i].add(key, 1)
		}
		assert.LessOrEqual(t, len(tables[i].keys), maxCounts)
		assert.Positive(t, tables[i].lost)
	}
	ab, ba := tables[0].clone(), tables[1].clone()
	ab.merge(&tables[1])
	ba.merge(&tables[0])
	assert.LessOrEqual(t, len(ab.keys), maxCounts)
	assert.Equal(t, ab.lost, ba.lost)
	assert.Equal(t, ab.used, ba.used)
	for key, n := range truth {
		require.Equal(t, ab.of(key), ba.of(key))
		require.LessOrEqual(t, ab.of(key), n)
		require.GreaterOrEqual(t, ab.of(key)+ab.lost, n)
	}
}

// Goroutines observe, take snapshots, merge and clean at the same time, for the race detector.
func TestSiteFromManyGoroutines(t *testing.T) {
	h := lantern(t)
	site, other, c := NewSite(), h.site(), New(Options{})
	var wg sync.WaitGroup
	for i, doc := range h.docs {
		wg.Go(func() {
			site.Observe(doc)
			if _, err := c.ForSite(site.Snapshot()).CleanDocument(h.docs[(i+1)%len(h.docs)]); err != nil {
				t.Error(err)
			}
			if _, err := site.MarshalBinary(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Go(func() { other.Merge(h.site()) })
	wg.Wait()
	assert.Equal(t, siteBytes(t, h.site()), siteBytes(t, site))
}

// hostOf returns a host of n pages with a given layout, in which BODY is replaced by text unique to the page.
func hostOf(t *testing.T, n int, layout func(i int) string) []*htmldoc.Document {
	t.Helper()
	docs := make([]*htmldoc.Document, n)
	for i := range docs {
		var body strings.Builder
		for k := range 6 {
			fmt.Fprintf(&body, "<p>%s said to %s that the %s of the %s had been seen %s the %s, and that somebody ought to write to the harbour master about it.</p>",
				word(i, k), word(i, k+7), word(i, k+13), word(i, k+19), []string{"behind", "below", "inside"}[(i+k)%3], word(i, k+29))
		}
		page := "<!DOCTYPE html><title>" + word(i, 1) + " and " + word(i, 2) + "</title><body>" + strings.Replace(layout(i), "BODY", body.String(), 1)
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: fmt.Sprintf("https://quay.example/%d", i)})
		require.NoError(t, err)
		docs[i] = doc
	}
	return docs
}

// word returns an invented word. With the same k, it is a different one for each page i.
func word(i, k int) string {
	b := []byte{}
	for n := uint(i*31+k*7919) + 10_000; n > 0; n /= 20 {
		b = append(b, "bcdfghklmnprstvwzjqx"[n%20], "aeiou"[n%5])
	}
	return strings.ToUpper(string(b[:1])) + string(b[1:])
}

func cleanAllOf(t *testing.T, docs []*htmldoc.Document) []*Article {
	t.Helper()
	site := NewSite()
	for _, doc := range docs {
		site.Observe(doc)
	}
	snap, articles := site.Snapshot(), make([]*Article, len(docs))
	for i, doc := range docs {
		a, err := New(Options{}).ForSite(snap).CleanDocument(doc)
		require.NoError(t, err)
		articles[i] = a
	}
	return articles
}

// The pages of each of two sections end with a line of their section. Both lines are removed, because a page is
// compared with the pages of its own section.
func TestSiteSections(t *testing.T) {
	const few, many = 10, 90
	docs := hostOf(t, few+many, func(i int) string {
		if i < few {
			return "<div class=chronicle><h1>A chronicle</h1>BODY<p class=colophon>Copied by candle in the cellar of the customs house.</p></div>"
		}
		return "<div class=story><h1>A story</h1>BODY<p>Set in type beneath the harbour stairs, on paper from the mill.</p></div>"
	})
	for i, a := range cleanAllOf(t, docs) {
		assert.NotContains(t, a.Text(), "candle in the cellar", i)
		assert.NotContains(t, a.Text(), "harbour stairs", i)
		assert.Equal(t, 6, strings.Count(a.Text(), "harbour master"), i)
	}
}

// Text that some pages share because they have the same subject is content.
func TestSiteKeepsTextSharedByStories(t *testing.T) {
	const shared = "The hundred years' wall was begun by the harbour masters, who brought its stones from the moor, and it was never finished by anybody."
	for name, layout := range map[string]string{
		"an introduction": "<div class=story><h1>The wall</h1><p>" + shared + "</p>BODY</div>",
		"a quotation":     "<div class=story><h1>The wall</h1>BODY<blockquote><p>" + shared + "</p></blockquote><p>So it stands in the book of TITLE, on the page with the stain.</p></div>",
		"a closing":       "<div class=story><h1>The wall</h1>BODY<p>" + shared + "</p></div>",
	} {
		t.Run(name, func(t *testing.T) {
			docs := hostOf(t, 40, func(i int) string {
				if i%8 == 0 {
					return strings.Replace(layout, "TITLE", word(i, 3), 1)
				}
				return "<div class=story><h1>A story</h1>BODY</div>"
			})
			for i, a := range cleanAllOf(t, docs) {
				assert.Equal(t, i%8 == 0, strings.Contains(a.Text(), shared), i)
			}
		})
	}
}

// A page that consists mostly of repeated text stays as it is.
func TestSiteDeclines(t *testing.T) {
	const notice = "<p>The reading room is closed for the counting of the candles, and nobody can tell when it will open.</p><p>Readers who have left a hat may ask for it at the gate, where the porter keeps them by size.</p><p>Those who came for a story are asked to come again, and to bring a candle of their own if they can.</p>"
	docs := hostOf(t, 12, func(i int) string {
		if i < 9 {
			return "<div class=story><h1>Closed</h1>" + notice + "<p>Notice of " + word(i, 5) + ".</p><!--BODY--></div>"
		}
		return "<div class=story><h1>A story</h1>BODY</div>"
	})
	for i, a := range cleanAllOf(t, docs)[:9] {
		assert.Contains(t, a.Text(), "by size", i)
	}
}

func TestSiteImages(t *testing.T) {
	docs := hostOf(t, 12, func(i int) string {
		return fmt.Sprintf("<div class=story><h1>A story</h1><p><img src=/curl.png alt='A curl'></p>BODY<p><img src=/photo-%d.jpg alt='A photograph'></p></div>", i)
	})
	for i, a := range cleanAllOf(t, docs) {
		assert.NotContains(t, a.Markdown(), "curl.png", i)
		assert.Contains(t, a.Markdown(), fmt.Sprintf("photo-%d.jpg", i))
	}
}

func TestSiteTitles(t *testing.T) {
	n := metadata.SiteNames{}
	site := NewSite()
	for i, title := range []string{"The bell ~ Sandry Lantern", "Hens ~ Sandry Lantern", "Ink / Sandry Lantern", "The mayor's shadow", "Gloves ~ Sandry Lantern", "A lamp ~ Sandry Lantern"} {
		doc, err := htmldoc.ParseBytes([]byte("<title>"+title+"</title><p>Page "+word(i, 1)+" of "+word(i, 2)), htmldoc.Source{})
		require.NoError(t, err)
		site.Observe(doc)
	}
	n.Add(site.Snapshot().namesIn("Piano ~ Sandry Lantern"))
	assert.Equal(t, []string{"sandry lantern"}, n.Folded)
	assert.Equal(t, "Piano", n.Strip("Piano ~ Sandry Lantern", nil))
	assert.Empty(t, site.Snapshot().namesIn("The ghost ~ Part two"))
}

func TestHashMasked(t *testing.T) {
	for name, c := range map[string]struct {
		a, b    string
		same    bool
		letters bool
	}{
		"digits":       {"3 of 12 pages, 14:05", "7 of 9 pages, 9:59", true, true},
		"case, space":  {"Read  MORE", "read more", true, true},
		"words":        {"read more", "read less", false, true},
		"numbers only": {"12 / 31", "1 / 2", true, false},
		"other script": {"Πρώτο", "Δεύτερο", false, true},
		"signs":        {"— • —", "— • —", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, letters := hashMasked(c.a)
			b, _ := hashMasked(c.b)
			assert.Equal(t, c.same, a == b)
			assert.Equal(t, c.letters, letters)
		})
	}
}

func TestWilsonLowerBound(t *testing.T) {
	assert.Zero(t, wilsonLowerBound(0, 10))
	assert.Zero(t, wilsonLowerBound(3, 0))
	assert.InDelta(t, 0.342, wilsonLowerBound(2, 2), 0.001)
	assert.InDelta(t, 0.722, wilsonLowerBound(10, 10), 0.001)
	assert.InDelta(t, 0.237, wilsonLowerBound(5, 10), 0.001)
	assert.Less(t, wilsonLowerBound(50, 100), wilsonLowerBound(500, 1000))
	assert.LessOrEqual(t, wilsonLowerBound(12, 10), 1.0, "subtracted counts may differ")
}
