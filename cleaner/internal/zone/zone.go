package zone

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// DiscussionTypes are schema.org's types of pages that people answer on.
var DiscussionTypes = []string{"DiscussionForumPosting", "QAPage", "Question"}

// A Zone is what the boxes around a node say that they are, by element, role, schema.org property, class and id. It is
// evidence, never a verdict: rules ask for more.
type Zone uint32

// The zones.
const (
	Share Zone = 1 << iota
	Related
	Newsletter
	Comments
	ReplyForm
	AuthorBox
	Byline
	Tags
	Ad
	Pager
	Breadcrumb
	Nav
	Form
	CommentType // schema.org/Comment: chaff, but on a forum's page
	Kicker
	Signup // named after subscribing, which is also a way to buy coffee: a sign-up box if it has a field to type in
	NoPrint
	Standfirst
	Offer
	Tab
	Quote // the author of what stands here is quoted: a cite's byline is content
)

// Words are words of class names and ids, by the zone that they tell of. A name is cut into words at hyphens,
// underscores and capitals, so "share" is in "post-share" and "postShare", not in "shareholder".
var Words = map[string]Zone{
	"share": Share, "sharing": Share, "sharedaddy": Share, "addtoany": Share, "addthis": Share, "sharethis": Share,
	"social": Share, "socials": Share, "sharebar": Share, "shares": Share, "likes": Share, "ssba": Share, "heateor": Share,
	"related": Related, "relatedposts": Related, "yarpp": Related, "recommended": Related, "recommendations": Related,
	"outbrain": Related, "taboola": Related, "mostread": Related, "popular": Related, "trending": Related, "readmore": Related,
	"similar": Related, "crosslinks": Related,
	"newsletter": Newsletter, "newsletters": Newsletter, "subscribe": Signup, "subscription": Signup, "subscriptions": Signup, "signup": Signup,
	"mailchimp": Newsletter, "optin": Signup, "mailpoet": Newsletter, "mc4wp": Newsletter, "convertkit": Newsletter,
	"comments": Comments, "commentlist": Comments, "disqus": Comments, "reactions": Comments, "coral": Comments,
	"respond": ReplyForm, "commentform": ReplyForm, "akismet": ReplyForm,
	"bio": AuthorBox, "aboutauthor": AuthorBox, "authorbox": AuthorBox,
	"relativetime": Byline, "byline": Byline, "dateline": Byline, "pubdate": Byline, "timestamp": Byline,
	"tags": Tags, "tagcloud": Tags, "taglist": Tags, "categories": Tags, "topics": Tags, "keywords": Tags,
	"ad": Ad, "ads": Ad, "advert": Ad, "advertisement": Ad, "adsbygoogle": Ad, "adslot": Ad, "sponsor": Ad, "dfp": Ad,
	"pagination": Pager, "pager": Pager, "paging": Pager, "prevnext": Pager,
	"kicker": Kicker, "eyebrow": Kicker, "overline": Kicker, "topline": Kicker, "dachzeile": Kicker, "spitzmarke": Kicker,
	"surtitre": Kicker, "antetitulo": Kicker, "occhiello": Kicker, "pretitle": Kicker, "supertitle": Kicker,
	"usp": Offer, "usps": Offer,
	"standfirst": Standfirst, "dek": Standfirst, "subheadline": Standfirst, "subtitle": Standfirst, "chapo": Standfirst, "vorspann": Standfirst,
	"bajada": Standfirst, "sommario": Standfirst, "entradilla": Standfirst, "lede": Standfirst,
	"noprint":    NoPrint,
	"breadcrumb": Breadcrumb, "breadcrumbs": Breadcrumb, "crumbs": Breadcrumb,
}

