package cleaner

import (
	"math/bits"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// mark finds the nodes that can never be content, according to the page's structure and the site rules. A mark holds
// for all descendants, except some formulas in hidden elements (see showOnlyFormula) and nodes that a site rule keeps.
func (p *page) mark() {
	p.scratch() // sets p.Memory, which NumberNames needs
	p.NumberNames()
	p.weigh()
	nodes := p.Tree.Nodes
	p.marks = p.scratch().marks.Take(len(nodes))
	p.Folds = p.scratch().folds.Take(len(nodes))
	p.panels = nil
	for i := range nodes {
		if p.isStoppedAt(i) {
			return
		}
		n := &nodes[i]
		if n.Parent != block.None {
			p.Folds[i] = p.Folds[n.Parent]
		}
		if n.Parent != block.None && p.marks[n.Parent] != unmarked {
			p.marks[i] = p.marks[n.Parent]
			if n.Form == block.Formula && p.marks[i] == markHidden {
				p.showOnlyFormula(int32(i))
			}
			continue
		}
		if n.HTML.Type == html.ElementNode {
			p.marks[i] = p.markOf(int32(i), n)
		}
	}
	p.markRuled()
}

// weigh counts the bytes of text in every subtree (p.weight), and how many of them are in links (p.linkWeight). White
// space does not count, and neither does the text of scripts and style sheets. The text of other elements that are
// never visible does not count for their ancestors.
func (p *page) weigh() {
	nodes := p.Tree.Nodes
	p.weight, p.linkWeight = p.scratch().Int32s.Take(len(nodes)), p.scratch().Int32s.Take(len(nodes))
	for i := len(nodes) - 1; i >= 0; i-- {
		switch {
		case nodes[i].Form == block.Text:
			if parent := nodes[i].Parent; parent == block.None || !dom.IsProgram(nodes[parent].Tag) {
				p.weight[i] = visibleBytes(nodes[i].Text)
			}
		case nodes[i].Tag == atom.A:
			p.linkWeight[i] = p.weight[i]
		}
		if parent := nodes[i].Parent; parent != block.None && !neverVisible(nodes[i].Tag) {
			p.weight[parent] += p.weight[i]
			p.linkWeight[parent] += p.linkWeight[i]
		}
	}
}

// visibleBytes counts the bytes of a text that are not white space or control characters.
func visibleBytes(s string) int32 {
	n := 0
	// The loop tests eight bytes at a time. A byte is above the space character if its high bit is set, or if adding
	// 0x5F to its lower bits sets the high bit.
	for ; len(s) >= 8; s = s[8:] {
		const high = 0x8080808080808080
		w := text.EightBytes(s)
		n += bits.OnesCount64((w&^high + 0x5F5F5F5F5F5F5F5F | w) & high)
	}
	for i := range len(s) {
		if s[i] > ' ' {
			n++
		}
	}
	return int32(n)
}

// neverVisible reports whether browsers never show the text of an element while scripts are enabled. A title element is
// always the document's: the title of an svg is not in the tree, because drawings are leaves.
func neverVisible(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title, atom.Noframes, atom.Noembed,
		atom.Datalist:
		return true
	}
	return false
}

// markOf returns the mark of one element. It does not consider the marks of the element's ancestors.
func (p *page) markOf(i int32, n *block.Node) mark {
	if n.Form == block.Formula {
		return unmarked
	}
	if neverVisible(n.Tag) {
		return markCode
	}
	if hidden := p.hiding(i, n); hidden != 0 {
		if n.Form == block.Image && hidden == judge.FoldAria {
			return unmarked // screen readers have another version of this picture
		}
		if hidden == judge.FoldAria && p.isReadAloud(i, n) {
			return unmarked
		}
		if hidden&judge.HiddenForGood != 0 || !p.mayUnfold(i, n, hidden) {
			return markHidden
		}
		p.Folds[i] |= hidden
	}
	isPicture := n.Form == block.Glyph || n.Form == block.Image // the element itself is a picture, without a role
	if !isPicture && dom.Attr(n.HTML, "role") == "img" && p.weight[i] <= maxPictureText &&
		!isSignInSentence(n.HTML) && !p.isFrame(i, n) {
		return markEmbed
	}
	switch n.Tag {
	case atom.Input, atom.Select, atom.Textarea, atom.Progress, atom.Meter, atom.Output:
		return markControl
	case atom.Button:
		if p.isFrame(i, n) {
			return unmarked // a button that enlarges the picture
		}
		// The question of an accordion is a button inside its heading, or a button that opens the answer. A button with
		// more text than a label is a card. A button within a sentence is a word of it.
		label := text.FoldSpace(metadata.TextOf(n.HTML))
		if strings.Count(label, " ") < maxButtonWords && !strings.HasSuffix(label, "?") &&
			!p.isTitle(i) && !dom.HasAttr(n.HTML, "aria-controls") && !p.opensPanel(n.HTML, label) &&
			!isButtonInSentence(n.HTML, label) {
			return markControl
		}
	case atom.Iframe, atom.Object, atom.Embed, atom.Applet, atom.Video, atom.Audio, atom.Canvas, atom.Map:
		return markEmbed
	case atom.Span:
		if dom.HasToken(dom.Attr(n.HTML, "class"), "mw-editsection") {
			return markEdit
		}
	case atom.A:
		if p.isPermalink(i, n) {
			return markAnchor
		}
	case atom.Dialog:
		if !dom.HasAttr(n.HTML, "open") {
			return markHidden
		}
	}
	if p.isCaptionToggle(i, n) {
		return markControl
	}
	if p.isConsent(i, n) {
		return markConsent
	}
	return unmarked
}

