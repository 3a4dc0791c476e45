package htmldoc

import (
	"bytes"
	"net/url"
	"regexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Browsers, download tools and web archives write into a page where they got it from. Archives also add a toolbar, and
// rewrite the addresses of the page so that they lead to other captures.

// restore removes what an archive has added to a page, and sets Original. Unless the page's address is itself that of a
// capture, so that its links lead to other captures, it also restores the addresses in the page.
func (d *Document) restore(text []byte) {
	d.Original = savedFrom(d.Root)
	if capture := originalOf(d.URL); capture != nil {
		d.Original = capture
	}
	if mayBeCapture(text) {
		d.restoreCapture()
	}
}

// firstCopy returns a page without its second copy: a program that appends to a file has written the page twice if the
// file begins anew, with everything up to the end of the title.
func firstCopy(page []byte) []byte {
	page = bytes.TrimLeft(page, asciiSpace)
	end := indexTag(page[:min(len(page), maxCopied)], "</title")
	if end < 0 || indexTag(page[:end], "<head") < 0 {
		return page
	}
	start, from := page[1:min(end, maxNeedle)], end // not from the first byte: each tag has a "<"
	for range maxStarts {
		again := bytes.Index(page[from:], start)
		if again < 0 {
			break
		}
		if from += again; bytes.HasPrefix(page[from-1:], page[:end]) {
			return page[:from-1]
		}
		from += len(start)
	}
	return page
}

// Limits of the search for a second copy.
const (
	maxCopied = 64 << 10 // bytes up to the end of the title
	maxNeedle = 32       // bytes that are searched for; package bytes has a fast search for short texts
	maxStarts = 16       // how many places that begin like the page are compared with it
)

// Address returns the page's own address on the web, as far as it is known: URL, or Original if URL is nil, is not http
// or https, or is the address of a capture.
func (d *Document) Address() *url.URL {
	if d.Original != nil && (d.URL == nil || !isHTTP(d.URL.Scheme) || originalOf(d.URL) != nil) {
		return d.Original
	}
	return d.URL
}

// savedComment matches the comments that Internet Explorer and Chrome ("saved from url=(0026)https://quay.example/"),
// SingleFile ("Page saved with SingleFile url: …") and HTTrack ("Mirrored from quay.example/ by HTTrack …") write.
var savedComment = regexp.MustCompile(
	`^\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*|Mirrored from )(\S+)`)

// maxSavedComment is how many nodes at the start of a page are searched for such a comment.
const maxSavedComment = 8

// savedFrom returns the address in the comment of the tool that saved a page, or nil.
func savedFrom(root *html.Node) *url.URL {
	seen := 0
	for n := range root.Descendants() {
		if seen++; seen > maxSavedComment || n.DataAtom == atom.Body {
			return nil
		}
		if n.Type != html.CommentNode {
			continue
		}
		if m := savedComment.FindStringSubmatch(n.Data); m != nil {
			if u, err := parseAddress(m[1]); err == nil && isHTTP(u.Scheme) && u.Host != "" {
				return u
			}
		}
	}
	return nil
}
