package cleaner

import (
	"hash/fnv"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// featureTable is the description of every block of a page in numbers, row by row: what the judge reads.
type featureTable struct {
	rows   int
	values []float32
}

func (t *featureTable) row(b int) []float32 { return t.values[b*featureCount : (b+1)*featureCount] }

// The parts of a row, in order. A test checks that their lengths add up.
const (
	coreCount     = 17 // of the block, and of the three before and after it
	ownCount      = 24
	kindCount     = 11
	zoneCount     = 20
	placeCount    = 14
	nearTagCount  = 18
	levelCount    = 6
	perLevel      = 11
	neighbours    = 3
	pageCount     = 30
	featureCount  = coreCount + ownCount + kindCount + zoneCount + placeCount + nearTagCount + familyCount + levelCount*perLevel + 2*neighbours*coreCount + pageCount
	farAway       = 24 // what no ancestor stands for in distances
	longBlock     = 20 // words
	maxFeatureLog = 16
)

// describer computes a page's features. It belongs to one page.
type describer struct {
	p     *page
	cores [][coreCount]float32
	sums  []nodeSum
	near  [][familyCount]uint8
	tags  [][nearTagCount]uint8
	alike map[alikeKey]int32
	table featureTable
}

// nodeSum is what stands at or below a node.
type nodeSum struct {
	words, links, long, voted, labelled, plain int32
	blocks, headings, items, ended, images     int32
}

// alikeKey is a parent and the shape of a child: tag and class.
type alikeKey struct {
	parent int32
	shape  uint64
}

// describe computes the features of every block. The labels and votes are read, nothing is changed.
func (p *page) describe() *featureTable {
	d := &describer{p: p}
	d.table = featureTable{rows: len(p.blocks), values: make([]float32, len(p.blocks)*featureCount)}
	d.sum()
	d.walk()
	d.core()
	page := d.pageFeatures()
	before, votedBefore := int32(0), int32(0)
	for b := range p.blocks {
		w := writer{row: d.table.row(b)}
		w.put(d.cores[b][:]...)
		d.own(&w, b)
		d.place(&w, b, before, votedBefore)
		d.ancestors(&w, b)
		d.levels(&w, b)
		for i := 1; i <= neighbours; i++ {
			d.neighbour(&w, b-i)
			d.neighbour(&w, b+i)
		}
		w.put(page[:]...)
		before += p.blocks[b].Words
		votedBefore += int32(p.votes[b] * float32(p.blocks[b].Words))
	}
	return &d.table
}

// writer fills a row from left to right.
type writer struct {
	row []float32
	at  int
}

func (w *writer) put(values ...float32) {
	copy(w.row[w.at:], values)
	w.at += len(values)
}

func (w *writer) flag(is bool) {
	if is {
		w.row[w.at] = 1
	}
	w.at++
}

func log1p(n int32) float32 { return float32(math.Log1p(float64(max(n, 0)))) }

func share(part, whole int32) float32 {
	if whole <= 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

// sum adds up, bottom-up.
func (d *describer) sum() {
	p := d.p
	d.sums = make([]nodeSum, len(p.tree.Nodes))
	for b := range p.blocks {
		bl := &p.blocks[b]
		s := &d.sums[bl.Elem]
		s.blocks++
		s.words += bl.Words
		s.links += bl.LinkWords
		if bl.Words >= longBlock {
			s.long += bl.Words
			if bl.LinkDensity() < 0.3 {
				s.plain += bl.Words
			}
		}
		if p.votes[b] >= 0.5 {
			s.voted += bl.Words
		}
		if p.labels[b].reason != "" {
			s.labelled += bl.Words
		}
		switch bl.Kind {
		case block.Heading, block.Headline:
			s.headings++
		case block.Item:
			s.items++
		}
		if endsSentence(bl.Text) {
			s.ended++
		}
	}
	for i := len(d.sums) - 1; i > 0; i-- {
		n := &p.tree.Nodes[i]
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
		q.voted += s.voted
		q.labelled += s.labelled
		q.plain += s.plain
		q.blocks += s.blocks
		q.headings += s.headings
		q.items += s.items
		q.ended += s.ended
		q.images += s.images
	}
}

// nearTags are the elements whose distance upwards tells something.
var nearTags = [nearTagCount]atom.Atom{
	atom.Nav, atom.Aside, atom.Footer, atom.Header, atom.Form, atom.Article, atom.Main, atom.Section, atom.Li,
	atom.Ul, atom.Table, atom.Td, atom.Blockquote, atom.Figure, atom.A, atom.Dl, atom.Details, atom.Pre,
}

func nearTag(tag atom.Atom) int {
	if tag == atom.Ol {
		tag = atom.Ul
	}
	for i, t := range nearTags {
		if t == tag {
			return i
		}
	}
	return -1
}

// walk computes from the top down how far above each node stand elements and names of each kind, and counts children alike.
func (d *describer) walk() {
	nodes := d.p.tree.Nodes
	d.near = make([][familyCount]uint8, len(nodes))
	d.tags = make([][nearTagCount]uint8, len(nodes))
	d.alike = make(map[alikeKey]int32)
	for i := range nodes {
		n := &nodes[i]
		if n.Parent == block.None {
			for f := range d.near[i] {
				d.near[i][f] = farAway
			}
			for t := range d.tags[i] {
				d.tags[i][t] = farAway
			}
			continue
		}
		d.near[i], d.tags[i] = d.near[n.Parent], d.tags[n.Parent]
		if n.Form != block.Element {
			continue
		}
		for f := range d.near[i] {
			d.near[i][f] = min(d.near[i][f]+1, farAway)
		}
		for t := range d.tags[i] {
			d.tags[i][t] = min(d.tags[i][t]+1, farAway)
		}
		if t := nearTag(n.Tag); t >= 0 {
			d.tags[i][t] = 0
		}
		class, id := block.Attr(n.HTML, "class"), block.Attr(n.HTML, "id")
		families := familiesOf(class) | familiesOf(id)
		if n.Tag != atom.Body && n.Tag != atom.Html {
			for f := 0; families != 0; f, families = f+1, families>>1 {
				if families&1 != 0 {
					d.near[i][f] = 0
				}
			}
		}
		d.alike[alikeKey{n.Parent, shapeOf(n, class)}]++
	}
}

func shapeOf(n *block.Node, class string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(n.HTML.Data))
	_, _ = h.Write([]byte{' '})
	_, _ = h.Write([]byte(class))
	return h.Sum64()
}

// core computes the numbers that are also told of a block's neighbours.
func (d *describer) core() {
	p := d.p
	d.cores = make([][coreCount]float32, len(p.blocks))
	times := make(map[string]int32, len(p.blocks))
	for b := range p.blocks {
		times[p.blocks[b].Text]++
	}
	for b := range p.blocks {
		bl := &p.blocks[b]
		c := countChars(bl.Text)
		w := writer{row: d.cores[b][:]}
		w.put(log1p(bl.Words), log1p(c.all), share(bl.LinkWords, bl.Words), share(d.boldBytes(bl), c.bytes),
			share(c.upper, c.letters), share(c.digits, c.all), share(c.signs, c.all), log1p(c.commas))
		w.flag(endsSentence(bl.Text))
		w.put(log1p(times[bl.Text]-1), p.votes[b])
		w.flag(p.labels[b].reason != "")
		w.flag(bl.Kind == block.Heading || bl.Kind == block.Headline)
		w.flag(bl.Kind == block.Item)
		w.flag(bl.Kind == block.Cell)
		w.put(share(c.letters, max(bl.Words, 1)), log1p(c.ends))
	}
}

// boldBytes counts the bytes of a block's text in bold elements.
func (d *describer) boldBytes(bl *block.Block) int32 {
	bold := int32(0)
	for i := bl.First; i < bl.End; i++ {
		n := &d.p.tree.Nodes[i]
		if n.Form == block.Text && d.p.tree.Ancestor(i, atom.B, atom.Strong) != block.None {
			bold += int32(len(n.Text))
		}
	}
	return bold
}

// charCount counts the characters of a text by class.
type charCount struct {
	bytes, all, letters, upper, digits, signs, commas, ends, unspaced int32
}

func countChars(s string) charCount {
	c := charCount{bytes: int32(len(s))}
	for _, r := range s {
		c.all++
		switch {
		case r < utf8.RuneSelf && ('a' <= r && r <= 'z'):
			c.letters++
		case r < utf8.RuneSelf && ('A' <= r && r <= 'Z'):
			c.letters++
			c.upper++
		case '0' <= r && r <= '9':
			c.digits++
		case r == ',' || r == '，' || r == '、' || r == '،' || r == '；' || r == ';':
			c.commas++
			c.signs++
		case r == '.' || r == '!' || r == '?' || r == '。' || r == '！' || r == '？' || r == '؟':
			c.ends++
			c.signs++
		case r < utf8.RuneSelf:
			if r > ' ' {
				c.signs++
			}
		case unicode.IsLetter(r):
			c.letters++
			if unicode.IsUpper(r) {
				c.upper++
			}
			if r >= 0x2E80 {
				c.unspaced++
			}
		case unicode.IsDigit(r):
			c.digits++
		case !unicode.IsSpace(r):
			c.signs++
		}
	}
	return c
}

// own adds what is told of the block alone.
func (d *describer) own(w *writer, b int) {
	p := d.p
	bl := &p.blocks[b]
	lower := strings.ToLower(bl.Text[:min(len(bl.Text), 300)])
	w.put(float32(bl.Level), float32(p.phrases[b]))
	w.flag(bl.LinkWords > 0 && bl.LinkWords == bl.Words)
	w.flag(sameHeadline(bl.Text, p.meta.Title))
	w.flag(strings.Contains(p.meta.ArticleBody, bl.Text) && bl.Words >= 4)
	w.flag(p.meta.Excerpt != "" && bl.Words >= 4 && strings.Contains(p.meta.Excerpt, bl.Text[:min(len(bl.Text), 80)]))
	w.flag(strings.ContainsAny(bl.Text, "©®™"))
	w.flag(strings.Contains(bl.Text, "@"))
	w.flag(strings.Contains(lower, "http") || strings.Contains(lower, "www."))
	w.flag(strings.ContainsAny(bl.Text, "$€£¥₽₹"))
	w.flag(strings.ContainsAny(bl.Text, "|»›•·→"))
	first, _ := utf8.DecodeRuneInString(bl.Text)
	w.flag(unicode.IsLower(first))
	w.flag(unicode.IsDigit(first))
	w.flag(strings.HasSuffix(bl.Text, ":") || strings.HasSuffix(bl.Text, "："))
	w.flag(strings.HasSuffix(bl.Text, "?") || strings.HasSuffix(bl.Text, "？"))
	w.flag(strings.HasSuffix(bl.Text, "...") || strings.HasSuffix(bl.Text, "…"))
	w.put(float32(strings.Count(bl.Text, "\n")), log1p(d.links(bl)), log1p(bl.Words-bl.LinkWords), log1p(bl.End-bl.First))
	w.flag(p.inTime(bl))
	w.flag(b == p.top)
	w.flag(p.inCode(b))
	w.flag(bl.Words == 0)
	for k := range kindCount {
		w.flag(int(bl.Kind) == k)
	}
	z := p.zoneOf(b)
	for i := range zoneCount {
		w.flag(z&(1<<i) != 0)
	}
}

func (d *describer) links(bl *block.Block) int32 {
	links := int32(0)
	for i := bl.First; i < bl.End; i++ {
		if d.p.tree.Nodes[i].Tag == atom.A {
			links++
		}
	}
	return links
}

// place adds where the block stands on the page, and against what was voted for.
func (d *describer) place(w *writer, b int, before, votedBefore int32) {
	p := d.p
	all := d.sums[0].words
	w.put(float32(b)/float32(max(len(p.blocks), 1)), share(before, all), share(votedBefore, d.sums[0].voted), log1p(int32(b)), log1p(int32(len(p.blocks)-b)))
	w.put(signedLog(b-p.top), signedLog(b-p.firstText), signedLog(b-p.lastText))
	w.flag(p.top >= 0)
	w.flag(p.top >= 0 && b > p.top)
	w.flag(!p.outsideText(b))
	up, down := d.nearestVote(b)
	w.put(up, down)
	w.put(d.siblingsVoted(b))
}

func signedLog(n int) float32 {
	if n < 0 {
		return -log1p(int32(-n))
	}
	return log1p(int32(n))
}

// nearestVote is how far a kept block is above and below, in blocks.
func (d *describer) nearestVote(b int) (up, down float32) {
	up, down = maxFeatureLog, maxFeatureLog
	for i := range maxFeatureLog {
		if c := b - i; c >= 0 && up == maxFeatureLog && d.p.votes[c] >= 0.5 {
			up = float32(i)
		}
		if c := b + i; c < len(d.p.blocks) && down == maxFeatureLog && d.p.votes[c] >= 0.5 {
			down = float32(i)
		}
	}
	return up, down
}

// siblingsVoted is the share of the words beside the block in its parent's box that were voted for.
func (d *describer) siblingsVoted(b int) float32 {
	parent := d.p.tree.Nodes[d.p.blocks[b].Elem].Parent
	if parent == block.None {
		return 0
	}
	return share(d.sums[parent].voted, d.sums[parent].words)
}

func (d *describer) ancestors(w *writer, b int) {
	at := d.p.blocks[b].Elem
	if a := d.p.tree.Ancestor(d.p.blocks[b].First, atom.A); a != block.None && a > at {
		at = d.p.blocks[b].Elem
	}
	for _, distance := range d.tags[at] {
		w.put(float32(distance))
	}
	for _, distance := range d.near[at] {
		w.put(float32(distance))
	}
}

// levels adds the boxes around the block, each the next that holds more than the one before.
func (d *describer) levels(w *writer, b int) {
	nodes := d.p.tree.Nodes
	at := d.p.blocks[b].Elem
	all := &d.sums[0]
	for range levelCount {
		s := &d.sums[at]
		parent := nodes[at].Parent
		for parent != block.None && d.sums[parent].blocks == s.blocks {
			at, parent = parent, nodes[parent].Parent
		}
		s = &d.sums[at]
		siblings := int32(1)
		if parent != block.None {
			siblings = d.alike[alikeKey{parent, shapeOf(&nodes[at], block.Attr(nodes[at].HTML, "class"))}]
		}
		w.put(share(s.words, all.words), share(s.links, s.words), log1p(s.blocks), share(s.long, s.words), share(s.voted, s.words),
			share(s.labelled, s.words), share(s.headings, s.blocks), share(s.ended, s.blocks), log1p(siblings-1), share(s.plain, all.plain), log1p(s.images))
		if parent != block.None {
			at = parent
		}
	}
}

func (d *describer) neighbour(w *writer, b int) {
	if b < 0 || b >= len(d.cores) {
		for range coreCount {
			w.put(-1)
		}
		return
	}
	w.put(d.cores[b][:]...)
}

// pageFeatures are the same in every row of a page.
func (d *describer) pageFeatures() [pageCount]float32 {
	var row [pageCount]float32
	d.pageRow(&writer{row: row[:]})
	return row
}

func (d *describer) pageRow(w *writer) {
	p := d.p
	s := &d.sums[0]
	w.put(log1p(s.blocks), log1p(s.words), share(s.links, s.words), share(s.long, s.words), share(s.voted, s.words), log1p(s.voted),
		share(s.labelled, s.words), log1p(s.headings), share(s.items, s.blocks), share(s.ended, s.blocks), log1p(s.images), share(s.plain, s.words), log1p(s.plain))
	forms, rows, comments := int32(0), int32(0), int32(0)
	for i := range p.tree.Nodes {
		switch p.tree.Nodes[i].Tag {
		case atom.Form:
			forms++
		case atom.Tr:
			rows++
		}
	}
	for b := range p.blocks {
		if p.zoneOf(b)&zoneComments != 0 {
			comments += p.blocks[b].Words
		}
	}
	w.put(log1p(forms), log1p(rows), share(comments, s.words))
	w.flag(p.meta.Discussion)
	w.flag(p.isForum())
	w.flag(p.meta.Type == "article")
	w.flag(strings.HasPrefix(p.meta.Type, "product"))
	w.flag(p.meta.Type == "website")
	w.flag(p.top >= 0)
	w.flag(p.source == "readability")
	w.flag(p.meta.Product)
	w.flag(p.meta.ListPage)
	d.urlFeatures(w)
}

func (d *describer) urlFeatures(w *writer) {
	u := d.p.doc.URL
	if u == nil {
		w.put(0, 0, 0, 0, 0)
		return
	}
	path := strings.Trim(u.Path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	digits := 0
	for i := range len(path) {
		if '0' <= path[i] && path[i] <= '9' {
			digits++
		}
	}
	w.put(float32(strings.Count(path, "/")), float32(min(len(last), 100)), float32(strings.Count(last, "-")), float32(digits))
	w.flag(path == "")
}
