package canon

import (
	"cmp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// calloutKinds maps the names that documentation tools use for kinds of callouts to the names that a form uses.
var calloutKinds = map[string]string{
	"note": "note", "info": "info", "information": "info", "tip": "tip", "hint": "hint", "important": "important",
	"warning": "warning", "warn": "warning", "caution": "caution", "danger": "danger", "error": "error",
	"attention": "attention", "success": "success", "question": "question", "faq": "question", "help": "question",
	"example": "example", "bug": "bug", "failure": "failure", "abstract": "abstract", "summary": "summary",
	"tldr": "summary", "todo": "todo", "seealso": "seealso", "primary": "note", "secondary": "note",
	"deprecated": "deprecated", "experimental": "experimental", "version": "note", "quote": "quote", "cite": "quote",
}

// plainKinds are the kinds that, as class names, make an element a callout even without a name from calloutBoxes.
var plainKinds = map[string]bool{
	"note": true, "tip": true, "warning": true, "caution": true, "important": true, "danger": true, "attention": true,
}

// calloutBoxes are class names of callouts. The kind of callout is another class name of the element, or follows one of
// these names and a hyphen, as in "callout-note". The value is true if a box without a kind is a note.
var calloutBoxes = map[string]bool{
	"admonition": true, "callout": true, "markdown-alert": true, "theme-admonition": true, "admonitionblock": false,
	"custom-block": false, "notecard": false, "confluence-information-macro": true, "starlight-aside": true,
	"book-hint": true, "notices": false, "notice": false, "bd-callout": true, "alert": false, "hint": false,
	"gl-alert": false, "nextra-callout": true, "notion-callout": true, "docs-alert": false, "docs-callout": true,
	"alert-box": false, "aside-note": true, "hint-container": false, "awsdocs": false, "prompt": false, "muialert": false,
	"interstitial": false, "topic": false, "kg-callout-card": true,
}

// docfx maps the class names that DocFX writes in capitals, and a class name of GOV.UK, to kinds.
var docfx = map[string]string{
	"govuk-warning-text": "warning",
	"NOTE":               "note", "TIP": "tip", "IMPORTANT": "important", "WARNING": "warning", "CAUTION": "caution",
}

// kindInAttributes returns the kind of callout that an attribute other than the class gives, or "".
func kindInAttributes(n *html.Node) string {
	if kind := strings.ToLower(dom.Attr(n, dom.CalloutAttr)); kind != "" && text.IsSimple(kind, maxLanguage) {
		return kind
	}
	return calloutKinds[strings.ToLower(cmp.Or(
		dom.Attr(n, "data-callout-type"), // Mintlify
		dom.Attr(n, "data-panel-type"),   // Confluence
	))]
}

// calloutKind returns the kind of callout that an element is, or "" if it is not a callout.
func (w *Writer) calloutKind(n *html.Node) string {
	if kind := kindInAttributes(n); kind != "" {
		return kind
	}
	class := dom.Attr(n, "class")
	if class == "" || n.DataAtom == atom.Details && dom.HasToken(class, "hide") { // Jupyter Book's folded code
		return ""
	}
	box, always, plain := false, false, false
	kind := ""
	for name := range strings.FieldsSeq(class) {
		if docfx[name] != "" {
			return docfx[name]
		}
		name = strings.ToLower(name)
		if note, known := calloutBoxes[name]; known {
			box, always = true, always || note
			continue
		}
		if calloutKinds[name] != "" {
			kind = calloutKinds[name]
			plain = plain || plainKinds[name]
			continue
		}
		// names such as callout-note, admonition-note, is-info and notice--warning
		cut := strings.LastIndexByte(name, '-')
		if cut <= 0 {
			continue
		}
		if plain, found := strings.CutSuffix(name, "-subtle"); found { // a shade of a color
			name, cut = plain, strings.LastIndexByte(plain, '-')
			if cut <= 0 {
				continue
			}
		}
		stem := strings.TrimRight(name[:cut], "-")
		if stem == "muialert" { // MuiAlert-standardWarning
			name = stem + "-" + muiVariants.Replace(name[cut+1:])
		}
		_, known := calloutBoxes[stem]
		refined := plainKinds[stem] && dom.HasToken(class, stem) // class="note note-warning"
		if (known || colorStems[stem] || refined) && calloutKinds[name[cut+1:]] != "" {
			box = box || known
			if kind == "" || stem != "alert" && !colorStems[stem] {
				kind = calloutKinds[name[cut+1:]]
			}
		}
	}
	switch {
	case !box && n.DataAtom == atom.Details && kind != "":
		return kind
	case !box && kind != "" && w.beginsWithKind(n, kind):
	case !box && (!plain || n.DataAtom == atom.Span || n.DataAtom == atom.P && kind == "note"):
		return ""
	case kind == "" && always:
		return "note"
	}
	return kind
}

// isHideLabel reports whether the summary of a folded box has only two labels, one for each state of the box.
func isHideLabel(summary *html.Node) bool {
	first := onlyFirst(summary)
	return first != nil && dom.HasToken(dom.Attr(first, "class"), "collapsed") && dom.NextElement(first) != nil &&
		dom.HasToken(dom.Attr(dom.NextElement(first), "class"), "expanded")
}

// colorStems are what comes before the kind in the names of colors. Such a name says the kind of a callout, but does
// not make a box one.
var colorStems = map[string]bool{"is": true, "bg": true, "border": true}

// muiVariants removes the variants that MUI writes before the kind.
var muiVariants = strings.NewReplacer("standard", "", "filled", "", "outlined", "", "color", "")

// maxCalloutTitle is the maximum number of words in a callout's title.
const maxCalloutTitle = 16

// calloutOf returns the form of a note, a tip or a warning in a box: a blockquote that has the kind of callout in an
// attribute. The blockquote begins with the title in bold, if there is one. calloutOf returns nil if n is not a
// callout.
func (w *Writer) calloutOf(n *html.Node) *html.Node {
	kind := w.calloutKind(n)
	if kind == "" || !w.holdsText(n) || w.holdsSection(n) {
		return nil
	}
	quote := dom.NewElement(atom.Blockquote)
	for _, a := range n.Attr {
		if a.Key != dom.CalloutAttr {
			quote.Attr = append(quote.Attr, a)
		}
	}
	body := w.calloutBody(n)
	title := w.calloutTitle(body, kind)
	if title != nil {
		line := strings.TrimRight(w.seenText(title), ": ")
		if named := calloutKinds[strings.ToLower(line)]; named != "" { // some elements are named for their color
			kind = named
		}
		quote.AppendChild(titleOf(line))
	}
	quote.Attr = append(quote.Attr, html.Attribute{Key: dom.CalloutAttr, Val: kind})
	w.copyChildren(quote, body, title)
	return in(quote, n)
}

// calloutBody returns the element with a callout's content. In a table, that is the cell next to the icon.
func (w *Writer) calloutBody(n *html.Node) *html.Node {
	for d, looked := w.next(n, n, false), 0; d != nil && looked < 24; d, looked = w.next(d, n, false), looked+1 {
		if d.DataAtom == atom.Td && dom.HasToken(dom.Attr(d, "class"), "content") {
			return d
		}
	}
	return n
}

// holdsSection reports whether an element contains an h1 or h2. If so, it is not a note, whatever its class name is.
func (w *Writer) holdsSection(n *html.Node) bool {
	return w.holds(n, func(d *html.Node) bool { return d.DataAtom == atom.H1 || d.DataAtom == atom.H2 })
}

// calloutTitle returns the element of a callout's title: an element with the class name of a title, a <summary>, or a
// line that contains only the kind. It returns nil if none of the first elements is a title.
func (w *Writer) calloutTitle(n *html.Node, kind string) *html.Node {
	looked := 0
	for d := w.next(n, n, false); d != nil && looked < 12; d = w.next(d, n, false) {
		if d.Type != html.ElementNode || d.Namespace != "" {
			continue
		}
		looked++
		if d.DataAtom != atom.Summary && !w.is(d, namedTitle) && !w.isKindLine(d, kind) {
			continue
		}
		if line := strings.Fields(w.rawText(d)); len(line) > 0 && len(line) <= maxCalloutTitle {
			return d
		}
	}
	return nil
}

// seenText returns the text of a title without its parts for screen readers, unless it has no other text.
func (w *Writer) seenText(title *html.Node) string {
	var seen strings.Builder
	for d := w.next(title, title, false); d != nil; {
		skip := d.Type == html.ElementNode && w.is(d, namedUnseen)
		if d.Type == html.TextNode {
			seen.WriteString(d.Data)
		}
		d = w.next(d, title, skip)
	}
	return cmp.Or(text.FoldSpace(seen.String()), text.FoldSpace(w.rawText(title)))
}

// beginsWithKind reports whether the first element of a box contains only the callout's kind, and another element
// follows. Abstracts, examples and quotations have such a label too, but are parts of the text itself.
func (w *Writer) beginsWithKind(n *html.Node, kind string) bool {
	switch kind {
	case "abstract", "summary", "example", "question", "quote":
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return w.isKindLine(c, kind) && dom.NextElement(c) != nil
		}
	}
	return false
}

// isKindLine reports whether an element contains only the callout's kind, such as "Note:".
func (w *Writer) isKindLine(d *html.Node, kind string) bool {
	switch d.DataAtom {
	case atom.P, atom.Div, atom.Strong, atom.B, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Span:
	default:
		return false
	}
	line := strings.ToLower(strings.Trim(text.FoldSpace(w.rawText(d)), " :!."))
	return line != "" && (calloutKinds[line] == kind || line == kind)
}
