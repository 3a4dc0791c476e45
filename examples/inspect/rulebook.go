package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/siterules"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// A ruleSet selects the rules with which a page is cleaned.
type ruleSet string

const (
	draftRules ruleSet = "" // the saved rules with the unsaved changes
	savedRules ruleSet = "saved"
	noRules    ruleSet = "off"
)

// A rulebook contains the site rules in a folder, and unsaved changes to them. It is safe for concurrent use.
type rulebook struct {
	dir string // "" means that nothing can be saved

	mu           sync.Mutex
	saved, draft *siterules.Rules
	drafts       map[string][]byte   // by file
	undone       map[string][][]byte // by file: earlier drafts, the latest last; nil for no draft
	edition      int
}

// errNoFolder means that there is no folder in which to save rules.
var errNoFolder = errors.New("restart with -site-rules DIR to save rules")

func openRulebook(dir string) (*rulebook, error) {
	b := &rulebook{dir: dir, drafts: make(map[string][]byte), undone: make(map[string][][]byte)}
	return b, b.load()
}

// load reads the folder and applies the drafts.
func (b *rulebook) load() error {
	saved, err := b.read(nil)
	if err != nil {
		return err
	}
	draft := saved
	if len(b.drafts) > 0 {
		if draft, err = b.read(b.drafts); err != nil {
			return err
		}
	}
	b.saved, b.draft = saved, draft
	b.edition++
	return nil
}

// read reads the rules. Drafts replace the files of the same name.
func (b *rulebook) read(drafts map[string][]byte) (*siterules.Rules, error) {
	rules := &siterules.Rules{}
	if _, err := os.Stat(b.dir); b.dir != "" && err == nil {
		if rules, err = siterules.LoadFS(without{os.DirFS(b.dir), drafts}); err != nil {
			return nil, err
		}
	}
	for _, file := range slices.Sorted(maps.Keys(drafts)) {
		own, err := siterules.Parse(file, drafts[file])
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errRequest, err)
		}
		rules.Add(own)
	}
	return rules, nil
}

// without is a file system that hides the files that have drafts.
type without struct {
	fs.FS

	drafts map[string][]byte
}

// ReadDir implements fs.ReadDirFS.
func (w without) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		_, ok := w.drafts[e.Name()]
		return ok && name == "."
	}), err
}

// of returns the rules that a set selects, or nil for noRules.
func (b *rulebook) of(set ruleSet) cleaner.SiteRules {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch set {
	case noRules:
		return nil
	case savedRules:
		return b.saved
	}
	return b.draft
}

// version returns a number that changes whenever the rules change.
func (b *rulebook) version() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.edition
}

// fileOf returns the name of the file for the rules of a host, or "" if the host is not a plain host name.
func fileOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	if strings.ContainsAny(host, `/\:`) || strings.HasPrefix(host, ".") || host == "" {
		return ""
	}
	return host + ".yaml"
}

// text returns the current rules of a file, and whether they have unsaved changes.
func (b *rulebook) text(file string) (data []byte, changed bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.textNow(file)
}

func (b *rulebook) textNow(file string) (data []byte, changed bool, err error) {
	if data, changed = b.drafts[file]; changed || b.dir == "" {
		return data, changed, nil
	}
	if data, err = os.ReadFile(filepath.Join(b.dir, file)); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return data, false, err
}

// insert adds a rule to the draft of a file.
func (b *rulebook) insert(file, key, selector string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	data, _, err := b.textNow(file)
	if err != nil {
		return err
	}
	if data, err = siterules.Insert(file, data, "", siterules.Key(key), selector); err != nil {
		return fmt.Errorf("%w: %w", errRequest, err)
	}
	return b.change(file, data)
}

// edit replaces the draft of a file.
func (b *rulebook) edit(file string, data []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.change(file, data)
}

// change replaces the draft of a file. If the text is not valid, nothing changes.
func (b *rulebook) change(file string, data []byte) error {
	before, had := b.drafts[file]
	b.drafts[file] = data
	if err := b.load(); err != nil {
		if delete(b.drafts, file); had {
			b.drafts[file] = before
		}
		return err
	}
	if !had {
		before = nil
	}
	b.undone[file] = append(b.undone[file], before)
	return nil
}

// unmatched lists the rules of a file that have not selected anything since they were read.
func (b *rulebook) unmatched(file string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, err := range b.draft.Unmatched() {
		var of *siterules.Error
		if errors.As(err, &of) && of.File == file {
			all = append(all, err.Error())
		}
	}
	return all
}

func (b *rulebook) canUndo(file string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.undone[file]) > 0
}

// undo reverts the last change to a file.
func (b *rulebook) undo(file string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := len(b.undone[file]) - 1
	if last < 0 {
		return fmt.Errorf("%w: there is nothing to undo", errRequest)
	}
	before := b.undone[file][last]
	if b.undone[file] = b.undone[file][:last]; before == nil {
		delete(b.drafts, file)
	} else {
		b.drafts[file] = before
	}
	return b.load()
}

// save writes the draft of a file to the folder. Without a draft, it does nothing.
func (b *rulebook) save(file string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	data, changed := b.drafts[file]
	switch {
	case b.dir == "":
		return fmt.Errorf("%w: %w", errRequest, errNoFolder)
	case !changed:
		return nil
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	if err := whole.Write(filepath.Join(b.dir, file), data, true); err != nil {
		return err
	}
	delete(b.drafts, file)
	delete(b.undone, file)
	return b.load()
}
