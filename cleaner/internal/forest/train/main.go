// Train describes the blocks of labelled pages for train.py, which grows the judge's trees.
//
//	go run ./cleaner/internal/forest/train -out DIR CORPUS…
//
// Each CORPUS is a folder with truth.jsonl and pages/ID.html.gz (README.md says where to get some). For each it writes, in the
// order of truth.jsonl, DIR/NAME.f32 with the features of every block (float32, little-endian, a row a block) and
// DIR/NAME.jsonl with a line a page: its blocks' texts, kinds, words, and what the rules decided. The same input gives the
// same bytes.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"runtime"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	out := flag.String("out", "", "`folder` to write to")
	flag.Parse()
	if *out == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		log.Fatal(err)
	}
	names, err := json.Marshal(map[string]any{"features": cleaner.FeatureNames(), "hash": cleaner.FeatureHash()})
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*out, "features.json"), append(names, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
	for _, corpus := range flag.Args() {
		if err := describe(corpus, filepath.Join(*out, filepath.Base(corpus))); err != nil {
			log.Fatalf("%s: %v", corpus, err)
		}
	}
}

// page is what is written of one page.
type page struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Blocks []block `json:"blocks"`
	rows   []float32
}

type block struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Words int    `json:"words"`
	Rule  string `json:"rule,omitempty"`
	Kept  bool   `json:"kept,omitempty"`
}

// entry is a line of truth.jsonl.
type entry struct{ ID, URL string }

func describe(corpus, out string) (err error) {
	entries, err := readTruth(filepath.Join(corpus, "truth.jsonl"))
	if err != nil {
		return err
	}
	matrix, err := os.Create(out + ".f32")
	if err != nil {
		return err
	}
	defer matrix.Close()
	lines, err := os.Create(out + ".jsonl")
	if err != nil {
		return err
	}
	defer lines.Close()
	rows, text := bufio.NewWriterSize(matrix, 1<<20), bufio.NewWriterSize(lines, 1<<20)
	blocks := 0
	for pages := range inOrder(corpus, entries) {
		p := <-pages
		if p.err != nil {
			return fmt.Errorf("%s: %w", p.ID, p.err)
		}
		blocks += len(p.Blocks)
		if err := write(rows, text, &p.page); err != nil {
			return err
		}
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	if err := text.Flush(); err != nil {
		return err
	}
	fmt.Printf("%s: %d pages, %d blocks\n", corpus, len(entries), blocks)
	return matrix.Close()
}

func readTruth(name string) ([]entry, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var entries []entry
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var e entry
		if err := d.Decode(&e); err == io.EOF {
			return entries, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		entries = append(entries, e)
	}
}

type result struct {
	page
	err error
}

// inOrder describes pages in parallel and gives them in order: a channel of channels, each of one page.
func inOrder(corpus string, entries []entry) <-chan chan result {
	queue := make(chan chan result, 2*runtime.NumCPU())
	go func() {
		defer close(queue)
		for _, e := range entries {
			one := make(chan result, 1)
			queue <- one
			go func() {
				p, err := describePage(filepath.Join(corpus, "pages", e.ID+".html.gz"), e)
				one <- result{p, err}
			}()
		}
	}()
	return queue
}

func describePage(name string, e entry) (page, error) {
	p := page{ID: e.ID, Blocks: []block{}}
	f, err := os.Open(name)
	if err != nil {
		return p, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return p, err
	}
	doc, err := htmldoc.Parse(z, htmldoc.Source{URL: e.URL})
	if err != nil {
		return p, err
	}
	c := cleaner.New(cleaner.Options{Explain: func(traces []cleaner.BlockTrace) {
		for _, t := range traces {
			p.Blocks = append(p.Blocks, block{t.Text, t.Kind, t.Words, t.Rule, t.Kept})
			p.rows = append(p.rows, t.Features...)
		}
	}})
	if article, err := c.CleanDocument(doc); err == nil { // without an article there are blocks all the same
		p.Title = article.Title
	}
	return p, nil
}

func write(rows, text *bufio.Writer, p *page) error {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := text.Write(append(line, '\n')); err != nil {
		return err
	}
	var b [4]byte
	for _, v := range p.rows {
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		if _, err := rows.Write(b[:]); err != nil {
			return err
		}
	}
	return nil
}
