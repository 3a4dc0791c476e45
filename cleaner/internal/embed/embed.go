// Package embed describes what frames and players show, such as a video, a post or a map, and gives the address at
// which a person finds it.
//
//	embed.go     Of, which reads an element
//	services.go  the services whose frames have an address for people
//	refused.go   frames that are not content (ads, trackers, logins), and hosts whose frames are content
//	same.go      whether two addresses belong to the same service
//	title.go     titles, except generic ones
package embed

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// The attributes in which package canon stores what it knows about an embed.
const (
	// AuthorAttr contains the name of the author.
	AuthorAttr = "data-embed-author"
	// MadeAttr marks frames that replace other elements of the page.
	MadeAttr = "data-embed-made"
	// CardAttr marks frames that replace link cards, which preview another page.
	CardAttr = "data-embed-card"
)

// An Embed is content from elsewhere that a page shows.
type Embed struct {
	What          string // the kind of content, such as "YouTube video"; "" for a link card
	Title, Author string // "" if the page does not give them
	Address       string // the page for people if the service is known; otherwise the address of the frame or the file
}

// Label returns the text of the link to the embed, such as "YouTube video: Title, by Author".
func (e Embed) Label() string {
	label := e.What
	switch {
	case label == "":
		label = e.Title
	case e.Title != "":
		label += ": " + e.Title
	}
	if e.Author != "" {
		label += ", by " + e.Author
	}
	return label
}

// IsElement reports whether an element may show content from elsewhere.
func IsElement(tag atom.Atom) bool {
	switch tag {
	case atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed:
		return true
	}
	return false
}

// Of describes what an element shows. The function resolve makes an address absolute. The result ok is false if the
// content is not of interest to readers, or if its address is not known.
func Of(n *html.Node, resolve func(string) (string, bool)) (e Embed, ok bool) {
	for _, address := range addresses(n) {
		abs, valid := resolve(address)
		if !valid {
			continue
		}
		u, err := url.Parse(abs)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			continue
		}
		if inner := wrapped(u); inner != u {
			u, abs = inner, inner.String()
		}
		e.Title, e.Author = titleOf(n), strings.TrimSpace(dom.Attr(n, AuthorAttr))
		switch n.DataAtom {
		case atom.Video:
			e.What, e.Address = "Video", abs
			return e, true
		case atom.Audio:
			e.What, e.Address = "Audio", abs
			return e, true
		}
		if dom.HasAttr(n, CardAttr) {
			e.Address = abs
			return e, e.Title != ""
		}
		if isRefused(u) {
			return Embed{}, false
		}
		if e.What, e.Address = known(u); e.What != "" {
			if e.What == "CodePen" && e.Author == "" {
				e.Author = penAuthor(n)
			}
			return e, true
		}
		e.What, e.Address = "Embedded page", abs
		return e, mayBeContent(n, u, e.Title)
	}
	return Embed{}, false
}

// penAuthor returns the author of a CodePen pen, or "" if unknown. The author is named inside the element, in the text
// for browsers without frames.
func penAuthor(n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	_, rest, _ := strings.Cut(n.FirstChild.Data, "</a> by ")
	author, _, found := strings.Cut(rest, "(")
	if author = CleanTitle(author); !found || strings.ContainsAny(author, "<>") {
		return ""
	}
	return author
}

// Source returns the first valid HTTP address of an element's content, or "" if it has none. Unlike Of, it does not
// check what is at the address.
func Source(n *html.Node, resolve func(string) (string, bool)) string {
	for _, address := range addresses(n) {
		if abs, ok := resolve(address); ok && strings.HasPrefix(abs, "http") {
			return abs
		}
	}
	return ""
}

// addresses returns the possible addresses of an element's content, the most likely one first: an address that a script
// loads later comes before the address of a placeholder.
func addresses(n *html.Node) []string {
	var all []string
	for i := range n.Attr {
		a := &n.Attr[i]
		if strings.HasPrefix(a.Key, "data-") && strings.Contains(a.Key, "src") && strings.ContainsAny(a.Val, "/.") {
			all = append(all, a.Val)
		}
	}
	for _, key := range [...]string{"src", "data"} {
		if src := strings.TrimSpace(dom.Attr(n, key)); src != "" && src != "about:blank" {
			all = append(all, src)
		}
	}
	if doc := dom.Attr(n, "srcdoc"); doc != "" {
		if _, rest, found := strings.Cut(doc, "href="); found && rest != "" {
			link, _, _ := strings.Cut(strings.TrimLeft(rest, `"'`), rest[:1])
			all = append(all, strings.TrimRight(strings.SplitN(link, ">", 2)[0], `"'`))
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Source:
			all = append(all, dom.Attr(c, "src"))
		case atom.Embed:
			all = append(all, dom.Attr(c, "src"))
		case atom.Param:
			if name := strings.ToLower(dom.Attr(c, "name")); name == "movie" || name == "src" {
				all = append(all, dom.Attr(c, "value"))
			}
		}
	}
	return all
}

// mayBeContent reports whether a frame of an unknown service may be content. It may be if it shows a PDF, or if package
// canon created it. Otherwise it must not be hidden, and must have a title, allow full screen or come from a publisher
// (see isPublisher).
func mayBeContent(n *html.Node, u *url.URL, title string) bool {
	if dom.Attr(n, "type") == "application/pdf" || strings.HasSuffix(strings.ToLower(u.Path), ".pdf") ||
		dom.HasAttr(n, MadeAttr) {
		return true
	}
	if isHiddenFrame(n) {
		return false
	}
	return title != "" || dom.HasAttr(n, "allowfullscreen") || isPublisher(u)
}

// isHiddenFrame reports whether a frame's own attributes hide it or make it at most two pixels wide or high.
func isHiddenFrame(n *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		switch strings.TrimSuffix(dom.Attr(n, key), "px") {
		case "0", "1", "2":
			return true
		}
	}
	style := strings.ReplaceAll(dom.Attr(n, "style"), " ", "")
	return strings.Contains(style, "display:none") || dom.HasAttr(n, "hidden") ||
		strings.EqualFold(dom.Attr(n, "aria-hidden"), "true")
}
