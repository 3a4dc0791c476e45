package main

import (
	"hash/maphash"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// A viewBook remembers the articles at addresses without a query. It prevents another view of such an article
// ("/tides?printable"), or a host's front page at a second address, from also being written. It is safe for concurrent
// use.
type viewBook struct {
	seed maphash.Seed

	mu       sync.Mutex
	articles map[uint64][]uint64 // by hash of the address: the sorted hashes of the title and the lines
	lines    int
}

// maxViewLines is the maximum number of lines that are remembered, at eight bytes each. When there are more lines, all
// articles so far are forgotten.
const maxViewLines = 4 << 20

func newViewBook() *viewBook {
	return &viewBook{seed: maphash.MakeSeed(), articles: make(map[uint64][]uint64)}
}

// isView reports whether a page is another view of the page at its address without the query, or of the front page. A
// view has the same title as that page, adds nothing to that page's text, and omits at most a fifth of its lines. The
// texts may differ slightly, because text that a host repeats is removed from later pages but not from the first. A
// front page with the whole text of several articles is not a view of any of them.
func (b *viewBook) isView(p *scraper.Page, a *cleaner.Article) bool {
	if p.URL == nil {
		return false
	}
	lines := b.hash(a.Title, a.Text())
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, path := range [...]string{p.URL.Path, "/"} {
		known, ok := b.articles[b.address(p.URL, path)]
		itself := p.URL.RawQuery == "" && path == p.URL.Path
		if ok && !itself && 5*len(lines) >= 4*len(known) && containsAll(known, lines) {
			return true
		}
	}
	return false
}

// isExtract reports whether a page, such as a category with one post, shows nothing but an article or a part of it.
// That article is the target of the page's only linked heading.
func (b *viewBook) isExtract(a *cleaner.Article) bool {
	targets := linkedHeadings(a)
	if len(targets) != 1 {
		return false
	}
	u, err := url.Parse(targets[0])
	if err != nil || u.RawQuery != "" {
		return false
	}
	lines := b.hash(a.Title, a.Text())
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.articles[b.address(u, u.Path)]
	missing := 0
	for _, line := range lines {
		if _, found := slices.BinarySearch(known, line); !found {
			missing++
		}
	}
	return len(lines) > 2 && missing <= 2 // the page's title and the heading may be missing
}

// learn remembers the title and the text of a page whose article was written. It ignores addresses with a query.
func (b *viewBook) learn(p *scraper.Page, title, text string) {
	if p.URL == nil || p.URL.RawQuery != "" {
		return
	}
	lines := b.hash(title, text)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lines += len(lines); b.lines > maxViewLines {
		clear(b.articles)
		b.lines = len(lines)
	}
	b.articles[b.address(p.URL, p.URL.Path)] = lines
}

func (b *viewBook) address(u *url.URL, path string) uint64 {
	return maphash.String(b.seed, (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: path}).String())
}

func (b *viewBook) hash(title, text string) []uint64 {
	lines := []uint64{maphash.String(b.seed, "title "+title)}
	for line := range strings.Lines(text) {
		lines = append(lines, maphash.String(b.seed, strings.TrimSpace(line)))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// containsAll reports whether the sorted slice all contains each element of the slice some.
func containsAll(all, some []uint64) bool {
	return !slices.ContainsFunc(some, func(x uint64) bool {
		_, found := slices.BinarySearch(all, x)
		return !found
	})
}
