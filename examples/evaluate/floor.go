package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"
)

// errBelowFloor means that a score is lower than the recorded one, or that truth.jsonl is not the one that was
// recorded.
var errBelowFloor = errors.New("below the floor")

// floorNote is written to the file to say that its figures should not be quoted.
const floorNote = "Scores of the shipped models on corpora that they were partly trained on: " +
	"a fingerprint against regressions, not a measure of quality."

// A floorFile is the content of the file that -floor names.
type floorFile struct {
	Note    string            `json:"note"`
	Corpora map[string]record `json:"corpora"`
}

// A record contains one corpus's scores, rounded down to four decimal places.
type record struct {
	Truth  string             `json:"truth"` // the hash of truth.jsonl
	Scores map[string]float64 `json:"scores"`
}

func newRecord(hash string, t *tally) record {
	r := record{Truth: hash, Scores: make(map[string]float64)}
	for _, s := range t.scores() {
		r.Scores[s.name] = math.Floor(1e4*s.value) / 1e4
	}
	return r
}

// checkFloor compares scores with the recorded ones. If a score is lower, or a corpus has another truth.jsonl, it
// returns errBelowFloor, unless -lower is set. Otherwise, with -raise, it writes the new scores to the file.
func checkFloor(w io.Writer, o options, measured map[string]record) error {
	var file floorFile
	data, err := os.ReadFile(o.floor)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.raise:
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(data, &file); err != nil {
			return fmt.Errorf("%s: %w", o.floor, err)
		}
	}
	if file.Corpora == nil {
		file.Corpora = make(map[string]record)
	}
	var below []string
	for name, now := range measured {
		before, known := file.Corpora[name]
		if known && before.Truth != now.Truth {
			below = append(below, name+": truth.jsonl is not the one that was recorded")
		}
		for what, value := range before.Scores {
			if now.Scores[what] < value {
				below = append(below, fmt.Sprintf("%s: %s %.4f, was %.4f", name, what, now.Scores[what], value))
				if !o.lower {
					now.Scores[what] = value
				}
			}
		}
		file.Corpora[name] = now
	}
	slices.Sort(below)
	if len(below) > 0 && !o.lower {
		return fmt.Errorf("%w: %s", errBelowFloor, strings.Join(below, "; "))
	}
	if !o.raise {
		fmt.Fprintln(w, "no score is below the floor")
		return nil
	}
	file.Note = floorNote
	data, err = json.MarshalIndent(file, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(o.floor, append(data, '\n'), 0o644)
}
