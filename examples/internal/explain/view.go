package explain

import (
	"html"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Policy is the Content-Security-Policy under which a view is shown. It allows no script and no loading.
const Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

// ViewOptions configures the look of a copy. The zero value is the page's own look, as far as its markup defines it.
type ViewOptions struct {
	// Plain omits the page's styles, so that nothing is hidden.
	Plain bool
	// File returns a file that was saved with the page, by its path relative to the page. It returns false if the file
	// is missing or too large. The style sheets and pictures become part of the copy. nil means that there are no
	// files.
	File func(path string) ([]byte, bool)
}

// View writes a copy of the page. The element of each item has the attribute data-item with the item's ID, or data-at
// with the position in an ID such as "n33". The copy has no script, event handler, frame, form or external
// address.
func (p *Page) View(o ViewOptions) string { return p.view(o, nil) }

// copyOf returns a copy of a page that is given as HTML. No item is marked in it.
func copyOf(page string) (string, error) {
	doc, err := htmldoc.ParseBytes([]byte("\xEF\xBB\xBF"+page), htmldoc.Source{MaxBytes: int64(len(page)) + 3})
	if err != nil {
		return "", err
	}
	p := &Page{doc: doc, Trace: &cleaner.PageTrace{}}
	return p.view(ViewOptions{}, nil), nil
}

// view returns the copy. If verdicts is not nil, it marks the elements with the verdicts of their items.
func (p *Page) view(o ViewOptions, verdicts map[string]*Item) string {
	v := &viewer{
		page: p, plain: o.Plain, files: files{open: o.File}, verdicts: verdicts, blocks: make(map[*nethtml.Node]int),
		around: make(map[*nethtml.Node]int), owner: make(map[*nethtml.Node]int),
		stands: make(map[*nethtml.Node][]int),
	}
	steps := newStepper(p.doc.Root)
	for b := range p.Trace.Blocks {
		for _, n := range p.Trace.Blocks[b].Nodes {
			if n.Type == nethtml.TextNode {
				v.blocks[n] = b
			} else {
				v.stands[n] = append(v.stands[n], b)
			}
		}
		if n := steps.find(p.Trace.Blocks[b].XPath); n != nil {
			v.around[n] = b
		}
	}
	v.own(p.doc.Root)
	v.document(p.doc.Root)
	return v.b.String()
}

// A viewer writes the copy of a page.
type viewer struct {
	b        strings.Builder
	page     *Page
	plain    bool
	files    files
	verdicts map[string]*Item
	// blocks maps text nodes to the indexes of their blocks. owner maps an element to the one block that contains all
	// of its text, or to one of the constants nobody, several and foreign.
	blocks map[*nethtml.Node]int
	owner  map[*nethtml.Node]int
	// around maps an element to the block that has the element's XPath, such as the block of a formula.
	around map[*nethtml.Node]int
	// stands maps an element to the blocks that were read from it but contain none of its text nodes.
	stands map[*nethtml.Node][]int
}

const (
	nobody  = -1 - iota // there is no text
	several             // several blocks, or text that is partly in no block
	foreign             // the text is in no block
)

// own sets v.owner for n and all elements below it: the block that contains their text. It returns the value for n.
func (v *viewer) own(n *nethtml.Node) int {
	if b, ok := v.blocks[n]; ok {
		v.owner[n] = b
		return b
	}
	if n.Type == nethtml.TextNode {
		if strings.TrimSpace(n.Data) == "" {
			return nobody
		}
		return foreign
	}
	whose := nobody
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if of := v.own(c); whose == nobody {
			whose = of
		} else if of != nobody && of != whose {
			whose = several
		}
	}
	if whose == foreign || whose == nobody {
		if list := v.stands[n]; len(list) > 0 {
			whose = list[0]
		} else if b, ok := v.around[n]; ok {
			whose = b
		}
	}
	v.owner[n] = whose
	return whose
}

