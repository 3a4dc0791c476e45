package pagestate

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// minWords is the minimum number of words in an article.
const minWords = 40

// A Found is an article in a page's data.
type Found struct {
	Content *html.Node // a div
	Words   int        // the number of words in Content
	// Titled reports whether the article's title in the data is the page's title.
	Titled bool
	// Authors are the names of the authors that the data gives next to that title.
	Authors []string
}

// Article finds the article in the scripts of a page with the given title. Found.Content is nil if there is no article.
func Article(scripts []*html.Node, title string) Found {
	f := &finder{title: plainTitle(title)}
	all := values(scripts)
	for _, v := range all {
		f.collectCache(v, 0)
	}
	for _, v := range all {
		f.walk(v, 0, nil)
	}
	return f.best
}

type finder struct {
	title   string
	cache   map[string]any // the objects in Apollo's cache, by reference
	links   []any          // the link definitions of the block being written
	best    Found
	nested  int // the number of strings read as JSON so far
	parsed  int // the total length of the strings tried as an article so far, in bytes
	written int // the number of nodes written so far
	visited int // the number of values visited so far
}

func plainTitle(s string) string { return strings.ToLower(text.FoldSpace(s)) }

// collectCache looks for the normalized cache of a GraphQL client in a value, and keeps it in f.cache.
func (f *finder) collectCache(v any, level int) {
	o, ok := v.(*object)
	if !ok || level > 4 {
		return
	}
	if o.get("ROOT_QUERY") != nil {
		f.cache = o.values
		return
	}
	for _, key := range o.keys {
		f.collectCache(o.values[key], level+1)
	}
}

// deref returns the object in the cache that v refers to, or v itself if it is not a reference.
func (f *finder) deref(v any) any {
	if o, ok := v.(*object); ok && f.cache != nil {
		if ref := o.str("__ref"); ref != "" {
			if target, known := f.cache[ref]; known {
				return target
			}
		}
	}
	return v
}

// besides lists words in the names of members that contain something other than the article.
var besides = text.NewFinder([]string{
	"comment", "related", "recommend", "reply", "replies", "newsletter", "footer", "navigation", "menu", "teaser",
	"sidebar", "legal", "cookie",
	"translation", "trending", "popular", "latest", "ranking", "surround", "toc", "promo", "bio", "profile", "messages",
	"i18n", "dictionary", "config",
	"advert", "ads", "faq", "subscribe", "disclaimer", "biography", "moreposts", "otherposts", "recirculation",
	"headerblocks",
})

// maxVisited is the maximum number of values that are visited on one page.
const maxVisited = 500_000

// walk looks for documents in a value. The argument about is the object around the value that has the title of the
// page, or nil if there is none.
func (f *finder) walk(v any, level int, about *object) {
	if f.visited++; level > maxLevel || f.visited > maxVisited {
		return
	}
	switch v := f.deref(v).(type) {
	case *object:
		if about == nil && f.hasTitle(v) {
			about = v
		}
		for _, key := range v.keys {
			if besides.InLower(key) {
				continue
			}
			if s, ok := v.values[key].(string); ok {
				f.tryText(key, s, about)
				continue
			}
			f.walk(v.values[key], level+1, about)
		}
	case []any:
		if f.isDocument(v) {
			f.try(v, about)
			if f.best.Content != nil && sameList(v) {
				return
			}
		}
		for _, e := range v {
			if s, ok := e.(string); ok {
				f.tryText("", s, about)
				continue
			}
			f.walk(e, level+1, about)
		}
	}
}

// sameList reports whether the parts of a document need not be searched for documents. It returns false for a list of
// React elements, because then the whole page is a single tree of such lists, and the article may be deeper in it.
func sameList(list []any) bool {
	if inner, ok := first(list).([]any); ok {
		if name, isText := first(inner).(string); isText && name == "$" {
			return false
		}
	}
	return true
}

// hasTitle reports whether an object has the title of the page, or a text of more than eight bytes with which that
// title begins.
func (f *finder) hasTitle(o *object) bool {
	if f.title == "" {
		return false
	}
	for _, key := range [...]string{"frontmatter", "meta", "seo", "fields", "attributes", "metadata"} {
		if inner := o.obj(key); inner != nil &&
			f.title == plainTitle(html.UnescapeString(inner.str("title", "headline"))) {
			return true
		}
	}
	for _, key := range [...]string{"title", "headline", "name", "heading", "seoTitle"} {
		s, ok := o.get(key).(string)
		if inner := o.obj(key); !ok && inner != nil { // WordPress: {"rendered": …}
			s, ok = inner.str("rendered", "raw", "text"), true
		}
		if ok && s != "" {
			if plain := plainTitle(html.UnescapeString(s)); plain == f.title ||
				len(plain) > 8 && strings.HasPrefix(f.title, plain) {
				return true
			}
		}
	}
	return false
}

