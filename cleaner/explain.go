package cleaner

import (
	"slices"
	"time"

	"golang.org/x/net/html"
)

// A PageTrace says what was decided of a page, and by what.
type PageTrace struct {
	// Kind is what sort of page it is held for, Probability how probably, 0 to 1.
	Kind        Kind
	Probability float64
	// Threshold is the probability above which blocks are content on this page. F1 is how near to a person's choice the
	// judge expects to be, 0 to 1, over words.
	Threshold, F1 float64
	// Voted reports whether the extractor ran.
	Voted bool
	// Blocks are the page's blocks, in order.
	Blocks []BlockTrace
	// Stages are the stages that the page went through, in order, with the time that each took.
	Stages []StageTime
	// Hidden are the outermost elements of the page whose text is hidden for good, so that it is in no block. They are
	// listed only with Options.Blocks, and must not be changed.
	Hidden []*html.Node
}

// A StageTime is the time that a stage took on one page.
type StageTime struct {
	// Stage is the stage's name, as the package's documentation has it.
	Stage string
	Took  time.Duration
}

// A BlockTrace is the decision on one block of a page, and what led to it.
type BlockTrace struct {
	// Text is the block's text, Kind what it is: "paragraph", "heading", "item", "quote", "code", "cell", "caption",
	// "label", "headline", "byline" or "date".
	Text, Kind string
	// Words is the number of words in Text.
	Words int
	// Kept reports whether the block is in the article. Where it is not, or a rule for the site keeps it, Rule and Reason
	// say why, and Stage, which stage decided, as in a Removal. The rules of CleanText run on the article's lines, not on
	// blocks: what they took out is in Article.Removed only.
	Kept                bool
	Stage, Rule, Reason string
	// Label is the rule that wants the block out, "" if none does. The judge may have kept it all the same.
	Label string
	// First and Probability say how probably the block is content, 0 to 1, by the judge's first look and by its last.
	First, Probability float64
	// Vote is the share of the block that the extractor kept, 0 to 1.
	Vote float64
	// Pages is how many pages of the host have the block's text, this one counted; 0 where no other is known to have it.
	Pages int
	// Hidden reports whether the page hides the block until a visitor opens it.
	Hidden bool

	// The fields below are empty unless Options.Blocks asks for them.

	// Path, CSS and XPath say where the block is on the page, as a Removal's do.
	Path, CSS, XPath string
	// Nodes are the page's own nodes that the text is made of, in order: text nodes, and elements of which a plain form is
	// read, such as formulas, pictures of characters and code with line numbers. They are empty for text from the page's
	// data, and must not be changed.
	Nodes []*html.Node
}

// runStage runs a stage and, for Explain, takes its time.
func (p *page) runStage(name string, run func(*page)) {
	if p.opts.Explain == nil {
		run(p)
		return
	}
	began := time.Now()
	run(p)
	p.times = append(p.times, StageTime{name, time.Since(began)})
}

// trace describes the page.
func (p *page) trace() *PageTrace {
	t := &PageTrace{
		Kind: Kind(p.Kind), Probability: float64(p.KindProbability),
		Threshold: float64(p.Threshold.At), F1: float64(p.Threshold.F1),
		Voted: p.Voted, Blocks: make([]BlockTrace, len(p.Blocks)), Stages: p.times,
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

// keptByRule returns the rule for the site by which a block is kept; nil for none.
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

// ofTrace sets the places of what is traced.
func (l *locator) ofTrace(t *PageTrace) {
	if l == nil {
		return
	}
	nodes := l.page.Tree.Nodes
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
			if n != nil && !slices.Contains(of.Nodes, n) {
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

// own returns the page's own node that a node of the tree is, or is a copy of; nil if it was built from the page's
// data.
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
