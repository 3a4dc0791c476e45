package cleaner

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// keepSigns keeps what has no words, asterisks or an emoji between paragraphs, where both neighbours are kept: the
// judge knows words only.
func (p *page) keepSigns() {
	if !p.judged {
		return
	}
	above, below := -1, -1 // the nearest blocks with words
	for b := range p.Blocks {
		if p.Blocks[b].Words > 0 {
			above = b
			continue
		}
		if below <= b {
			for below = b + 1; below < len(p.Blocks) && p.Blocks[below].Words == 0; {
				below++
			}
		}
		if p.labels[b].reason != "" {
			continue
		}
		if above >= 0 && below < len(p.Blocks) && p.verdicts[above].keep && p.verdicts[below].keep {
			p.verdicts[b] = verdict{keep: true}
		} else if p.verdicts[b].keep {
			p.verdicts[b] = verdict{stage: "judge", rule: "judge", reason: "no words, and not between what is kept",
				probability: 1 - p.Probabilities[b]}
		}
	}
}

// maxStandfirst is how many words stand between a headline and the text that are the article's own.
const maxStandfirst = 60

// keepStandfirst takes back what stands below the headline under the name of its introduction: engines look for the
// article in another box.
func (p *page) keepStandfirst() {
	if p.top < 0 {
		return
	}
	for b := p.top + 1; b < min(p.top+belowHeadline, len(p.Blocks)) && !p.verdicts[b].keep; b++ {
		if bl := &p.Blocks[b]; p.zoneOf(b)&zone.Standfirst != 0 && bl.Words >= 4 && bl.Words <= maxStandfirst &&
			bl.LinkDensity() < 0.5 && p.labels[b].reason == "" {
			p.verdicts[b] = verdict{keep: true}
			return
		}
	}
}

// maxBetween is how many words that are no content may stand between a heading and its section: a rating, a date.
const maxBetween = 6