func (v *viewer) document(root *nethtml.Node) {
	var body, doctype *nethtml.Node
	var css strings.Builder
	page := root
	for n := range root.Descendants() {
		switch {
		case n.Type == nethtml.DoctypeNode:
			doctype = n
		case n.Type != nethtml.ElementNode:
		case n.Data == "html":
			page = n
		case n.Data == "body" && body == nil:
			body = n
		case v.plain || isForPrint(n):
		case n.Data == "style" && n.FirstChild != nil:
			css.WriteString(safeCSS(n.FirstChild.Data) + "\n")
		case n.Data == "link" && strings.Contains(strings.ToLower(valueOf(n, "rel")), "stylesheet"):
			css.WriteString(safeCSS(v.files.text(valueOf(n, "href"))) + "\n")
		}
	}
	if doctype != nil { // without one, browsers use quirks mode
		_ = nethtml.Render(&v.b, doctype) // a strings.Builder returns no errors
	}
	v.b.WriteString("\n<html")
	v.attributes(page)
	v.b.WriteString(`><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` + Policy + `">`)
	v.b.WriteString("<title>The page</title><style>" + baseStyle + "</style>")
	if v.plain {
		v.b.WriteString("<style>" + plainStyle + "</style>")
	} else {
		v.b.WriteString("<style>" + css.String() + "</style>")
	}
	v.b.WriteString("<style>" + verdictStyle + "</style></head>")
	if body == nil {
		v.b.WriteString("<body>")
		v.children(page, nobody)
	} else {
		v.b.WriteString("<body")
		v.attributes(body)
		v.b.WriteString(">")
		v.children(body, nobody)
	}
	var data []int // blocks that are only in the page's data
	for b := range v.page.Trace.Blocks {
		if len(v.page.Trace.Blocks[b].Nodes) == 0 {
			data = append(data, b)
		}
	}
	v.texts(data)
	v.b.WriteString("</body></html>\n")
}

func (v *viewer) children(n *nethtml.Node, inside int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case nethtml.TextNode:
			v.text(c, inside)
		case nethtml.ElementNode:
			v.element(c, inside)
		}
	}
}

// text writes a text node. inside is the block with which an ancestor is marked, or nobody.
func (v *viewer) text(n *nethtml.Node, inside int) {
	b, ok := v.blocks[n]
	if !ok || b == inside || strings.TrimSpace(n.Data) == "" {
		v.b.WriteString(html.EscapeString(n.Data))
		return
	}
	v.b.WriteString("<span")
	v.mark("", "b"+strconv.Itoa(b))
	v.b.WriteString(">" + html.EscapeString(n.Data) + "</span>")
}

// element writes an element. It is marked with a block if all its text is from that block, unless an ancestor is
// already marked with it or the element is a wrapper.
func (v *viewer) element(n *nethtml.Node, inside int) {
	name, what := n.Data, fates[n.Data]
	b, ok := v.owner[n]
	owned := ok && b >= 0
	hasBlocks := owned || b == several
	before := v.stands[n]
	if isWhole := owned && len(before) > 0 && b == before[0]; isWhole && (len(before) > 1 || what == asNothing) {
		v.texts(before)
		return
	} else if isWhole {
		before = nil
	}
	switch {
	case what == asNothing && (!hasBlocks || name == "script" || name == "style"):
		return
	case what == asFrame && !hasBlocks:
		v.frame(n)
		return
	case what != asItself:
		name = "div"
	}
	v.b.WriteString("<" + name)
	v.attributes(n)
	item := ""
	if owned && b != inside && !v.isWrapper(n) {
		item, inside = "b"+strconv.Itoa(b), b
	}
	v.mark(v.at(n), item)
	if name == "button" {
		v.b.WriteString(` type="button"`)
	}
	if name == "textarea" || name == "input" {
		v.b.WriteString(` readonly tabindex="-1"`)
	}
	v.b.WriteString(">")
	if isVoid(name) {
		return
	}
	v.texts(before)
	v.children(n, inside)
	v.b.WriteString("</" + name + ">")
}

