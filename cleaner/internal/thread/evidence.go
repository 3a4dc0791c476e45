package thread

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A stamp is a time on the page. The field sure is true if the time comes from an attribute.
type stamp struct {
	date dates.Date
	sure bool
}

// maxStamp is the maximum length in bytes of a text that is read as a time.
const maxStamp = 120

// stampAttrs are the attributes that may contain a time, for programs or as a tooltip. The last are those of Bootstrap
// and Tippy.js.
var (
	stampAttrs = [...]string{
		"datetime", "data-time", "data-timestamp", "data-utime", "data-epoch", "data-date", "title", "content",
		"data-original-title", "data-bs-original-title", "data-tippy-content", "data-tooltip",
	}
	stampKeys = text.SetOf(stampAttrs[:]...)
)

// collect finds the times and names on the page, and counts what is at or below each node (f.sums).
func (f *finder) collect() {
	nodes := f.Tree.Nodes
	f.unseen = make([]bool, len(nodes))
	f.sums = make([]sum, len(nodes))
	f.stamps = make(map[int32]stamp)
	f.people, f.classes = make([]personHints, len(nodes)), make(map[string]classHints)
	f.texts = make([]int32, len(nodes)+1)
	for b := range f.Blocks {
		bl := &f.Blocks[b]
		if f.isOutside(bl.Elem) {
			continue
		}
		s := &f.sums[bl.Elem]
		s.words += bl.Words
		s.links += bl.LinkWords
		s.blocks++
	}
	for i := range nodes {
		n := &nodes[i]
		if n.Parent != block.None && f.unseen[n.Parent] || f.Unseen(int32(i)) {
			f.unseen[i] = true
		}
		f.texts[i+1] = f.texts[i]
		if n.Form == block.Text && !f.unseen[i] && strings.ContainsFunc(n.Text, text.IsWordRune) {
			f.texts[i+1]++
		}
		if f.unseen[i] && n.Tag != atom.Meta && n.Tag != atom.Time || f.isOutside(int32(i)) {
			continue
		}
		if st, ok := f.readStamp(int32(i)); ok {
			f.stamps[int32(i)] = st
			f.sums[i].stamps++
		}
		if n.Form != block.Element {
			continue
		}
		who := personHintsOf(n, f.classHintsOf(n))
		if n.Tag == atom.Cite && f.inZone != nil && who.hint == 0 { // elsewhere, it often names a source
			who.hint = 1
		}
		if f.people[i] = who; who.hint > 0 || who.profile {
			f.sums[i].names++
		}
	}
	for i := len(nodes) - 1; i > 0; i-- {
		if up := nodes[i].Parent; up != block.None {
			f.sums[up].add(f.sums[i], 1)
		}
	}
}

// readStamp reads the time in a text or in the attributes of an element. The second result is false if there is none.
func (p *Page) readStamp(i int32) (stamp, bool) {
	n := &p.Tree.Nodes[i]
	if n.Form == block.Text {
		if len(n.Text) > maxStamp || p.isLong(n.Block) || !hasDigits(n.Text) {
			return stamp{}, false
		}
		found, ok := dates.Find(n.Text, p.Style)
		if ok && !found.HasTime && n.Block != block.None { // <span>3 March</span>, <span>17:20</span>
			if line, ok := dates.Find(p.Blocks[n.Block].Text, p.Style); ok && sameDay(line.Date, found.Date) {
				return stamp{date: line.Date}, true
			}
		}
		return stamp{date: found.Date}, ok
	}
	if n.Form != block.Element || !hasStampAttr(n.HTML) {
		return stamp{}, false
	}
	prop := strings.ToLower(dom.Attr(n.HTML, "itemprop"))
	if strings.Contains(prop, "modified") {
		return stamp{}, false
	}
	var best stamp
	for _, key := range stampAttrs {
		if key == "content" && !strings.Contains(prop, "date") {
			continue
		}
		value := dom.Attr(n.HTML, key)
		if value == "" || len(value) > maxStamp || !hasDigits(value) {
			continue
		}
		if key == "title" && n.Tag == atom.Img {
			continue
		}
		found, ok := dates.Parse(value, p.Style)
		switch {
		case ok && best.date.IsZero():
			best = stamp{found.Date, true}
		case ok && found.HasZone && !best.date.HasZone && sameDay(found.Date, best.date):
			best.date = found.Date
		}
	}
	return best, best.sure
}

