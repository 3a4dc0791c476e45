package cleaner

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// metadata is what a page says of itself, and where it says it.
type metadata struct {
	Title, Byline, SiteName, Excerpt, Language, Image, Canonical string

	Authors, Tags       []string
	Published, Modified Date

	// Provenance maps a field's JSON name to the source that it was taken from.
	Provenance map[string]string
	// ArticleBody is JSON-LD's articleBody as plain text.
	ArticleBody string
	// Discussion tells that the page says it is a forum's or a question: what is answered there is content.
	Discussion bool
	// Type is OpenGraph's og:type in lower case; Product and ListPage tell that JSON-LD describes a thing for sale, or a list.
	Type              string
	Product, ListPage bool
	// concealed are the elements that may hold content which the page does not show.
	concealed concealed
	// claims are what the page's JSON-LD and generator say that it is.
	claims claims
	// Headlines is everything that the page calls its headline, to find it again in the content.
	Headlines []string
	// Section is the part of the publication that the page stands in; Paywalled tells that the page says that not all may read it.
	Section   string
	Paywalled bool
	// found is what the walk collected: authors and dates are decided by it and by what a reader sees, once the blocks are known.
	found *findings
	// names are what the site is called.
	names siteNames
}

// maxField bounds every field in runes: a page may put a megabyte in its title.
const maxField = 500

// findings is what one walk of the page collects, before anything is decided.
type findings struct {
	lang, title, canonical string
	h1                     []heading
	h2                     []string
	url                    *url.URL            // the page's address
	running                int                 // bytes of text in runs that are too long for labels
	meta                   map[string][]string // lower-case name, property or itemprop → contents
	ld                     []ldObject
	article                ldObject // what JSON-LD says of this page
	relAuthors             []string // texts of rel=author and itemprop=author
	times                  []timeElement
	concealed              concealed
}

type timeElement struct {
	value    string
	itemprop string
}

// A source is one place that a field may stand in, with its name for Article.Provenance.
type source struct {
	name   string
	values []string
}

// readMetadata collects what the page says of itself in one walk, then decides field by field.
func readMetadata(doc *htmldoc.Document) metadata {
	f := collect(doc)
	m := metadata{Provenance: make(map[string]string), concealed: f.concealed}
	article := f.bestArticle(doc)
	f.article, m.found = article, f
	m.resolveTitle(f, article)
	m.resolveSite(f, article)
	m.resolveLinks(f, article, doc)
	m.resolveLanguage(f, article)
	m.Discussion = slices.ContainsFunc(f.ld, func(o ldObject) bool { return o.isType(discussionTypes...) })
	m.claims = f.claimsOf()
	m.Product = slices.ContainsFunc(f.ld, func(o ldObject) bool { return o.isType("Product", "ProductGroup") })
	m.ListPage = slices.ContainsFunc(f.ld, func(o ldObject) bool { return o.isType("CollectionPage", "ItemList", "SearchResultsPage") })
	m.Type = strings.ToLower(firstClean(f.meta["og:type"]))
	if article != nil {
		m.ArticleBody = plainText(article.text("articleBody"), 1<<20)
	}
	return m
}

// discussionTypes are schema.org's types of pages that people answer on.
var discussionTypes = []string{"DiscussionForumPosting", "QAPage", "Question"}

// first takes the first source with a value that accept does not turn into "".
func (m *metadata) first(field string, accept func(string) string, sources ...source) string {
	for _, s := range sources {
		for _, v := range s.values {
			if v = accept(v); v != "" {
				m.Provenance[field] = s.name
				return v
			}
		}
	}
	return ""
}

func clean(s string) string { return plainText(s, maxField) }

// plainText makes a line of text of a value that may hold markup, entities, line breaks and anything else.
func plainText(s string, limit int) string {
	if len(s) > 4*limit {
		s = strings.ToValidUTF8(s[:4*limit], "")
	}
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = stripTags(s)
	}
	s = oneLine(s)
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit])
	}
	return s
}

