package cleaner

import (
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A page is one document on its way through the stages. Each stage reads what the earlier ones wrote and writes its own
// notes: nothing is deleted, and the document is never changed. What the judge reads too is in judge.Page.
type page struct {
	judge.Page

	// placeholders are the blocks that a page shows instead of content that is elsewhere; nil where it shows its
	// content; by segmentPage.
	placeholders []bool
	// marks is, for each node, whether it can be content; by mark.
	marks []mark
	// weight is the number of text bytes, white space left out, at or below each node: all text, hidden or not. linkWeight
	// is that of text in links.
	weight, linkWeight []int32
	// controlled is what tabs and buttons show; nil until first used. By mark.
	controlled *shown
	// memory is that for the notes; nil until first used.
	memory *scratch
	// opts and extractor are the cleaner's. known is what is known about the page's host, nil for nothing; observer is the
	// Site that observes the page, nil for none.
	opts      *Options
	extractor Extractor
	known     *Snapshot
	observer  *Site
	// interrupted is the context's Err, nil for one that cannot be canceled; stopped is the error that it returned. By
	// isStopped.
	interrupted func() error
	stopped     error
	// ownZones is, for each node, what its own names make it, unchecked; by classify.
	ownZones []zone.Zone
	// judged reports whether the judge found content; by decide.
	judged bool
	// authors are the metadata's, folded; by label, on first use.
	authors []string
	// tagBoxes are boxes of topics, and readingTimes times to read; by settleFields.
	tagBoxes, readingTimes occurrence
	// texts is how many such blocks there are; by settleFields.
	texts int
	// allWords are the words that were voted for, textWords those of them that stand in running text; by settleFields.
	allWords, textWords int32
	// top is the one headline that the article stands below, -1 if there is none or several; by settleFields.
	top int
	// siteRuns is, for each block of nothing but links to the site, how many such blocks are in a row; by settleFields.
	siteRuns []int32
	// tabLabels are the folded labels of tabs; by label, on first use.
	tabLabels map[string]bool
	// shares are what is known of blocks as share buttons; by label, on first use.
	shares []shareFact
	// zones is, for each node, the kinds of box that it is in, blockZones, for each block, the kinds of box that contain
	// all of it; by settleFields. labels is, for each block, which rules match it, and why; by label.
	zones, blockZones []zone.Zone
	labels            []label
	// boxes counts words at or below each node; nil until a rule needs it.
	boxes []block.Count
	// site is the page beside the other pages of its host, nil where nothing is known of them; by observeSite.
	site *siteView
	// verdicts is the decision on each block; by decide. declined is what rules matched and their limits left in; by
	// label.
	verdicts []verdict
	declined []Removal
	// keep reports for each node whether it is in the article; by decide. applySite takes nodes out of it. siteLines are
	// the lines that the text rules take out of the page alone, and emptyAlone reports whether the page alone has no
	// article: then it has none. By applySite.
	keep       []bool
	siteLines  []Removal
	emptyAlone bool
	// article is the result, or failure is the error; by assemble.
	article *Article
	failure error
}

// A scratch is the memory for the notes on one page: it is used again for the next, since a page's notes are larger
// than the page, and to get and clear new memory for them was a sixth of the time that cleaning takes. Nothing of it is
// left in an article.
type scratch struct {
	judge.Memory

	nodes     []block.Node
	region    region.Memory
	segmenter block.Segmenter

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

var scratches sync.Pool

// maxScratch is how many nodes a page has at most whose scratch is kept: some 20 MB.
const maxScratch = 50_000

// scratch is the page's.
func (p *page) scratch() *scratch {
	if p.memory == nil {
		var kept bool
		if p.memory, kept = scratches.Get().(*scratch); !kept {
			p.memory = new(scratch)
		}
		p.Notes = &p.memory.Memory
	}
	return p.memory
}

// releaseAll gives back all memory that is used again. Nobody may read the page's notes afterwards.
func (p *page) releaseAll() {
	if p.Features != nil { // the judge has read the page
		p.Features.Table.Release()
	}
	p.release()
}

// release gives the page's scratch back. Nobody may read its notes afterwards.
func (p *page) release() {
	s := p.memory
	if s == nil || cap(s.nodes) > maxScratch {
		return
	}
	clear(s.nodes) // what points to the page
	clear(s.verdicts.All)
	clear(s.labels.All)
	s.segmenter.Forget()
	s.Memory.Forget()
	for _, used := range [...]*int{
		&s.marks.Used, &s.folds.Used, &s.zones.Used, &s.phrases.Used, &s.boxes.Used, &s.tallies.Used, &s.shares.Used,
		&s.verdicts.Used, &s.labels.Used,
	} {
		*used = 0
	}
	p.memory, p.Notes = nil, nil
	scratches.Put(s)
}

// stopEvery is how many nodes or blocks a long walk goes between two looks at the context: some milliseconds.
const stopEvery = 2048

// isStopped reports whether the work on the page is to end. It looks at the context, unless that cannot be canceled.
func (p *page) isStopped() bool {
	if p.interrupted != nil && p.stopped == nil {
		p.stopped = p.interrupted()
	}
	return p.stopped != nil
}

// isStoppedAt is isStopped for step i of a long walk: it looks every few thousand steps. A walk that is stopped leaves
// its notes unfinished, and no stage reads them: clean looks again before the next.
func (p *page) isStoppedAt(i int) bool {
	return p.interrupted != nil && i%stopEvery == stopEvery-1 && p.isStopped()
}

// zoneOf returns the zones of the boxes that hold the whole of a block.
func (p *page) zoneOf(b int) zone.Zone { return p.blockZones[b] }

// boxWords counts for every node.
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

// maxWordless is how many blocks without words may stand between two that are next to each other.
const maxWordless = 16

// nextBlock is the next block with words, -1 if there is none near.
func (p *page) nextBlock(b int) int {
	for next := b + 1; next < min(b+1+maxWordless, len(p.Blocks)); next++ {
		if p.Blocks[next].Words > 0 {
			return next
		}
	}
	return -1
}

// isOwnHost reports whether a reference stays on the page's host; one to a place in the page itself does not lead to
// another.
func (p *page) isOwnHost(href string) bool {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return false
	}
	if href[0] == '/' && (len(href) == 1 || href[1] != '/' && href[1] != '\\') && p.Doc.URL != nil && p.Doc.Base != nil &&
		p.Doc.Base.Host == p.Doc.URL.Host {
		return true
	}
	if host, ok := plainHost(href); ok && p.Doc.URL != nil {
		return strings.EqualFold(strings.TrimPrefix(host, "www."), strings.TrimPrefix(p.Doc.URL.Host, "www."))
	}
	abs, ok := p.Doc.Resolve(href)
	if !ok || p.Doc.URL == nil {
		return !strings.Contains(href, "://") && !strings.HasPrefix(href, "//")
	}
	u, err := url.Parse(abs)
	return err == nil && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(p.Doc.URL.Host, "www."))
}