// hasStampAttr reports whether an element has one of stampAttrs. It reads the attributes only once, because most
// elements have none of these.
func hasStampAttr(n *html.Node) bool {
	for i := range n.Attr {
		if stampKeys.Has(n.Attr[i].Key) {
			return true
		}
	}
	return false
}

func sameDay(a, b dates.Date) bool {
	return a.Time.Year() == b.Time.Year() && a.Time.YearDay() == b.Time.YearDay()
}

// maxStampWords is the maximum number of words of the block around a time. A longer block is prose that mentions a
// time.
const maxStampWords = 24

func (p *Page) isLong(b int32) bool { return b != block.None && p.Blocks[b].Words > maxStampWords }

// hasDigits reports whether a text has enough digits for a time: at least three.
func hasDigits(s string) bool {
	digits := 0
	for _, r := range s {
		if text.IsDigit(r) {
			if digits++; digits >= 3 {
				return true
			}
		}
	}
	return false
}

var (
	// personWords are words in class names that mean an author.
	personWords = text.SetOf("author", "user", "username", "poster", "nick", "nickname", "member", "creator", "fn",
		"hnuser", "commenter", "participant", "owner", "writer", "postauthor", "userlink", "byline", "name")
	// aboutWords are words that, at the end of a class name such as author-rank, mean information about a person rather
	// than the person's name.
	aboutWords = text.SetOf("title", "rank", "avatar", "info", "details", "stats", "count", "image", "img", "photo",
		"badge", "badges", "rating", "location", "joined", "posts", "online", "status", "group", "signature", "meta",
		"comment", "icon", "reputation", "role", "level", "extra", "extras", "blurb", "banner", "body", "content", "score")
	// profilePaths are parts of the addresses of people's profiles.
	profilePaths = text.NewFinder([]string{
		"/user", "/member", "/profile", "/u/", "/people/", "/author", "user.php", "_user", "member.php", "userinfo",
		"profile.", "uid=", "action=profile", "memberlist", "/~", "/nutzer", "/profil", "/mitglied", "space-uid", "user?id=",
	})
)

// personHints are what the attributes of an element suggest about an author.
type personHints struct {
	// hint is how strongly they suggest one: 2 for itemprop or rel, 1 for the class name, -1 for information about a
	// person, and 0 otherwise.
	hint int8
	// profile reports whether the element links to a profile.
	profile bool
}

// personHintsOf returns what an element suggests, given the hints of its class.
func personHintsOf(n *block.Node, class classHints) personHints {
	p := personHints{profile: isProfile(n)}
	switch dom.Attr(n.HTML, "itemprop") {
	case "author", "creator", "name":
		p.hint = 2
		return p
	}
	switch {
	case class.about && !p.profile:
		p.hint = -1
	case dom.HasToken(dom.Attr(n.HTML, "rel"), "author"):
		p.hint = 2
	case class.person:
		p.hint = 1
	}
	return p
}

// classHints are what a class attribute suggests about an author: that the element has the name, or that it has
// information about the person.
type classHints struct{ person, about bool }

func hintsIn(class string) classHints {
	var hints classHints
	for name := range strings.FieldsSeq(class) {
		last := ""
		for word := range text.NameWords(name, text.MaxNameWords) {
			last = strings.ToLower(word)
			hints.person = hints.person || personWords.Has(last)
		}
		hints.about = hints.about || aboutWords.Has(last)
	}
	return hints
}

// classHintsOf returns the hints of an element's class. Most classes occur many times on a page, so each is read once.
func (f *finder) classHintsOf(n *block.Node) classHints {
	class := dom.Attr(n.HTML, "class")
	hints, known := f.classes[class]
	if !known {
		hints = hintsIn(class)
		f.classes[class] = hints
	}
	return hints
}

// isProfile reports whether an element links to a profile.
func isProfile(n *block.Node) bool {
	return n.Tag == atom.A && profilePaths.InLower(dom.Attr(n.HTML, "href"))
}
