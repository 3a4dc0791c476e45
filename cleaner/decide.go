package cleaner

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A verdict says whether a block is in the article, and if not, which stage, which rule and which reason.
type verdict struct {
	keep                bool
	stage, rule, reason string
}

// decide keeps what was voted for and what no rule objects to.
func (p *page) decide() {
	p.verdicts = make([]verdict, len(p.blocks))
	for b := range p.blocks {
		switch l := p.labels[b]; {
		case l.reason != "":
			p.verdicts[b] = verdict{stage: "label", rule: rules[l.rule].name, reason: l.reason}
		case p.votes[b] < 0.5:
			p.verdicts[b] = verdict{stage: "vote", rule: "vote", reason: "not kept by " + p.source}
		default:
			p.verdicts[b] = verdict{keep: true}
		}
	}
	p.keepAlike()
	p.keepStandfirst()
	p.keepHeadings()
	p.keepLists()
	p.keepNotes()
	p.keepCaptions()
}

const (
	minAlike      = 3  // kept paragraphs of a shape that make it the text's
	minAlikeWords = 10 // of a paragraph that is taken back
)

// keepAlike takes back paragraphs of the text that the vote left in another box of the same section: they have the shape (the class,
// and not the empty one) of most that was kept, and stand in the same article.
func (p *page) keepAlike() {
	shape := func(b int) string { return block.Attr(p.tree.Nodes[p.blocks[b].Elem].HTML, "class") }
	kept := make(map[string]int32)
	words := int32(0)
	for b := range p.blocks {
		if bl := &p.blocks[b]; p.verdicts[b].keep && bl.Kind == block.Paragraph && bl.Words >= minAlikeWords {
			kept[shape(b)] += 1
			words++
		}
	}
	if words < minAlike || p.lastText < 0 {
		return
	}
	article := p.tree.Ancestor(p.blocks[p.lastText].Elem, atom.Section, atom.Article, atom.Main)
	if article == block.None {
		return
	}
	for b := range p.blocks {
		bl := &p.blocks[b]
		if p.verdicts[b].keep || p.labels[b].reason != "" || bl.Kind != block.Paragraph || bl.Words < minAlikeWords || bl.LinkDensity() > 0.3 || !p.tree.Contains(article, bl.Elem) {
			continue
		}
		if s := shape(b); s != "" && kept[s] >= minAlike && 2*kept[s] >= words {
			p.verdicts[b] = verdict{keep: true}
		}
	}
}

// maxStandfirst is how many words stand between a headline and the text that are the article's own.
const maxStandfirst = 60

// keepStandfirst takes back what stands below the headline under the name of its introduction: engines look for the article
// in another box.
func (p *page) keepStandfirst() {
	if p.top < 0 {
		return
	}
	for b := p.top + 1; b < min(p.top+belowHeadline, len(p.blocks)) && !p.verdicts[b].keep; b++ {
		if bl := &p.blocks[b]; p.zoneOf(b)&zoneStandfirst != 0 && bl.Words >= 4 && bl.Words <= maxStandfirst && bl.LinkDensity() < 0.5 && p.labels[b].reason == "" {
			p.verdicts[b] = verdict{keep: true}
			return
		}
	}
}

// maxHeadingGap is how many elements a heading may stand away from its section, counted up from the heading.
const maxHeadingGap = 4

// maxBetween is how many words that are no content may stand between a heading and its section: a rating, a date.
const maxBetween = 6

// keepHeadings takes back headings that the vote left out of kept text: engines judge headings by their class names. The section
// follows at once, and the heading stands in the box that holds text of the article above it too, or whose only text the section is.
func (p *page) keepHeadings() {
	next, last, between := -1, p.lastKept(), 0 // the kept block below, and what stands between
	for b := len(p.blocks) - 1; b >= 0; b-- {
		bl := &p.blocks[b]
		if p.verdicts[b].keep {
			next, between = b, 0
			continue
		}
		if bl.Words == 0 || bl.Kind == block.Byline || bl.Kind == block.Caption {
			continue
		}
		if leads(bl) && bl.LinkWords == 0 && p.labels[b].reason == "" && next >= 0 && b < last && p.startsSection(b, next) {
			p.verdicts[b] = verdict{keep: true}
			next, between = b, 0
			continue
		}
		if p.labels[b].reason == "" {
			if between += int(bl.Words); between > maxBetween {
				next = -1
			}
		}
	}
}

// leads reports whether a block is of a kind that introduces what stands below it: a heading, or what is quoted or listed there.
func leads(bl *block.Block) bool {
	switch bl.Kind {
	case block.Heading:
		return bl.Words <= 25
	case block.Quote:
		return bl.Words <= maxNoteWords
	case block.Code: // the numbers of lines beside it are code too, to the eye
		return bl.Words <= maxNoteWords && strings.ContainsFunc(bl.Text, unicode.IsLetter)
	}
	return false
}

