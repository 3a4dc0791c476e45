package siterules

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// rewrite copies the page if a directive changes it. In the copy, it replaces texts, and removes the JSON-LD if that is
// to be ignored. The other changes are made later.
func (m *matcher) rewrite(f *ftrRules) {
	if !m.replaceText(f) && (len(f.edits) > 0 || f.skipLD) {
		own := *m.doc
		own.Root = dom.CloneTree(m.doc.Root)
		m.doc = &own
	}
	if f.skipLD {
		dropLinkedData(m.doc.Root)
	}
	if f.skipLD || len(f.edits)+len(f.replacements) > 0 {
		m.out.Doc = m.doc
	}
}

// maxRewritten is the maximum number of bytes of a page's markup after texts were replaced.
const maxRewritten = htmldoc.DefaultMaxBytes

// replaceText replaces texts in the page's markup. The page is rendered and parsed again, so the markup is equivalent
// to the site's but normalized: attributes have double quotes, and elements have end tags. A replacement that would
// make the page too large is skipped. replaceText reports whether m.doc is now a changed copy.
func (m *matcher) replaceText(f *ftrRules) bool {
	if len(f.replacements) == 0 {
		return false
	}
	var b strings.Builder
	if err := html.Render(&b, m.doc.Root); err != nil || b.Len() > maxRewritten {
		return false
	}
	markup := b.String()
	for _, r := range f.replacements {
		grown := strings.Count(markup, r.find) * (len(r.replace) - len(r.find))
		if r.find != "" && len(markup)+grown <= maxRewritten {
			markup = strings.ReplaceAll(markup, r.find, r.replace)
		}
	}
	if markup == b.String() {
		return false
	}
	address := ""
	if m.doc.URL != nil {
		address = m.doc.URL.String()
	}
	doc, err := htmldoc.ParseBytes([]byte(markup), htmldoc.Source{
		URL: address, ContentType: "text/html; charset=utf-8", ContentLanguage: m.doc.ContentLanguage,
		Published: m.doc.Published, Modified: m.doc.Modified, MaxBytes: maxRewritten + 1,
	})
	if err != nil {
		return false
	}
	doc.Encoding, doc.EncodingSource, doc.Bytes = m.doc.Encoding, m.doc.EncodingSource, m.doc.Bytes
	m.doc = doc
	return true
}

// dropLinkedData removes the page's JSON-LD.
func dropLinkedData(root *html.Node) {
	var drop []*html.Node
	walk(root, func(n *html.Node) bool {
		if n.DataAtom == atom.Script && strings.EqualFold(dom.Attr(n, "type"), "application/ld+json") {
			drop = append(drop, n)
		}
		return true
	})
	for _, n := range drop {
		dom.Detach(n)
	}
}

// stripAttributes removes the attributes that a rule selects.
func (m *matcher) stripAttributes(e *edit) {
	for _, f := range m.run(e.rule) {
		if f.node != nil && f.attribute != "" {
			f.node.Attr = slices.DeleteFunc(slices.Clone(f.node.Attr), func(a html.Attribute) bool {
				return a.Key == f.attribute
			})
		}
	}
}

// elements returns the elements that a rule selects, except html and body.
func (m *matcher) elements(r *rule) (list []*html.Node) {
	for _, f := range m.run(r) {
		if n := f.node; n != nil && f.attribute == "" && n.Parent != nil && n.Parent.Type == html.ElementNode &&
			n.Type == html.ElementNode && n.DataAtom != atom.Body {
			list = append(list, n)
		}
	}
	return list
}

// dissolve replaces elements with their children.
func (m *matcher) dissolve(e *edit) {
	for _, n := range m.elements(e.rule) {
		for c := n.FirstChild; c != nil; c = n.FirstChild {
			n.RemoveChild(c)
			n.Parent.InsertBefore(c, n)
		}
		n.Parent.RemoveChild(n)
	}
}

// wrappers are the elements in which others may be wrapped.
var wrappers = map[string]bool{
	"blockquote": true, "p": true, "div": true, "pre": true, "code": true, "figure": true, "figcaption": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "ol": true, "li": true,
	"i": true, "em": true, "b": true, "strong": true, "u": true, "s": true, "small": true, "sub": true, "sup": true,
	"cite": true, "q": true, "span": true, "section": true, "article": true, "aside": true,
}

// maxWraps is the maximum number of elements that a rule wraps. Each may make the page one level deeper.
const maxWraps = 1000

// wrap puts a new element around each of the first maxWraps elements that a rule selects, except those that are deeper
// than maxWrapDepth.
func (m *matcher) wrap(e *edit) {
	list := m.elements(e.rule)
	for _, n := range list[:min(len(list), maxWraps)] {
		if depthOf(n) > maxWrapDepth {
			continue
		}
		box := dom.NewElement(atom.Lookup([]byte(e.tag)))
		n.Parent.InsertBefore(box, n)
		n.Parent.RemoveChild(n)
		box.AppendChild(n)
	}
}

// maxWrapDepth is the maximum depth of an element that is wrapped, or into which others are moved. The HTML parser
// nests no more than 512 elements.
const maxWrapDepth = 400

func depthOf(n *html.Node) (depth int) {
	for ; n != nil; n = n.Parent {
		depth++
	}
	return depth
}

// move moves elements to the end of the first target, except elements that contain the target.
func (m *matcher) move(e *edit) {
	m.budget.begin()
	targets := e.target.find(m.doc.Root, m.budget)
	if len(targets) == 0 || targets[0].node == nil || targets[0].attribute != "" ||
		targets[0].node.Type != html.ElementNode || depthOf(targets[0].node) > maxWrapDepth {
		return
	}
	target := targets[0].node
	for _, n := range m.elements(e.rule) {
		if !isWithin(target, n) {
			n.Parent.RemoveChild(n)
			target.AppendChild(n)
		}
	}
}

func isWithin(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// showLazy sets the address of pictures to the value of the attribute from which a script would set it.
func (m *matcher) showLazy(e *edit) {
	walk(m.doc.Root, func(n *html.Node) bool {
		if n.DataAtom != atom.Img {
			return true
		}
		if src := dom.Attr(n, strings.ToLower(e.rule.text)); src != "" {
			n.Attr = slices.DeleteFunc(slices.Clone(n.Attr), func(a html.Attribute) bool { return a.Key == "src" })
			n.Attr = append(n.Attr, html.Attribute{Key: "src", Val: src})
		}
		return true
	})
}
