package fleet

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// BenchmarkCrawl crawls small pages on many hosts without a delay, with the web server and the worker in one process.
//
//	.ci/postgres go test ./scraper/fleet -run '^$' -bench Crawl -benchtime 1x
func BenchmarkCrawl(b *testing.B) {
	const pages, hosts = 4000, 100
	crawl := func(b *testing.B, crawl func(c workerConfig) (scraper.Stats, error)) {
		for b.Loop() {
			w := newWeb(b, pages, hosts)
			stats, err := crawl(newConfig(b, w, ""))
			require.NoError(b, err)
			require.Equal(b, pages, stats.Handled)
			w.Close()
		}
		b.ReportMetric(float64(pages*b.N)/b.Elapsed().Seconds(), "pages/s")
	}
	b.Run("memory", func(b *testing.B) {
		crawl(b, func(c workerConfig) (scraper.Stats, error) {
			s, err := scraper.New(c.options().Scraper)
			require.NoError(b, err)
			defer s.Close()
			return s.Crawl(b.Context(), c.job().Job, nil)
		})
	})
	engines(b, func(b *testing.B, name string) {
		var statements int64
		crawl(b, func(c workerConfig) (scraper.Stats, error) {
			f, err := Open(b.Context(), name, c.options())
			require.NoError(b, err)
			defer f.Close()
			stats, err := f.Crawl(b.Context(), c.job(), nil)
			statements += f.statements()
			return stats, err
		})
		b.ReportMetric(float64(statements)/float64(pages*b.N), "statements/page")
	})
}
