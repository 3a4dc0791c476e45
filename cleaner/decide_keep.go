package cleaner

import (
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// keepSigns keeps what has no words, asterisks or an emoji between paragraphs, where both neighbors are kept: the
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
			p.verdicts[b] = verdict{
				stage: "judge", by: "judge", reason: "no words, and not between what is kept",
				probability: 1 - p.Probabilities[b],
			}
		}
	}
}

// maxStandfirst is the largest number of words of an introduction between the headline and the text.
const maxStandfirst = 60

// keepStandfirst keeps the block below the headline whose class names call it an introduction: engines search for the
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

// maxBetween is how many words of boilerplate are allowed between a heading and its section: a rating, a date.
const maxBetween = 6

// keepHeadings keeps headings that the vote dropped from kept text: engines judge headings by their class names. The
// section must follow at once. The box around the heading must also contain text of the article above it, or have no
// other text than the section.
func (p *page) keepHeadings() {
	next, last, between := -1, p.lastKept(), 0 // the kept block below, and the words between
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

// leads reports whether a block is of a kind that introduces what is below it: a heading, or what is quoted or listed
// there.
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

// minTakenBack is the least probability of being content, 0 to 1, with which a block is kept because of the blocks
// around it.
const minTakenBack = 0.25

// mayBeKept reports whether the judge allows a block to be kept because of the blocks around it.
func (p *page) mayBeKept(b int) bool {
	return p.Probabilities[b] >= minTakenBack || !p.judged && !p.IsFolded(b)
}
