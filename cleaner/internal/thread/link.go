package thread

import (
	"cmp"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A linkSum summarizes the links of a path.
type linkSum struct {
	posts float64
	// last is the post of the latest link. Only the first link of a post counts.
	last     int32
	distinct map[string]bool
	// hints is positive if the links look like the posts' addresses, negative if not.
	hints float64
}

// findLink returns the path of the posts' addresses, or -1 if there is none. It prefers paths whose links lead to a
// different address in each post.
func (t *template) findLink() int32 {
	all := make(map[int32]*linkSum)
	for i := range t.Tree.Nodes {
		n := &t.Tree.Nodes[i]
		id := t.pathOf[i]
		if n.Tag != atom.A || id < 0 {
			continue
		}
		href := strings.TrimSpace(dom.Attr(n.HTML, "href"))
		if href == "" || strings.HasPrefix(href, "javascript:") {
			continue
		}
		s := all[id]
		if s == nil {
			s = &linkSum{distinct: make(map[string]bool)}
			all[id] = s
		}
		if s.last != t.postOf[i] {
			s.last = t.postOf[i]
			s.posts++
			s.distinct[href] = true
			s.hints += t.linkHint(int32(i), href)
		}
	}
	n := float64(len(t.spans))
	best, most := int32(-1), minLinkRating
	for id := range t.paths {
		s := all[int32(id)]
		if s == nil || s.posts < minPresence*n || !s.hasDigit() {
			continue
		}
		if rating := float64(len(s.distinct))/n + s.hints/s.posts; rating > most {
			best, most = int32(id), rating
		}
	}
	return best
}

// minLinkRating is the rating that the path of the posts' addresses must exceed.
const minLinkRating = 0.6

// actions are parts of the addresses of actions on a post.
var actions = text.NewFinder([]string{
	"reply", "quote", "report", "like", "vote", "login", "signup", "share", "mailto:", "pm", "edit",
})

// linkHint returns how much a link looks like a link to its post. Evidence for it: a fragment, above all of the same
// page, rel=bookmark (the microformat of a permanent link), itemprop=url, a text that begins with a number sign ("#3"),
// or a time. Evidence against it: the link leads to a person's profile, or performs an action.
func (t *template) linkHint(i int32, href string) (hint float64) {
	n := &t.Tree.Nodes[i]
	if isProfile(n) {
		hint--
	}
	if actions.InLower(href) {
		hint -= 0.7
	}
	if strings.Contains(href, "#") {
		hint += 0.3
	}
	if strings.HasPrefix(href, "#") && hasNumber(href) { // "#comment:3"
		hint += 0.5
	}
	if dom.HasToken(dom.Attr(n.HTML, "rel"), "bookmark") || dom.HasToken(dom.Attr(n.HTML, "itemprop"), "url") {
		hint++
	}
	if strings.HasPrefix(t.lineOf(i), "#") || t.hasStamp(i) {
		hint += 0.5
	}
	return hint
}

// hasDigit reports whether one of the addresses contains a digit. The addresses of posts contain the posts' numbers.
func (s *linkSum) hasDigit() bool {
	for href := range s.distinct {
		if hasNumber(href) {
			return true
		}
	}
	return false
}

func hasNumber(s string) bool { return strings.ContainsAny(s, "0123456789") }

func (t *template) hasStamp(i int32) bool {
	for at := i; at < t.Tree.Nodes[i].End; at++ {
		if _, ok := t.stamps[at]; ok {
			return true
		}
	}
	return false
}

// linkByID sets the address of a post without an address to the first id in it that contains a number. It also uses an
// anchor in a post if the post's address has no fragment but contains the anchor's number: that address leads to the
// post alone, while the anchor leads to the post within its thread.
func (t *template) linkByID(posts []Post) {
	for i := range t.Tree.Nodes {
		if t.pathOf[i] < 0 {
			continue
		}
		n := t.Tree.Nodes[i].HTML
		id := dom.Attr(n, "id")
		isAnchor := t.Tree.Nodes[i].Tag == atom.A && dom.Attr(n, "href") == ""
		if isAnchor {
			id = cmp.Or(dom.Attr(n, "name"), id)
		}
		number := strings.TrimLeftFunc(id, func(r rune) bool { return !text.IsDigit(r) })
		if number == "" || strings.ContainsAny(id, " <>") {
			continue
		}
		if p := &posts[t.postOf[i]-1]; p.Link == "" || isAnchor && len(number) >= minID && len(p.Link) <= maxLink &&
			!strings.Contains(p.Link, "#") && strings.Contains(p.Link, number) {
			p.Link = "#" + id
		}
	}
}

// minID is the minimum length in bytes of an anchor's number that is searched for in an address.
const minID = 4

// maxLink is the maximum length in bytes of an address that is searched for ids. It limits the time of the search,
// because a post may have any number of ids.
const maxLink = 2048
