package metadata

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A hint is what the markup suggests about a line, judging by its elements, classes, schema.org properties and link
// addresses.
type hint uint16

const (
	hintAuthor hint = 1 << iota
	hintPerson      // nothing but a name: rel=author, itemprop=author
	hintDate
	hintTime
	hintPublished
	hintModified
	hintProfile // a link to a page about a person
	hintOther   // a role, a count, a place
	hintForeign // about something other than the article: a comment, an event, a related story
	hintUser    // the name of a user; it counts only next to a date
)

// hintWords maps words in class names and ids to their hints. The names are split into words in the same way as for
// zones.
var hintWords = sync.OnceValue(func() map[string]hint {
	return map[string]hint{
		"author": hintAuthor, "authors": hintAuthor, "byline": hintAuthor, "bylines": hintAuthor, "autor": hintAuthor, "autores": hintAuthor, "autoren": hintAuthor, "autore": hintAuthor, "autori": hintAuthor, "auteur": hintAuthor, "auteurs": hintAuthor, "redakteur": hintAuthor,
		"verfasser": hintAuthor, "forfatter": hintAuthor, "byliner": hintAuthor, "journalist": hintAuthor, "journalista": hintAuthor, "journaliste": hintAuthor, "writer": hintAuthor, "writers": hintAuthor, "contributor": hintAuthor, "contributors": hintAuthor, "creator": hintAuthor, "yazar": hintAuthor, "muhabir": hintAuthor, "penulis": hintAuthor,
		"reporter": hintAuthor, "vcard": hintAuthor, "username": hintAuthor, "firma": hintAuthor, "firmado": hintAuthor, "signature": hintAuthor, "schrijver": hintAuthor, "postauthor": hintAuthor, "authorname": hintAuthor, "szerzo": hintAuthor, "avtor": hintAuthor, "tacgia": hintAuthor, "publisher": hintAuthor, "submitted": hintAuthor | hintDate,
		"articleauthor": hintAuthor, "by": hintAuthor, "kirjoittaja": hintAuthor, "gazeteci": hintAuthor, "articlebyline": hintAuthor, "poster": hintAuthor, "nickname": hintAuthor, "nick": hintAuthor, "creditline": hintAuthor, "journalists": hintAuthor,
		"date": hintDate, "dates": hintDate, "time": hintDate, "datetime": hintDate, "timestamp": hintDate, "dateline": hintDate, "datum": hintDate, "fecha": hintDate, "fechas": hintDate, "data": hintDate, "pubdate": hintDate | hintPublished, "published": hintDate | hintPublished, "publish": hintDate | hintPublished, "publication": hintDate | hintPublished,
		"posted": hintDate, "postdate": hintDate, "articledate": hintDate, "newsdate": hintDate, "entrydate": hintDate, "zeit": hintDate, "tarih": hintDate, "tanggal": hintDate, "dato": hintDate, "datas": hintDate, "created": hintDate | hintPublished, "released": hintDate | hintPublished, "fecha-publicacion": hintDate, "hora": hintDate, "heure": hintDate, "publicacion": hintDate | hintPublished,
		"publishdate": hintDate | hintPublished, "publisheddate": hintDate | hintPublished, "publishtime": hintDate | hintPublished, "pubtime": hintDate | hintPublished, "meta": hintDate, "postmeta": hintDate, "entrymeta": hintDate, "articlemeta": hintDate, "ngay": hintDate, "day": hintDate, "datestamp": hintDate, "timeago": hintDate, "ago": hintDate,
		"updated": hintDate | hintModified, "update": hintDate | hintModified, "modified": hintDate | hintModified, "lastmod": hintDate | hintModified, "lastupdate": hintDate | hintModified, "dateupdated": hintDate | hintModified, "updatedate": hintDate | hintModified, "lastupdated": hintDate | hintModified,
		"role": hintOther, "jobtitle": hintOther, "job": hintOther, "position": hintOther, "occupation": hintOther, "biography": hintOther, "followers": hintOther, "comment": hintForeign, "comments": hintForeign, "avatar": hintForeign, "category": hintOther, "categories": hintOther, "event": hintForeign, "credit": hintOther, "location": hintOther,
		"name": hintUser, "user": hintUser, "uname": hintUser, "userinfo": hintUser, "member": hintUser, "owner": hintUser,
		"reviewer": hintOther, "reviewed": hintOther, "related": hintForeign, "readtime": hintOther, "agency": hintAuthor,
	}
})

