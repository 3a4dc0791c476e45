package cleaner

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Site rules mark the nodes that they remove, and clear the marks of those that they keep, before the page is cut into
// blocks. Removed nodes are in no block. Kept nodes are in a block, even if they are hidden. What is content is decided
// last.

// matchRules runs the site rules for the page. If they rewrite the page, the new page replaces it.
func (p *page) matchRules() {
	if p.opts.SiteRules == nil {
		return
	}
	address := p.Doc.URL
	if address == nil && p.Meta.Canonical != "" {
		address = metadata.ParseURL(p.Meta.Canonical)
	}
	m := p.opts.SiteRules.Match(p.Doc, address)
	if m == nil {
		return
	}
	if m.Doc != nil {
		p.Doc = m.Doc
		p.readMetadata()
	}
	p.ruled = newRuledPage(m)
	if p.locator == nil {
		p.locator = newLocator(p)
		p.locator.quiet = true
	}
	p.ruleOptions()
	p.ruleFields()
}

// markRuled marks the nodes that a rule removes. It clears the marks of the nodes that a rule keeps and of their
// ancestors. Scripts, form fields, frames and permalinks have no text for readers, and keep their marks.
func (p *page) markRuled() {
	r := p.ruled
	if r == nil {
		return
	}
	if p.resolveRulings(); p.isStopped() {
		return
	}
	nodes := p.Tree.Nodes
	r.hasContent = false
	for i := range nodes {
		n, of := &nodes[i], &r.nodes[i]
		var outer ruling
		if n.Parent != block.None {
			outer = r.nodes[n.Parent]
		}
		switch {
		case of.by != nil && !of.keeps:
			p.marks[i] = markRule
		case of.by != nil:
			p.markKept(int32(i), n, !outer.keeps)
		case of.content != nil && (outer.content != of.content || r.opened):
			p.markContent(int32(i), n, outer.content != of.content)
		}
		if of.content != nil && p.marks[i] == unmarked && isLeafWithContent(n) {
			r.hasContent = true
		}
	}
}

// markContent clears the mark of an element that is content but hidden as a whole, or in a hidden element. Hidden nodes
// inside the element keep their marks. The parameter top is true for the element itself and false for nodes inside it.
func (p *page) markContent(i int32, n *block.Node, top bool) {
	if top {
		p.ruled.opened = (p.marks[i] != unmarked || p.Folds[i] != 0) && !neverVisible(n.Tag) && !p.isInCode(n.Parent)
		if p.ruled.opened {
			p.marks[i], p.Folds[i] = unmarked, 0
			p.openWay(n.Parent)
		}
		return
	}
	p.Folds[i] = p.Folds[n.Parent]
	if p.marks[i] = p.marks[n.Parent]; p.marks[i] == unmarked && n.HTML.Type == html.ElementNode {
		p.marks[i] = p.markOf(i, n)
	}
}

// markKept sets the mark of a node that a rule keeps. The parameter top is false if a rule keeps the node's parent,
// too.
func (p *page) markKept(i int32, n *block.Node, top bool) {
	if top && p.isInCode(n.Parent) {
		return
	}
	p.marks[i] = unmarked
	if !top {
		p.marks[i] = p.marks[n.Parent]
	}
	if p.marks[i] == unmarked && n.HTML.Type == html.ElementNode {
		p.marks[i] = p.markOfKept(i, n)
	}
	p.Folds[i] = 0
	if top && p.marks[i] == unmarked {
		p.openWay(n.Parent)
	}
}

// markOfKept returns the mark of an element that a rule keeps: unmarked, except for scripts, form fields, frames and
// permalinks.
func (p *page) markOfKept(i int32, n *block.Node) mark {
	switch m := p.markOf(i, n); {
	case m == markControl && (n.Tag == atom.Input || n.Tag == atom.Select || n.Tag == atom.Textarea):
		return m
	case m == markCode || m == markEmbed || m == markAnchor:
		return m
	}
	return unmarked
}

// isInCode reports whether a node is in an element whose text is for programs or is user input.
func (p *page) isInCode(i int32) bool {
	return p.Tree.Ancestor(i, atom.Script, atom.Style, atom.Noscript, atom.Noframes, atom.Noembed, atom.Title, atom.Iframe,
		atom.Textarea, atom.Select, atom.Datalist) != block.None
}

// openWay clears the marks of a node and its ancestors. Other nodes in them keep their marks.
func (p *page) openWay(i int32) {
	for ; i != block.None && p.marks[i] != unmarked; i = p.Tree.Nodes[i].Parent {
		p.marks[i] = unmarked
	}
}

// decideRuled lets site rules overrule all earlier decisions about blocks.
func (p *page) decideRuled() {
	r := p.ruled
	if r == nil {
		return
	}
	r.partly = make(map[int32]verdict)
	lines := p.fieldLines()
	kept := false
	for b := range p.Blocks {
		p.decideContent(b)
		if line := lines[b]; line != nil {
			p.verdicts[b] = verdict{stage: rulesStage, by: line.Rule, reason: line.Reason}
		}
		kept = kept || p.verdicts[b].keep
	}
	for b := range p.Blocks {
		keeps, inside := p.rulingsOn(b)
		if !kept && r.HasChaff && inside != nil && lines[b] == nil { // the rules on chaff would leave nothing
			p.verdicts[b] = verdict{keep: true}
		}
		if keeps && !p.verdicts[b].keep {
			r.partly[int32(b)] = p.verdicts[b]
			p.verdicts[b] = verdict{keep: true}
		}
	}
	if r.hasContent {
		p.Source = r.Content[0].Rule
	}
}

