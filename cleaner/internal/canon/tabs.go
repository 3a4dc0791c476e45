package canon

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A panel describes the panel of a tab. title is the tab's title. group is the same for all panels of one list of tabs.
type panel struct{ title, group string }

const (
	maxTabs    = 20
	maxTabText = 60 // maximum length of a tab's title, in bytes
	noTab      = -1 // the index for what several tabs have in common
)

// tabsOf handles lists of tabs. If each tab has a panel, it assigns the titles to the panels and returns an empty form
// for the list. Otherwise it returns nil.
func (w *Writer) tabsOf(n *html.Node) *html.Node {
	tabs := w.tabsIn(n)
	if len(tabs) < 2 {
		return nil
	}
	panels := w.panelsOf(n, tabs)
	if panels == nil {
		return nil
	}
	if w.panels == nil {
		w.panels = make(map[*html.Node]panel)
	}
	group := strconv.Itoa(len(w.panels) + 1)
	for i, p := range panels {
		w.panels[p] = panel{text.FoldSpace(w.rawText(tabs[i])), group}
	}
	form := dom.NewElement(atom.Span)
	form.Attr = []html.Attribute{{Key: dom.TitleAttr}}
	w.record(form, []Part{{Tools, n}})
	return in(form, n)
}

// tabsIn returns the tabs in a list, or nil if there are too many or one of them lacks a short title.
func (w *Writer) tabsIn(n *html.Node) []*html.Node {
	var tabs []*html.Node
	byRole := false
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type == html.ElementNode && strings.EqualFold(dom.Attr(d, "role"), "tab") {
			tabs, byRole = append(tabs, d), true
		}
	}
	if !byRole {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Li, atom.Label, atom.A, atom.Button:
				tabs = append(tabs, c)
			case atom.Div, atom.Span:
				if onlyLink(c) {
					tabs = append(tabs, c)
				}
			}
		}
	}
	if len(tabs) > maxTabs {
		return nil
	}
	for _, tab := range tabs {
		if title := text.FoldSpace(w.rawText(tab)); title == "" || len(title) > maxTabText {
			return nil
		}
	}
	return tabs
}

// panelsOf returns the panel of each tab. It finds the panels by the ids in the tabs. If no element has such an id, it
// takes the panels near the list in page order. It returns nil if a panel is missing.
func (w *Writer) panelsOf(list *html.Node, tabs []*html.Node) []*html.Node {
	ids := make(map[string]int, 2*len(tabs))
	for i, tab := range tabs {
		for _, id := range w.idsOf(tab) {
			if of, known := ids[id]; known && of != i {
				ids[id] = noTab
				continue
			}
			ids[id] = i
		}
	}
	for around, up := list.Parent, 0; around != nil && up < 3; around, up = around.Parent, up+1 {
		byID, inOrder := make([]*html.Node, len(tabs)), []*html.Node(nil)
		found := 0
		for d := w.next(around, around, false); d != nil; {
			skip := d == list
			if d.Type == html.ElementNode && !skip {
				i, known := panelIn(ids, d)
				if known && dom.Attr(d, "role") != "tab" && byID[i] == nil && dom.IsBlockElement(d.DataAtom) {
					byID[i] = d
					found++
					skip = true
				} else if strings.EqualFold(dom.Attr(d, "role"), "tabpanel") || w.is(d, namedPanel) {
					inOrder = append(inOrder, d)
					skip = true
				}
			}
			d = w.next(d, around, skip)
		}
		switch {
		case found == len(tabs):
			return byID
		case found == 0 && len(inOrder) == len(tabs):
			return inOrder
		case len(inOrder) > 0 || found > 0:
			return nil
		}
	}
	return w.panelsBeside(list, len(tabs))
}

// panelIn returns the index of the tab whose ids name an element as its panel, and whether there is such a tab.
func panelIn(ids map[string]int, n *html.Node) (tab int, known bool) {
	for _, a := range n.Attr {
		key := a.Key + " " + a.Val
		switch {
		case a.Key == "id":
			key = a.Val
		case a.Key == "aria-labelledby":
			key = "for " + a.Val
		case !strings.HasPrefix(a.Key, "data-"):
			continue
		}
		if tab, known = ids[key]; known && tab != noTab {
			return tab, true
		}
	}
	return 0, false
}

