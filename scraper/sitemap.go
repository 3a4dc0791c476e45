package scraper

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Limits of a sitemap by sitemaps.org/protocol.html: 50 MB uncompressed, 50,000 entries.
const (
	sitemapMaxBytes   = 50 << 20
	sitemapMaxEntries = 50_000
)

// An Entry is a page that a sitemap or a feed lists.
type Entry struct {
	// URL is the page's address in canonical form.
	URL string
	// Modified is when the list says that the page was changed; zero if it does not.
	Modified time.Time
	// Published is when a feed or a news sitemap says that it was published; zero if it does not.
	Published time.Time
	// Title is the page's title in a feed or a news sitemap.
	Title string
}

// sitemap is the content of one file: pages, or further files.
type sitemap struct {
	pages []Entry
	files []string
}

// parseSitemap parses XML (a urlset or an index, by sitemaps.org/protocol.html), or text with an address on each line,
// also in gzip. Entries beyond the protocol's limits are left out. Other content is an error.
func parseSitemap(body []byte) (*sitemap, error) {
	var r io.Reader = bytes.NewReader(body)
	if bytes.HasPrefix(body, gzipMagic) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		defer func() { _ = z.Close() }()
		r = z
	}
	in := bufio.NewReader(io.LimitReader(r, sitemapMaxBytes))
	start, _ := in.Peek(512)
	start = bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte("<")):
		return parseSitemapXML(in)
	case bytes.HasPrefix(start, []byte("http")):
		return parseSitemapText(in), nil
	}
	return nil, fmt.Errorf("%w: neither XML nor a list of addresses", ErrSitemap)
}

// parseSitemapText reads one address per line.
func parseSitemapText(r io.Reader) *sitemap {
	s := &sitemap{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxURLBytes+1)
	for lines.Scan() && len(s.pages) < sitemapMaxEntries {
		s.add(Entry{URL: strings.TrimPrefix(lines.Text(), "\ufeff")})
	}
	return s
}

// sitemapEntry is an element of a urlset or an index, with the news extension
// (developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Date  string `xml:"publication_date"`
		Title string `xml:"title"`
	} `xml:"news"`
}

// parseSitemapXML reads entry by entry, so that a file of 50,000 entries is never in memory as a tree. Of a truncated
// file it reads what is there.
func parseSitemapXML(r io.Reader) (*sitemap, error) {
	s := &sitemap{}
	d := xml.NewTokenDecoder(newBoundedXML(r))
	d.Strict = false
	root := ""
	for met := 0; met < sitemapMaxEntries; {
		token, err := d.Token()
		if err != nil {
			if root == "" || !errors.Is(err, io.EOF) && len(s.pages)+len(s.files) == 0 {
				return nil, fmt.Errorf("%w: %w", ErrSitemap, err)
			}
			return s, nil
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := element.Name.Local; {
		case root == "" && (name == "urlset" || name == "sitemapindex"):
			root = name
		case root == "":
			return nil, fmt.Errorf("%w: the root is <%.40s>", ErrSitemap, name)
		case name == "url" || name == "sitemap":
			met++
			s.addXML(d, &element)
		}
	}
	return s, nil
}

// addXML adds one entry, even if parts of it are invalid.
func (s *sitemap) addXML(d *xml.Decoder, element *xml.StartElement) {
	var e sitemapEntry
	if err := d.DecodeElement(&e, element); err != nil && e.Loc == "" {
		return
	}
	if element.Name.Local == "sitemap" {
		if u, err := canonicalURL(e.Loc); err == nil {
			s.files = append(s.files, u.String())
		}
		return
	}
	s.add(Entry{
		URL: e.Loc, Modified: w3cTime(e.LastMod), Published: w3cTime(e.News.Date),
		Title: strings.TrimSpace(e.News.Title),
	})
}

// add adds a page under its canonical address; invalid addresses are left out.
func (s *sitemap) add(e Entry) {
	u, err := canonicalURL(e.URL)
	if err != nil {
		return
	}
	e.URL = u.String()
	s.pages = append(s.pages, e)
}

// w3cTime parses the profile of ISO 8601 that sitemaps use (www.w3.org/TR/NOTE-datetime); zero if s is not in it.
func w3cTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range [...]string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05", time.DateOnly, "2006-01", "2006",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// sitemaps returns the addresses where the seed's host may have sitemaps.
func (v *visit) sitemaps() []string {
	var found []string
	for _, raw := range v.rules.sitemaps {
		if target, err := v.url.Parse(raw); err == nil {
			if u, err := canonicalURL(target.String()); err == nil && len(found) < maxRobotsSitemaps {
				found = append(found, u.String())
			}
		}
	}
	if len(found) == 0 {
		found = []string{(&url.URL{Scheme: v.url.Scheme, Host: v.url.Host, Path: "/sitemap.xml"}).String()}
	}
	return found
}

// maxRobotsSitemaps is how many sitemaps of one robots.txt are read.
const maxRobotsSitemaps = 1000
