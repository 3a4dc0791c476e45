package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

const linesName = "articles.jsonl"

// A ledger is articles.jsonl: one line an article. Lines are only ever appended while a crawl runs. A page whose
// article has changed gets a second line, and rewrite then puts that in the place of the first.
type ledger struct {
	name  string
	file  *os.File
	size  int64 // where the next line begins
	pages map[string]ledgerEntry
	stale int // lines that a later one replaces
}

// A ledgerEntry is the newest line of a page.
type ledgerEntry struct {
	file       string
	digest     digest
	at, length int64
}

// openLedger opens articles.jsonl, or begins it, and reads what it holds. A last line that a crash or a full disk has
// cut off is cut from the file; one that lacks only its end is completed.
func openLedger(name string) (*ledger, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	l := &ledger{name: name, file: f, pages: make(map[string]ledgerEntry)}
	err = readLines(f, func(text []byte) error {
		l.note(text)
		return nil
	})
	if torn, ok := errors.AsType[*tornLineError](err); ok {
		err = l.mend(torn.text)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())
	}
	return l, nil
}

// tornLineError is what readLines returns of a last line without an end.
type tornLineError struct{ text []byte }

func (e *tornLineError) Error() string { return "the last line has no end" }

// readLines calls a function with each line, its end included.
func readLines(r io.Reader, each func([]byte) error) error {
	lines := bufio.NewReaderSize(r, 1<<20)
	for {
		text, err := lines.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF) && len(text) > 0:
			return &tornLineError{text}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := each(text); err != nil {
			return err
		}
	}
}

// note takes a line into account that begins where the last one ended. A line that is not ours is kept and names no
// page.
func (l *ledger) note(text []byte) {
	at := l.size
	l.size += int64(len(text))
	var named struct{ URL, File string }
	if json.Unmarshal(text, &named) != nil || named.URL == "" || !isOurFile(named.File) {
		return
	}
	if _, replaced := l.pages[named.URL]; replaced {
		l.stale++
	}
	l.pages[named.URL] = ledgerEntry{file: named.File, digest: digestOf(text), at: at, length: int64(len(text))}
}

// isOurFile reports whether a line names a file as write does: a Markdown file in the same folder.
func isOurFile(name string) bool {
	id, isMarkdown := strings.CutSuffix(name, markdownExtension)
	return isMarkdown && id != "" && !strings.ContainsAny(id, `/\:.`)
}

// mend completes a last line that is a whole object, and cuts off any other.
func (l *ledger) mend(text []byte) error {
	if json.Valid(text) {
		if _, err := l.file.WriteAt([]byte("\n"), l.size+int64(len(text))); err == nil {
			l.note(append(text, '\n'))
			return nil
		}
	}
	return l.file.Truncate(l.size)
}

// add appends a page's line. What a failure has written of it is taken back.
// Errors: errOutput, since no other page's line could be added either.
func (l *ledger) add(address, file string, d digest, text []byte, durable bool) error {
	err := l.check()
	if err == nil {
		_, err = l.file.WriteAt(append(text, '\n'), l.size)
	}
	if err == nil && durable {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, errors.Join(err, ignoreClosed(l.file.Truncate(l.size))))
	}
	length := int64(len(text)) + 1
	if _, replaced := l.pages[address]; replaced {
		l.stale++
	}
	l.pages[address] = ledgerEntry{file: file, digest: d, at: l.size, length: length}
	l.size += length
	return nil
}

// check makes sure that the open file still is the one with the name: a file that was removed would take lines for
// nobody.
func (l *ledger) check() error {
	open, err := l.file.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(l.name)
	if err != nil {
		return err
	}
	if !os.SameFile(open, named) {
		return fmt.Errorf("%s was replaced by another file", l.name)
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

// Close closes the file.
func (l *ledger) Close() error { return l.file.Close() }

// rewrite writes the closed file anew, under another name at first: each page's newest line in the place of its oldest,
// as change makes it. When it fails, the file is as it was.
func (l *ledger) rewrite(durable bool, change func(text []byte) ([]byte, error)) error {
	from, err := os.Open(l.name)
	if err != nil {
		return err
	}
	defer from.Close()
	return writeRenamed(l.name, durable, func(to *os.File) error {
		out := bufio.NewWriter(to)
		done := make(map[string]bool, len(l.pages))
		err := readLines(from, func(text []byte) error {
			text, err := l.newest(from, text, done)
			if err == nil && text != nil {
				text, err = change(text)
			}
			if err == nil {
				_, err = out.Write(text)
			}
			return err
		})
		return errors.Join(err, out.Flush())
	})
}

// newest gives the newest line of the page that a line is of, and nil if it was given before.
func (l *ledger) newest(from io.ReaderAt, text []byte, done map[string]bool) ([]byte, error) {
	var named struct{ URL string }
	_ = json.Unmarshal(text, &named) // what is not ours names no page
	entry, ours := l.pages[named.URL]
	switch {
	case !ours:
		return text, nil
	case done[named.URL]:
		return nil, nil
	}
	done[named.URL] = true
	newest := make([]byte, entry.length)
	_, err := from.ReadAt(newest, entry.at)
	return newest, err
}

// A digest is of all that a line says about an article: not when and how it was fetched, nor what was known about its
// host.
type digest [16]byte

func digestOf(text []byte) digest {
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return digest{}
	}
	for _, passing := range []string{"fetched_at", "status", "hash", "host_pages", "cleaned_again"} {
		delete(fields, passing)
	}
	h := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(h, "%q:%s\n", key, bytes.TrimSpace(fields[key]))
	}
	return digest(h.Sum(nil)[:16])
}
