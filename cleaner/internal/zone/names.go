package zone

import (
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A naming lists names that indicate a zone, separated by spaces.
type naming struct {
	zone  Zone
	names string
}

// words lists the words in class names and ids that indicate a zone. A name is split into words at hyphens, underscores
// and capitals: "post-share" and "postShare" contain the word "share", but "shareholder" does not.
var words = []naming{
	{Share, "share sharing sharedaddy addtoany addthis sharethis social socials sharebar shares likes"},
	{Share, "ssba heateor"},
	{Related, "related relatedposts yarpp recommended recommendations outbrain taboola mostread popular"},
	{Related, "trending readmore similar crosslinks"},
	{Newsletter, "newsletter newsletters mailchimp mailpoet mc4wp convertkit"},
	{Signup, "subscribe subscription subscriptions signup optin"},
	{Comments, "comments commentlist disqus reactions coral"},
	{ReplyForm, "respond commentform akismet"},
	{AuthorBox, "bio aboutauthor authorbox"},
	{Byline, "relativetime byline dateline pubdate timestamp"},
	{Tags, "tags tagcloud taglist categories topics keywords"},
	{Ad, "ad ads advert advertisement adsbygoogle adslot sponsor dfp"},
	{Pager, "pagination pager paging prevnext"},
	{Kicker, "kicker eyebrow overline topline dachzeile spitzmarke surtitre antetitulo occhiello pretitle"},
	{Kicker, "supertitle"},
	{Offer, "usp usps"},
	{Standfirst, "standfirst dek subheadline subtitle chapo vorspann bajada sommario entradilla lede"},
	{NoPrint, "noprint"},
	{Breadcrumb, "breadcrumb breadcrumbs crumbs"},
}

// pairs lists pairs of adjacent words that indicate a zone only together.
var pairs = []naming{
	{AuthorBox, "author-box author-bio author-info about-author author-description author-card author-profile"},
	{Byline, "entry-meta post-meta article-meta entry-date post-date posted-on article-info post-info"},
	{ReplyForm, "comment-form comment-respond reply-form"},
	{Comments, "comment-list comments-area comment-section"},
	// key-events is the list above a live blog that repeats the headings of the blog's posts
	{Related, "read-also also-read see-also more-posts most-read read-next up-next more-stories you-may"},
	{Related, "read-more key-events"},
	{Pager, "post-navigation nav-links post-nav page-links"},
	{Tags, "tag-list post-tags tag-links cat-links entry-footer"},
	{Standfirst, "article-excerpt"},
	{NoPrint, "no-print print-none print-hidden hide-print"},
	{Signup, "sign-up mailing-list email-form"},
}

// Names returns all names that indicate a zone: words, and pairs of words with a hyphen between them.
func Names() []string {
	var all []string
	for _, list := range [...][]naming{words, pairs} {
		for _, n := range list {
			all = append(all, strings.Fields(n.names)...)
		}
	}
	return all
}

// OfName returns the zones that are indicated by the words of a class attribute or id, or by pairs of adjacent words in
// the same class name. It reads at most text.MaxNameWords words.
func OfName(name string) Zone {
	var z Zone
	d := indexedNames()
	previous := uint8(0)
	words := 0
	for start := 0; start < len(name) && words < text.MaxNameWords; {
		if name[start] == '%' { // an encoded letter of another writing system: the AD in "%E8%A8%AD" is no word
			start = min(start+len("%AD"), len(name))
			continue
		}
		end := text.WordEnd(name, start)
		if end == start {
			start++
			if name[start-1] == ' ' {
				previous = 0
			}
			continue
		}
		word := d.find(name[start:end])
		z |= word.zone
		if word.number != 0 && previous != 0 {
			z |= d.pairs[[2]uint8{previous, word.number}]
		}
		previous, start = word.number, end
		words++
	}
	return z
}

// A meaning is the zone that a word indicates alone, and the number that identifies the word in pairs. Each of them is
// 0 if there is none.
type meaning struct {
	zone   Zone
	number uint8
}

// A dictionary is an index of words and pairs. The field lengths has, for each first letter, a bit set of the lengths
// of the words that begin with it. This rules out most words without a lookup.
type dictionary struct {
	words    map[string]meaning
	pairs    map[[2]uint8]Zone
	lengths  [256]uint32
	numbered uint8 // how many words have a number
}

// indexedNames is built on first use.
var indexedNames = sync.OnceValue(func() *dictionary {
	d := &dictionary{words: make(map[string]meaning, 256), pairs: make(map[[2]uint8]Zone, 64)}
	for _, n := range words {
		for word := range strings.FieldsSeq(n.names) {
			d.words[word] = meaning{zone: n.zone}
		}
	}
	for _, n := range pairs {
		for pair := range strings.FieldsSeq(n.names) {
			first, second, _ := strings.Cut(pair, "-")
			d.pairs[[2]uint8{d.number(first), d.number(second)}] = n.zone
		}
	}
	for word := range d.words {
		d.lengths[word[0]] |= 1 << len(word)
	}
	return d
})

// number returns the number that identifies a word in pairs. A word that has no number yet gets the next free one.
func (d *dictionary) number(word string) uint8 {
	m := d.words[word]
	if m.number == 0 {
		d.numbered++
		m.number = d.numbered
		d.words[word] = m
	}
	return m.number
}

// maxWord is the maximum length of a word that is looked up.
const maxWord = 31

// find looks up a word of ASCII letters and digits. It ignores case.
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
