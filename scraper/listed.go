package scraper

import "time"

// listedDates contains the dates that a sitemap or a feed gives for a page.
type listedDates struct{ published, modified time.Time }

// noteDates remembers the dates in a list for pages that are already in the queue because a link led to them first.
func (c *crawl) noteDates(entries []Entry) {
	for i := range entries {
		e := &entries[i]
		if e.Published.IsZero() && e.Modified.IsZero() {
			continue
		}
		key := c.hash.key(sortedAddress(e.URL))
		if finished, seen := c.seen[key]; seen && !finished {
			c.dates[key] = listedDates{e.Published, e.Modified}
		}
	}
}

// addDates adds the remembered dates of a page to its request, unless the request has dates, and then forgets them.
func (c *crawl) addDates(req *Request) {
	if len(c.dates) == 0 {
		return
	}
	key := c.hash.key(sortedAddress(req.URL))
	dates, ok := c.dates[key]
	if !ok {
		return
	}
	delete(c.dates, key)
	if req.Published.IsZero() && req.Modified.IsZero() {
		req.Published, req.Modified = dates.published, dates.modified
	}
}
