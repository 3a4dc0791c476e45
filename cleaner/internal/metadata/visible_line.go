package metadata

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A lineReader reads the names and dates on the page's lines, one line after the other, into its visible. Some lines
// are labels of the next line, and below the beginning of the text, names and dates count less.
type lineReader struct {
	*View
	visible
	style dates.Style
	// ofThread reports whether the first name and the first date are those of the first post.
	ofThread bool
	// textAt is the block in which the first paragraph below the headline begins, or -1 if none has begun. Headings below
	// a paragraph are not bylines.
	textAt int
	label  label
	credit credit
	line   lineState
}

// A label is what the previous line announces, if it was only a label: an author ("Written by"), the date of
// publication ("Published") or the date of the last change ("Updated").
type label struct{ author, published, modified bool }

// A credit is the label of a person who is not an author. awaited reports whether the line was only "Edited by", in
// block at, so that the next line has the person's name.
type credit struct {
	awaited bool
	at      int
}

// A lineState is what is known about the line that is being read, and about the current run on it.
type lineState struct {
	// nearness is how near the line is to the headline: 100 for the headline itself, and less for each line farther away.
	nearness int
	// above reports whether the line is above the headline.
	above bool
	// timed reports whether the line consists of one run followed by a time element, just below the headline.
	timed bool
	// beside reports whether the line has a date in any of its runs, and little else. named reports whether names have
	// been read from the line as a whole.
	beside, named bool
	// lead is the text before the current run, such as "Last edited:". next is the label after the current run, on a
	// line whose labels follow the dates. dated reports whether the run has a date.
	lead, next string
	dated      bool
}

// newReader returns a reader that has read no line yet.
func (p *View) newReader(style dates.Style) *lineReader {
	return &lineReader{View: p, style: style, visible: visible{byline: visibleByline{at: -9}}, textAt: -1}
}

// inText reports whether a paragraph has begun above the line.
func (r *lineReader) inText() bool { return r.textAt >= 0 }

// notBylines are zones with the names and dates of other pages and other people.
const notBylines = zone.Related | zone.Nav | zone.Comments | zone.ReplyForm | zone.Newsletter |
	zone.Ad | zone.Breadcrumb | zone.Pager | zone.Tags | zone.Quote

// readLine reads the names and dates in one block.
func (r *lineReader) readLine(b int, line lineState) {
	r.line = line
	bl := &r.Blocks[b]
	switch {
	case r.isForeign(b):
		return
	case bl.Words > maxSignature && !r.marksUp(bl):
		r.readLead(bl.Text)
		return
	}
	outer := r.hintsAbove(bl.Elem)
	pieces := r.pieces(bl, outer)
	r.line.timed = r.line.isNear() && len(pieces) == 2 && pieces[0].when == "" && pieces[1].when != ""
	r.line.beside = bl.Words <= maxBesideWords && len(pieces) > 1 && text.UnspacedLength(bl.Text) > 0 &&
		isDatedLine(bl.Text, pieces, r.style)
	r.line.named = bl.Kind != block.Headline && bl.Kind != block.Heading && r.readAcross(pieces, b)
	dated, behind := false, labelsAreBehind(pieces, r.style)
	for i, piece := range pieces {
		if r.line.next = ""; behind && isLabelBehind(&pieces[i]) {
			continue
		} else if behind && i+1 < len(pieces) {
			r.line.next = pieces[i+1].text
		}
		r.line.dated = false
		r.readPiece(piece, b)
		if r.line.lead = piece.text; r.line.dated {
			r.line.lead, dated = "", true // the words of this run describe its own date, not one in the next run
		}
	}
	if !dated && bl.Words <= maxSignature && hasYear(bl.Text) {
		r.readSpread(bl, outer)
	}
	if !dated && r.month.IsZero() && !r.inText() && line.nearness >= farAbove && bl.Words <= maxMonthWords &&
		bl.Kind != block.Headline {
		r.month = monthIn(bl.Text, r.style)
	}
	if bl.Words >= minOpening {
		r.label, r.credit = label{}, credit{}
	}
}

// isForeign reports whether a block says nothing about the page's authors and dates: readers do not see it, it is the
// first and the last day of a life, code or a long table cell, an entry of a table of contents or the name of the
// program that made the page, or it is in a box about other pages.
func (r *lineReader) isForeign(b int) bool {
	bl := &r.Blocks[b]
	foreign := notBylines
	if r.line.isNear() { // these boxes count here, because the page may be a newsletter
		foreign &^= zone.Newsletter | zone.Tags | zone.Ad
	}
	if r.Zones[b]&zone.Tags != 0 && (r.Zones[b]&(zone.AuthorBox|zone.Byline) != 0 || r.marksName(bl)) {
		foreign &^= zone.Tags // the footer of the text
	}
	if r.Zones[b]&zone.Quote != 0 && r.speaksOfItself(bl.Text) { // a notice about the page's author, in a box
		foreign &^= zone.Quote
	}
	return r.Hidden[b] || bl.Words <= maxSignature && hasYear(bl.Text) && isLife(bl.Text, r.style) ||
		bl.Kind == block.Code || bl.Kind == block.Cell && bl.Words > maxSignature || r.Zones[b]&foreign != 0 ||
		r.isContents(bl) || bl.LinkWords > 0 && phrase.IsGenerated(bl.Text) // the date is that of this copy of the page
}

