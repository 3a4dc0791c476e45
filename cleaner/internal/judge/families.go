package judge

import (
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// familyCount is the number of families of class names and ids.
const familyCount = 32

// commentFamily is the index of the family for boxes with readers' comments.
const commentFamily = 0

// ratingFamily is the index of the family for boxes with reviews and ratings.
const ratingFamily = 19

// Families are the stems of names that themes give their boxes. A name belongs to a family if one of its words begins
// with a stem. If the stem has at most three letters, the word may be at most one byte longer. Each family is a column:
// the distance from the block up to the nearest box of the family. The models depend on the stems and on the order of
// the families.
var Families = [familyCount][]string{
	{"comment", "disqus", "discussion"},
	{"share", "social", "sharing", "addthis", "follow"},
	{"relat", "recommend", "similar", "readmore", "yarpp", "outbrain", "taboola", "more"},
	{"sidebar", "aside", "rail", "secondary", "complementary"},
	{"foot", "bottom", "colophon", "copyright", "legal"},
	{"head", "masthead", "top", "banner"},
	{"nav", "menu", "breadcrumb", "crumb", "tabs"},
	{"ad", "ads", "advert", "sponsor", "promo", "dfp"},
	{"author", "byline", "bio", "writer"},
	{"meta", "date", "time", "info", "posted", "publish"},
	{"tag", "tags", "categor", "topic", "label", "keyword"},
	{"caption", "figure", "credit", "image", "photo", "gallery", "picture"},
	{"content", "body", "text", "main", "prose", "markdown"},
	{"article", "story", "entry", "post", "blog", "page"},
	{"widget", "module", "block", "component", "panel"},
	{"newsletter", "subscri", "signup", "optin", "mailing", "email"},
	{"popup", "modal", "overlay", "cookie", "consent", "gdpr", "dialog", "notice"},
	{"pag", "pager", "prev", "next", "pagination"},
	{"product", "price", "cart", "shop", "buy", "sku", "stock", "offer"},
	{"review", "rating", "star", "testimonial", "feedback"},
	{"card", "teaser", "tile", "grid", "item", "list", "listing", "result", "row", "col"},
	{"reply", "thread", "message", "answer", "question", "forum", "topic", "quote"},
	{"code", "highlight", "syntax", "example", "snippet", "pre"},
	{"search", "filter", "sort", "facet", "form", "input", "field"},
	{"user", "profile", "avatar", "login", "account", "member", "signature"},
	{"hidden", "skip", "print", "sr", "visually", "screen", "noprint"},
	{"slider", "carousel", "swiper", "slick", "slide"},
	{"video", "player", "media", "audio", "embed"},
	{"toc", "contents", "outline", "anchor"},
	{"faq", "accordion", "collaps", "toggle", "tab", "expand"},
	{"hero", "intro", "lead", "summary", "excerpt", "subtitle", "standfirst", "desc", "abstract"},
	{"cta", "button", "btn", "link", "action", "tool"},
}

// A familyStem is a stem, with the bit of its family.
type familyStem struct {
	stem   string
	family uint32
}

// stems has the stems of all families.
var stems = func() *text.Starts[familyStem] {
	s := text.NewStarts[familyStem]()
	for f, words := range Families {
		for _, word := range words {
			s.Add(word, familyStem{word, 1 << f})
		}
	}
	return s
}()

// familiesOf returns the families of a class attribute or an id, as a bit set.
func familiesOf(name string) uint32 {
	var found uint32
	for word := range text.NameWords(name, text.MaxNameWords) {
		if len(word) < 2 {
			continue
		}
		for _, s := range stems.At(word[0], word[1]) {
			if text.HasPrefixLower(word, s.stem) && (len(s.stem) > 3 || len(word) <= len(s.stem)+1) {
				found |= s.family
			}
		}
	}
	return found
}
