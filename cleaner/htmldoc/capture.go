package htmldoc

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The address of a capture contains the time of the capture and the original address: in the Wayback Machine and the
// archives that use its software or pywb as /web/20260314092600/https://quay.example/, with the kind of the file after
// the time (im_ for images), and in archive.today as /20260314092600/https://quay.example/.

// stampDigits is the number of digits of the time of a capture, and kindSuffix is the kind of a file.
const (
	stampDigits = 14
	kindSuffix  = len("im_")
)

// originalIn returns the original address in the address of a capture, or "" if the address is not that of a capture.
func originalIn(address string) string {
	i := strings.Index(address, "/http")
	if i < 0 || !endsWithStamp(address[:i]) || strings.ContainsAny(address[:i], "?# ") {
		return ""
	}
	scheme, rest := splitScheme(address[i+1:])
	if !isHTTP(scheme) || !strings.HasPrefix(rest, "/") {
		return ""
	}
	return scheme + "://" + strings.TrimLeft(rest, "/") // some programs join the two slashes
}

// endsWithStamp reports whether a part of an address ends with a slash and the time of a capture.
func endsWithStamp[text string | []byte](part text) bool {
	end := len(part)
	if end > kindSuffix && part[end-1] == '_' && isASCIILetter(part[end-2]) && isASCIILetter(part[end-3]) {
		end -= kindSuffix
	}
	start := end - stampDigits
	if start < 1 || part[start-1] != '/' {
		return false
	}
	for i := start; i < end; i++ {
		if part[i] < '0' || part[i] > '9' {
			return false
		}
	}
	return true
}

// originalOf returns the original address if u is the address of a capture, or else nil.
func originalOf(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	return parseOriginal(u.String())
}

func parseOriginal(address string) *url.URL {
	u, err := url.Parse(originalIn(address))
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// mayBeCapture reports whether a page has the address of a capture, or the header of Google's cache.
func mayBeCapture(text []byte) bool {
	if bytes.Contains(text[:min(len(text), prescan)], []byte(cacheHeader)) {
		return true
	}
	for from := 0; ; from++ {
		i := bytes.Index(text[from:], []byte(":/")) // a slash, which each end tag has, takes longer to search for
		if i < 0 {
			return false
		}
		from += i
		before := bytes.TrimSuffix(text[max(from-maxBeforeColon, 0):from], []byte("s"))
		if before, ok := bytes.CutSuffix(before, []byte("/http")); ok && endsWithStamp(before) {
			return true
		}
	}
}

// maxBeforeColon is the length of the time of a capture and the scheme after it.
const maxBeforeColon = len("/") + stampDigits + kindSuffix + len("/https")

// cacheHeader ends the id of the header that Google's cache put above a page.
const cacheHeader = "google-cache-hdr"

// restoreCapture undoes what an archive has done to a page that it captured.
func (d *Document) restoreCapture() {
	d.removeToolbars()
	captures, others := 0, 0
	for n := range d.Root.Descendants() {
		if n.DataAtom == atom.Link && d.restoreSnapshot(n) {
			return
		}
		if href, _ := attribute(n, "href"); n.DataAtom != atom.A {
			continue
		} else if originalIn(href) != "" {
			captures++
		} else if mayBeHTTP(href) {
			others++
		}
	}
	if captures > minCaptures*others {
		d.restoreAddresses(originalOf(d.URL) == nil)
	}
}

// minCaptures is how many links to other captures a captured page has for each link that is not rewritten. Pages that
// only mention captures have more links that lead elsewhere. Links that scripts have added may not be rewritten.
const minCaptures = 4

// removeToolbars removes the toolbar of the Wayback Machine, which is between two comments, and the header of Google's
// cache.
func (d *Document) removeToolbars() {
	var added []*html.Node
	for n := range d.Root.Descendants() {
		if id, _ := attribute(n, "id"); n.DataAtom == atom.Div && strings.HasSuffix(id, cacheHeader) {
			added = append(added, n)
		}
		if n.Type == html.CommentNode && strings.TrimSpace(n.Data) == "BEGIN WAYBACK TOOLBAR INSERT" {
			toolbar := []*html.Node{n}
			for c := n.NextSibling; c != nil; c = c.NextSibling {
				toolbar = append(toolbar, c)
				if c.Type == html.CommentNode && strings.TrimSpace(c.Data) == "END WAYBACK TOOLBAR INSERT" {
					added = append(added, toolbar...)
					break
				}
			}
		}
	}
	remove(added)
}

func remove(nodes []*html.Node) {
	for _, n := range nodes {
		n.Parent.RemoveChild(n)
	}
}

// restoreAddresses replaces the addresses of captures by the original ones: all of them, or only those that describe
// the page itself.
func (d *Document) restoreAddresses(all bool) {
	for n := range d.Root.Descendants() {
		if !all && n.DataAtom != atom.Link && n.DataAtom != atom.Meta && n.DataAtom != atom.Script {
			continue
		}
		for i := range n.Attr {
			a := &n.Attr[i]
			if original := originalIn(a.Val); original != "" && !strings.HasSuffix(a.Key, "srcset") {
				a.Val = original
			} else if strings.HasSuffix(a.Key, "srcset") {
				a.Val = restoreList(a.Val)
			}
		}
		if n.DataAtom == atom.Script && n.FirstChild != nil {
			if kind, _ := attribute(n, "type"); strings.Contains(kind, "json") {
				n.FirstChild.Data = quotedCapture.ReplaceAllString(n.FirstChild.Data, `"$1`)
			}
		}
	}
}

// quotedCapture is the start of the address of a capture in JSON, where slashes may be escaped.
var quotedCapture = regexp.MustCompile(`"(?:https?:)?[^"\s?#]{0,80}/\d{14}(?:[a-z]{2}_)?\\?/(https?:)`)

// restoreList restores the addresses in a srcset.
func restoreList(list string) string {
	parts := strings.Fields(list)
	for i, part := range parts {
		if original := originalIn(part); original != "" {
			parts[i] = original
		}
	}
	return strings.Join(parts, " ")
}

// restoreSnapshot restores a page of archive.today, if the link is the one in which such a page declares what it
// captured. It removes the header, and the metadata, which describe the page of the archive: of those of the captured
// page, only the title is left.
func (d *Document) restoreSnapshot(link *html.Node) bool {
	rel, _ := attribute(link, "rel")
	href, _ := attribute(link, "href")
	original := parseOriginal(href)
	if rel != "bookmark" || original == nil {
		return false
	}
	d.Original = original
	var added []*html.Node
	for n := range d.Root.Descendants() {
		switch n.DataAtom {
		case atom.Div:
			if id, _ := attribute(n, "id"); id == "HEADER" || id == "hashtags" {
				added = append(added, n)
			}
		case atom.Meta, atom.Link:
			if property, _ := attribute(n, "property"); property != "og:title" && n.Parent.DataAtom == atom.Head {
				added = append(added, n)
			}
		case atom.A:
			for i := range n.Attr {
				if m := throughArchive.FindStringSubmatch(n.Attr[i].Val); m != nil && n.Attr[i].Key == "href" {
					n.Attr[i].Val = m[1]
				}
			}
		}
	}
	remove(added)
	return true
}

// throughArchive matches the links that lead out of a page of archive.today: https://archive.ph/o/AbCdE/https://….
var throughArchive = regexp.MustCompile(`^https?://archive\.[a-z]+/o/\w+/(https?://.*)`)
