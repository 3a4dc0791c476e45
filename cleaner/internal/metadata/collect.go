package metadata

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// minRun is the length in bytes of the longest text node that may be a label. Longer ones are running text.
const minRun = 60

// collect gathers the Findings of a page in one walk.
func collect(doc *htmldoc.Document) *Findings {
	f := &Findings{meta: make(map[string][]string), url: doc.Address(), fed: [2]time.Time{doc.Published, doc.Modified}}
	for n := doc.Root; n != nil; n = dom.Following(n, doc.Root, false) {
		if n.Type != html.ElementNode || n.Namespace != "" {
			if n.Type == html.TextNode && len(n.Data) > minRun && n.Parent.DataAtom != atom.Script &&
				n.Parent.DataAtom != atom.Style {
				f.running += len(n.Data)
			}
			if n.Type == html.CommentNode {
				f.addSignature(n.Data)
			}
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			if f.lang = dom.Attr(n, "lang"); f.lang == "" {
				f.lang = dom.Attr(n, "xml:lang")
			}
		case atom.Title:
			if f.Title == "" {
				f.Title = Clean(TextOf(n))
			}
		case atom.Meta:
			f.addMeta(n)
		case atom.Link:
			f.addLink(n)
		case atom.Script:
			if strings.Contains(strings.ToLower(dom.Attr(n, "type")), "ld+json") {
				f.parseLD(TextOf(n))
			}
			f.concealed.Add(n)
		case atom.Noscript, atom.Template, atom.Iframe, atom.Body:
			f.concealed.Add(n)
		case atom.H1:
			if len(f.h1) < maxHeadings {
				if h := f.newHeading(n, f.running); h.text != "" {
					f.h1 = append(f.h1, h)
				}
			}
		case atom.H2:
			if len(f.h2) < maxHeadings {
				if t, _ := f.headingText(n); t != "" {
					f.h2, f.aboveH2 = append(f.h2, t), append(f.aboveH2, f.running)
				}
			}
		case atom.A:
			f.addHome(n)
			f.addVisible(n)
		default:
			f.addVisible(n)
		}
	}
	return f
}

func (f *Findings) addLink(n *html.Node) {
	rel := dom.Attr(n, "rel")
	if f.canonical == "" && dom.HasToken(rel, "canonical") {
		f.canonical = dom.Attr(n, "href")
	}
	if len(f.imageLinks) == 0 && dom.HasToken(rel, "image_src") {
		f.imageLinks = append(f.imageLinks, dom.Attr(n, "href"))
	}
}

func (f *Findings) addMeta(n *html.Node) {
	content := dom.Attr(n, "content")
	if strings.TrimSpace(content) == "" {
		return
	}
	for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
		if name := strings.ToLower(strings.TrimSpace(dom.Attr(n, key))); strings.Contains(name, "ld+json") {
			f.parseLD(content) // some frameworks put JSON-LD into a meta element
		} else if key == "itemprop" && strings.HasPrefix(name, "date") && (inAside(n) || inReply(n)) {
			f.times = append(f.times[:min(len(f.times), maxTimes-1)], timeElement{content, dom.Attr(n, key), true})
		} else if name == "parsely-page" {
			f.addParsely(content)
		} else if name != "" {
			if len(f.meta[name]) < maxValues {
				f.meta[name] = append(f.meta[name], content)
			}
		}
	}
}

// addVisible records the byline, time or tag that an element in the page's body contains.
func (f *Findings) addVisible(n *html.Node) {
	itemprop, author := "", false
	if n.FirstChild == nil && len(n.Attr) > 0 && len(f.h1) > 0 && len(f.dated) < maxTimes && isInlineTime(n.DataAtom) {
		if when := dataTime(n); when != "" && !inReply(n) { // a script fills it
			f.dated = append(f.dated, when)
		}
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "itemprop":
			itemprop = a.Val
		case "property": // RDFa
			if itemprop == "" {
				itemprop = a.Val[strings.LastIndexAny(a.Val, ":/#")+1:]
			}
		case "rel":
			author = dom.HasToken(a.Val, "author")
			if len(f.h1) > 0 && strings.Contains(a.Val, "tag") && dom.HasToken(a.Val, "tag") &&
				!dom.HasToken(a.Val, "category") {
				f.addTag(n)
			}
		}
	}
	if itemprop == "publisher" && len(f.publishers) < maxPublishers && !inReply(n) {
		f.publishers = appendShort(f.publishers, n)
	}
	switch {
	case n.DataAtom == atom.Time || strings.HasPrefix(itemprop, "date") || n.DataAtom == 0 && isTimeElement(n.Data):
		f.addTime(n, itemprop)
	case (author || itemprop != "" && dom.HasToken(itemprop, "author")) && f.authorsSeen < maxTimes:
		if f.authorsSeen++; !inReply(n) {
			f.relAuthors = appendShort(f.relAuthors, n)
		}
	}
}