func (p *page) lastKept() int {
	for b := len(p.blocks) - 1; b >= 0; b-- {
		if p.verdicts[b].keep {
			return b
		}
	}
	return -1
}

// startsSection reports whether kept block b stands in a box around heading h that is not far up.
func (p *page) startsSection(h, b int) bool {
	at := p.blocks[h].Elem
	for range maxHeadingGap {
		if at = p.tree.Nodes[at].Parent; at == block.None {
			return false
		}
		if p.tree.Contains(at, p.blocks[b].Elem) {
			return true
		}
	}
	return false
}

// keepLists takes back lists that a kept line announces with a colon: engines take short items for a menu.
func (p *page) keepLists() {
	for b := 0; b+1 < len(p.blocks); b++ {
		if !p.verdicts[b].keep || p.blocks[b].Kind == block.Item || !endsWithColon(p.blocks[b].Text) {
			continue
		}
		for c := b + 1; c < len(p.blocks) && p.blocks[c].Kind == block.Item && p.labels[c].reason == "" && p.startsSection(b, c); c++ {
			if p.blocks[c].LinkWords < p.blocks[c].Words {
				p.verdicts[c] = verdict{keep: true}
			}
		}
	}
}

const (
	maxNoteMark  = 6   // bytes of a reference to a note: "[12]", "*"
	maxNoteWords = 200 // of a note
	maxNoteShare = 0.3 // of the kept words: small print is longer than what it explains
)

// keepNotes takes back the notes that kept text refers to, which engines drop with the page's foot.
func (p *page) keepNotes() {
	wanted := make(map[string]bool)
	for b := range p.blocks {
		bl := &p.blocks[b]
		if !p.verdicts[b].keep || bl.LinkWords == 0 || bl.LinkWords == bl.Words {
			continue
		}
		for i := bl.First; i < bl.End; i++ {
			if id, ok := p.noteReference(i); ok {
				wanted[id] = true
			}
		}
	}
	if len(wanted) == 0 {
		return
	}
	var notes []int
	noted, kept := int32(0), int32(0)
	for b := range p.blocks {
		switch bl := &p.blocks[b]; {
		case p.verdicts[b].keep:
			kept += bl.Words
		case b > p.firstText && bl.Words <= maxNoteWords && p.labels[b].reason == "" && p.inNote(b, wanted):
			notes = append(notes, b)
			noted += bl.Words
		}
	}
	if float64(noted) > maxNoteShare*float64(kept) {
		return
	}
	for _, b := range notes {
		p.verdicts[b] = verdict{keep: true}
	}
}

// noteReference reads the id that a mark in the text links to.
func (p *page) noteReference(i int32) (string, bool) {
	n := &p.tree.Nodes[i]
	if n.Tag != atom.A || p.weight[i] == 0 || p.weight[i] > maxNoteMark {
		return "", false
	}
	href := block.Attr(n.HTML, "href")
	if len(href) < 2 || href[0] != '#' {
		return "", false
	}
	return href[1:], true
}

// inNote reports whether a block stands in an element with one of the ids, or beside one that is the note's number.
func (p *page) inNote(b int, ids map[string]bool) bool {
	at := p.blocks[b].Elem
	for range maxHeadingGap {
		if at == block.None {
			return false
		}
		n := &p.tree.Nodes[at]
		if ids[block.Attr(n.HTML, "id")] {
			return true
		}
		if first := at + 1; first < n.End && p.tree.Nodes[first].Tag == atom.A && ids[block.Attr(p.tree.Nodes[first].HTML, "id")] {
			return true
		}
		at = n.Parent
	}
	return false
}

// keepCaptions takes back captions that the vote left out of a box whose other text is kept: engines drop figures whose image
// has yet to be loaded, and the image goes with its caption.
func (p *page) keepCaptions() {
	all, kept := p.keptWords()
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Kind != block.Caption || p.verdicts[b].keep || p.labels[b].reason != "" || bl.LinkDensity() > 0.5 {
			continue
		}
		for at := bl.Elem; at != block.None; at = p.tree.Nodes[at].Parent {
			if all[at] > 0 {
				if 2*kept[at] > all[at] && kept[at] >= minCaptioned {
					p.verdicts[b] = verdict{keep: true}
				}
				break
			}
		}
	}
}

// minCaptioned is how many words beside a caption must be kept for it to be part of an article.
const minCaptioned = 50

// keptWords sums, for every node, the words of blocks at or below it that are no captions, and of those the kept.
func (p *page) keptWords() (all, kept []int32) {
	all, kept = make([]int32, len(p.tree.Nodes)), make([]int32, len(p.tree.Nodes))
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Kind == block.Caption {
			continue
		}
		all[bl.Elem] += bl.Words
		if p.verdicts[b].keep {
			kept[bl.Elem] += bl.Words
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		parent := p.tree.Nodes[i].Parent
		all[parent] += all[i]
		kept[parent] += kept[i]
	}
	return all, kept
}