// texts writes the texts of blocks that have no text nodes. It is called where these texts would otherwise be missing
// from the copy.
func (v *viewer) texts(blocks []int) {
	name := "span"
	if len(blocks) > 1 {
		name = "div"
	}
	for _, b := range blocks {
		v.b.WriteString("<" + name)
		v.mark("", "b"+strconv.Itoa(b))
		v.b.WriteString(">" + html.EscapeString(v.page.Trace.Blocks[b].Text) + "</" + name + ">")
	}
}

// isWrapper reports whether an element contains nothing but one other element, which is then marked instead. A p, li or
// td element is never a wrapper.
func (v *viewer) isWrapper(n *nethtml.Node) bool {
	if len(v.stands[n]) > 0 {
		return false
	}
	if b, ok := v.around[n]; ok && b == v.owner[n] {
		return false
	}
	var only *nethtml.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == nethtml.TextNode && strings.TrimSpace(c.Data) == "" || c.Type == nethtml.CommentNode:
		case c.Type == nethtml.ElementNode && only == nil && v.owner[c] >= 0:
			only = c
		default:
			return false
		}
	}
	return only != nil && n.Data != "p" && n.Data != "li" && n.Data != "td"
}

// frame writes a box that describes the omitted element.
func (v *viewer) frame(n *nethtml.Node) {
	v.b.WriteString(`<div class="dechaff-frame"`)
	v.mark(v.at(n), "")
	v.b.WriteString(">" + n.Data)
	for _, a := range n.Attr {
		if a.Key == "src" || a.Key == "data" || a.Key == "title" {
			v.b.WriteString(" " + html.EscapeString(a.Val))
			break
		}
	}
	v.b.WriteString("</div>")
}

// at returns the position of an element, or "" if it is not part of the page.
func (v *viewer) at(n *nethtml.Node) string {
	at, ok := v.page.order[n]
	if !ok {
		return ""
	}
	return strconv.Itoa(at)
}

// mark writes an element's position, its item, and the item's verdict.
func (v *viewer) mark(at, item string) {
	if at != "" {
		v.b.WriteString(` data-at="` + at + `"`)
	}
	of := v.verdicts["n"+at]
	if item != "" {
		v.b.WriteString(` data-item="` + item + `"`)
		of = v.verdicts[item]
	}
	if of != nil {
		v.b.WriteString(` data-verdict="` + string(of.Verdict) + `" data-shade="` + strconv.Itoa(of.Shade()) +
			`" title="` + html.EscapeString(of.Explanation()) + `"`)
	}
}

func (v *viewer) attributes(n *nethtml.Node) {
	seen := false
	for _, a := range n.Attr {
		value, ok := attribute(n.Data, a)
		if !ok && a.Key == "src" && n.Data == "img" && a.Namespace == "" {
			value, ok = v.files.picture(a.Val)
		}
		if !ok || v.plain && (a.Key == "style" || a.Key == "hidden" || a.Key == "bgcolor" || a.Key == "color") ||
			a.Key == "title" && v.verdicts != nil || a.Key == "type" && n.Data == "button" || !isName(a.Key) {
			continue
		}
		v.b.WriteString(" " + a.Key + `="` + html.EscapeString(value) + `"`)
		seen = seen || a.Key == "src"
	}
	if n.Data == "a" {
		v.b.WriteString(` data-link=""`)
	}
	if n.Data == "img" && !seen {
		v.b.WriteString(` data-gone=""`)
	}
}

// isName reports whether the name of an attribute has only ASCII letters, digits and hyphens.
func isName(s string) bool {
	for _, r := range s {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

func isVoid(name string) bool {
	switch name {
	case "br", "col", "hr", "img", "input", "wbr":
		return true
	}
	return false
}
