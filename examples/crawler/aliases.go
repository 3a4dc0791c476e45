package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/scraper"
)

// aliasesName is the name of the file of aliases, in the private folder. An alias is an address that leads to a page at
// another address, either by a redirect or because the two pages are identical.
const aliasesName = "aliases.jsonl"

// An aliasBook remembers aliases, so that links to them can point to the article. It is safe for concurrent use; a nil
// *aliasBook remembers nothing.
type aliasBook struct {
	mu    sync.Mutex
	file  *os.File
	size  int64
	known map[digest]digest // from the pageKey of each alias to that of its target
}

// An alias is one line of the file.
type alias struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// openAliases opens the file and reads the aliases that earlier runs found.
func openAliases(out string) (*aliasBook, error) {
	b := &aliasBook{known: make(map[digest]digest)}
	name := filepath.Join(out, privateFolder, aliasesName)
	var err error
	if b.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	err = readLines(b.file, func(text []byte) error {
		b.size += int64(len(text))
		var a alias
		if json.Unmarshal(text, &a) == nil && a.To != "" {
			b.known[pageKey(a.From)] = pageKey(a.To)
		}
		return nil
	})
	if _, torn := errors.AsType[*tornLineError](err); torn { // remove the incomplete last line
		err = b.file.Truncate(b.size)
	}
	if err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

// Close closes the file.
func (b *aliasBook) Close() error {
	if b == nil {
		return nil
	}
	return b.file.Close()
}

// visited remembers the addresses that redirected to a page.
func (b *aliasBook) visited(req *scraper.Request) {
	for _, from := range req.Via {
		b.add(from, req.URL)
	}
}

// skipped remembers an address that a crawl skips because it redirects to a known page, or because its page is
// identical to another. It ignores addresses that are skipped for other reasons.
func (b *aliasBook) skipped(req *scraper.Request, err error) {
	switch {
	case errors.Is(err, scraper.ErrSeen):
		b.visited(req)
	case errors.Is(err, scraper.ErrDuplicate):
		b.visited(req)
		if to, ok := strings.CutPrefix(err.Error(), fmt.Sprintf("%v: ", scraper.ErrDuplicate)); ok {
			b.add(req.URL, to)
		}
	}
}

// add remembers an alias. A write error is ignored, because it only means that the next run does not know this alias.
func (b *aliasBook) add(from, to string) {
	if b == nil {
		return
	}
	key, target := pageKey(from), pageKey(to)
	text, err := json.Marshal(alias{from, to})
	if err != nil || key == target {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known[key] == target {
		return
	}
	b.known[key] = target
	if n, err := b.file.WriteAt(append(text, '\n'), b.size); err == nil {
		b.size += int64(n)
	}
}

// addTo adds to the map articles each alias that leads to an article, directly or through other aliases.
func (b *aliasBook) addTo(articles map[digest]string) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for from := range b.known {
		to := from
		for range maxAliases {
			if articles[to] != "" {
				break
			}
			to = b.known[to]
		}
		if id := articles[to]; id != "" {
			articles[from] = id
		}
	}
}

// maxAliases is the maximum number of aliases that are followed one after the other.
const maxAliases = 10
