package dedup

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// Errors to match with errors.Is.
var (
	// ErrNoShards means that a folder contains no shard of JSON lines or Parquet.
	ErrNoShards = errors.New("no shards of JSON lines or Parquet")
	// ErrNoText means that a shard was written without the field "text".
	ErrNoText = errors.New("a row has no text")
	// ErrDone means that the output folder contains the result of an earlier pass.
	ErrDone = errors.New("this folder holds the result of an earlier pass")
)

// ReportName is the name of the file, next to the shards, with one line per repetition. It is written last.
const ReportName = "duplicates.jsonl"

// Options configures Run.
type Options struct {
	// From is the folder with the shards, and To is another folder for the copies.
	From, To string
	// Near also finds texts that are similar but not equal.
	Near bool
	// Force replaces the result of an earlier pass.
	Force bool
	// Workers is the maximum number of texts that are hashed at a time.
	Workers int
}

// A Repeat is a line of the report.
type Repeat struct {
	// ID is the id of the article that was left out. Shard is the shard that contained it.
	ID    string `json:"id"`
	Shard string `json:"shard"`
	// Of is the id of the first article that this one repeats. That article may itself be a repetition of an earlier
	// one. OfShard is its shard.
	Of      string `json:"of"`
	OfShard string `json:"of_shard"`
	// Similarity is an estimate of the share of word sequences that both articles have, from 0 to 1. It is 1 for the
	// same text.
	Similarity float64 `json:"similarity"`
}

// Counts are the numbers of shards and of articles in them, and of articles that were left out.
type Counts struct{ Shards, Articles, Repeats int }

// A pass is one run over the shards.
type pass struct {
	Options
	method

	shards []shard
	dir    string // for temporary files
	sigs   *table
	ids    *idTable
	keys   *spill // (key, page) pairs, split into keyParts by the lowest bits of the key
	edges  *spill // (page, earlier page that it repeats) pairs, split by page into parts of edgeBlock pages
	pages  uint64
}

const (
	keyParts  = 256     // the number of parts that the keys are split into; one part is in memory at a time
	edgeBlock = 1 << 20 // the number of pages whose repetitions are in memory at a time
)

// Run copies the shards of a folder to another, without the articles that repeat an earlier one. Shards are processed
// in the order of their names. Each copy, and the report, gets its final name when it is complete.
func Run(ctx context.Context, o Options) (Counts, error) {
	p := &pass{Options: o, method: exact}
	if o.Near {
		p.method = near
	}
	var err error
	if p.shards, err = findShards(o.From); err != nil {
		return Counts{}, err
	}
	if err := p.prepare(); err != nil {
		return Counts{}, err
	}
	defer func() { _ = os.RemoveAll(p.dir) }() // any remaining files have temporary names
	defer p.close()
	if err := p.sign(ctx); err != nil {
		return Counts{}, err
	}
	if err := p.compare(ctx); err != nil {
		return Counts{}, err
	}
	repeats, err := p.copy(ctx)
	return Counts{len(p.shards), int(p.pages), repeats}, err
}

// prepare creates the folders and the temporary files.
func (p *pass) prepare() error {
	if from, err := os.Stat(p.From); err == nil {
		if to, err := os.Stat(p.To); err == nil && os.SameFile(from, to) {
			return fmt.Errorf("the shards and their copies must be in different folders: %s", p.To)
		}
	}
	if err := os.MkdirAll(p.To, 0o755); err != nil {
		return err
	}
	report := filepath.Join(p.To, ReportName)
	if _, err := os.Stat(report); err == nil && !p.Force {
		return fmt.Errorf("%w: %s", ErrDone, p.To)
	}
	if err := os.Remove(report); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	var err error
	if p.dir, err = os.MkdirTemp(p.To, ".tmp-dedup-*"); err != nil {
		return err
	}
	if p.sigs, err = newTable(p.dir, "signatures", p.size); err != nil {
		return err
	}
	p.keys, p.edges = newSpill(p.dir, "keys"), newSpill(p.dir, "repeats")
	p.ids, err = newIDTable(p.dir)
	return err
}

func (p *pass) close() {
	if p.sigs != nil {
		p.sigs.file.Close()
	}
	if p.ids != nil {
		p.ids.close()
	}
	if p.keys != nil {
		p.keys.close()
		p.edges.close()
	}
}

// A signed is a row with its signature. A row without words has no signature.
type signed struct {
	row

	sig []byte
	err error
}

// sign computes the signatures and keys of all pages.
func (p *pass) sign(ctx context.Context) error {
	for n, s := range p.shards {
		var readErr error
		rows := func(yield func(row) bool) { readErr = s.rows(yield) }
		for r := range parallel.Map(ctx, rows, p.Workers, p.signRow) {
			if r.err != nil {
				return fmt.Errorf("%s: %w", s.path, r.err)
			}
			for _, key := range p.keysOf(r.sig) {
				if err := p.keys.add(int(key%keyParts), pair{key, p.pages}); err != nil {
					return err
				}
			}
			if r.sig == nil {
				r.sig = make([]byte, p.size)
			}
			if err := errors.Join(p.sigs.append(r.sig), p.ids.append(n, r.id)); err != nil {
				return err
			}
			p.pages++
		}
		if err := errors.Join(readErr, ctx.Err()); err != nil {
			return err
		}
	}
	return errors.Join(p.sigs.buf.Flush(), p.ids.flush())
}

