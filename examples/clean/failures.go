package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// failuresName is the name of the file, next to the shards, with the failures of all finished shards. failuresEnding is
// the suffix of the files with the failures of one shard.
const (
	failuresName   = "failures.jsonl"
	failuresEnding = ".failures.jsonl"
)

// A failure is a line of failures.jsonl: a page that could not be cleaned, or a file that has no pages or could not be
// read.
type failure struct {
	ID     string `json:"id"`
	URL    string `json:"url"`
	Input  string `json:"input"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
}

func failureOf(r *result) failure {
	return failure{r.page.ID, r.page.URL, r.input.ID, r.reason, r.err.Error()}
}

// A failureWriter writes failures to a file under a temporary name.
type failureWriter struct {
	name string
	file *os.File
	buf  *bufio.Writer
	n    int64 // positive if a failure was written
}

func createFailures(name string) (*failureWriter, error) {
	f, err := os.Create(filepath.Join(filepath.Dir(name), whole.TemporaryPrefix+filepath.Base(name)))
	if err != nil {
		return nil, err
	}
	return &failureWriter{name: name, file: f, buf: bufio.NewWriter(f)}, nil
}

func (w *failureWriter) write(f failure) error {
	w.n++
	return json.NewEncoder(w.buf).Encode(f)
}

// copyFrom adds the failures in another file. A missing file is no error: a command that writes the shard again may
// have removed it.
func (w *failureWriter) copyFrom(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.Copy(w.buf, f)
	w.n += n
	return err
}

// Close gives the file its final name. If there are no failures, it removes the file instead, together with any file
// that an earlier run left under the final name.
func (w *failureWriter) Close() error {
	err := w.buf.Flush()
	if err == nil && w.n > 0 {
		err = w.file.Sync()
	}
	if closeErr := w.file.Close(); err == nil {
		err = closeErr
	}
	switch {
	case err != nil:
		return err
	case w.n > 0:
		return os.Rename(w.file.Name(), w.name)
	}
	if err := os.Remove(w.name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Remove(w.file.Name())
}

// abandon closes and removes the unfinished file. The caller reports an earlier error.
func (w *failureWriter) abandon() {
	_ = w.file.Close()
	_ = os.Remove(w.file.Name())
}

// writeFailures writes the failures that belong to no shard. Then it rewrites failures.jsonl from those of all finished
// shards in the folder, whichever run or machine wrote them. A lock makes other commands on this machine wait.
func writeFailures(p *plan, c config) error {
	state := filepath.Join(c.out, stateFolder)
	lock := flock.New(filepath.Join(state, "failures.lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // the operating system also does this when the program ends
	if err := p.writeNotPages(c); err != nil {
		return err
	}
	w, err := createFailures(filepath.Join(c.out, failuresName))
	if err != nil {
		return err
	}
	err = filepath.WalkDir(state, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, failuresEnding) ||
			strings.HasPrefix(entry.Name(), whole.TemporaryPrefix) {
			return err
		}
		return w.copyFrom(name)
	})
	if err != nil {
		w.abandon()
		return err
	}
	return w.Close()
}
