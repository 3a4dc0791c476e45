package judge

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A Page is what the judge reads of a page, and what it thinks of it. The fields are set by the stages that they name.
type Page struct {
	// Options are what the caller asks of the judge, and notes the memory that it works in.
	Options Options
	Notes   *Memory

	Doc  *htmldoc.Document
	Meta metadata.Fields
	Tree *block.Tree
	// Revealed names where the page's content stands if it is not shown: "noscript", "template", "json-ld" or "page
	// state"; by segmentPage.
	Revealed string
	// Folds says of each node that can be content how it, or a box around it, is hidden; by mark.
	Folds []HiddenBy
	Names *names
	// Blocks are the page's text blocks; by segmentation.
	Blocks []block.Block
	// Features are the numbers that the judge reads; by describe. kindRow are those of the page.
	Features *describer
	KindRow  []float32
	// kinds are the probabilities of the kinds of page.
	kinds [pageKinds]float32
	// Kind is the most probable kind of page, and KindProbability its probability; by JudgeFirst.

	Kind            Kind
	KindProbability float32
	// First are the judge's opinions by the page alone, probabilities its last; by the judge.
	First, Probabilities      []float32
	FirstThreshold, Threshold threshold
	// Forum is whether the page says that it is a forum's; by classify.
	Forum bool
	// Opinions sum up the first look; by the judge.
	opinions *opinions
	// Voted reports whether the extractor ran; by vote.
	Voted bool
	// Votes is the share of each block's text that the extractor kept, 0 to 1; by vote.
	Votes []float32
	// Source names what voted: "readability", or the fallback that stood in for it.
	Source string
	// firstText and lastText are the first and the last block that were voted for and are surely text; by settleFields.
	FirstText, LastText int
	// Title is the metadata's, to compare with; by label.
	Title phrase.Headline
	// Phrases says of each block what kind of chaff its words alone make it; by classify.
	Phrases []phrase.Kind
	// RawZones say of each node what the boxes around it are named after, unchecked; by classify.
	RawZones []zone.Zone
	// Labelled reports of each block whether a rule matches it; by label.
	Labelled []bool
}

// Options are what a caller asks of the judge.
type Options struct {
	// Kind is the page's kind where the caller knows it; KindUnknown where not.
	Kind Kind
	// Favored is what is added to the threshold of probability above which blocks are kept: the caller would rather have
	// less chaff than all content where it is above zero.
	Favored float32
	// Prior stands in for the first opinions; nil outside of training.
	Prior *Prior
	// Explained asks for the rows of blocks too whose first opinion stands.
	Explained bool
}

// Memory is the memory for the judge's notes on one page, to be used again for the next.
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

// Forget makes the memory free for another page.
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

// The ways in which an element is hidden.
const (
	FoldAria      HiddenBy = 1 << iota // aria-hidden: from screen readers, and mostly from the eye
	FoldAttribute                      // hidden
	FoldStyle                          // display:none, visibility:hidden
	HiddenForGood                      // by class: for screen readers, or drawn otherwise
)

// IsFolded reports whether a block stands in something that is hidden until a visitor asks for it.
func (p *Page) IsFolded(b int) bool { return p.Folds[p.Blocks[b].First] != 0 }

// OutsideText reports whether block b stands above or below all sentences of any length that were voted for.
func (p *Page) OutsideText(b int) bool { return b < p.FirstText || b > p.LastText }

// hasTime reports whether a block's first text stands in a time element, or one stands in the block.
func (p *Page) hasTime(b *block.Block) bool {
	for i := b.First; i < b.End; i++ {
		if p.Tree.Nodes[i].Tag == atom.Time {
			return true
		}
	}
	return p.Tree.Ancestor(b.First, atom.Time) != block.None
}

// InCode reports whether a block is inside code.
func (p *Page) InCode(b int) bool {
	return p.Tree.Ancestor(p.Blocks[b].First, atom.Code, atom.Kbd, atom.Samp) != block.None
}

// MinFallbackWords is how many words outside links a fallback's answer must hold to be called an article:
// less is a menu, a login form or an error message.
const MinFallbackWords = 8