// maxButtonWords is the maximum number of words in a button's label. A button with more words is a card.
const maxButtonWords = 6

// maxPictureText is the maximum number of bytes of text in an element with role img for the element to count as a
// picture, such as stars with the text "4 of 5". The children of such an element are presentational (WAI-ARIA 1.2,
// "img").
const maxPictureText = 120

// isPermalink recognizes short links that are not content: the numbers of posts in a thread, and links to a position on
// a page whose text is their address or a symbol. Such symbols link a heading to itself, or a footnote to its reference
// in the text, or turn the pictures of a slider.
func (p *page) isPermalink(i int32, n *block.Node) bool {
	if p.weight[i] == 0 || p.weight[i] > maxAnchorText {
		return false
	}
	within, unfollowed := strings.Contains(dom.Attr(n.HTML, "href"), "#"),
		dom.HasToken(dom.Attr(n.HTML, "rel"), "nofollow")
	if !within && !unfollowed {
		return false
	}
	line := text.FoldSpace(metadata.TextOf(n.HTML))
	if unfollowed && len(line) > 1 && line[0] == '#' && strings.Trim(line[1:], "0123456789") == "" {
		return true // the number of a post in a thread
	}
	if !within {
		return false
	}
	if line == dom.Attr(n.HTML, "href") {
		return true
	}
	switch symbol := strings.Trim(line, "[]()\uFE0E\uFE0F "); symbol {
	case "¶", "#", "§", "◆", "🔗", "⚓", "∞", "↩", "↵", "⤴", "↑", "⏎", "^",
		"‹", "›", "«", "»", "❮", "❯", "←", "→", "×", "✕":
		return true
	default:
		return symbol != "" && strings.TrimFunc(symbol, text.IsIcon) == ""
	}
}

// maxAnchorText is the maximum length in bytes of the text of a permalink.
const maxAnchorText = 16

// A hidden element that is not a panel needs this much text to count as folded, not as hidden for good.
const (
	minAriaText   = 60 // bytes, links included, if only aria-hidden hides the element
	minFoldedText = 40 // bytes outside links
)

// mayUnfold reports whether a visitor may be able to open a hidden element: the panel of a tab or an accordion, a
// slide, the rest of a description. The judge decides on its content.
func (p *page) mayUnfold(i int32, n *block.Node, hidden judge.HiddenBy) bool {
	boxed := dom.IsBlockElement(n.Tag) || strings.Contains(n.HTML.Data, "-") // custom elements have hyphens
	switch {
	case n.Tag == atom.Nav || n.Tag == atom.Dialog:
		return false
	case boxed && p.weight[i] > p.linkWeight[i] && (isPanel(n.HTML) || p.isControlled(n.HTML)),
		boxed && p.weight[i] > minFoldedText && isPanel(n.HTML): // even if it is all links, such as an agency's forms
		return true
	case hidden == judge.FoldAria && p.weight[i] == 0 && (isSlide(n.HTML) || p.isCaptioned(i)) && p.isFrame(i, n):
		return true
	case hidden == judge.FoldAria && p.weight[i] >= minAriaText:
		return boxed || n.Tag == atom.A // a card
	}
	return boxed && p.weight[i]-p.linkWeight[i] >= minFoldedText
}

// maxReadAloud is the maximum number of nodes between the two copies of a text of which one is hidden from screen
// readers and the other is only for them. maxSpoken is the maximum length in bytes of such a text.
const maxReadAloud, maxSpoken = 12, 60