// hintsOf returns the hints of one element.
func hintsOf(n *html.Node) hint {
	var h hint
	if n.DataAtom == atom.Time {
		h |= hintTime
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-testid", "data-component", "data-qa":
			h |= hintOfName(a.Val)
			if a.Key == "class" && dom.HasToken(a.Val, "fn") && n.Parent != nil && // hCard; "fn" alone is a footnote
				dom.HasToken(dom.Attr(n.Parent, "class"), "vcard") {
				h |= hintAuthor | hintPerson
			}
		case "rel":
			if dom.HasToken(a.Val, "author") {
				h |= hintAuthor | hintPerson
			}
		case "itemprop", "property":
			h |= hintOfProperty(a.Val)
		case "href":
			if n.DataAtom == atom.A && isProfile(a.Val) {
				h |= hintProfile
			}
		}
	}
	if h&hintTime != 0 && h&hintModified == 0 && dom.HasAttr(n, "pubdate") {
		h |= hintPublished
	}
	return h
}

// hintOfName returns the hints of the words of a class or id.
func hintOfName(name string) hint {
	var h hint
	hints := hintWords()
	for word := range text.NameWords(name, text.MaxNameWords) {
		h |= hints[text.Lower(word)]
	}
	if h&hintModified != 0 && (strings.Contains(name, "entry-date") || strings.Contains(name, "post-date")) {
		// in WordPress, the only date of a post has the class "entry-date updated"
		h |= hintPublished
	}
	return h
}

// hintOfProperty returns the hints of a microdata or RDFa property of any vocabulary.
func hintOfProperty(value string) hint {
	var h hint
	for p := range strings.FieldsSeq(value) {
		switch p[strings.LastIndexAny(p, ":/#")+1:] {
		case "author", "creator":
			h |= hintAuthor | hintPerson
		case "datePublished", "dateCreated", "published_time", "date", "created", "issued":
			h |= hintDate | hintPublished
		case "dateModified", "modified_time", "modified":
			h |= hintDate | hintModified
		case "jobTitle", "commentCount", "articleSection", "interactionCount", "reviewedBy":
			h |= hintOther
		}
	}
	return h
}

// profileFolders are the folders, in addresses, in which sites have a page for each author.
var profileFolders = text.SetOf(
	"author", "authors", "autor", "autoren", "autore", "autori", "autores", "auteur", "auteurs", "autors", "autorzy", "autorius", "profile", "profiles", "profil", "people", "person", "persons", "staff", "contributor", "contributors", "writers", "writer", "redaktion", "redakteur", "redakteure", "journalist", "journalists", "journaliste", "journalistes", "periodista", "periodistas",
	"columnist", "columnists", "columnista", "columnistas", "firmas", "firma", "byline", "bylines", "user", "users", "u", "member", "members", "experts", "expert", "blogger", "bloggers", "yazar", "yazarlar", "muhabir", "penulis", "reporter", "reporters", "autoru", "avtor", "author-detail", "avtori", "kolumnist", "tac-gia", "journalisten", "by", "team", "author-profile", "biography", "bio", "autorid", "toimittaja", "skribent", "forfatter", "writer-profile", "about-the-author", "szerzo", "szerzok", "redactie", "signataires", "signataire", "novinari", "novinar", "novinarji", "starfsfolk", "reporter-bio", "jornalista", "jornalistas", "colunista", "colunistas", "giornalista", "giornalisti", "firme", "dziennikarz", "dziennikarze", "redaktor", "redaktorzy", "redaktori", "autoriai", "toimittajat", "kirjoittajat", "kirjoittaja", "journalister", "skribenter", "medarbejder", "medarbejdere", "forfattere", "yazarlarimiz", "kose-yazarlari", "wartawan", "avtorji", "avtory", "korrespondent", "gazetar",
)

// notProfiles are pages in profileFolders that are not about a person.
var notProfiles = text.SetOf("login", "register", "signup", "sign-up", "signin", "sign-in", "join", "password", "forgot", "account", "new", "edit", "settings", "logout", "all", "search", "index", "list", "subscribe")

