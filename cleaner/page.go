package cleaner

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/canon"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/listing"
	"github.com/dechaff/dechaff/cleaner/internal/notes"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A page is one document going through the stages. Each stage reads the annotations of earlier stages and adds its own;
// nothing is deleted, and the document is never changed. The annotations that the judge also reads are in judge.Page.
// The others are listed here by the stage that sets them; a cache is set when it is first needed.
type page struct {
	judge.Page

	// Before the first stage.

	// opts and extractor are those of the Cleaner. known is the knowledge about the page's host, or nil. observer is
	// the Site that observes the page, or nil.
	opts      *Options
	extractor Extractor
	known     *Snapshot
	observer  *Site
	// interrupted is the context's Err method, or nil if the context cannot be canceled; stopped is the error that it
	// returned.
	interrupted func() error
	stopped     error
	// memory contains the annotations; nil until first use.
	memory *scratch
	// locator finds the positions of texts on the page. It is nil unless Options.Blocks is set or the site rules need
	// it; matchRules sets it in the second case.
	locator *locator
	// times contains how long each stage took; only for Options.Explain.
	times []StageTime

	// Rules.

	// ruled contains what the site rules select on the page; nil if no rules apply.
	ruled *ruledPage

	// Reveal, mark, segment.

	// plain writes the plain forms of the page's widgets.
	plain canon.Writer
	// revealed is the article from the page's data, or nil if the page shows its own.
	revealed *html.Node
	// placeholders reports for each block whether the page shows it only until scripts have fetched the content; nil if
	// the page shows its content.
	placeholders []bool
	// marks contains, for each node, the reason why it cannot be content, if there is one.
	marks []mark
	// weight contains, for each node, the number of bytes of text at or below it, without white space. Hidden text
	// counts; scripts and styles do not. linkWeight contains how many of these bytes are in links.
	weight, linkWeight []int32
	// panels caches the ids with which tabs, buttons and panels refer to each other.
	panels *panelIDs

	// Observe.

	// site compares the page with other pages of its host; nil if nothing is known about those.
	site *siteView

	// Classify.

	// ownZones contains the zones of each node according to its own class names and id, unverified.
	ownZones []zone.Zone

	// Fields.

	// texts is the number of voted blocks that are long enough to be text.
	texts int
	// allWords is the number of words in voted blocks, and textWords is how many of them are in running text.
	allWords, textWords int32
	// siteRuns contains, for each block that consists only of links to the site, the length of the row of such blocks
	// that it is in.
	siteRuns []int32
	// givesTime reports for each block whether it says how long the article takes to read, and nothing else.
	givesTime []bool
	// tagBoxes counts boxes with the tags of an article, and readingTimes counts reading times.
	tagBoxes, readingTimes occurrence
	// boxes counts the words at or below each node.
	boxes []block.Count
	// zones contains the zones of each node; blockZones contains, for each block, the zones that cover the whole block.
	zones, blockZones []zone.Zone
	// commented reports whether an article is above the page's comments.
	commented bool
	// main is the page's only main element with text, or block.None.
	main int32
	// top is the block of the headline above the article, or -1 if there is none or if there are several.
	top int

	// Label.

	// labels contains the rule that matches each block, and the reason.
	labels []label
	// declined lists the text that a rule or, in the apply stage, the Site matched but did not remove because of a limit.
	declined []Removal
	// shares caches which blocks are share buttons.
	shares []shareFact
	// authors caches the authors in the metadata, folded.
	authors []string
	// tabLabels caches the folded labels of tabs.
	tabLabels map[string]bool
	// lastHeadings caches, for the folded text of each heading, the last block that has it.
	lastHeadings map[string]int

	// Decide.

	// judged reports whether the judge found content.
	judged bool
	// verdicts contains the decision on each block.
	verdicts []verdict
	// keep reports for each node whether it is in the article; the apply stage removes nodes.
	keep []bool
	// footnotes contains the footnotes that the text refers to.
	footnotes []notes.Note
	// embeds maps nodes to the contents of frames and players.
	embeds map[int32]embed.Embed
	// quotedPosts are the quoted posts of other sites that are shown like pictures and are not part of the text.
	quotedPosts map[int32]bool
	// thread caches the result of searchThread, if threadSearched is true.
	thread         *thread.Thread
	threadSearched bool
	// entries caches the result of searchEntries.
	entries *listing.List

	// Apply.

	// siteLines are the lines that the text rules remove if no other page of the host is considered.
	siteLines []Removal
	// emptyAlone reports whether the page has no article without a Site; then it has none with a Site either.
	emptyAlone bool

	// Assemble.

	// sources caches the addresses of the page's pictures, which earlier stages also need.
	sources content.Sources
	// article is the result. failure is the error if there is no article.
	article *Article
	failure error
}

// A scratch is the memory for the annotations of one page. It is reused for the next page: annotations are larger than
// the page, and new memory for each page took a sixth of the cleaning time. No article refers to it.
type scratch struct {
	judge.Memory

	nodes     []block.Node
	region    region.Memory
	canon     canon.Memory
	signs     arena.Slab[region.Signs]
	segmenter block.Segmenter
	listing   listing.Memory

	marks    arena.Slab[mark]
	folds    arena.Slab[judge.HiddenBy]
	zones    arena.Slab[zone.Zone]
	phrases  arena.Slab[phrase.Kind]
	boxes    arena.Slab[block.Count]
	tallies  arena.Slab[content.Tally]
	shares   arena.Slab[shareFact]
	verdicts arena.Slab[verdict]
	labels   arena.Slab[label]
}

