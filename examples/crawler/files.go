package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// errOutput means that nothing more can be written to the output folder: the disk is full or read-only, or the folder
// is missing. The crawl stops, because fetching more pages would be useless.
var errOutput = errors.New("nothing more can be written")

// privateFolder is the folder, inside the output folder, of files that only the crawler's next run reads. It may be
// deleted while no crawler runs.
const privateFolder = ".crawler"

// outputError is called after writing a file to a folder has failed with the error cause. It tries to write the same
// bytes to the folder under another name, and removes that file again. If this fails too, it returns errOutput,
// otherwise cause. The system's error code would not be enough: it does not cover quotas, and differs between systems.
func outputError(dir string, b []byte, cause error) error {
	probe, err := os.CreateTemp(dir, whole.TemporaryPrefix+"*")
	if err == nil {
		_, err = probe.Write(b)
		err = errors.Join(err, probe.Close(), os.Remove(probe.Name()))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	return cause
}

// removeTemporary removes unfinished files that a killed run left behind.
func removeTemporary(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), whole.TemporaryPrefix) {
			continue
		}
		if err := ignoreMissing(os.Remove(filepath.Join(dir, entry.Name()))); err != nil {
			return err
		}
	}
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// A folderLock keeps a second crawler out of a folder. The system releases the lock when the process ends, for whatever
// reason.
type folderLock struct{ *flock.Flock }

// lockFolder locks a folder. It returns errLocked if another process holds the lock.
func lockFolder(dir string) (*folderLock, error) {
	lock := flock.New(filepath.Join(dir, privateFolder, "lock"))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !locked {
		return nil, fmt.Errorf("%w: %s", errLocked, dir)
	}
	return &folderLock{lock}, nil
}

// errLocked means that another crawler is writing to the folder: each crawler needs its own -out.
var errLocked = errors.New("another crawler is writing to this folder")

// formatsName is the private file that lists the formats in which earlier runs wrote the articles' files.
const formatsName = "formats"

// errOwnFile is the error for a file that has the name of an article's file, but was not written by the crawler.
var errOwnFile = errors.New("not written by the crawler, which would replace it: move it, or choose another -format")

// noteFormats records the formats in which this run writes the articles' files. An article keeps its name, so in a
// format that no earlier run wrote, a file with that name is the user's own. In this case, noteFormats returns
// errOwnFile. If the list of formats is missing, although there are articles, earlier runs may have written any format.
func (w *writer) noteFormats() error {
	if !slices.ContainsFunc(w.formats, func(f *format) bool { return f.render != nil }) {
		return nil // no article gets a file of its own
	}
	name := filepath.Join(w.out, privateFolder, formatsName)
	b, err := os.ReadFile(name)
	if ignoreMissing(err) != nil {
		return err
	}
	noted := strings.Fields(string(b))
	before := len(noted)
	if err != nil && len(w.ledger.pages) > 0 {
		for _, f := range formats {
			noted = append(noted, f.name)
		}
	}
	for _, f := range w.formats {
		if f.render == nil || slices.Contains(noted, f.name) {
			continue
		}
		for _, entry := range w.ledger.pages {
			if file := w.path(entry.id + f.extension); isThere(file) {
				return fmt.Errorf("%s: %w", file, errOwnFile)
			}
		}
		noted = append(noted, f.name)
	}
	if len(noted) == before {
		return nil
	}
	return whole.Write(name, []byte(strings.Join(noted, "\n")+"\n"), w.durable)
}

func isThere(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}
