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

// A viewBook remembers the articles that were written. It prevents another view of an article ("/tides?printable",
// "/log?id=3&printable" or "/tides/comments-1"), or a host's front page at a second address, from also being written.
// It is safe for concurrent use.
type viewBook struct {
	seed maphash.Seed

	mu       sync.Mutex
	articles map[uint64][]uint64      // by address without a query: the sorted hashes of the title and the lines
	long     map[uint64][]longArticle // by title and path, and by title and the folder that contains the path
	lines    int
}

// A longArticle has at least minViewWords words, and is not a front page.
type longArticle struct {
	address uint64
	lines   []uint64
}

const (
	// maxViewLines is the maximum number of lines that are remembered, at eight bytes each. When there are more lines,
	// all articles so far are forgotten.
	maxViewLines = 4 << 20
	// minViewWords is the length from which two texts are one article if their addresses only begin alike. The pages
	// of a gallery may have the same few words below different pictures.
	minViewWords = 50
	// maxSameTitle is the maximum number of long articles that are remembered for a title and a path.
	maxSameTitle = 100
)

func newViewBook() *viewBook {
	b := &viewBook{seed: maphash.MakeSeed()}
	b.forget()
	return b
}

func (b *viewBook) forget() {
	b.articles, b.long, b.lines = make(map[uint64][]uint64), make(map[uint64][]longArticle), 0
}

// isView reports whether a page is another view of a written article. The article is the one at the page's address
// without the query, or the front page. A long article may also be at any address with the page's path, or with a path
// that contains the page's or that the page's contains.
//
// A view has the same title as the article, adds nothing to its text, and omits at most a fifth of its lines, or two
// fifths if the article is long and not at such an address. The texts may differ slightly, because text that a host
// repeats is removed from later pages but not from the first. A front page with the whole text of several articles is
// not a view of any of them.
//
// If the page is not a view, isView remembers it: of two views that are cleaned at the same time, only one is written.
func (b *viewBook) isView(p *scraper.Page, a *cleaner.Article) bool {
	if p.URL == nil {
		return false
	}
	text := a.Text()
	lines := b.hash(a.Title, text)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shows(p, a.Title, text, lines) {
		return true
	}
	b.add(p, a.Title, text, lines)
	return false
}

// shows reports whether the page is a view of an article that is remembered.
func (b *viewBook) shows(p *scraper.Page, title, text string, lines []uint64) bool {
	for _, path := range [...]string{p.URL.Path, "/"} {
		known, ok := b.articles[b.address(p.URL, path)]
		itself := p.URL.RawQuery == "" && path == p.URL.Path
		if ok && !itself && 5*len(lines) >= 4*len(known) && containsAll(known, lines) {
			return true
		}
	}
	if countWords(text) < minViewWords {
		return false
	}
	own := maphash.String(b.seed, p.URL.String())
	isShown := func(place string) bool {
		return slices.ContainsFunc(b.long[b.titled(p.URL, place, title)], func(known longArticle) bool {
			return known.address != own && 5*len(lines) >= 3*len(known.lines) && containsAll(known.lines, lines)
		})
	}
	path := strings.TrimRight(p.URL.Path, "/")
	if isShown(path) || isShown(path+belowMark) {
		return true
	}
	for path = folder(path); path != ""; path = folder(path) {
		if isShown(path) {
			return true
		}
	}
	return false
}

// belowMark after a path means the articles directly below it.
const belowMark = "/*"

// folder returns the path of the folder that contains a path, or "" for the root.
func folder(path string) string { return path[:max(strings.LastIndexByte(path, '/'), 0)] }

// titled returns the key of the long articles with a title at a path of a host.
func (b *viewBook) titled(u *url.URL, path, title string) uint64 {
	return maphash.String(b.seed, u.Scheme+"://"+u.Host+path+" "+title)
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

// learn remembers the title and the text of a page whose article was written.
func (b *viewBook) learn(p *scraper.Page, title, text string) {
	if p.URL == nil {
		return
	}
	lines := b.hash(title, text)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(p, title, text, lines)
}

func (b *viewBook) add(p *scraper.Page, title, text string, lines []uint64) {
	if b.lines+len(lines) > maxViewLines {
		b.forget()
	}
	b.lines += len(lines)
	if p.URL.RawQuery == "" {
		b.articles[b.address(p.URL, p.URL.Path)] = lines
	}
	path := strings.TrimRight(p.URL.Path, "/")
	if countWords(text) >= minViewWords && (path != "" || p.URL.RawQuery != "") {
		b.learnLong(p.URL, path, title, lines)
	}
}

// learnLong remembers an article with at least minViewWords words that is not the front page.
func (b *viewBook) learnLong(u *url.URL, path, title string, lines []uint64) {
	article := longArticle{maphash.String(b.seed, u.String()), lines}
	for _, place := range [...]string{path, folder(path) + belowMark} {
		if key := b.titled(u, place, title); len(b.long[key]) < maxSameTitle {
			b.long[key] = append(b.long[key], article)
		}
	}
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
