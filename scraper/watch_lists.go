package scraper

import (
	"fmt"
	"net/url"
	"slices"
)

// readSitemaps learns from a list of sitemaps, and returns the sitemaps to read: none if the list is at the end of a
// chain of such lists. A site that generates them leads from each to a new one.
func (w *Watch) readSitemaps(req *Request, u *url.URL, files []string) []string {
	if w == nil || len(files) == 0 || matchesAny(w.noTrap, u) {
		return files
	}
	w.mu.Lock()
	bound(w.levels)
	level := w.levels[newWord(req.Referrer)] + 1
	w.levels[newWord(req.URL)] = level
	w.mu.Unlock()
	if level <= maxLevels {
		return files
	}
	w.report("sitemaps of "+u.Host, hostKey(u),
		fmt.Errorf("%w: %d lists of sitemaps lead from one to the next on %s", ErrTrap, level, u.Host))
	return nil
}

// readFeed learns from the entries of a feed. A feed that could not be parsed has none.
func (w *Watch) readFeed(req *Request, u *url.URL, entries []Entry) {
	if w == nil || req.Depth == 0 {
		return
	}
	page := DedupKey(req.Referrer)
	isOther := func(e Entry) bool { return DedupKey(e.URL) != page }
	w.mu.Lock()
	defer w.mu.Unlock()
	bound(w.ownFeeds)
	if w.ownFeeds[hostKey(u)]++; slices.ContainsFunc(entries, isOther) {
		w.ownFeeds[hostKey(u)] = 0
	}
}

func (w *Watch) feedsEnded(req *Request, u *url.URL) error {
	w.mu.Lock()
	isOver := w.ownFeeds[hostKey(u)] >= maxOwnFeeds
	w.mu.Unlock()
	if !isOver || req.Depth == 0 {
		return nil
	}
	err := fmt.Errorf("%w: the feeds of single pages on %s list only these pages", ErrTrap, u.Host)
	w.report("feeds of "+u.Host, hostKey(u), err)
	return err
}