func (p *pass) keysOf(sig []byte) []uint64 {
	if sig == nil {
		return nil
	}
	return p.method.keys(sig)
}

func (p *pass) signRow(r row) signed {
	s := signed{row: r}
	s.err = s.parse()
	empty := true
	eachWord(s.text, func(uint64) { empty = false })
	if s.err == nil && !empty {
		s.sig = make([]byte, p.size)
		p.signature(s.text, s.sig)
	}
	s.row.line, s.row.row, s.text = nil, nil, ""
	return s
}

// maxFirsts limits how many different pages with the same key are compared with the other pages that have that key.
// Pages that share a key are nearly always similar, so one is usually enough.
const maxFirsts = 16

// compare finds the pages that repeat an earlier one.
func (p *pass) compare(ctx context.Context) error {
	for part := range keyParts {
		pairs, err := p.keys.take(part)
		if err != nil {
			return err
		}
		for len(pairs) > 0 {
			n := 1
			for n < len(pairs) && pairs[n].a == pairs[0].a {
				n++
			}
			if err := errors.Join(ctx.Err(), p.compareGroup(pairs[:n])); err != nil {
				return err
			}
			pairs = pairs[n:]
		}
	}
	return nil
}

// compareGroup compares pages that share a key, in order.
func (p *pass) compareGroup(group []pair) error {
	if len(group) == 1 {
		return nil
	}
	var firsts []uint64
	var known [][]byte
	sig := make([]byte, p.size)
	for _, pr := range group {
		if err := p.sigs.read(pr.b, sig); err != nil {
			return err
		}
		i := slices.IndexFunc(known, func(first []byte) bool { return p.similarity(first, sig) >= p.least })
		switch {
		case i >= 0:
			if err := p.edges.add(int(pr.b/edgeBlock), pair{pr.b, firsts[i]}); err != nil {
				return err
			}
		case len(firsts) < maxFirsts:
			firsts, known = append(firsts, pr.b), append(known, slices.Clone(sig))
		}
	}
	return nil
}

// copy copies the shards without the repetitions, and writes the report.
func (p *pass) copy(ctx context.Context) (repeats int, err error) {
	report, err := os.Create(filepath.Join(p.dir, ReportName))
	if err != nil {
		return 0, err
	}
	defer report.Close()
	buf := bufio.NewWriter(report)
	c := copier{pass: p, report: json.NewEncoder(buf)}
	for _, s := range p.shards {
		if err := c.copy(ctx, s); err != nil {
			return 0, err
		}
	}
	if err := errors.Join(buf.Flush(), report.Sync()); err != nil {
		return 0, err
	}
	return c.repeats, os.Rename(report.Name(), filepath.Join(p.To, ReportName))
}

// A copier copies shards, in order.
type copier struct {
	*pass

	report  *json.Encoder
	page    uint64
	first   map[uint64]uint64 // for the pages of the current block of edgeBlock pages: the first page that each repeats
	repeats int
}

func (c *copier) copy(ctx context.Context, s shard) error {
	temporary := filepath.Join(c.dir, "shard"+s.extension)
	w, err := s.create(temporary)
	if err != nil {
		return err
	}
	var rowErr error
	readErr := s.rows(func(r row) bool {
		if rowErr = ctx.Err(); rowErr == nil {
			rowErr = c.row(r, w)
		}
		return rowErr == nil
	})
	err = errors.Join(readErr, rowErr, w.Close())
	to := filepath.Join(c.To, s.name)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.Rename(temporary, to)
	}
	return err
}

// row copies a row, or reports the page that it repeats.
func (c *copier) row(r row, w output.Writer) error {
	if c.page%edgeBlock == 0 {
		pairs, err := c.edges.take(int(c.page / edgeBlock))
		if err != nil {
			return err
		}
		c.first = make(map[uint64]uint64)
		for _, p := range pairs { // sorted, so the earliest page that a page repeats comes first
			if _, ok := c.first[p.a]; !ok {
				c.first[p.a] = p.b
			}
		}
	}
	page := c.page
	c.page++
	first, ok := c.first[page]
	if !ok {
		return r.copyTo(w)
	}
	c.repeats++
	return c.tell(page, first)
}

// tell writes the line of the report about a page that repeats another.
func (c *copier) tell(page, first uint64) error {
	id, shard, err := c.ids.read(page)
	if err != nil {
		return err
	}
	of, ofShard, err := c.ids.read(first)
	if err != nil {
		return err
	}
	a, b := make([]byte, c.size), make([]byte, c.size)
	if err := errors.Join(c.sigs.read(page, a), c.sigs.read(first, b)); err != nil {
		return err
	}
	return c.report.Encode(Repeat{
		id, filepath.ToSlash(c.shards[shard].name), of, filepath.ToSlash(c.shards[ofShard].name),
		math.Round(c.similarity(a, b)*1000) / 1000,
	})
}
