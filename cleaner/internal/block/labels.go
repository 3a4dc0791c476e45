package block

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A label belongs to a form if it names a field that a visitor fills in, or if it names a checkbox that a real form
// submits. Other checkboxes are not form fields. Style sheets use them as switches, where the label is the title of a
// tab or the question above an answer. Recipes, to-do lists and quizzes put a checkbox next to each item.

// maxLabelText is the maximum length of a field's label, in bytes. A longer label is an item of content that has a
// checkbox.
const maxLabelText = 200

// isFieldLabel reports whether a label or legend names a field of a form. It also reports true for a label that has at
// least half of its text in links, or no text. Such a label is not content either.
func (t *Tree) isFieldLabel(i int32) bool { return t.has(fieldLabel, i, (*Tree).findFieldLabel) }

func (t *Tree) findFieldLabel(i int32) bool {
	if t.isLinks(i) { // a label that consists of links is an entry of a menu
		return true
	}
	if t.textBelow(i, maxLabelText) > maxLabelText {
		return false
	}
	control := t.controlOf(i)
	if control != None && !t.isTick(control) {
		return true
	}
	if form := t.Ancestor(i, atom.Form); form != None && t.isRealForm(form) ||
		control != None && t.Attr(control, "form") != "" {
		return true
	}
	return control != None && !t.hasPanel(i, control) && (!t.hasTickNear(control) || t.isVote(control))
}

// maxVoteNodes is the maximum number of nodes in the element around a poll.
const maxVoteNodes = 400

// isVote reports whether a radio button belongs to a poll: a group of radio buttons with a button such as "Vote" but
// without a form element. That button is in the smallest element around the group or in that element's parent.
func (t *Tree) isVote(control int32) bool {
	if !strings.EqualFold(t.Attr(control, "type"), "radio") {
		return false
	}
	boxes := 0
	for box := t.Nodes[control].Parent; box != None && boxes < 2; box = t.Nodes[box].Parent {
		ticks, buttons := 0, 0
		if t.Nodes[box].End-box > maxVoteNodes {
			return false
		}
		for i := box + 1; i < t.Nodes[box].End; i++ {
			switch n := &t.Nodes[i]; {
			case t.isTick(i):
				ticks++
			case n.Tag == atom.Button, n.Tag == atom.Input && isButtonType(dom.Attr(n.HTML, "type")):
				buttons++
			}
		}
		if ticks >= 2 {
			if boxes++; buttons > 0 {
				return true
			}
		}
	}
	return false
}

func isButtonType(kind string) bool {
	return strings.EqualFold(kind, "button") || strings.EqualFold(kind, "submit") || strings.EqualFold(kind, "image")
}

// maxTickGap is the maximum number of nodes between two checkboxes of one list.
const maxTickGap = 40

// hasTickNear reports whether another checkbox or radio button is near. A checklist has several; a single one is a
// setting of the page, such as "Update automatically".
func (t *Tree) hasTickNear(control int32) bool {
	for i := max(control-maxTickGap, 0); i < min(control+maxTickGap, int32(len(t.Nodes))); i++ {
		if i != control && t.isTick(i) {
			return true
		}
	}
	return false
}

// hasPanel reports whether a label is the title of a panel that its checkbox shows and hides: a block element with text
// that follows the checkbox or the label.
func (t *Tree) hasPanel(label, control int32) bool {
	return t.panelBehind(label, label) || t.panelBehind(control, label)
}

func (t *Tree) panelBehind(i, label int32) bool {
	parent := t.Nodes[i].Parent
	if parent == None {
		return false
	}
	looked := 0
	for s := t.Nodes[i].End; s < t.Nodes[parent].End && looked < maxBesideLabel; s, looked = t.Nodes[s].End, looked+1 {
		n := &t.Nodes[s]
		if n.Form == Text && hasWord(n.Text) {
			return false
		}
		if dom.IsBlockElement(n.Tag) && n.Tag != atom.Nav && !t.Contains(s, label) && t.isText(s) {
			return true
		}
	}
	return false
}

// maxPanelNodes is how many nodes of a panel are examined.
const maxPanelNodes = 200

