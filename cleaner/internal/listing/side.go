package listing

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// sideZones are the zones that contain no entries.
const sideZones = zone.Nav | zone.Pager | zone.Breadcrumb | zone.Share | zone.Newsletter | zone.Signup |
	zone.ReplyForm | zone.CommentType

// sideWords are words in the class names and ids of boxes outside the main content.
var sideWords = text.SetOf(
	"sidebar", "navbar", "navigation", "menu", "menus", "submenu", "megamenu", "footer", "masthead", "breadcrumb",
	"breadcrumbs", "pagination", "pager", "paging", "filters", "facets", "facet", "cookie", "cookies", "newsletter",
	"dropdown", "tagcloud", "widget", "widgets", "toc", "drawer", "modal", "popup", "subnav", "topnav", "sidenav",
	"minicart", "comments", "catlinks", "reflist", "references", "swatches", "swatch",
)

// sideRoles are the ARIA roles of boxes outside the main content.
var sideRoles = text.SetOf("navigation", "complementary", "contentinfo", "banner", "search", "dialog", "menu",
	"menubar", "tablist", "alert", "alertdialog")

// maxSide is the maximum share of the page's words in an element that isSide puts outside the main content. An element
// with more words stays in the main content.
const maxSide = 0.5

// markSides finds the nodes that are outside the main content or hidden.
func (f *finder) markSides() {
	nodes := f.Tree.Nodes
	f.side, f.sideClasses = f.memory.bools.Take(len(nodes)), make(map[string]bool)
	words := f.words()
	all := words[0]
	for i := range nodes {
		n := &nodes[i]
		if n.Parent != block.None && f.side[n.Parent] || f.Unseen(int32(i)) {
			f.side[i] = true
			continue
		}
		if n.Form != block.Element {
			continue
		}
		if f.isSide(int32(i)) && float64(words[i]) <= maxSide*float64(all) {
			f.side[i] = true
		}
	}
}

// isSide reports whether an element is outside the main content according to its tag, role, zones, class names or id.
func (f *finder) isSide(i int32) bool {
	n := &f.Tree.Nodes[i]
	switch n.Tag {
	case atom.Nav, atom.Aside, atom.Select, atom.Button, atom.Template:
		return true
	case atom.Header, atom.Footer:
		return f.Tree.Ancestor(n.Parent, atom.Main, atom.Article, atom.Section, atom.Li, atom.Td) == block.None
	case atom.Body, atom.Html, atom.Main, atom.A:
		return false
	}
	if sideRoles.Has(dom.Attr(n.HTML, "role")) {
		return true
	}
	if n.Parent != block.None && f.Zones[i]&sideZones&^f.Zones[n.Parent] != 0 {
		return true
	}
	return f.isSideClass(dom.Attr(n.HTML, "class")) || text.HasNameWord(dom.Attr(n.HTML, "id"), sideWords)
}

// isSideClass reports whether a class attribute has one of sideWords. Most classes occur many times on a page, so each
// is read once.
func (f *finder) isSideClass(class string) bool {
	isSide, known := f.sideClasses[class]
	if !known {
		isSide = text.HasNameWord(class, sideWords)
		f.sideClasses[class] = isSide
	}
	return isSide
}

// words counts the words at or below each node.
func (f *finder) words() []int32 {
	words := f.memory.words.Take(len(f.Tree.Nodes))
	for b := range f.Blocks {
		words[f.Blocks[b].Elem] += f.Blocks[b].Words
	}
	block.AddUp(f.Tree, words)
	return words
}
