// Train describes the blocks of labeled pages for train.py, which grows the judge's trees and calls this.
//
//	go run ./cleaner/internal/judge/train -out DIR [-priors DIR] [-vote always|never] CORPUS…
//
// Each CORPUS is a folder with truth.jsonl and pages/ID.html.gz (README.md says where to get some). For each it writes,
// in the order of truth.jsonl, DIR/NAME.f32 with the features of every block (float32, little-endian, a row a block),
// DIR/NAME.kind.f32 with the features of every page, and DIR/NAME.jsonl with a line a page: its blocks' texts, kinds,
// words, and what the rules decided. With -priors, the judge's first opinions are those of PRIORS/NAME.first.f32 (a
// number a block) and PRIORS/NAME.kinds.f32 (seven a page), instead of none. The same input gives the same bytes.
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
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	out := flag.String("out", "", "`folder` to write to")
	priors := flag.String("priors", "", "`folder` with the judge's first opinions")
	vote := flag.String("vote", "always", "ask the extractor: always or never")
	flag.Parse()
	if *out == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		log.Fatal(err)
	}
	names, err := json.Marshal(map[string]any{
		"features": judge.FeatureNames(), "hash": judge.FeatureHash(), "kindFeatures": judge.KindFeatureNames(),
		"kindHash": judge.KindFeatureHash(),
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*out, "features.json"), append(names, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
	for _, corpus := range flag.Args() {
		d := describer{corpus: corpus, out: filepath.Join(*out, filepath.Base(corpus))}
		if *priors != "" {
			d.priors = filepath.Join(*priors, filepath.Base(corpus))
		}
		if *vote == "never" {
			d.vote = cleaner.VoteNever
		} else {
			d.vote = cleaner.VoteAlways
		}
		if err := d.describe(); err != nil {
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
	row    []float32
	tokens [][]uint64
}

type block struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Words int    `json:"words"`
	Label string `json:"label,omitempty"`
	Kept  bool   `json:"kept,omitempty"`
}

// entry is a line of truth.jsonl.
type entry struct{ ID, URL string }

// describer describes one corpus.
type describer struct {
	corpus, out, priors string
	vote                cleaner.Voting
	first, kinds        []float32
}

func (d *describer) describe() (err error) {
	entries, err := readTruth(filepath.Join(d.corpus, "truth.jsonl"))
	if err != nil {
		return err
	}
	blockCounts := make([]int, len(entries))
	if d.priors != "" {
		if d.first, err = readFloats(d.priors + ".first.f32"); err != nil {
			return err
		}
		if d.kinds, err = readFloats(d.priors + ".kinds.f32"); err != nil {
			return err
		}
		if blockCounts, err = readCounts(d.priors + ".jsonl"); err != nil {
			return err
		}
	}
	var files [4]*bufio.Writer
	for i, ending := range [...]string{".f32", ".kind.f32", ".jsonl", ".tokens.u64"} {
		f, err := os.Create(d.out + ending)
		if err != nil {
			return err
		}
		defer f.Close()
		files[i] = bufio.NewWriterSize(f, 1<<20)
	}
	blocks := 0
	for pages := range d.inOrder(entries, blockCounts) {
		p := <-pages
		if p.err != nil {
			return fmt.Errorf("%s: %w", p.ID, p.err)
		}
		blocks += len(p.Blocks)
		if err := write(files[0], files[1], files[2], files[3], &p.page); err != nil {
			return err
		}
	}
	for _, f := range files {
		if err := f.Flush(); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d pages, %d blocks\n", d.corpus, len(entries), blocks)
	return nil
}

func readFloats(name string) ([]float32, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	values := make([]float32, len(data)/4)
	_, err = binary.Decode(data, binary.LittleEndian, values)
	return values, err
}

// readCounts reads how many blocks each page has.
func readCounts(name string) ([]int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var counts []int
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var p page
		if err := d.Decode(&p); err == io.EOF {
			return counts, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		counts = append(counts, len(p.Blocks))
	}
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
func (d *describer) inOrder(entries []entry, blockCounts []int) <-chan chan result {
	queue := make(chan chan result, 2*runtime.NumCPU())
	go func() {
		defer close(queue)
		from := 0
		for i, e := range entries {
			one := make(chan result, 1)
			queue <- one
			prior := &cleaner.Prior{}
			if d.priors != "" {
				prior = &cleaner.Prior{Kinds: d.kinds[7*i : 7*i+7], Blocks: d.first[from : from+blockCounts[i]]}
				from += blockCounts[i]
			}
			go func() {
				p, err := d.describePage(e, prior)
				one <- result{p, err}
			}()
		}
	}()
	return queue
}

func (d *describer) describePage(e entry, prior *cleaner.Prior) (page, error) {
	p := page{ID: e.ID, Blocks: []block{}}
	f, err := os.Open(filepath.Join(d.corpus, "pages", e.ID+".html.gz"))
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
	c := cleaner.New(cleaner.Options{Prior: prior, Vote: d.vote, Explain: func(trace *cleaner.PageTrace) {
		p.row = trace.Features
		for _, t := range trace.Blocks {
			p.Blocks = append(p.Blocks, block{t.Text, t.Kind, t.Words, t.Label, t.Kept})
			p.rows = append(p.rows, t.Features...)
			p.tokens = append(p.tokens, t.Tokens)
		}
	}})
	if article, err := c.CleanDocument(doc); err == nil { // without an article there are blocks all the same
		p.Title = article.Title
	}
	return p, nil
}

func write(rows, kindRows, text, words *bufio.Writer, p *page) error {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := text.Write(append(line, '\n')); err != nil {
		return err
	}
	if err := writeFloats(rows, p.rows); err != nil {
		return err
	}
	if err := writeFloats(kindRows, p.row); err != nil {
		return err
	}
	var b [8]byte
	for _, list := range p.tokens {
		binary.LittleEndian.PutUint64(b[:], uint64(len(list)))
		if _, err := words.Write(b[:]); err != nil {
			return err
		}
		for _, t := range list {
			binary.LittleEndian.PutUint64(b[:], t)
			if _, err := words.Write(b[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeFloats(to *bufio.Writer, values []float32) error {
	var b [4]byte
	for _, v := range values {
		binary.LittleEndian.PutUint32(b[:], math.Float32bits(v))
		if _, err := to.Write(b[:]); err != nil {
			return err
		}
	}
	return nil
}
