package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// resumeWriter goes on with what an earlier run has written to a folder. Nothing of that is lost; a page that is delivered a second time
// stays as it was written the first.
func resumeWriter(out, html string) (*writer, error) {
	f, err := os.OpenFile(filepath.Join(out, linesName), os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	w := &writer{out: out, html: html, durable: true, names: newNames(), lines: f}
	w.names.theirs = w.isTheirs
	if w.written, err = readLines(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// readLines lists what articles.jsonl holds, the files by their pages' addresses, and cuts off a last line that a crash has left unfinished:
// its page was not, and comes again.
func readLines(f *os.File) (map[string]string, error) {
	written := make(map[string]string)
	var whole int64
	lines := bufio.NewReaderSize(f, 1<<20)
	for {
		text, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return written, cutTorn(f, whole, len(text))
		}
		if err != nil {
			return nil, err
		}
		whole += int64(len(text))
		var l struct{ URL, File string }
		if json.Unmarshal(text, &l) == nil {
			written[l.URL] = l.File
		}
	}
}

// cutTorn cuts a file after its last whole line, unless somebody else is just writing the next one.
func cutTorn(f *os.File, whole int64, torn int) error {
	if torn == 0 {
		return nil
	}
	time.Sleep(time.Second)
	info, err := f.Stat()
	if err != nil || info.Size() != whole+int64(torn) {
		return err
	}
	return f.Truncate(whole)
}

// isTheirs tells whether a file or a folder that is there already is of the page at another address.
func (w *writer) isTheirs(folder, name, address string) bool {
	if folder == "html" {
		about := struct{ URL string }{}
		b, err := os.ReadFile(filepath.Join(w.html, name, "page.json"))
		return err == nil && (json.Unmarshal(b, &about) != nil || about.URL != address)
	}
	b, err := os.ReadFile(filepath.Join(w.out, name+".md"))
	return err == nil && addressOf(b) != address
}

// addressOf reads the url of a front matter, as frontMatter writes it.
func addressOf(markdown []byte) string {
	matter, _, _ := bytes.Cut(bytes.TrimPrefix(markdown, []byte("---\n")), []byte("\n---\n"))
	for line := range strings.Lines(string(matter)) {
		if value, ok := strings.CutPrefix(line, "url: "); ok {
			address := ""
			if json.Unmarshal([]byte(strings.TrimSuffix(value, "\n")), &address) != nil {
				return ""
			}
			return address
		}
	}
	return ""
}
