package siterules

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// ftr runs the directives of a file: first the fields, then what changes the page, and then what goes and what is the
// body.
func (m *matcher) ftr(f *ftrRules) {
	m.ftrField(Title, f.title)
	m.ftrField(Date, f.date)
	if len(m.out.Authors) == 0 {
		m.ftrField(Author, f.author)
	}
	m.out.Sponsored, m.out.Paywalled = m.firstMatch(f.sponsored), m.firstMatch(f.missing)
	for i := range f.edits {
		f.edits[i].apply(m, &f.edits[i])
	}
	for _, r := range f.strip {
		m.out.Remove = appendNodes(m.out.Remove, r, m.run(r))
	}
	m.stripParts(f)
	if len(m.out.Content) > 0 {
		return // of a more specific file
	}
	m.out.HasChaff = f.prunes
	if f.strictRule != nil && len(f.body) > 0 {
		m.out.Strict, m.out.StrictRule = true, f.strictRule.name()
	}
	for _, r := range f.body {
		if m.out.Content = appendNodes(nil, r, m.run(r)); len(m.out.Content) > 0 {
			return
		}
	}
}

// ftrField adds the values of the first rule that has any.
func (m *matcher) ftrField(key Key, rules []*rule) {
	for _, r := range rules {
		before := len(m.out.Title) + len(m.out.Date) + len(m.out.Authors)
		m.field(key, r, m.run(r))
		if len(m.out.Title)+len(m.out.Date)+len(m.out.Authors) > before {
			return
		}
	}
}

// firstMatch returns the name of the first rule that selects something.
func (m *matcher) firstMatch(rules []*rule) string {
	for _, r := range rules {
		if len(m.run(r)) > 0 {
			return r.name()
		}
	}
	return ""
}

// ftrLink returns the address of the first link whose condition holds.
func (m *matcher) ftrLink(links []*ftrLink) string {
	for _, l := range links {
		if l.condition != nil && len(m.run(l.condition)) == 0 {
			continue
		}
		if address := m.link(m.run(l.rule)); address != "" {
			return address
		}
	}
	return ""
}

// stripParts removes the elements with certain texts in their class or id, and pictures with certain texts in their
// address.
func (m *matcher) stripParts(f *ftrRules) {
	if len(f.stripNames)+len(f.stripImages) == 0 {
		return
	}
	m.budget.begin()
	walk(m.doc.Root, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return m.budget.take(1)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "class" || a.Key == "id":
				m.stripPart(n, a.Val, f.stripNames)
			case a.Key == "src" && n.DataAtom == atom.Img:
				m.stripPart(n, a.Val, f.stripImages)
			}
		}
		return m.budget.take(1)
	})
}

func (m *matcher) stripPart(n *html.Node, value string, rules []*rule) {
	for _, r := range rules {
		if m.budget.take(1+len(value)/64) && strings.Contains(value, r.text) {
			m.out.Remove = append(m.out.Remove, cleaner.Selected{Node: n, Rule: r.name(), Reason: r.reason()})
			return
		}
	}
}