// oneLine makes one line of a text: white space collapsed, and characters left out that nobody sees: soft hyphens, marks of direction,
// joints that only say where a line may break.
func oneLine(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && (i == 0 || s[i-1] == ' ') {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimRight(s, " ")
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			space = true
		case isUnseen(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isUnseen knows characters that are no part of a field. The joiners of Persian and of Indian scripts stay.
func isUnseen(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func stripTags(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte(' ')
		}
	}
}

// minRun is how many bytes a run of text has that is no label.
const minRun = 60

// collect walks the page once.
func collect(doc *htmldoc.Document) *findings {
	f := &findings{meta: make(map[string][]string), url: doc.URL}
	for n := range doc.Root.Descendants() {
		if n.Type != html.ElementNode || n.Namespace != "" {
			if n.Type == html.TextNode && len(n.Data) > minRun && n.Parent.DataAtom != atom.Script && n.Parent.DataAtom != atom.Style {
				f.running += len(n.Data)
			}
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			if f.lang = block.Attr(n, "lang"); f.lang == "" {
				f.lang = block.Attr(n, "xml:lang")
			}
		case atom.Title:
			if f.title == "" {
				f.title = clean(textOf(n))
			}
		case atom.Meta:
			f.addMeta(n)
		case atom.Link:
			if f.canonical == "" && hasToken(block.Attr(n, "rel"), "canonical") {
				f.canonical = block.Attr(n, "href")
			}
		case atom.Script:
			if strings.Contains(strings.ToLower(block.Attr(n, "type")), "ld+json") {
				f.ld = append(f.ld, parseLD(textOf(n))...)
			}
			f.concealed.add(n)
		case atom.Noscript, atom.Template, atom.Body:
			f.concealed.add(n)
		case atom.H1:
			if len(f.h1) < maxHeadings {
				if h := newHeading(n, f.running); h.text != "" {
					f.h1 = append(f.h1, h)
				}
			}
		case atom.H2:
			if len(f.h2) < maxHeadings {
				if t := headingText(n); t != "" {
					f.h2 = append(f.h2, t)
				}
			}
		default:
			f.addVisible(n)
		}
	}
	return f
}

func (f *findings) addMeta(n *html.Node) {
	content := block.Attr(n, "content")
	if strings.TrimSpace(content) == "" {
		return
	}
	for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(block.Attr(n, key))); name != "" {
			if len(f.meta[name]) < 64 {
				f.meta[name] = append(f.meta[name], content)
			}
		}
	}
}

// addVisible notes bylines and times that a reader sees.
func (f *findings) addVisible(n *html.Node) {
	itemprop := block.Attr(n, "itemprop")
	if n.DataAtom == atom.Time || strings.HasPrefix(itemprop, "date") {
		value := block.Attr(n, "datetime")
		if value == "" {
			value = block.Attr(n, "content")
		}
		if value == "" {
			value = clean(textOf(n))
		}
		if len(f.times) < maxTimes && !inReply(n) {
			f.times = append(f.times, timeElement{value, itemprop})
		}
		return
	}
	if (hasToken(block.Attr(n, "rel"), "author") || hasToken(itemprop, "author")) && !inReply(n) {
		f.relAuthors = appendShort(f.relAuthors, n)
	}
}

// maxTimes bounds the elements for times that are kept.
const maxTimes = 64

// inReply reports whether an element describes a comment, an answer or another page in a list, by the nearest items of schema.org around it.
func inReply(n *html.Node) bool {
	for range maxAncestors {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body {
			return false
		}
		for _, a := range n.Attr {
			if a.Key == "itemtype" {
				switch a.Val[strings.LastIndexByte(a.Val, '/')+1:] {
				case "Comment", "UserComments", "Answer", "Review", "ListItem", "ItemList":
					return true
				}
			} else if a.Key == "itemprop" && (a.Val == "comment" || a.Val == "suggestedAnswer" || a.Val == "acceptedAnswer") {
				return true
			}
		}
	}
	return false
}

// maxAncestors bounds how far up an element's surroundings are read.
const maxAncestors = 24

