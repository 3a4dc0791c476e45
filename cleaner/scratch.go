package cleaner

import (
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// A scratch is the memory for the notes on one page: it is used again for the next, since a page's notes are larger than the page, and to
// get and clear new memory for them was a sixth of the time that cleaning takes. Nothing of it is left in an article.
type scratch struct {
	nodes     []block.Node
	segmenter block.Segmenter
	names     names

	int32s       slab[int32]
	float32s     slab[float32]
	bools        slab[bool]
	marks        slab[mark]
	folds        slab[fold]
	zones        slab[zone]
	phrases      slab[phrase.Kind]
	sums         slab[nodeSum]
	cores        slab[[coreCount]float32]
	chars        slab[charCount]
	weights      slab[blockWeights]
	named        []namedWeights
	surroundings []surrounding
	lastIn       []lastAddition
	boxes        slab[boxCount]
	tallies      slab[tally]
	shares       slab[shareFact]
	verdicts     slab[verdict]
	labels       slab[label]
}

// A slab gives pieces of one slice.
type slab[T any] struct {
	all  []T
	used int
}

// take gives n zero values.
func (s *slab[T]) take(n int) []T {
	if len(s.all)-s.used < n { // the old slice lives on in its pieces
		s.all, s.used = make([]T, max(n, 2*len(s.all), 256)), 0
	}
	piece := s.all[s.used : s.used+n : s.used+n]
	s.used += n
	clear(piece)
	return piece
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

// release gives the page's scratch back. Nobody may read its notes afterwards.
func (p *page) release() {
	s := p.memory
	if s == nil || cap(s.nodes) > maxScratch {
		return
	}
	clear(s.nodes) // what points to the page
	clear(s.verdicts.all)
	clear(s.labels.all)
	s.segmenter.Forget()
	s.names.forget()
	for _, used := range [...]*int{
		&s.int32s.used, &s.float32s.used, &s.bools.used, &s.marks.used, &s.folds.used, &s.zones.used, &s.phrases.used, &s.sums.used, &s.cores.used, &s.chars.used,
		&s.weights.used, &s.boxes.used, &s.tallies.used, &s.shares.used, &s.verdicts.used, &s.labels.used,
	} {
		*used = 0
	}
	p.memory = nil
	scratches.Put(s)
}
