package scraper

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Limits of a sitemap. The size is that of the uncompressed file; sitemaps.org/protocol.html has the same limit. The
// protocol also limits a file to 50,000 entries, but some sites put more into one file.
const (
	sitemapMaxBytes   = 50 << 20
	sitemapMaxEntries = 100_000
)

// An Entry is a page that a sitemap or a feed lists.
type Entry struct {
	// URL is the page's address in canonical form.
	URL string
	// Modified is when the page was last changed, according to the list. It is zero if the list gives none.
	Modified time.Time
	// Published is the date of publication in a feed or a news sitemap. It is zero if the list gives none.
	Published time.Time
	// Title is the page's title in a feed or a news sitemap. It is empty if the list gives none.
	Title string
}

// sitemap is the content of one file: pages, or further files.
type sitemap struct {
	base   *url.URL // relative addresses are resolved against it
	pages  []Entry
	files  []string
	others []string        // translations of the pages
	listed map[string]bool // the addresses in others
	isCut  bool            // entries beyond the limits were left out
}

// parseSitemap parses XML (a urlset or an index, by sitemaps.org/protocol.html), RSS, Atom, or text with an address on
// each line. The file may be compressed with gzip. Addresses are resolved against the address of the file. Entries
// beyond the limits are left out. Other content is an error.
func parseSitemap(body []byte, address string) (*sitemap, error) {
	base, err := normalURL(address)
	if err != nil {
		return nil, err
	}
	var r io.Reader = bytes.NewReader(body)
	if bytes.HasPrefix(body, gzipMagic) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrEncoding, err)
		}
		defer func() { _ = z.Close() }()
		r = z
	}
	limited := &io.LimitedReader{R: r, N: sitemapMaxBytes}
	in := listText(limited)
	start, _ := in.Peek(listPreamble)
	start = bytes.ToLower(bytes.TrimLeft(start, " \t\r\n"))
	s := &sitemap{base: base, listed: make(map[string]bool)}
	switch {
	case isFeed(start):
		text, _ := io.ReadAll(in) // the part that could be read
		s.pages, err = parseFeed(text, address)
		s.isCut = len(s.pages) == feedMaxEntries
	case bytes.HasPrefix(start, []byte("<")):
		err = s.readXML(in)
	case bytes.HasPrefix(start, []byte("http")), bytes.HasPrefix(start, []byte("#")):
		s.readText(in)
	default:
		err = fmt.Errorf("%w: neither XML nor a list of addresses", ErrSitemap)
	}
	if err != nil {
		return nil, err
	}
	s.addOthers()
	s.isCut = s.isCut || limited.N <= 0
	return s, nil
}

// isFeed reports whether XML with the given start, in lower case, is RSS or Atom. Sites also use these as sitemaps
// (developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap).
func isFeed(start []byte) bool {
	for _, root := range [...]string{"<rss", "<feed", "<rdf:rdf"} {
		if bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start, []byte(root)) {
			return true
		}
	}
	return false
}

// readText reads one address per line.
func (s *sitemap) readText(r io.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxURLBytes+1)
	for !s.isCut && lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); strings.HasPrefix(line, "http") {
			s.add(Entry{URL: line})
		}
	}
}

// sitemapEntry is an element of a urlset or an index, with the news extension
// (developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap) and the page's translations
// (developers.google.com/search/docs/specialty/international/localized-versions).
type sitemapEntry struct {
	Text    string `xml:",chardata"` // the address, in files without <loc>
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
	News    struct {
		Date  string `xml:"publication_date"`
		Title string `xml:"title"`
	} `xml:"news"`
	Links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
}

// lowerNames makes the names of elements lower case, because some files are written in capitals.
type lowerNames struct{ *boundedXML }

// Token returns the next token, with lower-case names.
func (l lowerNames) Token() (xml.Token, error) {
	token, err := l.boundedXML.Token()
	switch t := token.(type) {
	case xml.StartElement:
		t.Name.Local = strings.ToLower(t.Name.Local)
		token = t
	case xml.EndElement:
		t.Name.Local = strings.ToLower(t.Name.Local)
		token = t
	}
	return token, err
}