var scratches = arena.NewPool[scratch]()

// maxScratch is the maximum number of nodes of a page whose scratch is reused. A scratch for so many nodes takes about
// 20 MB. Scratches for more than keptScratch nodes, 6 MB, are not kept after a garbage collection.
const maxScratch, keptScratch = 50_000, 15_000

// scratch returns the page's scratch, and gets one on first use.
func (p *page) scratch() *scratch {
	if p.memory == nil {
		p.memory = scratches.Get()
		p.Memory = &p.memory.Memory
	}
	return p.memory
}

// releaseAll releases the page's scratch and feature table for reuse. The annotations must not be read afterwards.
func (p *page) releaseAll() {
	if p.Features != nil { // the judge has read the page
		p.Features.Table.Release()
	}
	p.release()
}

// releaseFeatures frees what only the judge reads, unless training reads it too. Building the article of a large page
// needs as much memory again.
func (p *page) releaseFeatures() {
	if p.Features == nil || p.Options.Probe != nil {
		return
	}
	p.Features.Table.Release()
	p.Features = nil
	if cap(p.memory.nodes) > maxScratch { // otherwise another page uses the memory
		p.memory.FreeFeatures()
	}
}

// release releases the page's scratch for reuse. The annotations must not be read afterwards.
func (p *page) release() {
	s := p.memory
	if s == nil || cap(s.nodes) > maxScratch {
		return
	}
	clear(s.nodes) // the nodes point to the page
	s.verdicts.Forget()
	s.labels.Forget()
	s.segmenter.Forget()
	s.listing.Forget()
	s.Memory.Forget()
	arena.Reset(&s.signs, &s.marks, &s.folds, &s.zones, &s.phrases, &s.boxes, &s.tallies, &s.shares)
	p.memory, p.Memory = nil, nil
	scratches.Put(s, cap(s.nodes) > keptScratch)
}

// stopEvery is the number of nodes or blocks that a long loop processes between two checks of the context. That takes a
// few milliseconds.
const stopEvery = 2048

// isStopped reports whether the context is done. It does not check a context that cannot be canceled.
func (p *page) isStopped() bool {
	if p.interrupted != nil && p.stopped == nil {
		p.stopped = p.interrupted()
	}
	return p.stopped != nil
}

// isStoppedAt is isStopped for step i of a long loop: it checks the context once every stopEvery steps. A stopped loop
// leaves its annotations incomplete, but no stage reads them: clean checks the context again before the next stage.
func (p *page) isStoppedAt(i int) bool {
	return p.interrupted != nil && i%stopEvery == stopEvery-1 && p.isStopped()
}

// zoneOf returns the zones that contain the whole of a block.
func (p *page) zoneOf(b int) zone.Zone { return p.blockZones[b] }

// boxWords counts, for every node, the words at or below it, and those of them that are in links.
func (p *page) boxWords() []block.Count {
	boxes := p.scratch().boxes.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		box := &boxes[p.Blocks[i].Elem]
		box.Words += p.Blocks[i].Words
		box.Links += p.Blocks[i].LinkWords
	}
	for i := len(boxes) - 1; i > 0; i-- {
		parent := &boxes[p.Tree.Nodes[i].Parent]
		parent.Words += boxes[i].Words
		parent.Links += boxes[i].Links
	}
	return boxes
}

// maxWordless is the maximum number of blocks after a block that nextBlock examines.
const maxWordless = 16

// nextBlock returns the next block with words, or -1 if there is none nearby.
func (p *page) nextBlock(b int) int {
	for next := b + 1; next < min(b+1+maxWordless, len(p.Blocks)); next++ {
		if p.Blocks[next].Words > 0 {
			return next
		}
	}
	return -1
}

// votedWords counts, for every node, the words of voted blocks at or below it.
func (p *page) votedWords() []int32 {
	voted := p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		if p.IsVoted(i) {
			voted[p.Blocks[i].Elem] += p.Blocks[i].Words
		}
	}
	block.AddUp(p.Tree, voted)
	return voted
}

// holds reports whether node i, or a node below it, has the given tag.
func (p *page) holds(i int32, tag atom.Atom) bool {
	for j := i; j < p.Tree.Nodes[i].End; j++ {
		if p.Tree.Nodes[j].Tag == tag {
			return true
		}
	}
	return false
}

// isProduct reports whether the page's metadata says that it sells a single product. It is false on lists of products,
// where the offers belong to the entries of the list.
func (p *page) isProduct() bool {
	return (p.Meta.Product || p.Meta.Type == "product" || p.Meta.Type == "og:product") && !p.Meta.ListPage
}

// content builds the article's content from the nodes for which keep is true.
func (p *page) content(keep []bool) *html.Node {
	return content.Build(
		p.Tree,
		p.Blocks,
		keep,
		content.Extras{
			Notes: p.footnotes, Sources: p.sources, Embeds: p.embeds, Posts: p.quotedPosts, Quotes: p.quotes(),
			Origins: p.locator.origins(),
		},
		p.resolver(),
		&p.scratch().tallies,
	)
}
