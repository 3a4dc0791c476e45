package siterules

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

var _ cleaner.SiteRules = (*Rules)(nil)

// A matcher runs the rules on one page.
type matcher struct {
	rules  *Rules
	doc    *htmldoc.Document
	budget *budget
	out    cleaner.SiteMatch
}

// Match implements cleaner.SiteRules. It returns nil if there are no rules for the address.
func (r *Rules) Match(doc *htmldoc.Document, address *url.URL) *cleaner.SiteMatch {
	sections, file := r.lookup(address)
	if len(sections) == 0 && file == nil {
		return nil
	}
	m := &matcher{rules: r, doc: doc, budget: newBudget(doc.Root)}
	var directives *ftrRules
	if file != nil {
		directives = file.compiled()
		m.rewrite(directives)
	}
	for _, s := range sections {
		m.section(s)
	}
	if directives != nil {
		m.ftr(directives)
	}
	return &m.out
}

// section runs the rules of a section. It runs all of them, so that Unmatched can list those that select nothing.
func (m *matcher) section(s *section) {
	s.pages.Add(1)
	hadContent, hadAuthors := len(m.out.Content) > 0, len(m.out.Authors) > 0
	for _, r := range s.rules {
		list := m.run(r)
		switch r.key {
		case Keep:
			m.out.Keep = appendNodes(m.out.Keep, r, list)
		case Remove:
			m.out.Remove = appendNodes(m.out.Remove, r, list)
		case Content:
			if !hadContent {
				m.out.Content = appendNodes(m.out.Content, r, list)
			}
		case Next: // see Rules.Next
		case Author:
			if !hadAuthors {
				m.field(r.key, r, list)
			}
		default:
			m.field(r.key, r, list)
		}
	}
	if s.kindRule != nil && m.out.KindRule == "" {
		m.out.Kind, m.out.KindRule = s.kind, s.kindRule.name()
	}
	if s.favorRule != nil && m.out.FavorRule == "" {
		m.out.Favor, m.out.FavorRule = s.favor, s.favorRule.name()
	}
}

// run runs a rule's selector. A selector that exceeds its budget selects nothing, and Unmatched lists it.
func (m *matcher) run(r *rule) []found {
	m.budget.begin()
	list := r.find.find(m.doc.Root, m.budget)
	if m.budget.spent {
		m.rules.noteCostly(r)
		return nil
	}
	if len(list) > 0 {
		r.matched.Add(1)
	}
	return list
}

// appendNodes appends the elements and texts that a rule found.
func appendNodes(to []cleaner.Selected, r *rule, list []found) []cleaner.Selected {
	for _, f := range list {
		if f.node != nil && f.attribute == "" && (f.node.Type == html.ElementNode || f.node.Type == html.TextNode) {
			to = append(to, cleaner.Selected{Node: f.node, Rule: r.name(), Reason: r.reason()})
		}
	}
	return to
}

// field adds the values of a field, except empty ones and very long ones.
func (m *matcher) field(key Key, r *rule, list []found) {
	to := map[Key]*[]cleaner.Selected{
		Title: &m.out.Title, Author: &m.out.Authors, Date: &m.out.Date, Image: &m.out.Image,
	}[key]
	for _, f := range list[:min(len(list), maxFieldValues)] {
		m.budget.begin()
		text, shown := f.value(key, m.budget)
		if text = strings.TrimSpace(text); text == "" || len(text) > maxFieldBytes {
			continue
		}
		s := cleaner.Selected{Text: text, Rule: r.name(), Reason: "the field already has this text: " + r.reason()}
		if shown {
			s.Node = f.node
		}
		*to = append(*to, s)
	}
}

// Limits of fields.
const (
	maxFieldValues = 50     // values of one rule
	maxFieldBytes  = 10_000 // bytes of a value; longer values are ignored
)

// Next returns the absolute address of the next page of an article, according to the rules for the page's address,
// which must be set. The result known is false if there are no rules for that address or if they select nothing. In
// that case, the page's own rel=next counts. If known is true and the address is "", the article has no next page: the
// rules select none, and they say that rel=next must be ignored.
func (r *Rules) Next(doc *htmldoc.Document) (next string, known bool) {
	sections, file := r.lookup(doc.URL)
	m := &matcher{rules: r, doc: doc, budget: newBudget(doc.Root)}
	for _, s := range sections {
		for _, of := range s.rules {
			if of.key != Next {
				continue
			}
			if next = m.link(m.run(of)); next != "" {
				return next, true
			}
		}
	}
	if file == nil {
		return "", false
	}
	directives := file.compiled()
	m.replaceText(directives)
	next = m.ftrLink(directives.next)
	return next, next != "" || directives.noNext
}

// Whole returns the address of the page with the whole article, for a page that has only a part of the article. It
// applies the rules for the page's address, and returns "" if there are none or they select nothing. Only fivefilters'
// files have such rules.
func (r *Rules) Whole(doc *htmldoc.Document) string {
	_, file := r.lookup(doc.URL)
	if file == nil {
		return ""
	}
	directives := file.compiled()
	m := &matcher{rules: r, doc: doc, budget: newBudget(doc.Root)}
	m.replaceText(directives)
	return m.ftrLink(directives.whole)
}

// link returns the first valid address among the results of a selector, made absolute, or "" if there is none.
func (m *matcher) link(list []found) string {
	for _, f := range list[:min(len(list), maxFieldValues)] {
		text, _ := f.value(Next, m.budget)
		if text = strings.TrimSpace(text); text == "" || len(text) > maxFieldBytes {
			continue
		}
		if abs, ok := m.doc.Resolve(text); ok {
			return abs
		}
	}
	return ""
}