// readXML reads XML one entry at a time, so that a file of 50,000 entries is never in memory as a tree. It reads a
// truncated file up to its end, and continues after malformed XML with the next entry.
func (s *sitemap) readXML(r io.Reader) error {
	bounded := newBoundedXML(r)
	d := newEntryDecoder(bounded)
	root := ""
	for !s.isCut {
		token, err := d.Token()
		if err != nil && root != "" && bounded.resume(err, isSitemapEntry) {
			d = newEntryDecoder(bounded)
			continue
		}
		if err != nil {
			if root == "" || !errors.Is(err, io.EOF) && len(s.pages)+len(s.files) == 0 {
				return fmt.Errorf("%w: %w", ErrSitemap, err)
			}
			return nil
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch name := element.Name.Local; {
		case root == "" && (name == "urlset" || name == "sitemapindex"):
			root = name
		case root == "":
			return fmt.Errorf("%w: the root is <%.40s>", ErrSitemap, name)
		case name == "url" || name == "sitemap":
			s.addXML(d, &element)
		}
	}
	return nil
}

func newEntryDecoder(bounded *boundedXML) *xml.Decoder {
	d := xml.NewTokenDecoder(lowerNames{bounded})
	d.Strict = false
	return d
}

// isSitemapEntry matches the start of a url or sitemap element.
var isSitemapEntry = regexp.MustCompile(`^(?i)<([a-z0-9]+:)?(url|sitemap)[\s>]`)

// addXML adds a further file from an index, or a page and its translations. The rest of an entry with an address may be
// invalid.
func (s *sitemap) addXML(d *xml.Decoder, element *xml.StartElement) {
	var e sitemapEntry
	if err := d.DecodeElement(&e, element); err != nil && e.Loc == "" {
		return
	}
	address := cmp.Or(strings.TrimSpace(e.Loc), strings.TrimSpace(e.Text))
	if element.Name.Local == "sitemap" {
		if len(s.files) >= sitemapMaxEntries {
			s.isCut = true
			return
		}
		if u := s.resolve(address); u != "" {
			s.files = append(s.files, u)
		}
		return
	}
	s.add(Entry{
		URL: address, Modified: w3cTime(e.LastMod), Published: w3cTime(e.News.Date),
		Title: strings.TrimSpace(e.News.Title),
	})
	for _, link := range e.Links {
		if !strings.EqualFold(link.Rel, "alternate") || len(s.others) >= sitemapMaxEntries {
			continue
		}
		if u := s.resolve(link.Href); u != "" && !s.listed[u] {
			s.listed[u] = true
			s.others = append(s.others, u)
		}
	}
}

// add adds a page under its canonical address. It ignores invalid addresses.
func (s *sitemap) add(e Entry) {
	if len(s.pages) >= sitemapMaxEntries {
		s.isCut = true
		return
	}
	if e.URL = s.resolve(e.URL); e.URL != "" {
		s.pages = append(s.pages, e)
	}
}

// addOthers adds the translations that have no entries of their own. They come after all entries, so that they displace
// none: usually, each of ten translations names the nine others.
func (s *sitemap) addOthers() {
	for i := range s.pages {
		delete(s.listed, s.pages[i].URL)
	}
	for _, u := range s.others {
		if s.listed[u] {
			s.add(Entry{URL: u})
		}
	}
	s.others, s.listed = nil, nil
}

// resolve returns the canonical form of an address that occurs in the file, or "" if it is invalid.
func (s *sitemap) resolve(address string) string {
	if address = strings.TrimSpace(address); address == "" {
		return ""
	}
	target, err := s.base.Parse(address)
	if err != nil {
		return ""
	}
	u, err := canonicalURL(target.String())
	if err != nil {
		return ""
	}
	return u.String()
}

// w3cTime parses the profile of ISO 8601 that sitemaps use (www.w3.org/TR/NOTE-datetime), and common deviations from
// it. It returns the zero time if s has another format.
func w3cTime(s string) time.Time {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{} // most entries have no date of publication, and each failed attempt allocates an error
	}
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

// sitemaps returns the sitemaps that the robots.txt of the seed's host names. If it names none, sitemaps returns the
// address at which a sitemap may be, /sitemap.xml. Relative addresses, which the protocol does not allow, are resolved
// against the address of robots.txt.
func (v *visit) sitemaps() []string {
	root := &url.URL{Scheme: v.url.Scheme, Host: v.url.Host, Path: "/"}
	var found []string
	for _, raw := range v.rules.sitemaps {
		if target, err := root.Parse(raw); err == nil {
			if u, err := canonicalURL(target.String()); err == nil && len(found) < maxRobotsSitemaps {
				found = append(found, u.String())
			}
		}
	}
	if len(found) == 0 {
		found = []string{root.JoinPath("sitemap.xml").String()}
	}
	return found
}

// maxRobotsSitemaps is the maximum number of sitemaps that are read from one robots.txt.
const maxRobotsSitemaps = 1000
