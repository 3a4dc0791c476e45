package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// A Writer rewrites the elements of one page. It must not be used by several goroutines at once.
type Writer struct {
	*Memory
	// lastClass is the class attribute whose meanings were last looked up, and lastNames are its meanings.
	lastClass string
	lastNames names
	// steps is how many nodes inside widgets have been visited, and copied is how many have been copied.
	steps, copied int
	// Copies maps each copy in a form to the page's own node, and a form that is made of several siblings to their
	// parent. Copies may be nil.
	Copies map[*html.Node]*html.Node
	// panels describes the panels of the tabs that have been found.
	panels map[*html.Node]panel
	// gone contains the elements that are part of the form of an earlier element.
	gone map[*html.Node]bool
	// left maps each form to the parts that it leaves out.
	left map[*html.Node][]Part
	// sidenotes counts the inline notes without a mark, and notesMade the notes written so far.
	sidenotes, notesMade int
	// numbers maps headings to the numbers of steps next to them.
	numbers map[*html.Node]string
	// series caches the results of searches of the whole page for elements of one tag and class.
	series map[string]bool
	// lineBlocks caches the results of isVerse for boxes of lines, which may be nested.
	lineBlocks map[*html.Node]bool
}

// A Part is a part of a widget that its form leaves out.
type Part struct {
	Kind PartKind
	// Node is the page's own node.
	Node *html.Node
}

// PartKind is the kind of a part.
type PartKind uint8

// The kinds of parts.
const (
	Tools     PartKind = iota // a button or a toolbar
	Numbers                   // line numbers
	Credit                    // a link to the repository that hosts the code
	EmbedText                 // the text in a box that a player replaces, or the text of a card besides its title
)

// LeftOut returns the parts that a form returned by Of leaves out, in page order, or nil if there are none.
func (w *Writer) LeftOut(form *html.Node) []Part { return w.left[form] }

// leave records the parts of the code block n that its form leaves out. It returns the form, which may be nil.
func (w *Writer) leave(form, n *html.Node) *html.Node {
	if form == nil {
		return nil
	}
	var parts []Part
	for d := w.next(n, n, false); d != nil; {
		skip := true
		switch {
		case d.Type != html.ElementNode:
			skip = false
		case w.is(d, namedCredit):
			parts = append(parts, Part{Credit, d})
		case w.isGutter(d) || w.isGutterPre(d):
			parts = append(parts, Part{Numbers, d})
		case w.isTool(d):
			parts = append(parts, Part{Tools, d})
		default:
			skip = false
		}
		d = w.next(d, n, skip)
	}
	w.record(form, parts)
	return form
}

// withoutTool returns the form of an element that is not content: an empty element. It records the element as a tool
// that the form leaves out.
func (w *Writer) withoutTool(n *html.Node) *html.Node {
	form := in(dom.NewElement(atom.Span), n)
	w.record(form, []Part{{Tools, n}})
	return form
}

func (w *Writer) record(form *html.Node, parts []Part) {
	if len(parts) == 0 {
		return
	}
	if w.left == nil {
		w.left = make(map[*html.Node][]Part)
	}
	w.left[form] = parts
}

// maxSteps and maxCopied bound the work on nested widgets. On a page that exceeds them, the remaining widgets are left
// unchanged.
const maxSteps, maxCopied = 4_000_000, 200_000

// Of returns the plain form of an element. It returns nil if the element is already plain, or if the page exceeds
// maxSteps or maxCopied. The form has the same parent and siblings as the element, so that a walk of the page can
// continue from the form. The page is not changed.
func (w *Writer) Of(n *html.Node) *html.Node {
	if n.Type != html.ElementNode || n.Namespace != "" || w.steps > maxSteps || w.copied > maxCopied {
		return nil
	}
	form := w.of(n)
	if w.steps > maxSteps { // the search was cut short, so its result may be wrong
		return nil
	}
	return form
}

