package judge

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A Page holds the judge's input and output for one page. The comment on a field names the stage of package cleaner, or
// the method, that sets the field: "by label" means that the label stage sets it.
type Page struct {
	// Options are set before the first stage.
	Options Options
	// Memory is the memory that the stages use.
	Memory *Memory

	Doc *htmldoc.Document
	// Meta is the page's own metadata; by metadata.
	Meta metadata.Fields
	Tree *block.Tree
	// Revealed is the source of the content if the page itself does not show the content: "frame", "noscript",
	// "template", "json-ld" or "page state"; by reveal.
	Revealed string
	// Folds records, for each node that can be content, how the node or a box around it is hidden; by mark.
	Folds []HiddenBy
	// Names are the class names and ids of the nodes; by mark, through NumberNames.
	Names *names
	// Blocks are the page's text blocks; by segment.
	Blocks []block.Block
	// Features are the numbers that describe the blocks, and KindRow are the numbers that describe the page; by
	// JudgeFirst.
	Features *describer
	KindRow  []float32
	// Kind is the most probable kind of page, and KindProbability is its probability, 0 to 1; by JudgeFirst. kinds are
	// the probabilities of all kinds.
	Kind            Kind
	KindProbability float32
	kinds           [pageKinds]float32
	// First is each block's probability of being content, estimated from the page alone; by JudgeFirst. Probabilities
	// are the final probabilities; by JudgeAgain. All are from 0 to 1.
	First, Probabilities []float32
	// FirstThreshold and Threshold are the thresholds for First and Probabilities: the probabilities above which blocks
	// are kept; by JudgeFirst and JudgeAgain.
	FirstThreshold, Threshold threshold
	// Forum reports whether the page's JSON-LD, microdata, address or body class marks it as a discussion or a question.
	// On such a page, readers' posts are content; by classify.
	Forum bool
	// opinions are sums of First and Labeled, weighted by words; by JudgeAgain.
	opinions *opinions
	// Signals are the numbers from which Confidence is computed; by assemble.
	Signals Signals
	// Region is the part of the page that, by its shape, contains the article, and InRegion is the share of each block's
	// text that is in it, 0 to 1; by region.
	Region   region.Region
	InRegion []float32
	// ExtractorRan reports whether the extractor ran; by vote.
	ExtractorRan bool
	// Votes is the share of each block's text that the extractor kept, 0 to 1. If the extractor did not run, it is 1 for
	// the blocks that the judge or the fallback chose, and 0 for the others; by vote.
	Votes []float32
	// Source is what found the content of a page that shows it: the judge, the extractor, the fallback that was used
	// instead, or a site rule. Article.Provenance lists it as "content". By vote and decide.
	Source string
	// FirstText and LastText are the first and last blocks that have votes and are clearly text; by fields.
	FirstText, LastText int
	// Title is the title from the metadata, prepared for comparison; by the first stage that needs it.
	Title phrase.Headline
	// Phrases has, for each block, the kind of boilerplate that its words alone indicate; by classify.
	Phrases []phrase.Kind
	// RawZones has, for each node, the zones that the names of the elements around it indicate. The zones are not
	// checked against other evidence; by classify.
	RawZones []zone.Zone
	// Labeled reports for each block whether a rule matches it; by label.
	Labeled []bool
	// things are the units of the decision; by Choose.
	things *Things
}

// Options are a caller's settings for the judge. The zero value is the recommended one.
type Options struct {
	// Kind is the page's kind if the caller knows it, else KindUnknown.
	Kind Kind
	// Favored is added to the probability above which blocks are kept. If it is above zero, the result has less
	// boilerplate and less content; if it is below zero, more of both.
	Favored float32
	// Probe lets training observe the judge. It is nil outside training.
	Probe *Probe
}

// Memory is the memory for the judge's data about one page. After a call to Forget, it can be used for the next page.
// It must not be used by several goroutines at once.
type Memory struct {
	names        names
	Int32s       arena.Slab[int32]
	Float32s     arena.Slab[float32]
	Bools        arena.Slab[bool]
	sums         arena.Slab[nodeSum]
	cores        arena.Slab[[coreCount]float32]
	chars        arena.Slab[charCount]
	weights      arena.Slab[blockWeights]
	order        arena.Slab[uint64]
	named        []namedWeights
	surroundings []surrounding
	lastIn       []lastAddition
}

// Forget frees the memory for another page. Slices that were taken from it must not be used afterwards.
func (m *Memory) Forget() {
	m.names.forget()
	arena.Reset(&m.Int32s, &m.Float32s, &m.Bools, &m.sums, &m.cores, &m.chars, &m.weights, &m.order)
}

// FreeFeatures frees the memory of the features. The page's Features must not be used afterwards.
func (m *Memory) FreeFeatures() {
	m.sums, m.cores, m.chars, m.weights = arena.Slab[nodeSum]{}, arena.Slab[[coreCount]float32]{}, arena.Slab[charCount]{},
		arena.Slab[blockWeights]{}
	m.named, m.surroundings, m.lastIn = nil, nil, nil
}

// HiddenBy is the way in which an element, or an element around it, is hidden.
type HiddenBy uint8

// The ways in which an element is hidden, as a bit set.
const (
	FoldAria      HiddenBy = 1 << iota // aria-hidden: hidden from screen readers, and mostly also from sight
	FoldAttribute                      // the hidden attribute
	FoldStyle                          // display:none, visibility:hidden
	HiddenForGood                      // by class: for screen readers only, or a repeated formula
)

// IsFolded reports whether block b is hidden in one of the ways of HiddenBy. Most such blocks appear when a visitor
// opens them.
func (p *Page) IsFolded(b int) bool { return p.Folds[p.Blocks[b].First] != 0 }

// IsVoted reports whether block b is voted: the vote is for at least half of its text.
func (p *Page) IsVoted(b int) bool { return p.Votes[b] >= 0.5 }

// IsInRegion reports whether at least half of the text of block b is in the region.
func (p *Page) IsInRegion(b int) bool { return p.InRegion[b] >= 0.5 }

// OutsideText reports whether block b is above FirstText or below LastText.
func (p *Page) OutsideText(b int) bool { return b < p.FirstText || b > p.LastText }

// hasTime reports whether a block is in a time element or contains one.
func (p *Page) hasTime(b *block.Block) bool {
	for i := b.First; i < b.End; i++ {
		if p.Tree.Nodes[i].Tag == atom.Time {
			return true
		}
	}
	return p.Tree.Ancestor(b.First, atom.Time) != block.None
}

// InCode reports whether block b is inside a code, kbd or samp element.
func (p *Page) InCode(b int) bool {
	return p.Tree.Ancestor(p.Blocks[b].First, atom.Code, atom.Kbd, atom.Samp) != block.None
}

// MinFallbackWords is the minimum number of words outside links in a fallback's result that counts as an article. A
// result with fewer words is a menu, a login form or an error message.
const MinFallbackWords = 8
