package judge

import (
	"math"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The lengths of the parts of a row, in order, and the numbers from which they are computed. A test checks that they
// add up.
const (
	coreCount    = 15 // numbers about the block; as many about each of three blocks before it and three after it
	ownCount     = 32
	kindCount    = 11
	zoneCount    = 20
	placeCount   = 11
	nearTagCount = 18
	levelCount   = 6
	perLevel     = 9
	shapeCount   = 8
	neighbors    = 3
	pageCount    = 26
	secondStart  = coreCount + ownCount + kindCount + zoneCount + placeCount + nearTagCount + familyCount + partsFeatures +
		levelCount*perLevel + shapeCount + lexicalCount + 2*neighbors*coreCount + pageCount +
		seriesCount + regionCount + postCount
	featureCount = secondStart + pageKinds + opinionCount + labelCount

	farAway   = 24 // the maximum distance to an element, in levels; also the distance if there is no such element
	farBlock  = 16 // the maximum distance to a block, in blocks; also the distance if there is no such block
	longBlock = 20 // the minimum number of words in a long block
)

// A describer computes the features of one page.
type describer struct {
	p     *Page
	cores [][coreCount]float32
	chars []charCount
	sums  []nodeSum
	// surroundingOf is each node's index in surroundings, for nodes that contain blocks.
	surroundings  []surrounding
	surroundingOf []int32
	// depth is the number of ancestors of each node that contains blocks.
	depth []int32
	// lastIn is the last addition to each surrounding.
	lastIn []lastAddition
	// boxOf is, for each node that contains blocks, the outermost box around it that contains the same blocks.
	boxOf []int32
	// looks has, for each node that contains blocks, a number that identifies its tag and class.
	looks []int32
	// A group consists of children of one parent that have the same tag and class. groupOf has, for each node, the
	// index of its group in groups.
	groups  []groupSum
	groupOf []int32
	// A shape is a group of blocks whose elements, and the two elements above, have the same tags and classes. shapeOf
	// has, for each block, the index of its shape in shapes.
	shapes  []groupSum
	shapeOf []int32
	// partShares is the share of the page's words that is inside parts of each kind.
	partShares [partCount]float32
	// ended reports, for each block, whether it ends a sentence.
	ended []bool
	// saidBefore reports, for each block, whether an earlier block has the same text.
	saidBefore []bool
	// body is the article's text in JSON-LD.
	body BodyText
	// heading has, for each block, the nearest heading block above it, or -1.
	heading []int32
	// weights has the sums of the lexicon's weights for each block. It is nil when a model is trained without the
	// lexicon.
	weights []blockWeights
	// Table contains the rows.
	Table featureTable
	// region has the facts about the page's region, or about the extractor's vote once there is one.
	region *regionView
	// rowOf is the row of each block, and representatives has the block of each row. Both are nil if each block has its
	// own row.
	rowOf, representatives []int32
}

// A nodeSum has the totals of the blocks at or below a node. links is the number of words in links. long is the number
// of words in long blocks. plain is the number of words in long blocks with few links. ended is the number of blocks
// that end a sentence. images is the number of images, which are not blocks.
type nodeSum struct {
	words, links, long, plain, blocks, headings, items, ended, images int32
}

// A groupSum has the totals of boxes or blocks that look alike.
type groupSum struct {
	// count is how many boxes or blocks there are. links is the number of words in links. ended is the number of blocks
	// that end a sentence. first is the first block if the group consists of blocks.
	count, words, links, ended, first int32
	// blocks is how many blocks are in the boxes. It is 0 if the group consists of blocks.
	blocks int32
}

// describe fills the first pass's part of every row, and estimates the page's kind.
func (p *Page) describe() {
	d := p.measure()
	page := d.pageFeatures()
	region, series, posts := d.viewRegion(p.InRegion), d.findSeries(), d.findPosts()
	p.judgeKind(d.kindFeatures(page, region, series, posts))
	if p.freeLabels() {
		d = p.measure()
		region, series, posts = d.viewRegion(p.InRegion), d.findSeries(), d.findPosts()
	}
	d.Table = newTable(d.rows())
	if p.prior() == nil {
		d.weights = p.lexical(models().lexicon)
	}
	headline := p.headlineBlock()
	before, plainBefore := int32(0), int32(0)
	up, down := p.Memory.Float32s.Take(len(p.Blocks)), p.Memory.Float32s.Take(len(p.Blocks))
	nearest(up, down, func(b int) bool { return isPlain(&p.Blocks[b]) })
	d.region = region
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		before += bl.Words
		plainBefore += bl.Words - bl.LinkWords
		if !d.isRepresentative(b) {
			continue
		}
		w := writer{row: d.Row(b)}
		clear(w.row) // the table's memory may have been used before
		w.put(d.cores[b][:]...)
		d.own(&w, b, headline)
		d.place(&w, b, headline, before-bl.Words, plainBefore-bl.Words+bl.LinkWords)
		w.put(up[b], down[b])
		d.ancestors(&w, b)
		d.putParts(&w, b)
		d.levels(&w, b)
		d.shape(&w, b)
		d.putLexical(&w, b)
		for i := 1; i <= neighbors; i++ {
			d.neighbor(&w, b-i)
			d.neighbor(&w, b+i)
		}
		w.put(page[:]...)
		d.putSeries(&w, series, b)
		d.putRegion(&w, region, b)
		d.putPosts(&w, posts, b)
	}
}

