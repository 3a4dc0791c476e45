package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// changesName is the name of the file that lists changes between runs. baselineName is the name of the private file
// that records the flags of the last finished run with -cache.
const (
	changesName  = "changes.jsonl"
	baselineName = "baseline"
)

// A change is a line of changes.jsonl.
type change struct {
	// Change is "new", "changed" or "gone".
	Change string `json:"change"`
	// At is when the run noticed the change.
	At  time.Time `json:"at"`
	URL string    `json:"url"`
	ID  string    `json:"id"`
	// Title is the article's title; for an article that is gone, its last title.
	Title string `json:"title"`
	// OldHash and NewHash are the SHA-256 of the page's bytes before and after the change, like hash in articles.jsonl.
	// OldHash is empty for a new page, and NewHash for a page that is gone.
	OldHash string `json:"old_hash,omitempty"`
	NewHash string `json:"new_hash,omitempty"`
	// WordsAdded counts the occurrences of words that the new text has and the old text lacks. WordsRemoved counts the
	// reverse. If a word is twice in the old text and three times in the new text, one occurrence was added.
	WordsAdded   int `json:"words_added"`
	WordsRemoved int `json:"words_removed"`
	// Status is the HTTP status of a page that is gone.
	Status int `json:"status,omitempty"`
}

const (
	changeNew     = "new"
	changeChanged = "changed"
	changeGone    = "gone"
)

// A changeLog is changes.jsonl, to which runs with -cache append. The first finished run with -cache is the baseline
// for the next one. The baseline run does not write any lines, because all its articles are new. A changeLog is safe
// for concurrent use; a nil *changeLog lists nothing.
type changeLog struct {
	out     string
	durable bool
	flags   string // the flags with which the articles were made
	usual   bool   // the flags are the same as in the last finished run
	isOn    bool   // there is an earlier run to compare with

	mu     sync.Mutex
	file   *os.File // nil before the first line
	size   int64
	gone   map[string]bool // addresses whose last line says that they are gone
	counts map[string]int  // numbers of changes in this run, by type
}

// openChanges reads the changes that earlier runs listed. It returns nil without -cache.
func openChanges(c *config) (*changeLog, error) {
	if c.cache == "" {
		return nil, nil
	}
	l := &changeLog{
		out: c.out, durable: c.state != "", flags: c.fingerprint, gone: make(map[string]bool), counts: make(map[string]int),
	}
	baseline, err := os.ReadFile(filepath.Join(c.out, privateFolder, baselineName))
	if err != nil {
		return l, ignoreMissing(err)
	}
	l.isOn, l.usual = true, strings.TrimSpace(string(baseline)) == l.flags
	f, err := os.OpenFile(filepath.Join(c.out, changesName), os.O_RDWR, 0o644)
	if err != nil {
		return l, ignoreMissing(err)
	}
	l.file = f
	err = readLines(f, func(text []byte) error {
		var line change
		if json.Unmarshal(text, &line) == nil {
			l.gone[line.URL] = line.Change == changeGone
		}
		l.size += int64(len(text))
		return nil
	})
	if _, torn := errors.AsType[*tornLineError](err); torn { // after a crash
		err = f.Truncate(l.size)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// hasBaseline reports whether there is an earlier run to compare with.
func (l *changeLog) hasBaseline() bool { return l != nil && l.isOn }

// isGone reports whether a page is known to be gone.
func (l *changeLog) isGone(address string) bool {
	if l == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gone[address]
}

// article lists an article that is about to be written, if it is new or its page has changed. old is the article's line
// in articles.jsonl so far, or nil if it has none. An article that was listed as gone counts as new. A page with
// identical bytes has not changed, even if another version of the cleaner extracts a different article.
func (l *changeLog) article(old, now *line) error {
	if !l.hasBaseline() {
		return nil
	}
	c := change{Change: changeNew, URL: now.URL, ID: now.ID, Title: now.Title, NewHash: now.Hash}
	if old == nil || l.isGone(now.URL) {
		c.WordsAdded, _ = differentWords("", now.Text)
		return l.add(&c)
	}
	if old.Hash == now.Hash {
		return nil
	}
	c.Change, c.OldHash = changeChanged, old.Hash
	c.WordsAdded, c.WordsRemoved = differentWords(old.Text, now.Text)
	return l.add(&c)
}

// goneArticle lists an article whose page the server no longer has, unless it is already listed as gone.
func (l *changeLog) goneArticle(old *line, status int) error {
	if !l.hasBaseline() || l.isGone(old.URL) {
		return nil
	}
	c := change{Change: changeGone, URL: old.URL, ID: old.ID, Title: old.Title, OldHash: old.Hash, Status: status}
	_, c.WordsRemoved = differentWords(old.Text, "")
	return l.add(&c)
}

// add appends a line. If that fails, any partially written data is removed.
func (l *changeLog) add(c *change) error {
	c.At = time.Now().UTC().Truncate(time.Second)
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		if l.file, err = os.OpenFile(filepath.Join(l.out, changesName), os.O_RDWR|os.O_CREATE, 0o644); err != nil {
			return fmt.Errorf("%w: %w", errOutput, err)
		}
	}
	_, err = l.file.WriteAt(append(text, '\n'), l.size)
	if err == nil && l.durable {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, errors.Join(err, ignoreClosed(l.file.Truncate(l.size))))
	}
	l.size += int64(len(text)) + 1
	l.gone[c.URL] = c.Change == changeGone
	l.counts[c.Change]++
	return nil
}

// Close closes the file. If this run was finished, it becomes the baseline for the next run.
func (l *changeLog) Close(finished bool) error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var err error
	if finished && !l.usual {
		err = whole.Write(filepath.Join(l.out, privateFolder, baselineName), []byte(l.flags+"\n"), l.durable)
	}
	if l.file != nil {
		err = errors.Join(err, l.file.Close())
	}
	return err
}

// print prints the counts of the run, if there are any.
func (l *changeLog) print(w io.Writer) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.counts) > 0 {
		fmt.Fprintf(w, "Changes   %d new, %d changed, %d gone since the last run: %s\n", l.counts[changeNew],
			l.counts[changeChanged], l.counts[changeGone], filepath.Join(l.out, changesName))
	}
}

// differentWords counts the occurrences of words in the new text that the old text lacks, and the reverse.
func differentWords(old, now string) (added, removed int) {
	counts := make(map[string]int)
	for word := range words(now) {
		counts[word]++
	}
	for word := range words(old) {
		counts[word]--
	}
	for _, n := range counts {
		added += max(n, 0)
		removed += max(-n, 0)
	}
	return added, removed
}

// words yields the words of a text. In scripts without spaces between words, each character is a word.
func words(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for run := range strings.FieldsSeq(text) {
			start := 0
			for i, r := range run {
				if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
					unicode.Myanmar) {
					continue
				}
				if i > start && !yield(run[start:i]) || !yield(string(r)) {
					return
				}
				start = i + len(string(r))
			}
			if start < len(run) && !yield(run[start:]) {
				return
			}
		}
	}
}
