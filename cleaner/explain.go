package cleaner

import (
	"time"

	"golang.org/x/net/html"
)

// A PageTrace describes the decisions about a page and the reasons for them.
type PageTrace struct {
	// Kind is the kind of page that the judge or the caller assigned. Probability is the probability of that kind, from 0
	// to 1.
	Kind        Kind
	Probability float64
	// Threshold is the probability above which blocks are content on this page. F1 is the F1 over words, 0 to 1, that
	// the judge expects for its choice.
	Threshold, F1 float64
	// Voted reports whether the extractor ran.
	Voted bool
	// Blocks are the page's blocks, in order.
	Blocks []BlockTrace
	// Stages lists the stages in the order in which they ran, with the time that each took.
	Stages []StageTime
	// Hidden lists the outermost elements whose text is always hidden and therefore in no block. It is set only with
	// Options.Blocks. The elements must not be changed.
	Hidden []*html.Node
}

// A StageTime is the time that a stage took on one page.
type StageTime struct {
	// Stage is the stage's name: "metadata", "rules", "reveal, mark, segment", "observe", "classify", "region", "judge",
	// "vote", "fields", "label", "judge again", "decide", "apply" or "assemble".
	Stage string
	Took  time.Duration
}

// A BlockTrace describes the decision about one block and the reasons for it.
type BlockTrace struct {
	// Text is the block's text. Kind is "paragraph", "heading", "item", "quote", "code", "cell", "caption", "label",
	// "headline" or "byline".
	Text, Kind string
	// Words is the number of words in Text.
	Words int
	// Kept reports whether the block is in the article. If it is not, or if a site rule keeps it, Rule and Reason say
	// why, and Stage names the stage that decided, as in a Removal. The rules of CleanText run on the article's lines,
	// not on blocks. The lines that they remove are only in Article.Removed.
	Kept                bool
	Stage, Rule, Reason string
	// Label is the rule that labels the block as chaff, "" if none does. The judge may still keep the block.
	Label string
	// First is the judge's probability of content after its first pass, and Probability the one after its second pass,
	// both from 0 to 1.
	First, Probability float64
	// Vote is the share of the block that the extractor kept, 0 to 1.
	Vote float64
	// Pages is the number of pages of the host, including this one, that have the block's text in the same place; 0 if
	// no other page is known to have it.
	Pages int
	// Hidden reports whether the page hides the block until a visitor opens it.
	Hidden bool

	// The fields below are set only with Options.Blocks.

	// Path, CSS and XPath locate the block on the page, as in a Removal.
	Path, CSS, XPath string
	// Nodes are the nodes of the page that the text comes from, in order: text nodes, and elements that are read in a
	// plain form, such as formulas, emoji that are images, and code with line numbers. Nodes is empty for text from the
	// page's data. The nodes must not be changed.
	Nodes []*html.Node
}

// runStage runs a stage. For Explain, it also measures the time.
func (p *page) runStage(name string, run func(*page)) {
	if p.opts.Explain == nil {
		run(p)
		return
	}
	began := time.Now()
	run(p)
	p.times = append(p.times, StageTime{name, time.Since(began)})
}

// trace returns the description of the page for Options.Explain.
func (p *page) trace() *PageTrace {
	t := &PageTrace{
		Kind: Kind(p.Kind), Probability: float64(p.KindProbability),
		Threshold: float64(p.Threshold.At), F1: float64(p.Threshold.F1),
		Voted: p.ExtractorRan, Blocks: make([]BlockTrace, len(p.Blocks)), Stages: p.times,
	}
	for b := range p.Blocks {
		v := &p.verdicts[b]
		t.Blocks[b] = BlockTrace{
			Text: p.Blocks[b].Text, Kind: p.Blocks[b].Kind.String(), Words: int(p.Blocks[b].Words),
			Kept: v.keep, Stage: v.stage, Rule: v.by, Reason: v.reason,
			Label: p.labels[b].name, Pages: p.site.pagesWith(b),
			First: float64(p.First[b]), Probability: float64(p.Probabilities[b]), Vote: float64(p.Votes[b]),
			Hidden: p.IsFolded(b),
		}
		if s := p.keptByRule(b); s != nil {
			t.Blocks[b].Stage, t.Blocks[b].Rule, t.Blocks[b].Reason = rulesStage, s.Rule, s.Reason
		}
	}
	p.locator.ofTrace(t)
	return t
}

// keptByRule returns the site rule that keeps a block, or nil.
func (p *page) keptByRule(b int) (rule *Selected) {
	if p.ruled == nil || !p.verdicts[b].keep {
		return nil
	}
	for i := p.Blocks[b].First; i < p.Blocks[b].End; i++ {
		switch of := &p.ruled.nodes[i]; {
		case p.Tree.Nodes[i].Block != int32(b):
		case of.by != nil && of.keeps:
			return of.by
		case of.content != nil:
			rule = of.content
		}
	}
	return rule
}

// ofTrace sets the locations and nodes of the traced blocks, and the hidden elements.
func (l *locator) ofTrace(t *PageTrace) {
	if l == nil {
		return
	}
	nodes := l.page.Tree.Nodes
	listed := make(map[*html.Node]int) // the last block whose nodes contain the node, plus 1
	for b := range t.Blocks {
		of, at := &t.Blocks[b], l.ofBlock(b, Removal{})
		of.Path, of.CSS, of.XPath = at.Path, at.CSS, at.XPath
		for i := l.page.Blocks[b].First; i < l.page.Blocks[b].End; i++ {
			if nodes[i].Block != int32(b) {
				continue
			}
			n := l.own(nodes[i].HTML)
			if n == nil {
				n = l.element(nodes[i].HTML)
			}
			if n != nil && listed[n] != b+1 {
				listed[n] = b + 1
				of.Nodes = append(of.Nodes, n)
			}
		}
	}
	for i := int32(0); i < int32(len(nodes)); i++ {
		if l.page.marks[i] != markHidden {
			continue
		}
		if n := l.own(nodes[i].HTML); n != nil && l.page.weight[i] > 0 {
			t.Hidden = append(t.Hidden, n)
		}
		i = nodes[i].End - 1
	}
}

// own returns the page's node for a node of the tree that the stages work on: the same node or, for a copy, the
// original. It returns nil for a node built from the page's data.
func (l *locator) own(n *html.Node) *html.Node {
	if own := l.copied[n]; own != nil {
		return own
	}
	for at := n; at.Parent != nil; at = at.Parent {
		if placeOf(at) != at {
			return nil
		}
	}
	return n
}
