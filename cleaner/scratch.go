package cleaner

import (
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

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
