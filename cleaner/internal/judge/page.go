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

// A Page holds the judge's input and output for one page. The comments name the stage of package cleaner that sets a
// field.
type Page struct {
	// Options are set before the first stage. Notes is the memory that the stages work in.
	Options Options
	Notes   *Memory

	Doc *htmldoc.Document
	// Meta is what the page says about itself; by metadata.
	Meta metadata.Fields
	Tree *block.Tree
	// Revealed names where the page's content was found if the page does not show it: "noscript", "template", "json-ld"
	// or "page state"; by reveal.
	Revealed string
	// Folds is, for each node that can be content, how it or a box around it is hidden; by mark.
	Folds []HiddenBy
	// Names are the class names and ids of the nodes; by mark, through NumberNames.
	Names *names
	// Blocks are the page's text blocks; by segment.
	Blocks []block.Block
	// Features are the numbers that describe the blocks, and KindRow those that describe the page; by JudgeFirst.
	Features *describer
	KindRow  []float32
	// Kind is the most probable kind of page, and KindProbability its probability, 0 to 1; by JudgeFirst. kinds are the
	// probabilities of all.
	Kind            Kind
	KindProbability float32
	kinds           [pageKinds]float32
	// First is each block's probability of being content by the page alone, and Probabilities the final one, 0 to 1; by
	// JudgeFirst and JudgeAgain. The thresholds are the probabilities above which blocks are kept.
	First, Probabilities      []float32
	FirstThreshold, Threshold threshold
	// Forum reports whether the page says that it is a forum's; by classify.
	Forum bool
	// opinions are sums over First; by JudgeAgain.
	opinions *opinions
	// Signals are what Confidence is computed from; by assemble.
	Signals Signals
	// Region is the part of the page that holds its article by its shape; by region.
	Region region.Region
	// Voted reports whether the extractor ran; by vote.
	Voted bool
	// Votes is the share of each block's text that is in the region, or that the extractor kept, 0 to 1; by region and
	// vote.
	Votes []float32
	// Source names what voted: "readability", or the fallback that replaced it; by vote.
	Source string
	// FirstText and LastText are the first and the last block that were voted for and are clearly text; by fields.
	FirstText, LastText int
	// Title is the title from the metadata, in a form to compare with; by the first stage that compares.
	Title phrase.Headline
	// Phrases is, for each block, the kind of boilerplate that its words alone make it; by classify.
	Phrases []phrase.Kind
	// RawZones is, for each node, the zones that the names of the elements around it mean, unchecked; by classify.
	RawZones []zone.Zone
	// Labeled reports for each block whether a rule matches it; by label.
	Labeled []bool
	// things are what is decided as one; by Choose.
	things *Things
}

// Options are a caller's settings for the judge. The zero value is the recommended one.
type Options struct {
	// Kind is the page's kind where the caller knows it; KindUnknown where not.
	Kind Kind
	// Favored is added to the threshold of probability above which blocks are kept. Above zero, the result has less
	// boilerplate and less content; below zero, more of both.
	Favored float32
	// Probe lets training look in; nil outside of it.
	Probe *Probe
}

// Memory is the memory for the judge's notes on one page. After Forget it can be used for the next. It must not be used
// by two goroutines at once.
type Memory struct {
	names        names
	Int32s       arena.Slab[int32]
	Float32s     arena.Slab[float32]
	Bools        arena.Slab[bool]
	sums         arena.Slab[nodeSum]
	cores        arena.Slab[[coreCount]float32]
	chars        arena.Slab[charCount]
	weights      arena.Slab[blockWeights]
	named        []namedWeights
	surroundings []surrounding
	lastIn       []lastAddition
}

// Forget frees the memory for another page. Nothing that was taken from it may be used afterwards.
func (m *Memory) Forget() {
	m.names.forget()
	for _, used := range [...]*int{
		&m.Int32s.Used, &m.Float32s.Used, &m.Bools.Used, &m.sums.Used, &m.cores.Used,
		&m.chars.Used, &m.weights.Used,
	} {
		*used = 0
	}
}

// HiddenBy says how an element, or one around it, is hidden.
type HiddenBy uint8

// The ways in which an element is hidden, as bits.
const (
	FoldAria      HiddenBy = 1 << iota // aria-hidden: from screen readers, and mostly also from sight
	FoldAttribute                      // hidden
	FoldStyle                          // display:none, visibility:hidden
	HiddenForGood                      // by class: for screen readers only, or a repeated formula
)

// IsFolded reports whether block b is hidden until a visitor opens it.
func (p *Page) IsFolded(b int) bool { return p.Folds[p.Blocks[b].First] != 0 }

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

// InCode reports whether block b is inside code.
func (p *Page) InCode(b int) bool {
	return p.Tree.Ancestor(p.Blocks[b].First, atom.Code, atom.Kbd, atom.Samp) != block.None
}

// MinFallbackWords is how many words outside links a fallback must find for its result to count as an article. Less is
// a menu, a login form or an error message.
const MinFallbackWords = 8