// Pairs are pairs of neighbouring words that together tell more than each.
var Pairs = map[[2]string]Zone{
	{"author", "box"}: AuthorBox, {"author", "bio"}: AuthorBox, {"author", "info"}: AuthorBox, {"about", "author"}: AuthorBox,
	{"author", "description"}: AuthorBox, {"author", "card"}: AuthorBox, {"author", "profile"}: AuthorBox,
	{"entry", "meta"}: Byline, {"post", "meta"}: Byline, {"article", "meta"}: Byline, {"entry", "date"}: Byline,
	{"post", "date"}: Byline, {"posted", "on"}: Byline, {"article", "info"}: Byline, {"post", "info"}: Byline,
	{"comment", "form"}: ReplyForm, {"comment", "respond"}: ReplyForm, {"reply", "form"}: ReplyForm,
	{"comment", "list"}: Comments, {"comments", "area"}: Comments, {"comment", "section"}: Comments,
	{"read", "also"}: Related, {"also", "read"}: Related, {"see", "also"}: Related, {"more", "posts"}: Related, {"most", "read"}: Related,
	{"read", "next"}: Related, {"up", "next"}: Related, {"more", "stories"}: Related, {"you", "may"}: Related, {"read", "more"}: Related,
	{"post", "navigation"}: Pager, {"nav", "links"}: Pager, {"post", "nav"}: Pager, {"page", "links"}: Pager,
	{"tag", "list"}: Tags, {"post", "tags"}: Tags, {"tag", "links"}: Tags, {"cat", "links"}: Tags, {"entry", "footer"}: Tags,
	{"key", "events"}:      Related, // the list over a live report that says its posts' headings again
	{"article", "excerpt"}: Standfirst,
	{"no", "print"}:        NoPrint, {"print", "none"}: NoPrint, {"print", "hidden"}: NoPrint, {"hide", "print"}: NoPrint,
	{"sign", "up"}: Signup, {"mailing", "list"}: Signup, {"email", "form"}: Signup,
}

// A meaning is what a word tells, and its number if it is part of a pair, else 0.
type meaning struct {
	Zone   Zone
	number uint8
}

// A dictionary holds words in lower case. lengths tell by the first letter how long they are, which rules most words out.
type dictionary struct {
	words   map[string]meaning
	lengths [256]uint32
}

// knownWords and byNumbers are Words and Pairs, for quick look-ups; nothing changes them.
var knownWords, byNumbers = func() (dictionary, map[[2]uint8]Zone) {
	words, pairs := make(map[string]meaning, 256), make(map[[2]uint8]Zone, len(Pairs))
	for word, z := range Words {
		words[word] = meaning{Zone: z}
	}
	count := uint8(0)
	number := func(word string) uint8 {
		w := words[word]
		if w.number == 0 {
			count++
			w.number = count
			words[word] = w
		}
		return w.number
	}
	for pair, z := range Pairs {
		pairs[[2]uint8{number(pair[0]), number(pair[1])}] = z
	}
	d := dictionary{words: words}
	for word := range words {
		d.lengths[word[0]] |= 1 << len(word)
	}
	return d, pairs
}()

// maxWord is the length of the longest word that is looked up.
const maxWord = 31

// find looks a word of ASCII letters and digits up.
func (d *dictionary) find(word string) meaning {
	if len(word) > maxWord || d.lengths[word[0]|0x20]>>len(word)&1 == 0 {
		return meaning{}
	}
	var buffer [maxWord]byte
	lower := buffer[:len(word)]
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	return d.words[string(lower)]
}

// IsForumURL knows the paths and host names that forum software and its owners use: example.org/threads/1234,
// forum.example.org, /viewtopic.php, /questions/1234.
func IsForumURL(u *url.URL) bool {
	if u == nil {
		return false
	}
	switch first, _, _ := strings.Cut(strings.ToLower(u.Hostname()), "."); first {
	case "forum", "forums", "discuss", "discourse", "board", "boards":
		return true
	}
	for segment := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		switch segment {
		case "forum", "forums", "thread", "threads", "topic", "discussion", "showthread.php", "viewtopic.php", "questions", "discuss":
			return true
		}
	}
	return false
}

// IsForumBody reads the class names that forum software gives to the body of a thread's page.
func IsForumBody(class string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(class)) {
		switch name {
		case "forum", "question-page", "node-type-forum", "single-topic", "bbpress", "section-viewtopic", "thread_view":
			return true
		}
	}
	return false
}

// OfName cuts a class or id into words and looks them up.
func OfName(name string) Zone {
	var z Zone
	previous := uint8(0)
	words := 0
	for start := 0; start < len(name) && words < text.MaxNameWords; {
		end := text.WordEnd(name, start)
		if end == start {
			start++
			if name[start-1] == ' ' {
				previous = 0
			}
			continue
		}
		word := knownWords.find(name[start:end])
		z |= word.Zone
		if word.number != 0 && previous != 0 {
			z |= byNumbers[[2]uint8{previous, word.number}]
		}
		previous, start = word.number, end
		words++
	}
	return z
}
