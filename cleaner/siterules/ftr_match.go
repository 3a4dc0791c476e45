package siterules

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// ftr runs the directives of a file: first those for fields, then those that change the page, then those for the body
// and for removals. The body directives do not run if a YAML file has already selected content.
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
	hadContent := len(m.out.Content) > 0 // from a more specific file
	if !hadContent {
		m.ftrBody(f)
	}
	own := len(m.out.Remove)
	for _, r := range f.strip {
		m.out.Remove = appendNodes(m.out.Remove, r, m.run(r))
	}
	m.stripParts(f)
	whole := m.wholes()
	m.out.Remove = append(m.out.Remove[:own], slices.DeleteFunc(m.out.Remove[own:], func(s cleaner.Selected) bool {
		return whole[s.Node]
	})...)
}

// ftrBody uses the first rule for the body that selects enough text, a picture, a player or a table. An outdated rule
// often selects only an empty remnant of a redesigned page. If the rules are strict, the first rule that selects
// anything is used.
func (m *matcher) ftrBody(f *ftrRules) {
	m.out.HasChaff = f.prunes
	if f.strictRule != nil && len(f.body) > 0 {
		m.out.Strict, m.out.StrictRule = true, f.strictRule.name()
	}
	for _, r := range f.body {
		list := appendNodes(nil, r, m.run(r))
		if len(list) > 0 && (m.out.Strict || hasBody(list)) {
			m.out.Content = list
			return
		}
	}
}

// minBodyWords is the minimum number of words of a body without pictures, players and tables.
const minBodyWords = 10

func hasBody(list []cleaner.Selected) bool {
	words := 0
	for _, s := range list {
		if s.Node.Type == html.TextNode {
			words += len(strings.Fields(s.Node.Data))
		}
		walk(s.Node, func(n *html.Node) bool {
			switch n.DataAtom {
			case atom.Img, atom.Video, atom.Audio, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Table, atom.Noscript:
				words = minBodyWords
			}
			if n.Type == html.TextNode && n.Parent.DataAtom != atom.Script && n.Parent.DataAtom != atom.Style {
				words += len(strings.Fields(n.Data))
			}
			return words < minBodyWords
		})
	}
	return words >= minBodyWords
}

// wholes returns the elements that contain all of the selected content, and those that contain the whole page. A rule
// that strips one of these was written for other pages, because on this page nothing would be left.
func (m *matcher) wholes() map[*html.Node]bool {
	holding := make(map[*html.Node]int)
	for _, s := range m.out.Content {
		for n := s.Node; n != nil; n = n.Parent {
			holding[n]++
		}
	}
	whole := make(map[*html.Node]bool)
	for n, count := range holding {
		whole[n] = count == len(m.out.Content)
	}
	for n := m.doc.Root.FirstChild; n != nil; n = n.NextSibling {
		whole[n] = true
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			whole[c] = whole[c] || c.DataAtom == atom.Body
		}
	}
	return whole
}

// ftrField adds the values that the first rule with a usable value selects.
func (m *matcher) ftrField(key Key, rules []*rule) {
	for _, r := range rules {
		before := len(m.out.Title) + len(m.out.Date) + len(m.out.Authors)
		m.field(key, r, m.run(r))
		if len(m.out.Title)+len(m.out.Date)+len(m.out.Authors) > before {
			return
		}
	}
}

// firstMatch returns the name of the first rule that selects something, or "" if none does.
func (m *matcher) firstMatch(rules []*rule) string {
	for _, r := range rules {
		if len(m.run(r)) > 0 {
			return r.name()
		}
	}
	return ""
}

// ftrLink runs the rules whose conditions are met, in order, and returns the first address that one of them selects, or
// "" if there is none.
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

// stripParts removes elements whose class or id contains a text of strip_id_or_class, and pictures whose address
// contains a text of strip_image_src.
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