// isForum reports whether the page says, in JSON-LD, microdata, its address or its body's class, that it is a
// discussion or a question: what readers write is its content.
func (p *page) isForum() bool { return p.Forum }

// votedWords sums, for every node, the words that were voted for at or below it.
func (p *page) votedWords() []int32 {
	voted := p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		if p.Votes[i] >= 0.5 {
			voted[p.Blocks[i].Elem] += p.Blocks[i].Words
		}
	}
	for i := len(voted) - 1; i > 0; i-- {
		voted[p.Tree.Nodes[i].Parent] += voted[i]
	}
	return voted
}

func (p *page) holds(i int32, tag atom.Atom) bool {
	for j := i; j < p.Tree.Nodes[i].End; j++ {
		if p.Tree.Nodes[j].Tag == tag {
			return true
		}
	}
	return false
}

// isHeadline reports whether a block says what the page calls its headline. A heading's word is enough; of
// other text only the title itself.
func (p *page) isHeadline(b *block.Block) bool {
	if b.Words == 0 || b.Words > 60 {
		return false
	}
	if p.Title.Folded == "" {
		p.Title = phrase.NewHeadline(p.Meta.Title)
	}
	if p.Title.Is(b.Text) {
		return true
	}
	if b.Kind != block.Heading || b.Level > 2 || b.Words < 3 {
		return false
	}
	for _, h := range p.Meta.Headlines {
		if phrase.SameHeadline(b.Text, h) {
			return true
		}
	}
	return false
}

// isProduct reports whether the page says that it sells one thing. In lists of things, what is said of each is part of
// the list, and elsewhere tabs hold what they like.
func (p *page) isProduct() bool {
	return (p.Meta.Product || p.Meta.Type == "product" || p.Meta.Type == "og:product") && !p.Meta.ListPage
}

// content builds the article of nodes that are kept.
func (p *page) content(keep []bool) *html.Node {
	return content.Build(p.Tree, p.Blocks, keep, p.resolver(), &p.scratch().tallies)
}

// resolver makes references absolute against the page's address or, for pages of unknown origin, against
// the address that the page gives itself.
func (p *page) resolver() func(string) (string, bool) {
	if p.Doc.Base != nil || p.Meta.Canonical == "" {
		return p.Doc.Resolve
	}
	doc := *p.Doc
	doc.Base = metadata.ParseURL(p.Meta.Canonical)
	return doc.Resolve
}

func (p *page) lastKept() int {
	for b := len(p.Blocks) - 1; b >= 0; b-- {
		if p.verdicts[b].keep {
			return b
		}
	}
	return -1
}

// startsSection reports whether kept block b stands in a box around heading h that is not far up.
func (p *page) startsSection(h, b int) bool {
	at := p.Blocks[h].Elem
	for range maxHeadingGap {
		if at = p.Tree.Nodes[at].Parent; at == block.None {
			return false
		}
		if p.Tree.Contains(at, p.Blocks[b].Elem) {
			return true
		}
	}
	return false
}

// imageAddress is the address of the picture that a reader sees, from wherever the page is.
func (p *page) imageAddress(n *html.Node) string {
	src := content.ImageSource(n)
	if src == "" || strings.HasPrefix(src, "data:") {
		return src
	}
	if abs, ok := p.Doc.Resolve(src); ok {
		return abs
	}
	return src
}
