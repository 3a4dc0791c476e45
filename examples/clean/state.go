package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// A shardState is the state of a finished shard.
type shardState struct {
	Made   string  `json:"made_from"` // a hash of the inputs' ids and sizes
	Pages  int     `json:"pages_read"`
	Last   bool    `json:"last"`    // the unit has no further parts
	Errors int     `json:"damaged"` // the number of inputs that are damaged or cut off
	Counts *counts `json:"counts"`
}

// flagsName is the name of the file with the flags that the shards of a folder were written with.
const flagsName = "flags.json"

// prepare creates the folder, or checks that its shards were written with the same flags. With different flags, one
// page could be in two shards. With -force, shards that were written with other flags are removed.
func (s *store) prepare() error {
	state := filepath.Join(s.dir, stateFolder)
	if err := os.MkdirAll(state, 0o755); err != nil {
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	name, flags := filepath.Join(state, flagsName), fmt.Sprintf("{\"shard_size\":%d,\"flags\":%s}\n", s.size, s.flags)
	known, err := os.ReadFile(name)
	switch {
	case err == nil && string(known) == flags:
		return nil
	case err == nil && !s.force:
		return errOtherFlags
	case err == nil:
		err = s.removeAll(state)
	case errors.Is(err, os.ErrNotExist):
		err = nil
	}
	if err == nil {
		err = whole.Write(name, []byte(flags), true)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	return nil
}

// removeAll removes all shards and their states.
func (s *store) removeAll(state string) error {
	return filepath.WalkDir(state, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		below, err := filepath.Rel(state, path)
		if name, ok := strings.CutSuffix(below, stateEnding); err == nil && ok && below != flagsName {
			err = os.RemoveAll(filepath.Join(s.dir, name))
		}
		if err == nil && !strings.HasSuffix(path, ".lock") {
			err = os.Remove(path)
		}
		return err
	})
}

// known returns the state of a part of a unit, or nil if the part is not finished. It returns errOtherInputs if the
// part was made from other inputs.
func (s *store) known(u *unit, part int) (*shardState, error) {
	name := s.name(u, part)
	if _, err := os.Stat(filepath.Join(s.dir, name)); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	state, err := s.readState(name)
	// Standard input always counts as another input, because its earlier content is unknown.
	isOther := err == nil && (state.Made != s.madeFrom(u) || u.inputs[0].Once())
	if isOther || errors.Is(err, os.ErrNotExist) {
		err = errOtherInputs
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return state, nil
}

// madeFrom returns a hash of the files that a unit's shards are made from: their ids and sizes, but not their times,
// which change when files are copied.
func (s *store) madeFrom(u *unit) string {
	h := sha256.New()
	for _, in := range u.inputs {
		fmt.Fprintf(h, "%q %d\n", in.ID, in.Size)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (s *store) readState(name string) (*shardState, error) {
	b, err := os.ReadFile(s.statePath(name, stateEnding))
	if err != nil {
		return nil, err
	}
	state := &shardState{Counts: newCounts()}
	return state, json.Unmarshal(b, state)
}

// shards calls the function use with the name and the state of each finished shard of a unit.
func (s *store) shards(u *unit, use func(name string, state *shardState) error) error {
	for part := 0; ; part++ {
		name := s.name(u, part)
		if _, err := os.Stat(filepath.Join(s.dir, name)); errors.Is(err, os.ErrNotExist) {
			return nil
		}
		state, err := s.readState(name)
		if err != nil {
			return err
		}
		if err := use(name, state); err != nil {
			return err
		}
		if state.Last {
			return nil
		}
	}
}
