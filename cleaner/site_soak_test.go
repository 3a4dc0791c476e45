//go:build soak

// Long runs, outside .ci/run:
//
//	go test ./cleaner -tags soak -run Soak -v -timeout 60m

package cleaner

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A million pages of one host, in ten sections that each have their own chaff. Nine of the sections have 0.1 % of the
// pages each.
func TestSoakSite(t *testing.T) {
	const pages, report = 1_000_000, 100_000
	page := func(i int) *htmldoc.Document {
		section := min(i%1000, 9)
		var b strings.Builder
		fmt.Fprintf(&b, "<title>%s %s ~ Sandry Lantern</title><div id=menu><ul>", word(i, 1), word(i, 2))
		for k := range 12 {
			fmt.Fprintf(&b, "<li><a href=/%d>%s %s</a>", k, word(0, k), word(0, k+40))
		}
		fmt.Fprintf(&b, "</ul></div><div class=section-%s><h1>%s %s</h1>", word(section, 3), word(i, 1), word(i, 2))
		for k := range 12 {
			fmt.Fprintf(&b, "<p>%s said to %s that the %s of the %s had been seen behind the <a href=/story/%d>%s</a>, and that somebody ought to write about it.</p>",
				word(i, k), word(i, k+7), word(i, k+13), word(i, k+19), 31*i+k, word(i, k+29))
		}
		fmt.Fprintf(&b, "<p>Set in type by %s in the house of %s.</p><p>Whoever finds a mistake is owed a kipper in %s.</p></div>", word(section, 5), word(section, 6), word(section, 7))
		doc, err := htmldoc.ParseBytes([]byte(b.String()), htmldoc.Source{URL: fmt.Sprintf("https://lantern.example/%d", i)})
		require.NoError(t, err)
		return doc
	}
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	before, start, site := heap(), time.Now(), NewSite()
	for i := range pages {
		site.Observe(page(i))
		if (i+1)%report == 0 {
			t.Logf("%d pages: %.1f MiB, %d keys counted, %d lost, %v", i+1, heap()-before, site.seen.used, site.seen.lost, time.Since(start).Round(time.Second))
		}
	}
	grown := heap() - before
	require.Equal(t, pages, site.Pages())
	data, err := site.MarshalBinary()
	require.NoError(t, err)
	t.Logf("%.1f MiB in memory, %.1f MiB as bytes", grown, float64(len(data))/(1<<20))
	assert.Less(t, grown, 3.0)
	snap := site.Snapshot()
	for _, i := range []int{0, 3, 8, 500, 999_999} {
		a, err := New(Options{}).ForSite(snap).CleanDocument(page(i))
		require.NoError(t, err)
		assert.NotContains(t, a.Text(), "kipper", i)
		assert.NotContains(t, a.Text(), "Set in type", i)
		assert.Equal(t, 12, strings.Count(a.Text(), "ought to write"), i)
	}
	runtime.KeepAlive(site)
}
