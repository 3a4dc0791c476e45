package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// describe writes the names of the features, and the judge's input for each page of the corpora.
func describe(o *options, stdout io.Writer) error {
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	names, err := json.Marshal(map[string]any{
		"features": judge.FeatureNames(), "hash": judge.FeatureHash(), "kindFeatures": judge.KindFeatureNames(),
		"kindHash": judge.KindFeatureHash(),
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.out, "features.json"), append(names, '\n'), 0o644); err != nil {
		return err
	}
	for _, corpus := range o.corpora {
		d := describer{corpus: corpus, out: filepath.Join(o.out, filepath.Base(corpus)), vote: o.voting(), vary: o.vary}
		if o.priors != "" {
			d.priors = filepath.Join(o.priors, filepath.Base(corpus))
		}
		if err := d.describe(stdout); err != nil {
			return fmt.Errorf("%s: %w", corpus, err)
		}
	}
	return nil
}

// page is the description of one page.
type page struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Blocks []block `json:"blocks"`
	// Parents and Tags describe the elements around blocks, in page order. Parents contains the index of each element's
	// parent, or -1 if it has none, and Tags contains each element's tag.
	Parents []int32    `json:"parents"`
	Tags    []string   `json:"tags"`
	rows    []float32  // the features of all blocks, one block after another
	row     []float32  // the features of the page
	tokens  [][]uint64 // the tokens of each block
	elems   []int32    // the element of each block, an index into Parents
}

type block struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Words int    `json:"words"`
	Label string `json:"label,omitempty"`
	Kept  bool   `json:"kept,omitempty"`
	// Elem is the block's element, an index into Parents.
	Elem int32 `json:"elem"`
}

// describer describes one corpus.
type describer struct {
	corpus, out, priors string
	vote                cleaner.Voting
	vary                bool
	entries             []entry
}

func (d *describer) describe(stdout io.Writer) error {
	entries, err := readTruth(d.corpus)
	if err != nil {
		return err
	}
	d.entries = entries
	priors := make([]judge.Prior, len(entries)) // no opinions
	if d.priors != "" {
		priors, err = readPriors(d.priors+".first.f32", d.priors+".kinds.f32", d.priors+".jsonl", len(entries))
		if err != nil {
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
	for pages := range d.inOrder(entries, priors) {
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
	fmt.Fprintf(stdout, "%s: %d pages, %d blocks\n", d.corpus, len(entries), blocks)
	return nil
}

type result struct {
	page
	err error
}

// inOrder describes pages in parallel. It returns a channel of channels in the order of the pages. Each of them
// delivers one page.
func (d *describer) inOrder(entries []entry, priors []judge.Prior) <-chan chan result {
	queue := make(chan chan result, 2*runtime.NumCPU())
	go func() {
		defer close(queue)
		for i := range entries {
			one := make(chan result, 1)
			queue <- one
			go func() {
				p, err := d.describePage(&entries[i], &priors[i])
				one <- result{p, err}
			}()
		}
	}()
	return queue
}

func (d *describer) describePage(e *entry, prior *judge.Prior) (page, error) {
	p := page{ID: e.ID, Blocks: []block{}}
	url := e.URL
	if d.vary {
		url = d.variantURL(e)
	}
	doc, err := parsePage(d.corpus, e, url)
	if err != nil {
		return p, err
	}
	if d.vary {
		d.variant(e, doc.Root)
	}
	c := cleaner.New(cleaner.Options{Vote: d.vote, Explain: func(trace *cleaner.PageTrace) {
		for _, t := range trace.Blocks {
			p.Blocks = append(p.Blocks, block{t.Text, t.Kind, t.Words, t.Label, t.Kept, 0})
		}
	}})
	ctx := judge.WithProbe(context.Background(), &judge.Probe{Prior: prior, Read: p.readRows})
	if article, err := c.CleanDocumentContext(ctx, doc); err == nil { // there are blocks even without an article
		p.Title = article.Title
	}
	for b := range p.Blocks {
		p.Blocks[b].Elem = p.elems[b]
	}
	return p, nil
}

// readRows copies the features and tokens of a page that the judge has read.
func (p *page) readRows(from *judge.Page) {
	p.row = slices.Clone(from.KindRow)
	for b := range from.Blocks {
		p.rows = append(p.rows, from.Features.Row(b)...)
		p.tokens = append(p.tokens, from.Tokens(b))
	}
	p.readTree(from)
}

// readTree copies the elements around blocks.
func (p *page) readTree(from *judge.Page) {
	nodes := from.Tree.Nodes
	at, holds := make([]int32, len(nodes)), make([]bool, len(nodes))
	for b := range from.Blocks {
		for i := from.Blocks[b].Elem; i >= 0 && !holds[i]; i = nodes[i].Parent {
			holds[i] = true
		}
	}
	for i := range nodes {
		if !holds[i] {
			continue
		}
		at[i] = int32(len(p.Parents))
		parent := int32(-1)
		if nodes[i].Parent >= 0 {
			parent = at[nodes[i].Parent]
		}
		p.Parents, p.Tags = append(p.Parents, parent), append(p.Tags, nodes[i].Tag.String())
	}
	for b := range from.Blocks {
		p.elems = append(p.elems, at[from.Blocks[b].Elem])
	}
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