// isReadAloud reports whether a short text that is hidden from screen readers follows an equal text that only screen
// readers have: 10<span class="sr-only"> minutes</span> <span aria-hidden="true">minutes</span>. Visitors see the
// former.
func (p *page) isReadAloud(i int32, n *block.Node) bool {
	if p.weight[i] == 0 || p.weight[i] > maxSpoken {
		return false
	}
	shown := text.FoldLetters(metadata.TextOf(n.HTML))
	for j := i - 1; j >= max(0, i-maxReadAloud) && shown != ""; j-- {
		if before := &p.Tree.Nodes[j]; before.Form == block.Text && p.marks[j] == markHidden &&
			text.EqualFolded(before.Text, shown) {
			return true
		}
	}
	return false
}

// isSlide reports whether an element has the class of a slide, and is not marked as a copy that a slider made. Sliders
// hide all slides except one from screen readers.
func isSlide(n *html.Node) bool {
	class := strings.ToLower(dom.Attr(n, "class"))
	return strings.Contains(class, "slide") && !strings.Contains(class, "clone") &&
		!strings.Contains(class, "duplicate") || strings.Contains(class, "carousel-item")
}

// hiding returns the ways in which an element's own attributes hide the element, or 0 if it is visible. Saved pages
// often hide their body until a script has run, or make it inert behind a dialog, so an element with most of the page's
// text counts as visible.
func (p *page) hiding(i int32, n *block.Node) judge.HiddenBy {
	var hidden judge.HiddenBy
	for k := range n.HTML.Attr {
		switch a := &n.HTML.Attr[k]; a.Key {
		case "hidden":
			if !strings.EqualFold(a.Val, "until-found") {
				hidden |= judge.FoldAttribute
			}
		case "aria-hidden":
			if strings.EqualFold(a.Val, "true") {
				hidden |= judge.FoldAria
			}
		case "style":
			if hidesByStyle(a.Val) {
				hidden |= judge.FoldStyle
			}
		case "class":
			if p.Names.Of(a.Val, p.Names.Classes, i).HidesClass() {
				hidden |= judge.HiddenForGood
			}
		}
	}
	if 2*p.weight[i] > p.weight[0] {
		return 0
	}
	return hidden
}

// hidesByStyle looks for display:none and visibility:hidden in a style attribute.
func hidesByStyle(style string) bool {
	for style != "" {
		var declaration string
		declaration, style, _ = strings.Cut(style, ";")
		property, value, ok := strings.Cut(declaration, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch property = strings.TrimSpace(property); {
		case strings.EqualFold(property, "display") && hasPrefixFold(value, "none"),
			strings.EqualFold(property, "visibility") && hasPrefixFold(value, "hidden"):
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// showOnlyFormula removes the mark from a hidden formula and from the hidden elements around it, if they contain no
// text and no other formula. Some sites hide the formula's markup and show a picture of the formula.
func (p *page) showOnlyFormula(i int32) {
	nodes := p.Tree.Nodes
	outer := nodes[i].Parent
	for nodes[outer].Parent != block.None && p.marks[nodes[outer].Parent] == markHidden {
		outer = nodes[outer].Parent
	}
	if p.weight[outer] > 0 {
		return
	}
	formulas := 0
	for j := outer; j < nodes[outer].End; j++ {
		if nodes[j].Form == block.Formula {
			formulas++
		}
	}
	if formulas != 1 {
		return
	}
	for at := i; ; at = nodes[at].Parent {
		p.marks[at] = unmarked
		if at == outer {
			return
		}
	}
}

// isConsent recognizes a consent dialog by its class and id (internal/zone/consent.go); notices are recognized by their
// words, in matchConsent. Because "cookie" may also refer to baking, the dialog must have at most a third of the page's
// text and no h1. A dialog with the id of a known tool may have more text, but the page must have at least
// minBesideConsent bytes of other text.
func (p *page) isConsent(i int32, n *block.Node) bool {
	if t := p.Names; !t.Facts[t.Ids[i]].Consent && !t.Facts[t.Classes[i]].Consent {
		return false
	}
	if n.Tag == atom.Body || n.Tag == atom.Html || n.Tag == atom.Main || n.Tag == atom.Article || inSentence(n.HTML) ||
		beginsSentence(n.HTML) {
		return false
	}
	if p.Names.Facts[p.Names.Ids[i]].Tool {
		return p.weight[0]-p.weight[i] >= minBesideConsent
	}
	return 3*p.weight[i] <= p.weight[0] && !p.holds(i, atom.H1)
}

// minBesideConsent is the minimum number of bytes of text that a page must have outside the dialog of a known consent
// tool. The text of such a dialog is often longer than the rest of the page.
const minBesideConsent = 200