// measure computes the values from which the features are computed.
func (p *Page) measure() *describer {
	d := &describer{p: p, body: BodyText{Text: p.Meta.ArticleBody}}
	p.Features = d
	d.sum()
	d.walk()
	d.sumParts()
	d.core()
	d.findShapes()
	d.chooseRepresentatives()
	d.findHeadings()
	return d
}

// writer fills a row from left to right.
type writer struct {
	row []float32
	at  int
}

// put appends values to the row.
func (w *writer) put(values ...float32) {
	copy(w.row[w.at:], values)
	w.at += len(values)
}

// putDistances appends the numbers of levels from one depth up to others (see distance).
func (w *writer) putDistances(depth int32, above []int32) {
	columns := w.row[w.at:][:len(above)]
	for i := range columns {
		columns[i] = float32(distance(depth, above[i]))
	}
	w.at += len(above)
}

func (w *writer) flag(is bool) {
	if is {
		w.row[w.at] = 1
	}
	w.at++
}

func log1p(n int32) float32 {
	if uint32(n) < uint32(len(logs)) {
		return logs[n]
	}
	return float32(math.Log1p(float64(max(n, 0))))
}

// logs are the logarithms of n + 1 for small n. They are computed in advance because a row has fifty of them.
var logs = func() (logs [1024]float32) {
	for n := range logs {
		logs[n] = float32(math.Log1p(float64(n)))
	}
	return logs
}()

// roots are the square roots of n + 0.5 for small n.
var roots = func() (roots [1024]float32) {
	for n := range roots {
		roots[n] = float32(math.Sqrt(float64(n) + 0.5))
	}
	return roots
}()

func share(part, whole int32) float32 {
	if whole <= 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

// sum computes the sums of all nodes, from the leaves up.
func (d *describer) sum() {
	p := d.p
	d.sums = p.Memory.sums.Take(len(p.Tree.Nodes))
	d.ended = p.Memory.Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		s := &d.sums[bl.Elem]
		s.blocks++
		s.words += bl.Words
		s.links += bl.LinkWords
		if bl.Words >= longBlock {
			s.long += bl.Words
		}
		if isPlain(bl) {
			s.plain += bl.Words
		}
		switch bl.Kind {
		case block.Heading, block.Headline:
			s.headings++
		case block.Item:
			s.items++
		}
		if d.ended[b] = text.EndsSentence(bl.Text); d.ended[b] {
			s.ended++
		}
	}
	for i := len(d.sums) - 1; i > 0; i-- {
		n := &p.Tree.Nodes[i]
		s := &d.sums[i]
		if n.Form == block.Image {
			s.images++
		}
		if n.Parent == block.None {
			continue
		}
		q := &d.sums[n.Parent]
		q.words += s.words
		q.links += s.links
		q.long += s.long
		q.plain += s.plain
		q.blocks += s.blocks
		q.headings += s.headings
		q.items += s.items
		q.ended += s.ended
		q.images += s.images
	}
}