// addTag records a tag. Only the tags in the same box as the first one count; tags elsewhere belong to other pages.
func (f *Findings) addTag(n *html.Node) {
	box := n.Parent
	if box.DataAtom == atom.Li && box.Parent != nil {
		box = box.Parent
	}
	if f.tagBox == nil && !inReply(n) && !inAside(n) {
		f.tagBox = box
	}
	if f.tagBox == box && len(f.relTags) < maxTags {
		f.relTags = append(f.relTags, textUpTo(n, maxNameText))
	}
}

// addTime records the time that an element gives in an attribute or, if it has none, in its text.
func (f *Findings) addTime(n *html.Node, itemprop string) {
	if len(f.times) >= maxTimes || inReply(n) {
		return
	}
	value := dom.Attr(n, "datetime")
	if value == "" {
		value = dom.Attr(n, "content")
	}
	if value == "" && n.DataAtom == 0 {
		value = dom.Attr(n, "ts")
	}
	if value == "" {
		value = Clean(TextOf(n))
	}
	f.times = append(f.times, timeElement{value, itemprop, inAside(n)})
}

// inAside reports whether an element is in an aside element.
func inAside(n *html.Node) bool {
	for range maxAncestors {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body {
			return false
		}
		if n.DataAtom == atom.Aside {
			return true
		}
	}
	return false
}

// isTimeElement reports whether a name is that of a custom element that shows a time or how long ago something
// happened: relative-time, time-ago, local-time.
func isTimeElement(name string) bool {
	return strings.IndexByte(name, '-') > 0 && (strings.HasPrefix(name, "time-") ||
		strings.HasSuffix(name, "-time") || strings.HasSuffix(name, "timeago"))
}

// maxPublishers is the maximum number of publishers in microdata that are read.
const maxPublishers = 4

// maxTimes is the maximum number of time elements that are kept. It is also the maximum number of author elements that
// are read.
const maxTimes = 64

// inReply reports whether an element describes a comment, an answer, or another page in a list, according to the
// schema.org items, class names and ids around it.
func inReply(n *html.Node) bool {
	for range maxAncestors {
		if n = n.Parent; n == nil || n.DataAtom == atom.Body {
			return false
		}
		for _, a := range n.Attr {
			if a.Key == "class" || a.Key == "id" {
				if zone.OfName(a.Val)&(zone.Comments|zone.ReplyForm|zone.Related) != 0 {
					return true
				}
			} else if a.Key == "itemtype" {
				switch text.AfterSlash(a.Val) {
				case "Comment", "UserComments", "Answer", "Review", "ListItem", "ItemList":
					return true
				}
			} else if a.Key == "itemprop" && (a.Val == "comment" || a.Val == "suggestedAnswer" ||
				a.Val == "acceptedAnswer") {
				return true
			}
		}
	}
	return false
}

// maxAncestors is the maximum number of ancestors that inAside and inReply check.
const maxAncestors = 24

// maxNamed is the maximum number of nodes in an item that are searched for its name. After about maxNameText bytes, the
// text of a name or tag is no longer read.
const (
	maxNamed    = 100
	maxNameText = 600
)

// nameIn returns the name of a schema.org item. For other elements, and if no element in the item is marked as its
// name, it returns the content attribute of an empty element or the whole text.
func nameIn(n *html.Node) string {
	if dom.HasAttr(n, "itemscope") {
		left := maxNamed
		for d := range n.Descendants() {
			if left--; left < 0 {
				break
			}
			if d.Type == html.ElementNode && dom.HasToken(dom.Attr(d, "itemprop"), "name") {
				if content := dom.Attr(d, "content"); content != "" {
					return content
				}
				return textUpTo(d, maxNameText)
			}
		}
	}
	if content := dom.Attr(n, "content"); content != "" && n.FirstChild == nil {
		return content
	}
	return textUpTo(n, maxNameText)
}

func appendShort(list []string, n *html.Node) []string {
	if t := Clean(nameIn(n)); t != "" && len(t) < 150 && len(list) < 16 {
		return append(list, t)
	}
	return list
}

// TextOf returns an element's text, without the scripts and style sheets in it. The length is bounded, unless the
// element contains nothing but one text node.
func TextOf(n *html.Node) string { return textUpTo(n, 2<<20) }

// textUpTo is like TextOf but stops soon after limit bytes.
func textUpTo(n *html.Node, limit int) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Type == html.TextNode {
		return c.Data
	}
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && (d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style):
			b.WriteString(d.Data)
		case d.DataAtom == atom.Br, dom.IsBlockElement(d.DataAtom):
			b.WriteByte(' ')
		}
		if b.Len() > limit {
			break
		}
	}
	return b.String()
}