// isContents reports whether a block is an entry of a table of contents, or several: "Authors" is then no label of a
// name. It consists of links to parts of the page that are named like the links.
func (p *View) isContents(bl *block.Block) bool {
	if bl.LinkWords < bl.Words {
		return false
	}
	link := p.Tree.Ancestor(bl.First, atom.A)
	for i := bl.First; link == block.None && i < min(bl.End, bl.First+maxPieceNodes); i++ {
		if p.Tree.Nodes[i].Tag == atom.A {
			link = i
		}
	}
	if link == block.None {
		return false
	}
	part, ok := strings.CutPrefix(p.Tree.Attr(link, "href"), "#")
	return ok && part != "" && text.FoldLetters(part) == text.FoldLetters(TextOf(p.Tree.Nodes[link].HTML))
}

// isNear reports whether the line is close to the headline but not the headline itself.
func (l *lineState) isNear() bool { return l.nearness >= nearHeadline && l.nearness < 100 }

// readSpread reads a date whose month, day and year are in separate elements.
func (r *lineReader) readSpread(bl *block.Block, outer hint) {
	text := bl.Text
	d, ok := dates.Find(text, r.style)
	if !ok && bl.End-bl.First > 1 {
		text = r.spacedText(bl)
		d, ok = dates.Find(text, r.style)
	}
	if ok {
		r.addDate(d, outer&^hintPublished, text[:d.Start], afterClock(text[d.End:]))
	}
}

// maxBesideWords is the maximum number of words of a line that consists of a name, a date and labels.
const maxBesideWords = 12

// spacedText returns a short block's text with spaces between elements that only style sheets separate.
func (p *View) spacedText(b *block.Block) string {
	var s strings.Builder
	for i := b.First; i < min(b.End, b.First+maxPieceNodes); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Text {
			s.WriteString(n.Text)
			s.WriteByte(' ')
		}
	}
	return Clean(s.String())
}

// readBroken reads a date that is split into three lines for day, month and year, as on a calendar. The first line is
// block b.
func (r *lineReader) readBroken(b int) {
	if b+2 >= len(r.Blocks) {
		return
	}
	for i := b; i < b+3; i++ {
		if bl := &r.Blocks[i]; len(bl.Text) > maxBrokenPart || bl.Words > 2 || r.Hidden[i] ||
			r.Zones[i]&notBylines != 0 {
			return
		}
	}
	s := r.Blocks[b].Text + " " + r.Blocks[b+1].Text + " " + r.Blocks[b+2].Text + " "
	if !hasYear(s) || !hasDay(s) {
		return
	}
	if d, ok := dates.Find(s, r.style); ok && d.Start == 0 && strings.TrimSpace(afterClock(s[d.End:])) == "" {
		r.addDate(d, r.hintsAbove(r.Blocks[b].Elem), "", "")
	}
}

// maxBrokenPart is the maximum number of bytes in each line of a date that is split into three lines.
const maxBrokenPart = 40

// readLead reads the place, date and reporter with which agencies begin a text.
func (r *lineReader) readLead(text string) {
	if r.published.score == 0 {
		r.readDateline(text)
	}
	if r.byline.trust <= trustLine {
		if names := eastAsianNames(text, r.meta.Names.language); names != nil {
			r.addNames(strings.Join(names, "、"), trustMarked, -1, false)
		}
	}
	r.label = label{}
}

// readPiece reads the dates and names in one run of a line. The class names around a run give the same hints for all of
// its text.
func (r *lineReader) readPiece(pc piece, b int) {
	if pc.hint&hintForeign != 0 || text.CountWords(pc.text) > maxSignature {
		return
	}
	line := r.readDates(pc)
	if phrase.Photographers.Has(strings.ToLower(strings.Trim(line, " \n:()"))) {
		r.dropLast(b)
		return
	}
	if r.line.named {
		r.readLabel(line)
		return
	}
	if names := eastAsianNames(strings.ReplaceAll(line, "\n", " "), r.meta.Names.language); names != nil {
		r.addNames(strings.Join(names, "、"), trustNamed, b, false)
		return
	}
	if pc.hint&hintOther != 0 && !isWrittenBy(line) {
		return
	}
	if k := r.Blocks[b].Kind; k == block.Heading && r.readLabel(line) {
		return
	} else if k == block.Heading && (isBylineLabel(line, byPrefix(line)) || isWrittenBy(line) ||
		pc.hint&hintAuthor != 0 && len(BylineNames(line)) > 0) {
		// "Author", "Written by Ada Pell", or "By Ada Pell" in a box about her; a heading of an article has no such label
	} else if k == block.Headline && !r.isBesideHeadline(b, line) || k == block.Heading && pc.hint&hintPerson == 0 &&
		(r.inText() && !r.isAboveDay(b) || pc.hint&hintAuthor == 0) && !r.label.author {
		return
	}
	if name := r.signedHan(line, b, r.line.dated); name != "" && r.line.isNear() {
		r.addNames(name, trustLine, b, false)
		return
	}
	if name, trust := r.accountBeside(pc, line); name != "" && r.line.isNear() {
		r.addNames(name, trust, b, true)
		return
	}
	for line := range strings.FieldsFuncSeq(withoutPlace(line), isLineBreak) {
		for part := range strings.SplitSeq(line, " - ") {
			part = strings.TrimSpace(part)
			beside := r.line.dated || r.line.timed || r.line.beside && isHanPerson(part)
			r.readNames(part, pc.hint, b, beside && r.line.nearness >= farAbove)
		}
	}
	if r.line.dated && text.Letters(line[strings.LastIndexByte(line, '\n')+1:]) == 0 {
		r.label.published, r.label.modified = false, false // a label before a date describes that date
	}
}

// isBesideHeadline reports whether a line of the block with the headline is not the headline itself. In such a block,
// the other lines are dates and bylines.
func (r *lineReader) isBesideHeadline(b int, line string) bool {
	bl := &r.Blocks[b]
	return bl.Level == 0 && strings.Contains(bl.Text, "\n") && !text.EqualFolded(line, text.FoldLetters(r.meta.Title))
}
