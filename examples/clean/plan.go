package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"github.com/dechaff/dechaff/examples/internal/input"
)

// looseShard is the default number of single pages in a shard.
const looseShard = 10_000

// A unit is a file with many pages, or a group of single pages. A group becomes one shard. A file becomes one shard or,
// if -shard-size is set, several. A shard depends only on its unit and on the flags.
type unit struct {
	name   string
	inputs []*input.Input
	single bool // made of single pages, so it has only one part
	bytes  int64

	finished int          // parts that are finished
	lock     *flock.Flock // held while the unit is worked on
}

// unlock lets other processes work on the unit. A process that then locks a finished unit sees that it is finished.
func (u *unit) unlock(finished bool) {
	if u.lock != nil {
		if finished {
			_ = os.Remove(u.lock.Path()) // a file that remains does no harm
		}
		_ = u.lock.Unlock() // the operating system also does this when the program ends
		u.lock = nil
	}
}

// A plan is the work of a run.
type plan struct {
	units    []*unit
	inputs   []*input.Input
	notPages []failure
	kinds    counter // of files without pages
	failed   int     // files that cannot be read, and files without pages that the user named
}

// makePlan finds the inputs and puts them into units, in a fixed order. It keeps only the units that -shard selects.
func makePlan(c config, o input.Options, stderr io.Writer) (*plan, error) {
	p := &plan{kinds: counter{}}
	inputs, err := input.Find(c.arguments, c.out, o, func(err error, named bool) { p.refuse(err, named, c, stderr) })
	if err != nil {
		return nil, err
	}
	var single []*input.Input
	for _, in := range inputs {
		if in.Single {
			single = append(single, in)
			continue
		}
		p.units = append(p.units, &unit{name: in.ID, inputs: []*input.Input{in}, bytes: in.Size})
	}
	if c.out == "" { // in the order in which the user named them
		p.units = []*unit{{name: "standard output", inputs: inputs, single: true}}
	} else {
		p.addSingle(single, c)
	}
	slices.SortStableFunc(p.units, func(a, b *unit) int { return strings.Compare(a.name, b.name) })
	mine := make([]*unit, 0, len(p.units))
	for i, u := range p.units {
		if i > 0 && u.name == p.units[i-1].name {
			return nil, fmt.Errorf("%w: %s", input.ErrSameID, u.name)
		}
		if i%c.of == c.part-1 {
			mine = append(mine, u)
			p.inputs = append(p.inputs, u.inputs...)
		}
	}
	p.units = mine
	return p, nil
}

// addSingle puts single pages into units. If there is only one page, and the user named it, the unit is named after the
// page, so that one command per page can write to the same folder.
func (p *plan) addSingle(pages []*input.Input, c config) {
	size := c.shardSize
	if size == 0 {
		size = looseShard
	}
	base := "pages"
	if path, err := filepath.Abs(c.arguments[0]); err == nil && len(c.arguments) == 1 && !pagesNamed(pages) {
		base = filepath.Base(path)
	}
	n := 0
	for some := range slices.Chunk(pages, size) {
		u := &unit{name: fmt.Sprintf("%s-%05d", base, n), inputs: some, single: true}
		if len(pages) == 1 && pages[0].Named {
			u.name = pages[0].ID
		}
		for _, in := range some {
			u.bytes += in.Size
		}
		p.units = append(p.units, u)
		n++
	}
}

func pagesNamed(pages []*input.Input) bool {
	return slices.ContainsFunc(pages, func(in *input.Input) bool { return in.Named })
}

// refuse reports a file that has no pages or cannot be read: it prints a message to standard error, and adds the file
// to p.notPages for failures.jsonl. With -out, after ten files, it prints no more messages about files that the user
// did not name.
func (p *plan) refuse(err error, named bool, c config, stderr io.Writer) {
	const shown = 10
	f := failure{Reason: reasonOf(err), Detail: err.Error()}
	var kind *input.KindError
	if errors.As(err, &kind) {
		f.ID, f.Input = kind.Name, kind.Name
		p.kinds.add(kind.Kind, 1)
	}
	if named || kind == nil {
		p.failed++
	}
	p.notPages = append(p.notPages, f)
	switch n := len(p.notPages); {
	case named, c.out == "", n <= shown:
		fmt.Fprintln(stderr, "clean:", err)
	case n == shown+1:
		fmt.Fprintln(stderr, "clean: more files contain no pages: see", failuresName)
	}
}

// writeNotPages writes the failures that belong to no shard. Commands with the same arguments, such as those that write
// different parts with -shard, write the same file, so the caller must hold the lock on the failures.
func (p *plan) writeNotPages(c config) error {
	sum := sha256.Sum256([]byte(strings.Join(c.arguments, "\x00")))
	w, err := createFailures(filepath.Join(c.out, stateFolder, "inputs-"+hex.EncodeToString(sum[:8])+failuresEnding))
	if err != nil {
		return err
	}
	for _, f := range p.notPages {
		if err := w.write(f); err != nil {
			w.abandon()
			return err
		}
	}
	return w.Close()
}
