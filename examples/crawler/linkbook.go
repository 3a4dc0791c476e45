package main

import (
	"context"
	"crypto/sha256"
	"net/url"
	"path"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// A linkBook maps addresses to the saved articles and files that links should point to instead.
type linkBook struct {
	files    *fileBook // nil if no files are saved
	articles map[digest]string
	media    bool
}

// linkBook finds out which article each address belongs to. An article's addresses are its own, its canonical address
// (unless that is another article's own address), and the aliases of both.
func (s *session) linkBook(ctx context.Context, files *fileBook) (*linkBook, error) {
	b := &linkBook{files: files, articles: make(map[digest]string), media: s.media}
	if !s.offlineLinks {
		return b, nil
	}
	canonical := make(map[digest]string)
	err := s.eachArticle(ctx, func(l *line) error {
		b.articles[pageKey(l.URL)] = l.ID
		if l.Canonical != "" {
			canonical[pageKey(l.Canonical)] = l.ID
		}
		return nil
	})
	for key, id := range canonical {
		if b.articles[key] == "" {
			b.articles[key] = id
		}
	}
	s.aliases.addTo(b.articles)
	return b, err
}

// pageKey returns the key of a page's address. Addresses that differ only in the scheme have the same key, and so do
// addresses without a query that differ only in a trailing slash.
func pageKey(address string) digest {
	address = scraper.DedupKey(address)
	address = strings.TrimPrefix(strings.TrimPrefix(address, "https:"), "http:")
	if !strings.Contains(address, "?") {
		address = strings.TrimSuffix(address, "/")
	}
	sum := sha256.Sum256([]byte(address))
	return digest(sum[:16])
}

// rewriter returns the rewriter for an article's file in a format.
func (b *linkBook) rewriter(l *line, f *format) rewriter {
	up := strings.Repeat("../", strings.Count(l.ID, "/"))
	return func(address string, isPicture bool) string {
		if b.files != nil {
			if name, _ := b.files.lookup(address); name != "" {
				return up + name
			}
		}
		if isPicture {
			return address
		}
		id := b.articles[pageKey(address)]
		if id == "" {
			return address
		}
		return relative(l.ID, id) + f.extension
	}
}

// relative returns the path from one article's file to another's, escaped as in a URL and without an extension.
func relative(from, to string) string {
	here, there := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	if path.Dir(from) == "." {
		here = nil
	}
	for len(here) > 0 && len(there) > 1 && here[0] == there[0] {
		here, there = here[1:], there[1:]
	}
	for i, segment := range there {
		there[i] = url.PathEscape(segment)
	}
	return strings.Repeat("../", len(here)) + strings.Join(there, "/")
}
