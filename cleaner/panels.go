package cleaner

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// opensPanel reports whether a button says, by its role or class, that it is the title of a tab or of an accordion's
// part. A plus sign beside the title is none, tabs that no panel names are a menu, and shops repeat the title in the
// panel.
func (p *page) opensPanel(n *html.Node) bool {
	if p.isProduct() || !strings.ContainsFunc(metadata.TextOf(n), unicode.IsLetter) {
		return false
	}
	if dom.Attr(n, "role") == "tab" {
		id := dom.Attr(n, "id")
		return id != "" && p.shownByControls().tabs[id]
	}
	for word := range text.NameWords(dom.Attr(n, "class"), text.MaxNameWords) {
		switch strings.ToLower(word) {
		case "accordion", "collapsible", "tablink", "tablinks":
			return true
		}
	}
	return false
}

// isPanel reports whether an element is what a tab or an accordion's title shows, by its role or class, however
// short it is.
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

// shownByControls reads the page once, on first use.
func (p *page) shownByControls() *shown {
	if p.controlled != nil {
		return p.controlled
	}
	p.controlled = &shown{ids: make(map[string]bool), tabs: make(map[string]bool)}
	for i := range p.Tree.Nodes {
		if n := &p.Tree.Nodes[i]; n.Form == block.Element {
			for id := range strings.FieldsSeq(dom.Attr(n.HTML, "aria-controls")) {
				p.controlled.ids[id] = true
			}
			if dom.Attr(n.HTML, "role") == "tabpanel" {
				p.controlled.tabs[dom.Attr(n.HTML, "aria-labelledby")] = true
			}
		}
	}
	return p.controlled
}

// isControlled reports whether a tab or a button names an element as what it shows (WAI-ARIA 1.2, "aria-controls").
func (p *page) isControlled(n *html.Node) bool {
	id := dom.Attr(n, "id")
	return id != "" && p.shownByControls().ids[id]
}