// decideContent decides on a block by the rules for content.
func (p *page) decideContent(b int) {
	r, v := p.ruled, &p.verdicts[b]
	switch _, inside := p.rulingsOn(b); {
	case r.hasContent && inside == nil:
		*v = p.outsideContent()
	case !r.hasContent && r.Strict:
		*v = verdict{stage: rulesStage, by: r.StrictRule, reason: "the page has nothing that the content rules select"}
	case !r.hasContent, v.keep, p.IsFolded(b), p.labels[b].name == "headline-repeated":
	case p.Blocks[b].Kind == block.Label && p.judged && p.labels[b].reason == "":
	case r.HasChaff && p.labels[b].reason != "":
	default:
		*v = verdict{keep: true}
	}
}

// rulingsOn reports whether a rule keeps part of a block. The result inside is the first rule by which part of the
// block is content, or nil if there is none.
func (p *page) rulingsOn(b int) (keeps bool, inside *Selected) {
	for i := p.Blocks[b].First; i < p.Blocks[b].End; i++ {
		if p.Tree.Nodes[i].Block != int32(b) || visibleBytes(p.Tree.Nodes[i].Text) == 0 {
			continue
		}
		of := &p.ruled.nodes[i]
		keeps = keeps || of.by != nil && of.keeps
		if inside == nil {
			inside = of.content
		}
	}
	return keeps, inside
}

// ruledOut returns the removal of a text whose block stays, if a site rule removes the text itself.
func (p *page) ruledOut(i int32) (Removal, bool) {
	n := &p.Tree.Nodes[i]
	if p.ruled == nil || n.Block == block.None || !p.verdicts[n.Block].keep || visibleBytes(n.Text) == 0 ||
		!p.ruled.isRuledOut(i, n.Block) {
		return Removal{}, false
	}
	v, partly := p.ruled.partly[n.Block]
	if !partly {
		v = p.outsideContent()
	}
	return Removal{
		Rule: v.by, Stage: v.stage, Reason: v.reason, Probability: round2(v.probability), Text: text.FoldSpace(n.Text),
	}, true
}

// ruledMedia returns r, the removal of a picture or a frame. If the picture or frame is outside the content that the
// site rules select, the returned removal names the rule for content.
func (p *page) ruledMedia(i int32, r Removal) Removal {
	if p.ruled != nil && len(p.ruled.Content) > 0 && p.ruled.isRuledOut(i, block.None) {
		v := p.outsideContent()
		r.Rule, r.Stage, r.Reason = v.by, v.stage, v.reason
	}
	return r
}

// inRuledOut returns the removals of the pictures in an element that a site rule removes.
func (r mediaReport) inRuledOut(i int32) (all []Removal) {
	for j := i; j < r.Tree.Nodes[i].End; j++ {
		n := &r.Tree.Nodes[j]
		if n.Form != block.Image || n.Tag != atom.Img || r.marks[j] != markRule {
			continue
		}
		address := content.ImageSource(n.HTML)
		if address == "" || r.seen[address] {
			continue
		}
		r.seen[address] = true
		of := r.marked(j)
		of.Text = strings.TrimSpace(dom.Attr(n.HTML, "alt") + " " + address)
		all = append(all, r.locator.ofNode(j, n.HTML, of))
	}
	return all
}

// outsideContent returns the verdict on blocks that no rule for content selects. The verdict names the first rule for
// content.
func (p *page) outsideContent() verdict {
	of := &p.ruled.Content[0]
	return verdict{stage: rulesStage, by: of.Rule, reason: "it is not in " + of.Reason}
}

// maxFieldLine is the maximum number of words of a line that is removed because a field has its text.
const maxFieldLine = 60

// fieldLines returns, for each block, the rule whose field contains all of its text, or nil.
func (p *page) fieldLines() []*Selected {
	lines := make([]*Selected, len(p.Blocks))
	if !p.ruled.hasLines {
		return lines
	}
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; bl.Words <= maxFieldLine {
			lines[b] = p.fieldLine(b)
		}
	}
	return lines
}

func (p *page) fieldLine(b int) (line *Selected) {
	for i := p.Blocks[b].First; i < p.Blocks[b].End; i++ {
		if p.Tree.Nodes[i].Block != int32(b) || visibleBytes(p.Tree.Nodes[i].Text) == 0 {
			continue
		}
		of := &p.ruled.nodes[i]
		if of.field == nil || of.keeps {
			return nil
		}
		line = of.field
	}
	return line
}

// keepsLeaf reports whether the site rules keep a picture or a frame. The result known is false if no rule applies.
func (p *page) keepsLeaf(i int32) (keep, known bool) {
	r := p.ruled
	switch {
	case r == nil:
		return false, false
	case r.isRuledOut(i, block.None):
		return false, true
	case r.isRuledIn(i):
		return r.nodes[i].keeps || p.Tree.Nodes[i].Form != block.Image || !isDecoration(p.Tree.Nodes[i].HTML), true
	}
	return false, false
}
