package cleaner

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	readability "github.com/go-shiori/go-readability"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// benchPages returns pages of the corpora in DECHAFF_CORPUS or, without it, the golden pages, both as bytes and parsed.
// size is their total size in bytes.
func benchPages(b *testing.B) (pages [][]byte, docs []*htmldoc.Document, size int64) {
	b.Helper()
	if dir := os.Getenv("DECHAFF_CORPUS"); dir != "" {
		pages = samplePages(b, dir, timedPages)
	} else {
		files, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
		require.NoError(b, err)
		require.NotEmpty(b, files)
		for _, file := range files {
			page, err := os.ReadFile(file)
			require.NoError(b, err)
			pages = append(pages, page)
		}
	}
	for _, page := range pages {
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: benchURL})
		require.NoError(b, err)
		docs, size = append(docs, doc), size+int64(len(page))
	}
	return pages, docs, size
}

const (
	benchURL   = "https://gazette.example/"
	timedPages = 130 // how many pages of the corpora are read
)

// An engine is a program that is timed on the bytes of pages.
type engine struct {
	name string
	one  func(page []byte) error
}

// engines returns the programs that are timed. Each turns bytes into a tree or into text.
func engines(b *testing.B) []engine {
	b.Helper()
	address, err := url.Parse(benchURL)
	require.NoError(b, err)
	return []engine{
		{"html.Parse", func(page []byte) error {
			_, err := html.Parse(bytes.NewReader(page))
			return err
		}},
		{"htmldoc.Parse", func(page []byte) error {
			_, err := htmldoc.ParseBytes(page, htmldoc.Source{})
			return err
		}},
		{"go-readability", func(page []byte) error { // it also renders text, which cannot be turned off
			_, err := readability.FromReader(bytes.NewReader(page), address)
			return err
		}},
		{"dechaff", func(page []byte) error {
			article, err := Clean(bytes.NewReader(page), benchURL)
			if errors.Is(err, ErrNoArticle) {
				return nil
			} else if err != nil {
				return err
			}
			article.Text()
			return nil
		}},
	}
}

// Small pages have fewer than smallPage bytes, large ones at least largePage.
const (
	smallPage = 30_000
	largePage = 300_000
)

// BenchmarkPages turns bytes into text. One operation processes all pages of one size class. "x-html.Parse" is the time
// relative to the parser alone; the engine and the parser run alternately.
func BenchmarkPages(b *testing.B) {
	pages, _, _ := benchPages(b)
	list := engines(b)
	parse := list[0].one
	for _, size := range []struct {
		name     string
		from, to int
	}{{"small", 0, smallPage}, {"typical", smallPage, largePage}, {"large", largePage, math.MaxInt}} {
		for _, e := range list {
			b.Run(size.name+"/"+e.name, func(b *testing.B) {
				var chosen [][]byte
				bytes := 0
				for _, page := range pages {
					if size.from <= len(page) && len(page) < size.to {
						chosen, bytes = append(chosen, page), bytes+len(page)
					}
				}
				if len(chosen) == 0 {
					b.Skip("no page of this size")
				}
				b.SetBytes(int64(bytes))
				b.ReportAllocs()
				var parsing, own time.Duration
				for b.Loop() {
					for _, page := range chosen {
						start := time.Now()
						if err := e.one(page); err != nil {
							b.Fatal(err)
						}
						own += time.Since(start)
						b.StopTimer()
						start = time.Now()
						_ = parse(page)
						parsing += time.Since(start)
						b.StartTimer()
					}
				}
				b.ReportMetric(own.Seconds()/parsing.Seconds(), "x-html.Parse")
				b.ReportMetric(float64(len(chosen)), "pages")
			})
		}
	}
}

// BenchmarkParallel runs each engine in three ways: with one goroutine on one core, with one goroutine that may use all
// cores, and with one goroutine for each core. "scaling" is how many times faster the third way is than the first, and
// "goroutines" how many times faster it is than the second, in which the garbage collector can run on the other cores.
// The parser's figures show the limit of the machine.
func BenchmarkParallel(b *testing.B) {
	pages, _, size := benchPages(b)
	for _, e := range engines(b) {
		b.Run(e.name, func(b *testing.B) {
			b.SetBytes(3 * size)
			work := func(workers int) time.Duration {
				start := time.Now()
				var next atomic.Int64
				var done sync.WaitGroup
				for range workers {
					done.Go(func() {
						for i := next.Add(1) - 1; i < int64(len(pages)); i = next.Add(1) - 1 {
							_ = e.one(pages[i])
						}
					})
				}
				done.Wait()
				return time.Since(start)
			}
			var core, one, many time.Duration
			cores := runtime.GOMAXPROCS(0)
			for b.Loop() {
				runtime.GOMAXPROCS(1)
				core += work(1)
				runtime.GOMAXPROCS(cores)
				one += work(1)
				many += work(cores)
			}
			b.ReportMetric(core.Seconds()/many.Seconds(), "scaling")
			b.ReportMetric(one.Seconds()/many.Seconds(), "goroutines")
		})
	}
}

