package metadata

import (
	"strings"
	"sync"

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
