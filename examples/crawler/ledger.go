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
	"path"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

const linesName = "articles.jsonl"

// A ledger is articles.jsonl: one line per article. During a crawl, lines are only appended. A page whose article has
// changed gets a second line. At the end, rewrite replaces the first line with the second.
type ledger struct {
	name  string
	file  *os.File
	size  int64 // where the next line begins
	pages map[string]ledgerEntry
	stale int // number of lines that a later line replaces
}

// A ledgerEntry is the latest line of a page.
type ledgerEntry struct {
	id         string
	digest     digest
	page       pageHash // of the page's bytes
	at, length int64    // where the line begins in the file, and its length, in bytes
}

// openLedger opens or creates articles.jsonl and reads its lines. A last line that a crash or a full disk has truncated
// is removed from the file; if only the line break is missing, it is added.
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

// tornLineError is the error of readLines for a last line without a line break.
type tornLineError struct{ text []byte }

func (e *tornLineError) Error() string { return "the last line does not end with a line break" }

// readLines calls a function with each line, including its line break.
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

// note records a line that begins where the last one ended. A line written by another program is kept, but does not
// belong to any page.
func (l *ledger) note(text []byte) {
	at := l.size
	l.size += int64(len(text))
	var named struct{ URL, ID, File, Hash string }
	if json.Unmarshal(text, &named) != nil || named.URL == "" {
		return
	}
	if named.ID == "" {
		named.ID = strings.TrimSuffix(named.File, markdownExtension)
	}
	if !isOurID(named.ID) {
		return
	}
	if _, replaced := l.pages[named.URL]; replaced {
		l.stale++
	}
	l.pages[named.URL] = ledgerEntry{
		id: named.ID, digest: digestOf(text), page: pageHashOf(named.Hash), at: at, length: int64(len(text)),
	}
}

// isOurID reports whether an ID has the form of the IDs that the crawler assigns: a file's path inside the output
// folder, without an extension.
func isOurID(id string) bool {
	return id != "" && !strings.ContainsAny(id, `\:.`) && path.Clean(id) == id && !path.IsAbs(id)
}

// mend repairs a last line without a line break: it completes a line that is valid JSON, and removes any other.
func (l *ledger) mend(text []byte) error {
	if json.Valid(text) {
		if _, err := l.file.WriteAt([]byte("\n"), l.size+int64(len(text))); err == nil {
			l.note(append(text, '\n'))
			return nil
		}
	}
	return l.file.Truncate(l.size)
}

// add appends a page's line. If that fails, it removes any partially written data and returns errOutput, because no
// other page's line could be added either.
func (l *ledger) add(address, id string, d digest, page pageHash, text []byte) error {
	err := l.check()
	if err == nil {
		_, err = l.file.WriteAt(append(text, '\n'), l.size)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, errors.Join(err, ignoreClosed(l.file.Truncate(l.size))))
	}
	length := int64(len(text)) + 1
	if _, replaced := l.pages[address]; replaced {
		l.stale++
	}
	l.pages[address] = ledgerEntry{id: id, digest: d, page: page, at: l.size, length: length}
	l.size += length
	return nil
}

// check verifies that the open file still has its name: lines written to a removed file would be lost.
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

// rewrite writes the closed file again, first under another name. It calls the function change with each page's latest
// line, and the result replaces the page's first line. If rewrite fails, the file is unchanged.
func (l *ledger) rewrite(durable bool, change func(text []byte) ([]byte, error)) error {
	from, err := os.Open(l.name)
	if err != nil {
		return err
	}
	defer from.Close()
	err = whole.WriteFunc(l.name, durable, func(to *os.File) error {
		out := bufio.NewWriter(to)
		changed := false
		done := make(map[string]bool, len(l.pages))
		err := readLines(from, func(text []byte) error {
			old := text
			text, err := l.newest(from, text, done)
			if err == nil && text != nil {
				text, err = change(text)
			}
			if err == nil {
				_, err = out.Write(text)
			}
			changed = changed || !bytes.Equal(old, text)
			return err
		})
		if err = errors.Join(err, out.Flush()); err == nil && !changed {
			return errUnchanged
		}
		return err
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// errUnchanged keeps the old file, so that a run that finds nothing new writes nothing.
var errUnchanged = errors.New("unchanged")

// newest takes a line of a page and returns the latest line of the same page, or nil if that line was returned before.
func (l *ledger) newest(from io.ReaderAt, text []byte, done map[string]bool) ([]byte, error) {
	var named struct{ URL string }
	_ = json.Unmarshal(text, &named) // a line written by another program does not name a page
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

// A digest covers everything that a line contains about an article, except when and how the page was fetched, the hash
// of its bytes, the name of the article's file, and what was known about the page's host.
type digest [16]byte

func digestOf(text []byte) digest {
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return digest{}
	}
	for _, passing := range []string{"fetched_at", "status", "hash", "file", "host_pages", "cleaned_again"} {
		delete(fields, passing)
	}
	h := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		fmt.Fprintf(h, "%q:%s\n", key, bytes.TrimSpace(fields[key]))
	}
	return digest(h.Sum(nil)[:16])
}
