package cleaner

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	readability "github.com/go-shiori/go-readability"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// benchPages are the golden pages, parsed.
func benchPages(b *testing.B) (pages [][]byte, docs []*htmldoc.Document, size int64) {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
	require.NoError(b, err)
	require.NotEmpty(b, files)
	for _, file := range files {
		page, err := os.ReadFile(file)
		require.NoError(b, err)
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://gazette.example/"})
		require.NoError(b, err)
		pages, docs, size = append(pages, page), append(docs, doc), size+int64(len(page))
	}
	return pages, docs, size
}

// One operation is all golden pages. Compare the whole with what it is made of: the parser, and go-readability.
func BenchmarkPages(b *testing.B) {
	pages, docs, size := benchPages(b)
	address, err := url.Parse("https://gazette.example/")
	require.NoError(b, err)
	for _, bench := range []struct {
		name string
		one  func(i int) error
	}{
		{"html.Parse alone", func(i int) error {
			_, err := html.Parse(bytes.NewReader(pages[i]))
			return err
		}},
		{"htmldoc.Parse", func(i int) error {
			_, err := htmldoc.ParseBytes(pages[i], htmldoc.Source{})
			return err
		}},
		{"go-readability alone, parsed", func(i int) error {
			parser := readability.NewParser()
			_, err := parser.ParseDocument(docs[i].Root, address)
			return err
		}},
		{"CleanDocument", func(i int) error {
			_, err := CleanDocument(docs[i])
			return err
		}},
		{"Clean", func(i int) error {
			_, err := Clean(bytes.NewReader(pages[i]), "https://gazette.example/")
			return err
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for i := range pages {
					if err := bench.one(i); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkStages times each stage on what the stages before it left.
func BenchmarkStages(b *testing.B) {
	_, docs, size := benchPages(b)
	stages := []struct {
		name string
		run  func(p *page)
	}{
		{"metadata", func(p *page) { p.meta = readMetadata(p.doc, nil) }},
		{"tree", func(p *page) { p.tree = block.NewTree(p.doc.Root, nil) }},
		{"mark", (*page).mark},
		{"blocks", (*page).segment},
		{"notes", (*page).note},
		{"judge", (*page).judgeFirst},
		{"vote", func(p *page) { p.vote(readabilityExtractor{}) }},
		{"label", (*page).label},
		{"judge again", (*page).judgeAgain},
		{"decide", (*page).decide},
		{"assemble", func(p *page) { _, _ = p.assemble() }},
	}
	for i, stage := range stages {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, doc := range docs {
					b.StopTimer()
					p := &page{doc: doc, opts: &Options{}}
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

// One operation is all pages of an invented host, from bytes to text: alone, and with Observe and the Snapshot of all of them. The pages
// are the golden page of a newspaper with other words in it, so that they have the size and the boxes of real ones.
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
			_, err := c.CleanAndObserve(into, snap, doc)
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