// isText reports whether the beginning of an element contains no checkbox or radio button and has more than half of its
// text outside links.
func (t *Tree) isText(box int32) bool {
	for i := box; i < min(t.Nodes[box].End, box+maxPanelNodes); i++ {
		if t.isTick(i) {
			return false
		}
	}
	return !t.isLinks(box)
}

// isLinks reports whether at least half of the text at the beginning of an element is in links to other pages. It
// returns true if there is no text.
func (t *Tree) isLinks(box int32) bool {
	text, links := 0, 0
	for i := box; i < min(t.Nodes[box].End, box+maxPanelNodes); i++ {
		if n := &t.Nodes[i]; n.Form == Text {
			bytes := len(strings.TrimSpace(n.Text))
			text += bytes
			if a := t.Ancestor(i, atom.A); a != None && !strings.HasPrefix(t.Attr(a, "href"), "#") {
				links += bytes
			}
		}
	}
	return text <= 2*links
}

// A LabelRole is the purpose of a label.
type LabelRole uint8

// The roles of labels.
const (
	FieldLabel LabelRole = iota // names a field of a form, or a setting of the page
	// ChoiceLabel is an item to tick, or the name of a group of such items, such as the sizes in a shop or the
	// ingredients of a recipe.
	ChoiceLabel
	TitleLabel // the title of a panel that its checkbox shows and hides
)

// RoleOf returns the role of the label or legend around node i, or FieldLabel if there is none.
func (t *Tree) RoleOf(i int32) LabelRole {
	label := t.Ancestor(i, atom.Label, atom.Legend)
	if label == None || t.isFieldLabel(label) {
		return FieldLabel
	}
	if control := t.controlOf(label); control != None && t.hasPanel(label, control) {
		return TitleLabel
	}
	return ChoiceLabel
}

// controlOf returns the control that a label names: the one with the id in the label's for attribute or, without that
// attribute, the first one inside the label or the one right after it. It returns None if there is none.
func (t *Tree) controlOf(label int32) int32 {
	if t.Nodes[label].Tag != atom.Label {
		return None
	}
	if id := t.Attr(label, "for"); id != "" {
		if control, ok := t.controlByID(id); ok {
			return control
		}
		return None
	}
	for i := label + 1; i < t.Nodes[label].End; i++ {
		if isControl(t.Nodes[i].Tag) {
			return i
		}
	}
	next := t.Nodes[label].End // white space may be between the label and its control
	for next < int32(len(t.Nodes)) && t.Nodes[next].Form == Text && isBlank(t.Nodes[next].Text) {
		next++
	}
	if next < int32(len(t.Nodes)) && t.Nodes[next].Parent == t.Nodes[label].Parent && isControl(t.Nodes[next].Tag) {
		return next
	}
	return None
}

func (t *Tree) controlByID(id string) (int32, bool) {
	if t.controls == nil {
		t.controls = make(map[string]int32)
		for i := range t.Nodes {
			if n := &t.Nodes[i]; isControl(n.Tag) {
				if own := dom.Attr(n.HTML, "id"); own != "" {
					if _, twice := t.controls[own]; !twice {
						t.controls[own] = int32(i)
					}
				}
			}
		}
	}
	control, ok := t.controls[id]
	return control, ok
}

func isControl(tag atom.Atom) bool {
	return tag == atom.Input || tag == atom.Select || tag == atom.Textarea
}

// isTick reports whether a control is a checkbox or a radio button.
func (t *Tree) isTick(i int32) bool {
	if t.Nodes[i].Tag != atom.Input {
		return false
	}
	kind := t.Attr(i, "type")
	return strings.EqualFold(kind, "checkbox") || strings.EqualFold(kind, "radio")
}

// isRealForm reports whether a form submits what a visitor enters: it has an action, a field to fill in, or a submit
// button. A form that contains an <h1>, <main> or <article> does not count, because old systems put the whole page in a
// form.
func (t *Tree) isRealForm(form int32) bool { return t.has(realForm, form, (*Tree).findRealForm) }