// panelsBeside returns the children of the box of panels that follows a list of tabs, or nil if there are not as many
// of them as there are tabs.
func (w *Writer) panelsBeside(list *html.Node, tabs int) []*html.Node {
	box := dom.NextElement(list)
	if box == nil || !w.is(box, namedPanels) {
		return nil
	}
	var panels []*html.Node
	for c := box.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			panels = append(panels, c)
		}
	}
	if len(panels) != tabs {
		return nil
	}
	return panels
}

// idsOf returns the ids by which a tab and its panel refer to each other. The ids of the tab's own elements have the
// prefix "for ". A data attribute may contain the id of the panel, such as data-tab, or the panel may have the same
// attribute; then the id is the attribute's name and value.
func (w *Writer) idsOf(tab *html.Node) []string {
	var ids []string
	for d := tab; d != nil; d = w.next(d, tab, false) {
		if d.Type != html.ElementNode {
			continue
		}
		if id := dom.Attr(d, "aria-controls"); id != "" {
			ids = append(ids, id)
		}
		if href := dom.Attr(d, "href"); strings.HasPrefix(href, "#") && len(href) > 1 {
			ids = append(ids, href[1:])
		}
		for _, a := range d.Attr {
			if value := strings.TrimPrefix(a.Val, "#"); strings.HasPrefix(a.Key, "data-") && value != "" {
				ids = append(ids, value, a.Key+" "+a.Val)
			}
		}
		if id := dom.Attr(d, "id"); id != "" {
			ids = append(ids, "for "+id)
		}
	}
	return ids
}

// panelOf returns the form of a panel: the title of its tab and then its content, which is made visible, as if the
// reader had opened every tab. The title is not added if the content begins with it; on the page of a shop, it is even
// removed from the content. panelOf returns nil if n is empty or not the panel of a known tab.
func (w *Writer) panelOf(n *html.Node) *html.Node {
	own := w.panels[n]
	title := own.title
	if title == "" || !w.holdsText(n) {
		return nil
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: shownAttrs(n)}
	panel := form
	if w.is(n, namedCode) { // the panel is itself code, with its toolbar
		panel = &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: form.Attr}
		form.Attr = nil
	}
	form.Attr = append(slices.Clip(form.Attr), html.Attribute{Key: dom.PanelAttr, Val: own.group})
	repeated := w.repeats(n, title)
	if repeated == nil {
		form.AppendChild(titleOf(title))
	} else if !w.is(n, namedShop) {
		repeated = nil // keep the title where it is
	}
	w.copyChildren(panel, n, repeated)
	if panel != form {
		form.AppendChild(panel)
	}
	return in(form, n)
}

// tabLabelOf returns the form of a label that is the title of the tab panel after it. Tabs that work without scripts
// consist of a radio button, a label and a panel each. It returns nil for other labels.
func (w *Writer) tabLabelOf(n *html.Node) *html.Node {
	next, previous := dom.NextElement(n), dom.PreviousElement(n)
	if next == nil || previous == nil || previous.DataAtom != atom.Input || next.DataAtom != atom.Div || n.Parent == nil ||
		!strings.Contains(strings.ToLower(dom.Attr(n.Parent, "class")), "tab") {
		return nil
	}
	title := text.FoldSpace(w.rawText(n))
	if title == "" || len(title) > maxTabText {
		return nil
	}
	return in(titleOf(title), n)
}

// shownAttrs returns the attributes of an element without those that hide it.
func shownAttrs(n *html.Node) []html.Attribute {
	var shown []html.Attribute
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "aria-hidden":
		case a.Key == "style" && strings.Contains(a.Val, "none"):
		default:
			shown = append(shown, a)
		}
	}
	return shown
}

// repeats returns the element at the start of a panel that repeats the title, or nil.
func (w *Writer) repeats(n *html.Node, title string) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.DataAtom == atom.Pre || d.DataAtom == atom.Code {
			return nil
		}
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			if d.Parent != n && strings.EqualFold(text.FoldSpace(w.rawText(d.Parent)), title) {
				return d.Parent
			}
			return nil
		}
	}
	return nil
}