// profileKeys are the parameters of addresses of users' pages: home.php?mod=space&uid=17.
var profileKeys = text.SetOf("uid", "userid", "user_id", "author", "uname")

// isProfile reports whether an address is that of an author's page, such as /author/ada-pell or /@ada.
func isProfile(href string) bool {
	if i := strings.Index(href, "://"); i >= 0 {
		href = href[i+3:]
	}
	href, query, _ := strings.Cut(href, "?")
	for parameter := range strings.SplitSeq(query, "&") {
		if key, id, _ := strings.Cut(parameter, "="); id != "" && profileKeys.Has(key) {
			return true
		}
	}
	href = strings.TrimSuffix(href, "/")
	if strings.HasPrefix(href, "/@") { // on the same site
		return len(href) > len("/@")
	}
	last := strings.LastIndexByte(href, '/')
	if last <= 0 || notProfiles.Has(href[last+1:]) {
		return false
	}
	for segment := range strings.SplitSeq(href[:last], "/") {
		if profileFolders.Has(text.Lower(segment)) {
			return true
		}
	}
	return false
}

// maxHintDepth is the number of elements that are checked, from a block's own element upward. maxHintBox is the maximum
// number of words in an element around the block's own: a larger element is not the byline, whatever its class or id.
const (
	maxHintDepth = 4
	maxHintBox   = 60
)

// hintsAbove returns the hints of a block's element and of the elements just around it. Of the elements around it, only
// hints about authors, profiles, dates and times count.
func (p *View) hintsAbove(elem int32) hint {
	var h hint
	at := elem
	for range maxHintDepth {
		if at == block.None || at != elem && p.Boxes[at].Words > maxHintBox {
			break
		}
		own := hintsOf(p.Tree.Nodes[at].HTML)
		if at != elem {
			own &^= hintPerson | hintPublished | hintModified | hintOther | hintForeign
		}
		h |= own
		at = p.Tree.Nodes[at].Parent
	}
	return h
}

// marksUp reports whether an element in a block is marked as a name or a date.
func (p *View) marksUp(b *block.Block) bool {
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Element && n.HTML.Type == html.ElementNode &&
			hintsOf(n.HTML)&(hintPerson|hintTime|hintAuthor|hintDate) != 0 {
			return true
		}
	}
	return false
}

// marksName reports whether a text in a block is marked as nothing but the author's name.
func (p *View) marksName(b *block.Block) bool {
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Text &&
			p.hintsWithin(n.Parent, b.Elem)&(hintPerson|hintAuthor) == hintPerson|hintAuthor {
			return true
		}
	}
	return false
}

// A piece is a run of a block's text with the same hints, and the date attribute of its time element.
type piece struct {
	text string
	hint hint
	when string // the date in an attribute of an element around the text, or ""
}

// maxPieceNodes is the maximum number of nodes of a block that are read. A byline has fewer nodes than that.
const maxPieceNodes = 300

// pieces splits a block's text where its hints change, and where two elements, such as a name and a date, have no
// separator between them.
func (p *View) pieces(b *block.Block, outer hint) []piece {
	if b.End-b.First == 1 && p.Tree.Nodes[b.First].Parent == b.Elem {
		return []piece{{b.Text, outer, p.datetime(b.First, outer)}}
	}
	var list []piece
	parent := block.None
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		n := &p.Tree.Nodes[i]
		if n.Tag == atom.Br && len(list) > 0 {
			list[len(list)-1].text += "\n"
		}
		if n.Form != block.Text || strings.TrimSpace(n.Text) == "" && len(list) == 0 {
			continue
		}
		text, h := Clean(n.Text), outer
		if n.Parent != b.Elem {
			h = outer&^hintPerson | p.hintsWithin(n.Parent, b.Elem)
		}
		if startsWithSpace(n.Text) {
			text = " " + text
		}
		if r := lastRune(n.Text); unicode.IsSpace(r) && text != " " {
			text += " "
		}
		if k := len(list) - 1; k >= 0 {
			switch before := list[k].text; {
			case strings.TrimSpace(text) == "":
				list[k].text += " "
				continue
			case list[k].hint == h && !(n.Parent != parent && touch(before, text)):
				list[k].text += text
				if list[k].when == "" && n.Parent != parent {
					list[k].when = p.datetime(i, h)
				}
				parent = n.Parent
				continue
			}
		}
		parent = n.Parent
		list = append(list, piece{text, h, ""})
		list[len(list)-1].when = p.datetime(i, h)
	}
	return list
}