// nameIn is the text of an item of schema.org that is its name, or all of its text.
func nameIn(n *html.Node) string {
	if block.HasAttr(n, "itemscope") {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && hasToken(block.Attr(d, "itemprop"), "name") {
				if content := block.Attr(d, "content"); content != "" {
					return content
				}
				return textOf(d)
			}
		}
	}
	if content := block.Attr(n, "content"); content != "" && n.FirstChild == nil {
		return content
	}
	return textOf(n)
}

func appendShort(list []string, n *html.Node) []string {
	if t := clean(nameIn(n)); t != "" && len(t) < 150 && len(list) < 16 {
		return append(list, t)
	}
	return list
}

func hasToken(list, token string) bool {
	for t := range strings.FieldsSeq(list) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

// textOf is an element's text, with scripts left out and bounded.
func textOf(n *html.Node) string {
	const limit = 2 << 20
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && (d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style):
			b.WriteString(d.Data)
		case d.DataAtom == atom.Br, block.IsBlockElement(d.DataAtom):
			b.WriteByte(' ')
		}
		if b.Len() > limit {
			break
		}
	}
	return b.String()
}

// resolveLinks decides the canonical address and the lead image.
func (m *metadata) resolveLinks(f *findings, article ldObject, doc *htmldoc.Document) {
	absolute := func(ref string) string {
		ref = strings.TrimSpace(ref)
		abs, ok := doc.Resolve(ref)
		if ref == "" || !ok || len(abs) > 2048 || !strings.HasPrefix(abs, "http://") && !strings.HasPrefix(abs, "https://") {
			return ""
		}
		return abs
	}
	m.Canonical = m.first("canonical", absolute,
		source{"link", []string{f.canonical}}, source{"opengraph", f.meta["og:url"]})
	m.Image = m.first("image", absolute,
		source{"opengraph", append(f.meta["og:image"], f.meta["og:image:url"]...)},
		source{"json-ld", article.urls("image")},
		source{"twitter", append(f.meta["twitter:image"], f.meta["twitter:image:src"]...)},
		source{"microdata", f.meta["image"]})
}

// resolveSite decides the publication's name, the excerpt and the tags.
func (m *metadata) resolveSite(f *findings, article ldObject) {
	m.SiteName = m.first("site_name", clean,
		source{"opengraph", f.meta["og:site_name"]},
		source{"json-ld", article.names("publisher")},
		source{"json-ld", f.siteNames()},
		source{"meta", append(f.meta["application-name"], f.meta["apple-mobile-web-app-title"]...)})
	m.Excerpt = m.first("excerpt", clean,
		source{"meta", f.meta["description"]},
		source{"opengraph", f.meta["og:description"]},
		source{"json-ld", []string{article.text("description")}},
		source{"twitter", f.meta["twitter:description"]})
	for _, s := range []source{
		{"opengraph", f.meta["article:tag"]},
		{"json-ld", article.keywords()},
		{"meta", f.meta["news_keywords"]},
		{"meta", f.meta["keywords"]},
	} {
		if m.Tags = splitTags(s.values); len(m.Tags) > 0 {
			m.Provenance["tags"] = s.name
			return
		}
	}
}

// splitTags makes a bounded list without repetitions.
func splitTags(values []string) []string {
	var tags []string
	seen := make(map[string]bool)
	for _, v := range values {
		for tag := range strings.SplitSeq(v, ",") {
			tag = plainText(tag, 80)
			if key := strings.ToLower(tag); tag != "" && !seen[key] && len(tags) < 32 {
				seen[key] = true
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// resolveLanguage normalises the first declared language that is a BCP 47 tag.
func (m *metadata) resolveLanguage(f *findings, article ldObject) {
	bcp47 := func(s string) string {
		s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
		tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
		if err != nil || tag == language.Und {
			return ""
		}
		return tag.String()
	}
	m.Language = m.first("language", bcp47,
		source{"html lang", []string{f.lang}},
		source{"json-ld", []string{article.text("inLanguage")}},
		source{"http-equiv", f.meta["content-language"]},
		source{"opengraph", f.meta["og:locale"]},
		source{"meta", append(f.meta["language"], f.meta["dc.language"]...)})
}
