package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// stateFolder is the folder, inside the folder of the shards, with the state of each shard.
const stateFolder = ".clean"

// stateEnding is the suffix of the files with the state of a shard.
const stateEnding = ".json"

var (
	// errOtherInputs means that a finished shard was made from other files.
	errOtherInputs = errors.New("this shard is finished, but was made from other files: use -force, or another -out")
	// errOtherFlags means that the folder contains shards that were written with other flags.
	errOtherFlags = errors.New("this folder was written with other flags: use -force, or another -out")
	// errBusy means that another process is writing the shard.
	errBusy = errors.New("another process is writing this shard")
	// errOutput means that nothing more can be written.
	errOutput = errors.New("cannot write")
)

// A store writes the shards of units to a folder. A unit has one part or, if it is a file of many pages and -shard-size
// is set, several. Each part becomes a shard. The state of a shard is written before the shard gets its final name. So
// a shard with its final name is finished, however the program ended, and only -force writes it again.
type store struct {
	dir    string
	format output.Format
	flags  string // as JSON, what the shards depend on, except their inputs and -shard-size
	size   int    // maximum number of pages in a part; 0 means no limit
	force  bool

	unit *unit
	part int
	open *openShard // nil between parts
}

// An openShard is a shard that is being written.
type openShard struct {
	writer   output.Writer
	failures *failureWriter
	counts   *counts
	ids      map[uint64]bool // hashes of the ids of its articles
	pages    int
	errors   int
}

// maxIDs is the maximum number of ids per shard that are remembered to count duplicates.
const maxIDs = 1 << 20

// count counts a result, and whether an article's id occurred before. Ids come from the inputs, and some inputs
// contain duplicates.
func (o *openShard) count(r *result) {
	o.counts.add(r)
	if r.outcome != outcomeArticle || len(o.ids) >= maxIDs {
		return
	}
	h := maphash.String(idSeed, r.page.ID)
	if o.ids[h] {
		o.counts.RepeatedIDs++
	}
	o.ids[h] = true
}

var idSeed = maphash.MakeSeed()

// begin starts a unit. It returns how many of its pages are in finished shards, and whether all of them are.
func (s *store) begin(u *unit) (pages int, done bool, err error) {
	state := filepath.Join(s.dir, stateFolder, filepath.FromSlash(u.name))
	if err := os.MkdirAll(filepath.Dir(state), 0o755); err != nil {
		return 0, false, fmt.Errorf("%w: %w", errOutput, err)
	}
	lock := flock.New(state + ".lock")
	locked, err := lock.TryLock()
	if err != nil {
		return 0, false, fmt.Errorf("%w: %w", errOutput, err)
	}
	if !locked {
		return 0, false, fmt.Errorf("%s: %w", u.name, errBusy)
	}
	u.lock = lock
	if s.force {
		err = s.remove(u)
	}
	for err == nil {
		var known *shardState
		known, err = s.known(u, u.finished)
		if known == nil || err != nil {
			break
		}
		u.finished++
		pages += known.Pages
		if done = known.Last; done {
			break
		}
	}
	if done || err != nil {
		u.unlock(done)
	}
	return pages, done, err
}

// remove removes the shards of a unit, no matter what their inputs were.
func (s *store) remove(u *unit) error {
	for part := 0; ; part++ {
		path := filepath.Join(s.dir, s.name(u, part))
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
		if s.size == 0 {
			return nil
		}
	}
}

// name returns the name of the shard for a part of a unit, relative to the folder.
func (s *store) name(u *unit, part int) string {
	name := filepath.FromSlash(u.name)
	if s.size > 0 && !u.single {
		name += fmt.Sprintf("-%05d", part)
	}
	return name + s.format.Extension()
}

func (s *store) statePath(name, ending string) string {
	return filepath.Join(s.dir, stateFolder, name+ending)
}

func (s *store) temporary(name string) string {
	return filepath.Join(s.dir, filepath.Dir(name), whole.TemporaryPrefix+filepath.Base(name))
}

// page writes the result of a page to the open part.
func (s *store) page(r *result) error {
	if err := s.start(r.unit); err != nil {
		return err
	}
	if s.size > 0 && s.open.pages == s.size && !r.unit.single {
		if err := s.finish(false); err != nil {
			return err
		}
		if err := s.start(r.unit); err != nil {
			return err
		}
	}
	s.open.pages++
	s.open.count(r)
	var err error
	switch {
	case r.outcome == outcomeFailed:
		err = s.open.failures.write(failureOf(r))
	case r.encoded != nil:
		err = s.open.writer.Write(r.encoded)
	}
	if err != nil {
		err = fmt.Errorf("%w %s: %w", errOutput, r.unit.name, err)
	}
	return err
}

// start opens the next part of a unit, unless a part is already open.
func (s *store) start(u *unit) error {
	if s.open != nil {
		return nil
	}
	if s.unit != u {
		s.unit, s.part = u, u.finished
	}
	name := s.name(u, s.part)
	temporary := s.temporary(name)
	err := errors.Join(os.RemoveAll(temporary), os.MkdirAll(filepath.Dir(temporary), 0o755))
	if err == nil {
		err = os.MkdirAll(filepath.Dir(s.statePath(name, "")), 0o755)
	}
	shard := &openShard{counts: newCounts(), ids: make(map[uint64]bool)}
	if err == nil {
		shard.writer, err = s.format.Open(temporary)
	}
	if err == nil {
		shard.failures, err = createFailures(s.statePath(name, failuresEnding))
	}
	if err != nil {
		return fmt.Errorf("%w %s: %w", errOutput, name, err)
	}
	s.open = shard
	return nil
}

// broken records that an input could not be read to its end.
func (s *store) broken(it item) error {
	if err := s.start(it.unit); err != nil {
		return err
	}
	s.open.errors++
	return s.open.failures.write(failure{it.input.ID, it.input.URL, it.input.ID, reasonOf(it.err), it.err.Error()})
}

// end finishes a unit.
func (s *store) end(u *unit) error {
	if err := s.start(u); err != nil { // a unit without pages also has a shard, so that it counts as finished
		return err
	}
	err := s.finish(true)
	u.unlock(err == nil)
	return err
}

// finish closes the open part, writes its state, and gives it its final name. The parameter last reports whether it is
// the last part of the unit.
func (s *store) finish(last bool) error {
	name, shard := s.name(s.unit, s.part), s.open
	s.open = nil
	b, err := json.Marshal(shardState{s.madeFrom(s.unit), shard.pages, last, shard.errors, shard.counts})
	for _, step := range []func() error{
		shard.writer.Close,
		shard.failures.Close,
		func() error { return whole.Write(s.statePath(name, stateEnding), append(b, '\n'), true) },
		func() error { return os.Rename(s.temporary(name), filepath.Join(s.dir, name)) },
	} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return fmt.Errorf("%w %s: %w", errOutput, name, err)
	}
	s.part++
	return nil
}

// abandon removes the unfinished part, and unlocks the unit, which may be nil.
func (s *store) abandon(u *unit) {
	if s.open != nil {
		name := s.name(s.unit, s.part)
		_ = s.open.writer.Close()
		_ = os.RemoveAll(s.temporary(name))
		s.open.failures.abandon()
		s.open = nil
	}
	if u != nil {
		u.unlock(false)
	}
}