// BenchmarkBlocks turns bytes into articles without and with Options.Blocks, alternately. "with/without" is the ratio
// of the times.
func BenchmarkBlocks(b *testing.B) {
	pages, _, size := benchPages(b)
	plain, asked := New(Options{}), New(Options{Blocks: true})
	timed := func(c *Cleaner, page []byte) time.Duration {
		start := time.Now()
		_, _ = c.Clean(bytes.NewReader(page), benchURL)
		return time.Since(start)
	}
	b.SetBytes(4 * size)
	var without, with time.Duration
	for b.Loop() {
		for _, page := range pages {
			without += timed(plain, page) // before the first run, the page is not in any cache
			with += timed(asked, page) + timed(asked, page)
			without += timed(plain, page)
		}
	}
	b.ReportMetric(with.Seconds()/without.Seconds(), "with/without")
}

// BenchmarkStages times each stage on the result of the stages before it.
func BenchmarkStages(b *testing.B) {
	_, docs, size := benchPages(b)
	for i, stage := range stages {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, doc := range docs {
					b.StopTimer()
					p := New(Options{}).page(doc)
					for _, earlier := range stages[:i] {
						earlier.run(p)
					}
					b.StartTimer()
					stage.run(p)
				}
			}
		})
	}
}

func BenchmarkRender(b *testing.B) {
	_, docs, size := benchPages(b)
	var articles []*Article
	var texts []string
	var stored [][]byte
	for _, doc := range docs {
		a, err := CleanDocument(doc)
		require.NoError(b, err)
		asJSON, err := json.Marshal(a)
		require.NoError(b, err)
		articles, texts, stored = append(articles, a), append(texts, a.Text()), append(stored, asJSON)
	}
	for _, bench := range []struct {
		name string
		one  func(i int)
	}{
		{"Text", func(i int) { articles[i].Text() }},
		{"Markdown", func(i int) { articles[i].Markdown() }},
		{"HTML", func(i int) { articles[i].HTML() }},
		{"to JSON", func(i int) { _, _ = articles[i].MarshalJSON() }},
		{"from JSON", func(i int) { _ = new(Article).UnmarshalJSON(stored[i]) }},
		{"CleanText", func(i int) { CleanText(texts[i]) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for i := range docs {
					bench.one(i)
				}
			}
		})
	}
}

// BenchmarkSite cleans the pages of an invented host: without a Site; with a Snapshot of all pages and a Site that
// observes each page; with such a Site but without a Snapshot; and with a separate call of Observe. For comparison, it
// also times Observe and parsing alone. The pages are a newspaper's golden page with different words, so that their
// size and structure are realistic.
func BenchmarkSite(b *testing.B) {
	source, err := os.ReadFile(filepath.Join(testdata, "pages", "newspaper-consent", "page.html"))
	require.NoError(b, err)
	pages := make([][]byte, 20)
	size := int64(0)
	for i := range pages {
		pages[i] = bytes.ReplaceAll(source, []byte(" the "), []byte(" "+word(i, 1)+" "))
		size += int64(len(pages[i]))
	}
	parse := func(i int) *htmldoc.Document {
		doc, err := htmldoc.ParseBytes(pages[i], htmldoc.Source{URL: "https://gazette.example/" + word(i, 2)})
		if err != nil {
			b.Fatal(err)
		}
		return doc
	}
	site, c := NewSite(), New(Options{})
	for i := range pages {
		site.Observe(parse(i))
	}
	snap := site.Snapshot()
	for _, bench := range []struct {
		name string
		one  func(into *Site, doc *htmldoc.Document) error
	}{
		{"without", func(_ *Site, doc *htmldoc.Document) error {
			_, err := c.CleanDocument(doc)
			return err
		}},
		{"with", func(into *Site, doc *htmldoc.Document) error {
			_, err := c.ForSite(snap).Observing(into).CleanDocument(doc)
			return err
		}},
		{"observing", func(into *Site, doc *htmldoc.Document) error {
			_, err := c.Observing(into).CleanDocument(doc)
			return err
		}},
		{"observed apart", func(into *Site, doc *htmldoc.Document) error {
			into.Observe(doc)
			_, err := c.CleanDocument(doc)
			return err
		}},
		{"observe alone", func(into *Site, doc *htmldoc.Document) error {
			into.Observe(doc)
			return nil
		}},
		{"parse alone", func(*Site, *htmldoc.Document) error { return nil }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				into := NewSite()
				for i := range pages {
					if err := bench.one(into, parse(i)); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