// datetime returns the date in an attribute of the time element around a text. If there is no time element and the text
// is not a date but an age, such as "2 hours ago", datetime returns the date in the title of an element around the text
// or in an attribute of that element for scripts. It returns "" if there is no date.
func (p *View) datetime(i int32, h hint) string {
	if h&hintTime != 0 {
		if t := p.Tree.Ancestor(i, atom.Time); t != block.None {
			n := p.Tree.Nodes[t].HTML
			if when := dom.Attr(n, "datetime"); when != "" {
				return when
			}
			return dataTime(n)
		}
	}
	line := p.Tree.Nodes[i].Text
	if len(line) > maxAgo {
		return ""
	}
	digits := 0
	for _, r := range line {
		if text.IsDigit(r) {
			digits++
		}
	}
	if digits >= minDayDigits && (!strings.Contains(line, "月") || strings.Contains(line, "年")) { // the text itself is a date
		return ""
	}
	for range maxDataDepth {
		if i = p.Tree.Nodes[i].Parent; i == block.None {
			return ""
		}
		n := p.Tree.Nodes[i].HTML
		if !isInlineTime(n.DataAtom) {
			return ""
		}
		if when := dataTime(n); when != "" {
			return when
		}
	}
	return ""
}

const (
	maxAgo       = 64 // bytes of a text such as "2 hours ago"
	maxDataDepth = 3  // elements around such a text that are checked for a date in an attribute
)

// isInlineTime reports whether an element is of a kind that pages use for a date: an inline element, or a small block
// such as a paragraph or an item.
func isInlineTime(a atom.Atom) bool {
	switch a {
	case atom.Span, atom.Abbr, atom.Time, atom.P, atom.Div, atom.Small, atom.I, atom.Em, atom.Strong, atom.B, atom.Li,
		atom.Dd:
		return true
	}
	return false
}

// dataTime returns the date in an element's attribute for scripts, title or aria-label, as written: 2026-03-14, the
// seconds or milliseconds since 1970, or words with a year. It returns "" if there is none.
func dataTime(n *html.Node) string {
	for i := range n.Attr {
		a := &n.Attr[i]
		if len(a.Val) < len("20260314") || len(a.Val) > maxAgo ||
			!text.IsDigit(rune(a.Val[0])) && a.Key != "title" && a.Key != "aria-label" {
			continue
		}
		switch {
		case a.Key == "title" || a.Key == "aria-label" || a.Key == "ts":
		case len(a.Key) > len("data-ts") && a.Key[:5] == "data-" && isTimeKey(a.Key[5:]):
		default:
			continue
		}
		if hasDay(a.Val) && (a.Key[0] == 'd' || a.Key == "ts" || hasYear(a.Val)) {
			return a.Val
		}
	}
	return ""
}

// isTimeKey reports whether an attribute contains a date, judging by its name without "data-".
func isTimeKey(key string) bool {
	return strings.HasPrefix(key, "time") || strings.HasPrefix(key, "date") || strings.HasPrefix(key, "publish") ||
		strings.HasPrefix(key, "pub-") || strings.HasPrefix(key, "utime") || strings.HasSuffix(key, "timestamp") ||
		strings.HasSuffix(key, "-time") || strings.HasSuffix(key, "-date") || key == "epoch"
}

func startsWithSpace(s string) bool { r, _ := utf8.DecodeRuneInString(s); return unicode.IsSpace(r) }

// touch reports whether two adjacent texts would run together into one word if nothing separated them.
func touch(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	return text.IsWordRune(lastRune(a)) && text.IsWordRune(first)
}

// hintsWithin returns the hints of an element in a block and of the elements around it, up to but not including elem,
// which is the block's own element.
func (p *View) hintsWithin(at, elem int32) hint {
	var h hint
	for at != elem && at != block.None {
		h |= hintsOf(p.Tree.Nodes[at].HTML)
		at = p.Tree.Nodes[at].Parent
	}
	return h
}
