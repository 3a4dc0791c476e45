package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// survey finds, based on the votes, the first and the last block of text, rows of links, reading times, the zones of
// nodes and the article's headline. Fields and rules depend on these.
func (p *page) survey() {
	p.findText()
	p.findRuns()
	p.givesTime = p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		if p.Blocks[b].Words <= maxReadingTimeWords && phrase.IsReadingTime(p.Blocks[b].Text) {
			p.givesTime[b] = true
			p.readingTimes.count(p.IsVoted(b))
		}
	}
	p.findZones()
	p.findTop()
	p.findMain()
}

// minMain is the minimum number of words outside links in the main element. Some pages leave it empty, or put a banner
// there.
const minMain = 25

// findMain sets p.main.
func (p *page) findMain() {
	p.main = block.None
	for i := range p.Tree.Nodes {
		if p.Tree.Nodes[i].Tag != atom.Main {
			continue
		}
		if p.main != block.None { // a page should have only one that is visible
			p.main = block.None
			return
		}
		p.main = int32(i)
	}
	if p.main != block.None && p.boxes[p.main].Words-p.boxes[p.main].Links < minMain {
		p.main = block.None
	}
}

// maxReadingTimeWords is the maximum number of words in a line that gives the reading time.
const maxReadingTimeWords = 12

// minBelowTop is the minimum number of voted words outside links below the headline of an article. A headline with
// fewer words below it belongs to a teaser.
const minBelowTop = 40

// maxAboveTop is the maximum number of such words above the headline, for each one below it, and maxLongAboveTop is
// this maximum if there are at least longAboveTop of them and the page is no thread. With more, the heading is that of
// a later part of the text.
const (
	maxAboveTop     = 2
	maxLongAboveTop = 0.25
	longAboveTop    = 100
)

// findTop sets p.top to the headline of the article: the only heading outside the comments that repeats the title, with
// enough text below it and not too much above it. It sets p.top to -1 if there is none or more than one.
func (p *page) findTop() {
	p.top = -1
	above, below := int32(0), int32(0)
	for b := len(p.Blocks) - 1; b >= 0; b-- {
		bl := &p.Blocks[b]
		switch {
		case bl.Kind == block.Headline && bl.Level > 0 && p.RawZones[bl.First]&zone.Comments == 0:
			if p.top >= 0 || below < minBelowTop {
				p.top = -1
				return
			}
			p.top = b
		case !p.IsVoted(b):
		case p.top < 0:
			below += bl.Words - bl.LinkWords
		default:
			above += bl.Words - bl.LinkWords
		}
	}
	long := above >= longAboveTop && !p.mayBeThread()
	if above > maxAboveTop*below || long && float32(above) > maxLongAboveTop*float32(below) {
		p.top = -1
	}
}

// minText is the minimum number of words of a voted block for it to count as text.
const minText = 20

// findText finds the first and the last voted block of text. It counts the voted blocks of text, the words in all voted
// blocks, and the words in those voted blocks of text that are not mostly links.
func (p *page) findText() {
	p.FirstText, p.LastText = len(p.Blocks), -1
	for i := range p.Blocks {
		bl := &p.Blocks[i]
		if !p.IsVoted(i) {
			continue
		}
		p.allWords += bl.Words
		if bl.Words < minText {
			continue
		}
		p.FirstText, p.LastText = min(p.FirstText, i), i
		p.texts++
		if bl.LinkDensity() < 0.5 {
			p.textWords += bl.Words
		}
	}
}

// findRuns computes, for each block for which isSiteLink holds, the number of such blocks in a row around it. For all
// other blocks the number is 0.
func (p *page) findRuns() {
	p.siteRuns = p.scratch().Int32s.Take(len(p.Blocks))
	for from := 0; from < len(p.Blocks); {
		if !p.isSiteLink(from) {
			from++
			continue
		}
		to := from + 1
		for to < len(p.Blocks) && p.isSiteLink(to) {
			to++
		}
		run := int32(to - from)
		for ; from < to; from++ {
			p.siteRuns[from] = run
		}
	}
}

// isSiteLink reports whether a block, other than a table cell or code, is short, has at least 80 % of its words in
// links, and links only to the page's own host.
func (p *page) isSiteLink(b int) bool {
	bl := &p.Blocks[b]
	if bl.LinkDensity() < 0.8 || bl.Words > 40 || bl.Kind.IsData() {
		return false
	}
	for i := range p.linksOf(bl) {
		if !p.isOwnHost(p.Tree.Attr(i, "href")) {
			return false
		}
	}
	return true
}
