package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// A namePattern is the value of -filename: text, and fields in braces. A slash separates folders.
type namePattern struct{ parts []namePart }

// A namePart is either literal text or, if text is "", a field.
type namePart struct {
	text      string
	field     func(*named) string
	isFolders bool // its value may contain slashes
}

// A named contains the data for the fields of a file name.
type named struct {
	*cleaner.Article
	url  *url.URL // never nil
	date cleaner.Date
}

// nameFields are the fields of -filename. Their values contain only letters, digits and hyphens; {title} may also
// contain spaces and some punctuation, and {path} slashes.
var nameFields = map[string]func(*named) string{
	// slug is the title, or the address if there is none, in lower case, with hyphens between the words.
	"slug": func(n *named) string {
		if s := slug(n.Title); s != "" {
			return s
		}
		return slugOfURL(n.url.String())
	},
	"title":   func(n *named) string { return titleName(n.Title) },
	"name":    func(n *named) string { return addressName(n.url) },
	"path":    func(n *named) string { return addressFolder(n.url) },
	"host":    func(n *named) string { return slug(n.url.Host) },
	"lang":    func(n *named) string { return slug(n.Language) },
	"site":    func(n *named) string { return slug(n.SiteName) },
	"author":  func(n *named) string { return slug(strings.Join(n.Authors[:min(1, len(n.Authors))], "")) },
	"section": func(n *named) string { return slug(n.Section) },
	"kind":    func(n *named) string { return slug(n.Kind.String()) },
	"date":    func(n *named) string { return n.day("2006-01-02", "2006-01", "2006") },
	"year":    func(n *named) string { return n.day("2006", "2006", "2006") },
	"month":   func(n *named) string { return n.day("01", "01", "") },
	"day":     func(n *named) string { return n.day("02", "", "") },
	// hash depends only on the address, so it is the same in all runs.
	"hash": func(n *named) string {
		sum := sha256.Sum256([]byte(scraper.DedupKey(n.url.String())))
		return hex.EncodeToString(sum[:4])
	},
}

// day formats the publication date or, if there is none, the date of the last change. It uses the layout for dates that
// are precise to the day, the month or the year. It returns "" if the date is unknown, or if the layout for its
// precision is "".
func (n *named) day(day, month, year string) string {
	switch {
	case n.date.IsZero():
		return ""
	case n.date.NoMonth:
		day = year
	case n.date.NoDay:
		day = month
	}
	return n.date.Time.Format(day)
}

// errFilename is the error for an invalid -filename.
var errFilename = errors.New("-filename")

// parseNamePattern parses a pattern.
func parseNamePattern(pattern string) (*namePattern, error) {
	p := &namePattern{}
	for rest := pattern; rest != ""; {
		text, after, ok := strings.Cut(rest, "{")
		if text != "" {
			p.parts = append(p.parts, namePart{text: text})
		}
		if !ok {
			break
		}
		name, behind, closed := strings.Cut(after, "}")
		field := nameFields[name]
		if !closed || field == nil {
			return nil, fmt.Errorf("%w: unknown field {%s}: the fields are %s", errFilename, name,
				strings.Join(slices.Sorted(maps.Keys(nameFields)), ", "))
		}
		p.parts = append(p.parts, namePart{field: field, isFolders: name == "path"})
		rest = behind
	}
	if !slices.ContainsFunc(p.parts, func(part namePart) bool { return part.field != nil }) {
		return nil, fmt.Errorf("%w: %q has no field in braces, so all names would be the same", errFilename, pattern)
	}
	return p, nil
}

// hasFolders reports whether names may have folders.
func (p *namePattern) hasFolders() bool {
	return slices.ContainsFunc(p.parts, func(part namePart) bool {
		return strings.Contains(part.text, "/") || part.isFolders
	})
}

// name returns the name for an article, without its extension: names of folders and of a file, separated by slashes. An
// empty field also removes the separators around it. A name that is reserved by an operating system or by the crawler
// gets the prefix "page-".
func (p *namePattern) name(a *cleaner.Article) string {
	u, err := url.Parse(a.URL)
	if err != nil {
		u = &url.URL{}
	}
	n := &named{Article: a, url: u, date: a.Published}
	if n.date.IsZero() {
		n.date = a.Modified
	}
	var b strings.Builder
	for _, part := range p.parts {
		if part.field == nil {
			b.WriteString(part.text)
			continue
		}
		b.WriteString(part.field(n))
	}
	var safe []string
	for segment := range strings.SplitSeq(b.String(), "/") {
		if segment = safeSegment(segment); segment != "" {
			safe = append(safe, segment)
		}
	}
	if len(safe) == 0 {
		safe = []string{slugOfURL(a.URL)}
	}
	for i, segment := range safe {
		if isReserved(strings.ToLower(segment)) || i < len(safe)-1 && isOurFolder(strings.ToLower(segment)) {
			safe[i] = "page-" + segment
		}
	}
	return strings.Join(safe, "/")
}

// maxSegment is the maximum length of the name of a folder or a file, in bytes, without an extension.
const maxSegment = 160

// safeSegment removes characters that some operating systems do not allow in a name, and separators that are left over
// when a field is empty. It cuts the name off at maxSegment bytes.
func safeSegment(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		case strings.ContainsRune("-_ ", r):
			if last := b.String(); last == "" || strings.HasSuffix(last, string(r)) {
				continue
			}
		case strings.ContainsRune(",'!()&+=@", r):
		default:
			continue
		}
		if b.Len()+len(string(r)) > maxSegment {
			break
		}
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), "-_ ")
}

// isOurFolder reports whether the crawler itself uses a folder name. No folder of articles may have such a name.
func isOurFolder(name string) bool { return name == imagesFolder || name == mediaFolder }

// titleName returns a title as a file name, keeping its capitals and spaces. Words that would make the name longer than
// maxName are left out, except that the first word is cut off: a title in Chinese or Japanese may be a single word.
func titleName(title string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(title) {
		word = safeSegment(word)
		if b.Len() == 0 && len(word) >= maxName {
			word = strings.ToValidUTF8(word[:maxName-1], "")
		}
		if word == "" || b.Len()+len(word) >= maxName {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// addressName returns the last part of an address's path, without the extension of a web page such as ".html", followed
// by the query. If both are empty, it returns "index".
func addressName(u *url.URL) string {
	base := path.Base("/" + strings.TrimRight(u.Path, "/"))
	switch extension := path.Ext(base); strings.ToLower(extension) {
	case ".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".cgi":
		base = strings.TrimSuffix(base, extension)
	}
	name := slug(base)
	if query := slug(u.RawQuery); query != "" {
		name = strings.TrimLeft(name+"-"+query, "-")
	}
	if name == "" {
		return "index"
	}
	return name
}

// maxFolders is the maximum number of folders in {path}. maxFolder is the maximum length of each folder's name in
// bytes.
const (
	maxFolders = 8
	maxFolder  = 60
)

// addressFolder returns the folders of an address's path: all its parts but the last, at most maxFolders.
func addressFolder(u *url.URL) string {
	dir, _ := path.Split(strings.TrimRight(u.Path, "/"))
	var folders []string
	for segment := range strings.SplitSeq(dir, "/") {
		if s := slugTo(segment, maxFolder); s != "" && len(folders) < maxFolders {
			folders = append(folders, s)
		}
	}
	return strings.Join(folders, "/")
}