// isDocument reports whether at least three fifths of the members of a list are blocks of an article, and at least one
// of them is a block of text.
func (f *finder) isDocument(list []any) bool { return f.isDocumentIn(list, 0) }

func (f *finder) isDocumentIn(list []any, level int) bool {
	if len(list) == 0 || level > 3 {
		return false
	}
	blocks, texts, all := 0, 0, 0
	for i, v := range list {
		if i >= maxSample {
			break
		}
		if o, isObject := v.(*object); isObject && o.get("blockName") == nil && o.get("innerBlocks") != nil {
			continue // WordPress keeps the space between blocks
		}
		all++
		if inner, isList := v.([]any); isList { // a part that was streamed separately
			if _, isElement := elementOf(inner); !isElement && f.isDocumentIn(inner, level+1) {
				blocks++
				texts++
				continue
			}
		}
		n, ok := f.nodeOf(v)
		if !ok || n.text || !isBlockTag(n.tag) {
			continue
		}
		blocks++
		if n.tag == atom.P || n.tag == atom.Li || n.tag == atom.Blockquote {
			texts++
		}
	}
	return texts > 0 && 5*blocks >= 3*all
}

// maxSample is the maximum number of members of a list that are examined to decide whether it is a document.
const maxSample = 60

// try converts a document and keeps it if it is the best so far.
func (f *finder) try(list []any, about *object) {
	box := dom.NewElement(atom.Div)
	f.links = nil
	f.write(box, list, 0)
	f.keep(box, about)
}

// tryText is like try, but takes a string: HTML, Markdown, paragraphs, or JSON that may contain documents. key is the
// name of the member that has the string, or "".
func (f *finder) tryText(key, s string, about *object) {
	if f.visited++; len(s) < 200 || f.visited > maxVisited {
		return
	}
	if f.parsed += len(s); f.parsed > maxParsed {
		return
	}
	switch {
	case (s[0] == '{' || s[0] == '[') && f.nested < maxNested: // JSON in JSON: a cached response
		f.nested++
		if v, ok := (&reader{s: s}).value(0); ok {
			f.collectCache(v, 0)
			f.walk(v, 1, about)
		}
	case isMarkup(s) && hasBlocks(s):
		box := dom.NewElement(atom.Div)
		appendMarkup(box, s)
		f.keep(box, about)
	case isMarkdown(s) || isBody(key) && strings.Contains(s, "\n") && !strings.ContainsAny(s[:40], "{}[]=;"):
		f.keep(fromMarkdown(s), about)
	}
}

// isBody reports whether a member's name is a name for the text of an article.
func isBody(key string) bool { return bodyNames.Has(strings.ToLower(key)) }

var bodyNames = text.SetOf(
	"body", "content", "text", "articlebody", "markdown", "story", "fulltext", "article", "description", "raw", "html",
)

// hasBlocks reports whether markup has p, br, h2 or div elements.
func hasBlocks(s string) bool {
	return strings.Contains(s, "</p>") || strings.Contains(s, "<p>") || strings.Contains(s, "<br") ||
		strings.Contains(s, "</h2>") ||
		strings.Contains(s, "</div>")
}

// maxParsed is the maximum number of bytes of strings that are tried as an article on one page.
const maxParsed = 4 << 20

// maxNested is the maximum number of strings on one page that are read as JSON.
const maxNested = 50

// authorsOf returns the names of the authors in an object, at most ten. It returns nil if one of them cannot be a name.
func (f *finder) authorsOf(o *object) []string {
	var names []string
	add := func(v any) {
		switch v := f.deref(v).(type) {
		case string:
			names = append(names, v)
		case *object:
			if node := v.obj("node"); node != nil { // a GraphQL connection
				v = node
			}
			if name := v.str("name", "displayName", "fullName", "title"); name != "" {
				names = append(names, name)
			}
		}
	}
	for _, key := range [...]string{"author", "authors", "byline", "authorName"} {
		if len(names) > 0 || o.get(key) == nil {
			continue
		}
		if list := o.list(key); list != nil {
			for _, v := range list {
				add(v)
			}
			continue
		}
		add(o.get(key))
	}
	for _, name := range names {
		if len(name) > maxName || isMarkup(name) || strings.Contains(name, "/") || text.CountWords(name) > 6 {
			return nil
		}
	}
	return names[:min(len(names), 10)]
}

// maxName is the maximum length of an author's name in bytes.
const maxName = 100

// titleBonus multiplies the number of words of a document whose title in the data is the page's title. The document
// with the highest result is the article.
const titleBonus = 4

func (f *finder) keep(box *html.Node, about *object) {
	words := text.CountWords(dom.RawText(box))
	if words < minWords {
		return
	}
	weight := func(words int, titled bool) int {
		if titled {
			return titleBonus * words
		}
		return words
	}
	if weight(words, about != nil) > weight(f.best.Words, f.best.Titled) {
		f.best = Found{Content: box, Words: words, Titled: about != nil, Authors: f.authorsOf(about)}
	}
}