func (w *Writer) of(n *html.Node) *html.Node {
	if n.FirstChild == nil {
		return w.emptyOf(n)
	}
	if w.isPageNumber(n) {
		return w.withoutTool(n)
	}
	if w.gone[n] {
		return in(dom.NewElement(atom.Span), n)
	}
	if len(w.panels) > 0 {
		if form := w.panelOf(n); form != nil {
			return form
		}
	}
	switch n.DataAtom {
	case atom.Script:
		return w.scriptOf(n)
	case 0:
		return w.customOf(n)
	case atom.Span:
		return w.spanOf(n)
	case atom.Pre:
		if form := w.formulaOf(n); form != nil {
			return form
		}
		return w.leave(w.preOf(n), n)
	case atom.P, atom.Div, atom.Figure, atom.Section, atom.Aside, atom.Details, atom.Blockquote, atom.Article, atom.Table,
		atom.Code, atom.Ol, atom.Ul, atom.Nav:
		return w.boxOf(n)
	case atom.Form:
		return w.formOf(n)
	case atom.Td, atom.Th:
		if form := w.cellOf(n); form != nil {
			return form
		}
		return w.fieldsOf(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt:
		return w.headingOf(n)
	case atom.Li:
		if w.is(n, namedClone) {
			return in(dom.NewElement(atom.Span), n)
		}
		if form := w.itemOf(n); form != nil {
			return form
		}
		if form := w.sidenotesOf(n); form != nil {
			return form
		}
		if form := w.markedItemOf(n); form != nil {
			return form
		}
		return w.fieldsOf(n)
	case atom.Dd:
		if class := dom.Attr(n, "class"); strings.HasSuffix(class, "actions") && onlyLink(n) {
			return w.withoutTool(n)
		}
		return w.fieldsOf(n)
	case atom.Figcaption:
		return w.fieldsOf(n)
	case atom.Summary:
		if dom.HasToken(dom.Attr(n, "class"), "hideme") || isHideLabel(n) { // rustdoc, Jupyter Book
			return w.withoutTool(n)
		}
	case atom.Label:
		if next := dom.NextElement(n); w.is(n, namedUnseen) && next != nil && next.DataAtom == atom.Pre { // Substack
			return w.withoutTool(n)
		}
		return w.tabLabelOf(n)
	case atom.A:
		return w.selfLinkOf(n)
	case atom.Button:
		return w.questionOf(n)
	case atom.Object:
		return w.objectOf(n)
	case atom.Noscript:
		return w.noscriptOf(n)
	case atom.Textarea:
		return w.playgroundOf(n)
	}
	return nil
}

// emptyOf returns the form of an element without children, or nil.
func (w *Writer) emptyOf(n *html.Node) *html.Node {
	switch n.DataAtom {
	case atom.Input:
		return w.taskOf(n)
	case atom.Img:
		return w.formulaPictureOf(n)
	case atom.Object, atom.Embed:
		return w.objectOf(n)
	case atom.Script:
		return w.scriptOf(n)
	case 0:
		return w.customOf(n)
	case atom.Span, atom.A:
		if form := w.mentionOf(n); form != nil {
			return form
		}
		if form := w.formulaOf(n); form != nil {
			return form
		}
	case atom.Div, atom.I:
		own := w.namesOf(n)
		if own&namedEmbed != 0 || dom.HasAttr(n, "data-service") {
			if form := w.embedOf(n); form != nil {
				return form
			}
		}
		if own&namedFormula != 0 {
			if form := w.formulaOf(n); form != nil {
				return form
			}
		}
	default:
		return nil
	}
	if form := pictureOf(n); form != nil {
		return form
	}
	return w.signOfTask(n)
}

// customOf returns the form of a custom element, or nil.
func (w *Writer) customOf(n *html.Node) *html.Node {
	if form := w.customEmbedOf(n); form != nil {
		return form
	}
	return w.customFormulaOf(n)
}

// spanOf returns the form of a span, or nil.
func (w *Writer) spanOf(n *html.Node) *html.Node {
	own := w.namesOf(n)
	switch {
	case own&namedTooltip != 0:
		return in(dom.NewElement(atom.Span), n)
	case own&namedSource != 0:
		return w.withoutTool(n)
	}
	if form := w.emphasisOf(n); form != nil {
		return form
	}
	if form := w.indentedOf(n); form != nil {
		return form
	}
	if form := w.numberedOf(n); form != nil {
		return form
	}
	if form := w.unseenTwinOf(n); form != nil {
		return form
	}
	if isUnseenLabel(n) {
		return w.withoutTool(n)
	}
	return w.formulaOf(n)
}

// boxOf tries each kind of widget that a box can be, and returns the first form or nil. Most boxes are not widgets, so
// each test begins with a cheap check.
func (w *Writer) boxOf(n *html.Node) *html.Node {
	own := w.namesOf(n)
	if own&namedClone != 0 {
		return in(dom.NewElement(atom.Span), n)
	}
	if form := w.anyOf(n, own); form != nil {
		return form
	}
	if form := w.embedBoxOf(n, own); form != nil {
		return form
	}
	if n.DataAtom == atom.P {
		if form := w.sidenotesOf(n); form != nil {
			return form
		}
		if form := w.paragraphOf(n); form != nil {
			return form
		}
	} else if own&namedTabs != 0 || strings.EqualFold(dom.Attr(n, "role"), "tablist") {
		if form := w.tabsOf(n); form != nil {
			return form
		}
	}
	if own&namedCodeBar != 0 {
		if form := w.barOf(n); form != nil {
			return form
		}
	}
	lines := hasLineChild(n)
	if own&(namedCode|namedEditor) != 0 || lines || isMonospaced(n) || n.DataAtom == atom.P ||
		n.DataAtom == atom.Table ||
		n.DataAtom == atom.Code {
		if form := w.leave(w.codeOf(n), n); form != nil {
			return form
		}
	}
	if lines || own&(namedLines|namedPoem) != 0 || dom.HasAttr(n, "style") {
		if form := w.versesOf(n); form != nil {
			return form
		}
	}
	if n.DataAtom == atom.Figure {
		if form := w.creditedOf(n); form != nil {
			return form
		}
	}
	if own&namedCallout != 0 || dom.HasAttr(n, dom.CalloutAttr) {
		return w.calloutOf(n)
	}
	if own&namedTable != 0 || dom.HasAttr(n, "role") {
		if form := w.gridOf(n); form != nil {
			return form
		}
	}
	if own&namedWrapper != 0 {
		return w.unwrapped(n)
	}
	return w.fieldsOf(n)
}

// anyOf tries the widgets that can be recognized without the other tests of boxOf: first those that depend on the box's
// tag, then questions and formulas. It returns the first form or nil.
func (w *Writer) anyOf(n *html.Node, own names) *html.Node {
	var form *html.Node
	switch n.DataAtom {
	case atom.Div:
		if own&namedSource != 0 {
			return w.withoutTool(n)
		}
		form = w.firstForm(n, divForms)
		if form == nil && own&namedManual != 0 {
			form = w.firstForm(n, manualForms)
		}
	case atom.P:
		form = w.firstForm(n, paragraphForms)
		if form == nil && own&namedManual != 0 {
			form = w.paragraphTitleOf(n)
		}
	case atom.Table:
		form = w.listTableOf(n)
	case atom.Figure, atom.Section:
		form = w.labeledOf(n)
	case atom.Blockquote:
		form = w.markedCalloutOf(n)
	case atom.Ul:
		form = w.galleryOf(n)
	case atom.Code:
		form = w.linkedCodeOf(n)
	}
	if form != nil {
		return form
	}
	if n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.DataAtom == atom.P && dom.HasAttr(n, "style") {
		if form := w.outlineOf(n); form != nil {
			return form
		}
	}
	if dom.Attr(n, "role") == "button" {
		if form := w.questionOf(n); form != nil {
			return form
		}
	}
	return w.formulaOf(n)
}

// unwrapped returns a copy of a box without its attributes. A script has put the box around a table, and the class
// names of the box are not about the content.
func (w *Writer) unwrapped(n *html.Node) *html.Node {
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom}
	w.copyChildren(form, n, nil)
	return in(form, n)
}