// keepHeadings takes back headings that the vote left out of kept text: engines judge headings by their class names.
// The section follows at once, and the heading stands in the box that holds text of the article above it too, or whose
// only text the section is.
func (p *page) keepHeadings() {
	next, last, between := -1, p.lastKept(), 0 // the kept block below, and what stands between
	for b := len(p.Blocks) - 1; b >= 0; b-- {
		bl := &p.Blocks[b]
		if p.verdicts[b].keep {
			next, between = b, 0
			continue
		}
		if bl.Words == 0 || bl.Kind == block.Byline || bl.Kind == block.Caption {
			continue
		}
		if (leads(bl) && p.mayBeKept(b) || p.namesNotice(b)) && bl.LinkWords == 0 && p.labels[b].reason == "" && next >= 0 &&
			b < last && p.startsSection(b, next) {
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

// leads reports whether a block is of a kind that introduces what stands below it: a heading, or what is quoted or
// listed there.
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

// maxNoticeName is how many words the name of a notice has at most: "Note", "Read before use".
const maxNoticeName = 3

// namesNotice reports whether a block is the name of a box that documentation sets apart: "Note", "Warning".
func (p *page) namesNotice(b int) bool {
	bl := &p.Blocks[b]
	if bl.Kind != block.Paragraph && bl.Kind != block.Heading || bl.Words > maxNoticeName {
		return false
	}
	at := bl.Elem
	for range maxHeadingGap {
		if at == block.None {
			return false
		}
		for name := range strings.FieldsSeq(dom.Attr(p.Tree.Nodes[at].HTML, "class")) {
			switch name {
			case "admonition", "theme-admonition", "callout", "alert", "markdown-alert", "admonitionblock", "note", "warning",
				"tip":
				return true
			}
		}
		at = p.Tree.Nodes[at].Parent
	}
	return false
}

// minTakenBack is how probably a block is content at least that is taken back for what stands around it, 0 to 1.
const minTakenBack = 0.25

// mayBeKept reports whether the judge does not speak against a block.
func (p *page) mayBeKept(b int) bool {
	return p.Probabilities[b] >= minTakenBack || !p.judged && !p.IsFolded(b)
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

// keepLists takes back lists that a kept line announces with a colon: engines take short items for a menu.
func (p *page) keepLists() {
	for b := 0; b+1 < len(p.Blocks); b++ {
		if !p.verdicts[b].keep || p.Blocks[b].Kind == block.Item || !text.EndsWithColon(p.Blocks[b].Text) {
			continue
		}
		for c := b + 1; c < len(p.Blocks) && p.Blocks[c].Kind == block.Item && p.labels[c].reason == "" &&
			p.startsSection(b, c); c++ {
			if p.Blocks[c].LinkWords < p.Blocks[c].Words {
				p.verdicts[c] = verdict{keep: true}
			}
		}
	}
}

// Bounds of lists that are kept whole: the share of the items' words that is content one by one, and the least opinion
// of the others.
const (
	minKeptList  = 0.6
	minItemTaken = 0.15
)

// keepItems takes back items of a list most of which is kept.
func (p *page) keepItems() {
	for from := 0; from < len(p.Blocks); {
		list := p.listOf(from)
		if list == block.None {
			from++
			continue
		}
		end, words, kept := from, int32(0), int32(0)
		for ; end < len(p.Blocks) && p.listOf(end) == list; end++ {
			words += p.Blocks[end].Words
			if p.verdicts[end].keep {
				kept += p.Blocks[end].Words
			}
		}
		if p.judged && kept < words && float64(kept) >= minKeptList*float64(words) {
			for b := from; b < end; b++ {
				if p.labels[b].reason == "" && p.Probabilities[b] >= minItemTaken {
					p.verdicts[b] = verdict{keep: true}
				}
			}
		}
		from = end
	}
}

// listOf is the list that a block is an item of, None if it is none.
func (p *page) listOf(b int) int32 {
	if p.Blocks[b].Kind != block.Item {
		return block.None
	}
	return p.Tree.Ancestor(p.Blocks[b].Elem, atom.Ul, atom.Ol)
}

const (
	maxNoteMark  = 6   // bytes of a reference to a note: "[12]", "*"
	maxNoteWords = 200 // of a note
	maxNoteShare = 0.3 // of the kept words: small print is longer than what it explains
)

// Bounds of tables that are kept whole: the share of a table's words that is content by each cell, and the mean opinion
// of a product's table, which is its specification.
const (
	minKeptTable    = 0.5
	minProductTable = 0.25
)

// keepTables makes one decision of a data table: most of it kept is all of it kept.
func (p *page) keepTables() {
	for from := 0; from < len(p.Blocks); {
		table := block.None
		if p.Blocks[from].Kind == block.Cell {
			table = p.Tree.Ancestor(p.Blocks[from].Elem, atom.Table)
		}
		if table == block.None || !p.Tree.IsDataTable(table) {
			from++
			continue
		}
		end := from
		words, kept, opinion := float32(0), float32(0), float32(0)
		for ; end < len(p.Blocks) && p.Tree.Contains(table, p.Blocks[end].Elem); end++ {
			w := float32(p.Blocks[end].Words) + 0.5
			words += w
			opinion += w * p.Probabilities[end]
			if p.verdicts[end].keep {
				kept += w
			}
		}
		if p.judged && (kept >= minKeptTable*words || p.Kind == judge.KindProduct && opinion >= minProductTable*words) {
			for b := from; b < end; b++ {
				if p.labels[b].reason == "" {
					p.verdicts[b] = verdict{keep: true}
				}
			}
		}
		from = max(end, from+1)
	}
}

// Bounds of recipes that are kept whole: the share of the card's words that is content by itself, and how far below the
// threshold the rest of it may be.
const (
	minKeptRecipe = 0.5
	nearThreshold = 0.1
)

// keepRecipes takes back what the judge hardly doubts in a recipe's card, which has short sections of its own: times,
// notes.
func (p *page) keepRecipes() {
	if !p.judged {
		return
	}
	for _, card := range p.Names.Recipes {
		words, kept := int32(0), int32(0)
		for b := range p.Blocks {
			if p.Tree.Contains(card, p.Blocks[b].Elem) {
				words += p.Blocks[b].Words
				if p.verdicts[b].keep {
					kept += p.Blocks[b].Words
				}
			}
		}
		for b := range p.Blocks {
			if float64(kept) >= minKeptRecipe*float64(words) && p.Tree.Contains(card, p.Blocks[b].Elem) &&
				p.labels[b].reason == "" &&
				p.Blocks[b].Words > 0 && p.Probabilities[b] > p.Threshold.At-nearThreshold {
				p.verdicts[b] = verdict{keep: true}
			}
		}
	}
}

// keepNotes takes back the notes that kept text refers to, which engines drop with the page's foot.
func (p *page) keepNotes() {
	wanted := make(map[string]bool)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if !p.verdicts[b].keep || bl.LinkWords == 0 || bl.LinkWords == bl.Words {
			continue
		}
		for i := bl.First; i < bl.End; i++ {
			if id, ok := p.noteReference(i); ok {
				wanted[id] = true
			}
		}
	}
	var notes []int
	noted, kept := int32(0), int32(0)
	for b := range p.Blocks {
		switch bl := &p.Blocks[b]; {
		case p.verdicts[b].keep:
			kept += bl.Words
		case b > p.FirstText && bl.Words <= maxNoteWords && p.labels[b].reason == "" &&
			(p.inNote(b, wanted) || p.leadsBack(b)):
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
	n := &p.Tree.Nodes[i]
	if n.Tag != atom.A || p.weight[i] == 0 || p.weight[i] > maxNoteMark {
		return "", false
	}
	href := dom.Attr(n.HTML, "href")
	if len(href) < 2 || href[0] != '#' {
		return "", false
	}
	return href[1:], true
}

// leadsBack reports whether an item holds a sign that links to where it is referred to.
func (p *page) leadsBack(b int) bool {
	bl := &p.Blocks[b]
	if bl.Kind != block.Item {
		return false
	}
	for i := bl.First; i < p.Tree.Nodes[bl.Elem].End; i++ {
		if p.marks[i] == markAnchor {
			return true
		}
	}
	return false
}

// inNote reports whether a block stands in an element with one of the ids, or beside one that is the note's number.
func (p *page) inNote(b int, ids map[string]bool) bool {
	at := p.Blocks[b].Elem
	for range maxHeadingGap {
		if at == block.None {
			return false
		}
		n := &p.Tree.Nodes[at]
		if ids[dom.Attr(n.HTML, "id")] {
			return true
		}
		if first := at + 1; first < n.End && p.Tree.Nodes[first].Tag == atom.A &&
			ids[dom.Attr(p.Tree.Nodes[first].HTML, "id")] {
			return true
		}
		at = n.Parent
	}
	return false
}

// minCaption is how probably a caption is content at least that stands between the headline and the end of the text, 0
// to 1.
const minCaption = 0.1

// notArticle are the boxes whose pictures are not the article's.
const notArticle = zone.Related | zone.Nav | zone.Comments | zone.Ad | zone.Newsletter | zone.AuthorBox | zone.Share

// keepCaptions takes back captions that the vote left out of a box whose other text is kept: engines drop figures whose
// image has yet to be loaded, and the image goes with its caption.
func (p *page) keepCaptions() {
	all, kept := p.keptWords()
	last := p.lastKept()
	for b := range p.Blocks {
		if p.judged && p.top >= 0 && b > p.top && b < last && p.Blocks[b].Kind == block.Caption && p.labels[b].reason == "" &&
			p.Probabilities[b] >= minCaption && p.RawZones[p.Blocks[b].First]&notArticle == 0 {
			p.verdicts[b] = verdict{keep: true} // the judge learned nothing of captions: their place decides
		}
		bl := &p.Blocks[b]
		if bl.Kind != block.Caption || p.verdicts[b].keep || p.labels[b].reason != "" || bl.LinkDensity() > 0.5 {
			continue
		}
		for at := bl.Elem; at != block.None; at = p.Tree.Nodes[at].Parent {
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
	all, kept = p.scratch().Int32s.Take(len(p.Tree.Nodes)), p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind == block.Caption {
			continue
		}
		all[bl.Elem] += bl.Words
		if p.verdicts[b].keep {
			kept[bl.Elem] += bl.Words
		}
	}
	for i := len(all) - 1; i > 0; i-- {
		parent := p.Tree.Nodes[i].Parent
		all[parent] += all[i]
		kept[parent] += kept[i]
	}
	return all, kept
}