// findHeadings finds the heading above each block.
func (d *describer) findHeadings() {
	d.heading = d.p.Memory.Int32s.Take(len(d.p.Blocks))
	last := int32(-1)
	for b := range d.p.Blocks {
		d.heading[b] = last
		if k := d.p.Blocks[b].Kind; k == block.Heading || k == block.Headline {
			last = int32(b)
		}
	}
}

// isPlain reports whether a block is long and has few links.
func isPlain(bl *block.Block) bool { return bl.Words >= longBlock && bl.LinkDensity() < 0.3 }

// nearest computes each block's distances, in blocks, to the nearest block above and the nearest block below for which
// the function is returns true. If it returns true for the block itself, both distances are 0.
func nearest(up, down []float32, is func(b int) bool) {
	last := float32(farBlock)
	for b := range up {
		if last = min(last+1, farBlock); is(b) {
			last = 0
		}
		up[b] = last
	}
	last = farBlock
	for b := len(down) - 1; b >= 0; b-- {
		if last = min(last+1, farBlock); is(b) {
			last = 0
		}
		down[b] = last
	}
}

// headlineBlock returns the last heading block that repeats the headline, or -1.
func (p *Page) headlineBlock() int {
	for b := len(p.Blocks) - 1; b >= 0; b-- {
		if p.Blocks[b].Kind == block.Headline && p.Blocks[b].Level > 0 {
			return b
		}
	}
	return -1
}

// place appends the position of the block on the page.
func (d *describer) place(w *writer, b, headline int, before, plainBefore int32) {
	all := &d.sums[0]
	w.put(float32(b)/float32(max(len(d.p.Blocks), 1)), share(before, all.words), share(plainBefore, all.words-all.links),
		log1p(int32(b)),
		log1p(int32(len(d.p.Blocks)-b)), signedLog(b-headline))
	w.flag(headline >= 0)
	w.flag(headline >= 0 && b > headline)
	w.flag(len(d.p.Blocks) > 0 && b == headline+1)
}

func signedLog(n int) float32 {
	if n < 0 {
		return -log1p(int32(-n))
	}
	return log1p(int32(n))
}

func (d *describer) ancestors(w *writer, b int) {
	s, depth := d.around(d.p.Blocks[b].Elem)
	w.putDistances(depth, s.tags[:])
	w.putDistances(depth, s.near[:])
}

// box returns the outermost box around a node that contains the same blocks as the node, and the next box up, which
// contains more. At the root, the next box is None.
func (d *describer) box(at int32) (widest, next int32) {
	widest = d.boxOf[at]
	return widest, d.p.Tree.Nodes[widest].Parent
}

// levels appends numbers about levelCount boxes around the block, from the inside out. Each box has more blocks than
// the previous one. If there are fewer such boxes, the outermost one is repeated.
func (d *describer) levels(w *writer, b int) {
	node := d.p.Blocks[b].Elem
	all := &d.sums[0]
	for range levelCount {
		at, next := d.level(&node)
		s := &d.sums[at]
		siblings := int32(1)
		if next != block.None {
			siblings = d.groups[d.groupOf[at]].count
		}
		w.put(share(s.words, all.words), share(s.links, s.words), log1p(s.blocks), share(s.long, s.words),
			share(s.headings, s.blocks),
			share(s.ended, s.blocks), log1p(siblings-1), share(s.plain, all.plain), log1p(s.images))
	}
}

// level returns what the method box returns for a node, and then sets the node to the next box up. At the root, the
// node does not change.
func (d *describer) level(node *int32) (at, next int32) {
	at, next = d.box(*node)
	if next != block.None {
		*node = next
	}
	return at, next
}

// shape appends numbers about the blocks that look like this one, and about the heading above it.
func (d *describer) shape(w *writer, b int) {
	s := &d.shapes[d.shapeOf[b]]
	w.put(log1p(s.count-1), share(s.words, d.sums[0].words), log1p(s.words/max(s.count, 1)), share(s.links, s.words),
		share(s.ended, s.count))
	h := d.heading[b]
	if h < 0 {
		w.put(-1, 0, 0)
		return
	}
	w.put(log1p(int32(b)-h), float32(d.p.Blocks[h].Level), float32(d.p.Phrases[h]))
}

func (d *describer) neighbor(w *writer, b int) {
	if b < 0 || b >= len(d.cores) {
		for range coreCount {
			w.put(-1)
		}
		return
	}
	w.put(d.cores[b][:]...)
}