func (t *Tree) findRealForm(form int32) bool {
	action := strings.TrimSpace(t.Attr(form, "action"))
	is := action != "" && action[0] != '#'
	for i := form + 1; i < t.Nodes[form].End; i++ {
		switch n := &t.Nodes[i]; n.Tag {
		case atom.H1, atom.Main, atom.Article:
			return false
		case atom.Textarea, atom.Select:
			is = true
		case atom.Input:
			kind := dom.Attr(n.HTML, "type")
			is = is || !t.isTick(i) && !strings.EqualFold(kind, "hidden") && !strings.EqualFold(kind, "button")
		case atom.Button:
			is = is || !strings.EqualFold(dom.Attr(n.HTML, "type"), "button") &&
				!strings.EqualFold(dom.Attr(n.HTML, "type"), "reset")
		}
	}
	return is
}

// textBelow returns how many bytes of text are below a node, without the white space at the ends of each text node. It
// stops counting at the first node that makes the count exceed the limit.
func (t *Tree) textBelow(i int32, most int) int {
	bytes := 0
	for j := i + 1; j < t.Nodes[i].End && bytes <= most; j++ {
		if n := &t.Nodes[j]; n.Form == Text {
			bytes += len(strings.TrimSpace(n.Text))
		}
	}
	return bytes
}

// isLabeled reports whether a run begins in a label and has at least half of its words in labels. The other words may
// be a count after each label, as in search filters. A label in the middle of a sentence is part of the sentence.
func (t *Tree) isLabeled(elem, first, last int32) bool {
	if t.labelAround(first, elem) == None {
		return false
	}
	inside, outside := 0, 0
	for i := first; i < last; i++ {
		n := &t.Nodes[i]
		switch {
		case n.Form == Element || n.Block == None:
		case t.labelAround(i, elem) != None:
			inside += text.CountWords(n.Text)
		default:
			outside += text.CountWords(n.Text)
		}
	}
	return inside >= outside
}

// labelAround returns the innermost label around node i that is inside the block element elem, or None.
func (t *Tree) labelAround(i, elem int32) int32 {
	for ; i != elem && i != None; i = t.Nodes[i].Parent {
		if t.Nodes[i].Tag == atom.Label {
			return i
		}
	}
	return None
}

// maxBesideLabel is the maximum number of nodes that a search next to a label examines.
const maxBesideLabel = 64

// HasOwnLine reports whether a label has a line to itself: its line has no text outside labels. It reports false for a
// label that names a field of a form, and for one without a checkbox or another control.
func (t *Tree) HasOwnLine(label int32) bool {
	if t.isFieldLabel(label) || t.controlOf(label) == None {
		return false
	}
	looked := 0
	for at := t.Nodes[label].HTML; at != nil && !dom.IsBlockElement(at.DataAtom); at = at.Parent {
		for _, step := range [...]func(*html.Node) *html.Node{previous, next} {
			for s := step(at); s != nil && looked < maxBesideLabel && !endsLine(s); s, looked = step(s), looked+1 {
				if textOutsideLabels(s) {
					return false
				}
			}
		}
	}
	return looked < maxBesideLabel
}

func previous(n *html.Node) *html.Node { return n.PrevSibling }

func next(n *html.Node) *html.Node { return n.NextSibling }

func endsLine(n *html.Node) bool {
	return n.DataAtom == atom.Br || n.DataAtom == atom.Hr || dom.IsBlockElement(n.DataAtom)
}

// textOutsideLabels reports whether a node has text outside any label. A vertical bar between two labels counts as
// text.
func textOutsideLabels(n *html.Node) bool {
	switch {
	case n.Type == html.TextNode:
		return !isBlank(n.Data)
	case n.DataAtom == atom.Label || n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.Namespace != "":
		return false
	}
	left := maxBesideLabel
	for d := range n.Descendants() {
		if left--; left == 0 || dom.IsBlockElement(d.DataAtom) {
			return false // a block element ends the line
		}
		if d.Type == html.TextNode && !isBlank(d.Data) && !inLabel(d, n) {
			return true
		}
	}
	return false
}

func inLabel(n, outer *html.Node) bool {
	for ; n != outer; n = n.Parent {
		if n.DataAtom == atom.Label {
			return true
		}
	}
	return false
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
