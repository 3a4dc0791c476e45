package cleaner

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// opensPanel reports whether a button is, by its role or class, the title of a tab or of an accordion section. It is
// false for labels without letters, such as a plus sign next to the title, and for tabs that no panel refers to, which
// are a menu. It is also false on product pages, because shops repeat the title in the panel.
func (p *page) opensPanel(n *html.Node, label string) bool {
	if p.isProduct() || !strings.ContainsFunc(label, unicode.IsLetter) {
		return false
	}
	if dom.Attr(n, "role") == "tab" {
		id := dom.Attr(n, "id")
		return id != "" && p.panelIDs().tabs[id]
	}
	for word := range text.NameWords(dom.Attr(n, "class"), text.MaxNameWords) {
		switch strings.ToLower(word) {
		case "accordion", "collapsible", "tablink", "tablinks":
			return true
		}
	}
	return false
}

// isPanel reports whether an element is, by its role or class, the panel of a tab or an accordion. A panel of this kind
// may have little text.
func isPanel(n *html.Node) bool {
	if dom.Attr(n, "role") == "tabpanel" {
		return true
	}
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch strings.ToLower(name) {
		case "tab-pane", "tabpane", "tab-panel", "tabpanel", "tab-content", "tabcontent",
			"accordion-body", "accordion-content", "accordion-panel", "accordion-collapse":
			return true
		}
	}
	return false
}

// panelIDs returns the ids with which controls and panels refer to each other. They are collected on first use.
func (p *page) panelIDs() *panelIDs {
	if p.panels != nil {
		return p.panels
	}
	p.panels = &panelIDs{controlled: make(map[string]bool), tabs: make(map[string]bool)}
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Form == block.Element {
			for id := range strings.FieldsSeq(dom.Attr(n.HTML, "aria-controls")) {
				p.panels.controlled[id] = true
			}
			if dom.Attr(n.HTML, "role") == "tabpanel" {
				p.panels.tabs[dom.Attr(n.HTML, "aria-labelledby")] = true
			}
		}
	}
	return p.panels
}

// isControlled reports whether an element is the panel that a tab or a button refers to (WAI-ARIA 1.2,
// "aria-controls").
func (p *page) isControlled(n *html.Node) bool {
	id := dom.Attr(n, "id")
	return id != "" && p.panelIDs().controlled[id]
}

// isTitle reports whether a button is the title of a section: most of a heading's text, or part of a summary. A button
// next to a heading's own text changes what the section shows.
func (p *page) isTitle(i int32) bool {
	if p.Tree.Ancestor(i, atom.Summary) != block.None {
		return true
	}
	heading := p.Tree.Ancestor(i, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	return heading != block.None && 2*p.weight[i] > p.weight[heading]
}
