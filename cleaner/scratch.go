package cleaner

import (
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A scratch is the memory for the notes on one page: it is used again for the next, since a page's notes are larger than the page, and to
// get and clear new memory for them was a sixth of the time that cleaning takes. Nothing of it is left in an article.
type scratch struct {
	nodes     []block.Node
	segmenter block.Segmenter
	names     names

	int32s       arena.Slab[int32]
	float32s     arena.Slab[float32]
	bools        arena.Slab[bool]
	marks        arena.Slab[mark]
	folds        arena.Slab[hiddenBy]
	zones        arena.Slab[zone.Zone]
	phrases      arena.Slab[phrase.Kind]
	sums         arena.Slab[nodeSum]
	cores        arena.Slab[[coreCount]float32]
	chars        arena.Slab[charCount]
	weights      arena.Slab[blockWeights]
	named        []namedWeights
	surroundings []surrounding
	lastIn       []lastAddition
	boxes        arena.Slab[block.Count]
	tallies      arena.Slab[content.Tally]
	shares       arena.Slab[shareFact]
	verdicts     arena.Slab[verdict]
	labels       arena.Slab[label]
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
	}
	return p.memory
}

// releaseAll gives back all memory that is used again. Nobody may read the page's notes afterwards.
func (p *page) releaseAll() {
	if p.features != nil { // the judge has read the page
		p.features.table.release()
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
	s.names.forget()
	for _, used := range [...]*int{
		&s.int32s.Used, &s.float32s.Used, &s.bools.Used, &s.marks.Used, &s.folds.Used, &s.zones.Used, &s.phrases.Used, &s.sums.Used, &s.cores.Used, &s.chars.Used,
		&s.weights.Used, &s.boxes.Used, &s.tallies.Used, &s.shares.Used, &s.verdicts.Used, &s.labels.Used,
	} {
		*used = 0
	}
	p.memory = nil
	scratches.Put(s)
}
