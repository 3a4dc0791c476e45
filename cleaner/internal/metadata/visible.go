package metadata

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A visible contains what the lines near the headline say about who wrote the page, and when.
type visible struct {
	names nameList
	// trust is the confidence that the names are the authors'. nameAt is the block of the last name.
	trust, nameAt         int
	published, modified   visibleDate
	month                 dates.Date // the month on a line without a day
	expectName, expectNew bool       // the previous line was only a label: "Written by", "Published"
	expectOther           bool       // the previous line was only "Edited by", in block otherAt
	otherAt               int
	expectChange, forum   bool
	// editors are the people whom lines around the text name as editors.
	editors []string
	// posters are the authors of the posts in the page's thread, in page order.
	posters []string
	// lead is the text before the current run on the same line, such as "Last edited:". next is the label after the
	// current run, on a line whose labels follow the dates.
	lead, next string
	// dated reports whether the line has a date. timed reports whether it consists of one run followed by a time
	// element, just below the headline.
	dated, timed bool
	// beside reports whether the line has a date in any of its runs, and little else. named reports whether names have
	// been read from the line as a whole.
	beside, named bool
	// above reports whether the line is above the headline.
	above bool
	// inText reports whether a paragraph has begun, in block textAt. Headings below a paragraph are not bylines.
	inText bool
	textAt int
}

// The confidence that a name is the author's, or that a date is the page's. A label is more reliable than markup, and
// markup is more reliable than a bare line.
const (
	trustFar    = 1 // a dateline, or a line far above the headline, which may give the current date
	trustLine   = 2 // a line with only a date or a name
	trustMarked = 3 // a class name, or a time element
	trustNamed  = 4 // "By", "Published"
)

// Limits on the position and the length of a byline and a date.
const (
	maxAboveHeadline = 5    // blocks above the headline that are read
	maxBelowHeadline = 24   // blocks below the headline that are read
	maxBelowText     = 6    // blocks below the last text that are read
	maxNextAbove     = 2    // blocks above the headline that are next to it
	farAbove         = 60   // greater than the nearness of every block above the headline that is not next to it
	belowText        = -100 // the nearness of a block below the last text
	minOpening       = 20   // minimum number of words of a paragraph
	maxSignature     = 25   // maximum number of words of a line with names and dates
)

// findVisible reads the lines around the headline. If these lines have no names or no date, it reads the lines below
// the text. It gives each line a nearness to the headline: 100 for the headline, and less for each line farther away.
func (p *View) findVisible() *visible {
	v := &visible{nameAt: -9, forum: p.Forum}
	head, first, last := p.headLines()
	style := p.dateStyle()
	for b := first; b <= last; b++ {
		nearness := 100 - (b - head)
		if b < head {
			if nearness = nearHeadline + 1 - (head - b); head-b > maxNextAbove || p.hasProse(b+1, head) {
				nearness = farAbove - (head - b)
			}
		}
		v.above = b < head
		p.readLine(b, v, style, nearness)
		p.readBroken(b, v, style, nearness)
		if bl := &p.Blocks[b]; b > head && bl.Words-bl.LinkWords >= minOpening && !v.inText {
			v.inText, v.textAt = true, b
		}
	}
	p.findEditors(v, first, last)
	p.findUserCard(v, first)
	if s := v.published.score; s > 0 && s < 1000*trustNamed && !p.meta.Found.isDated() {
		p.findOrigin(v, style)
	}
	if p.LastText < 0 || v.trust > 0 && v.published.score > 0 {
		return v
	}
	names, trust, nameAt, published := v.names, v.trust, v.nameAt, v.published
	for class, list := range names.of {
		names.of[class] = slices.Clone(list) // reading further lines may change the lists in place
	}
	v.expectName, v.expectNew, v.expectChange = false, false, false
	for b := max(last+1, p.LastText+1); b <= min(p.LastText+maxBelowText, len(p.Blocks)-1); b++ {
		p.readLine(b, v, style, belowText)
	}
	if len(names.of[Person]) > 0 {
		v.names, v.trust, v.nameAt = names, trust, nameAt
	}
	p.findLoneByline(v, style)
	p.findSignature(v)
	if published.score >= 1000*trustLine+farAbove {
		v.published = published // a date next to the headline is more reliable than words below the text
	}
	if v.published.score == 0 && (!p.meta.Found.isDated() || p.meta.Found.isGenerated()) {
		p.findLoneDate(v, style)
	}
	return v
}

// hasProse reports whether a block in the range [from, to) is a sentence without links. If there is a sentence between
// a date and the headline below it, the date belongs to a comment or a teaser.
func (p *View) hasProse(from, to int) bool {
	for b := from; b < to; b++ {
		if bl := &p.Blocks[b]; bl.LinkWords == 0 && bl.Words >= minAbove && text.EndsSentence(bl.Text) && !p.Hidden[b] {
			return true
		}
	}
	return false
}

// minAbove is the minimum number of words of a sentence above the headline.
const minAbove = 5

// headLines returns the block of the headline, and the first and the last block that may contain the byline and the
// date. If there is no headline, head is the block before the first text, which is -1 if the page begins with text. On
// a page without text, head is 0.
func (p *View) headLines() (head, first, last int) {
	head = p.articleHeadline()
	if head < 0 {
		head = max(p.FirstText, 0) - 1
		if p.FirstText >= len(p.Blocks) {
			head = 0
		}
		first = max(head-8, 0)
	} else {
		first = max(head-maxAboveHeadline, 0)
	}
	texts := 0
	for last = head + 1; last < min(head+maxBelowHeadline, len(p.Blocks)-1); last++ {
		if bl := &p.Blocks[last]; bl.Words-bl.LinkWords >= minOpening && bl.Kind != block.Caption {
			if texts++; texts >= 3 {
				break
			}
		}
	}
	return head, first, min(last, len(p.Blocks)-1)
}

// articleHeadline returns the block of the headline above the article, or -1 if there is none. Teasers and breadcrumbs
// may repeat the headline.
func (p *View) articleHeadline() int {
	best, bestScore, far := -1, -100, false
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind != block.Headline {
			continue
		}
		score := 0
		switch {
		case bl.Level == 1 || p.Tree.Ancestor(bl.Elem, atom.H1) != block.None:
			score = 4
		case bl.Level > 0:
			score = 2
		}
		if p.Zones[b]&(zone.Related|zone.Nav|zone.Breadcrumb|zone.Pager|zone.Comments) != 0 ||
			p.Tree.Ancestor(bl.Elem, atom.Aside, atom.Footer) != block.None {
			score -= 5
		}
		if bl.LinkWords == bl.Words {
			score -= 2
		}
		titled, near := text.EqualFolded(bl.Text, p.Title.Folded), p.opensText(b)
		if titled {
			score += 3
		}
		if near {
			score += 3
		}
		if score > bestScore {
			best, bestScore, far = b, score, !titled && !near
		}
	}
	if far && p.FirstText < len(p.Blocks) {
		return -1
	}
	return best
}

// opensText reports whether running text begins soon after a block.
func (p *View) opensText(b int) bool {
	for j := b + 1; j < min(b+maxBelowHeadline, len(p.Blocks)); j++ {
		if next := &p.Blocks[j]; next.Words-next.LinkWords >= minOpening {
			return true
		}
	}
	return false
}

// notBylines are zones with the names and dates of other pages and other people.
const notBylines = zone.Related | zone.Nav | zone.Comments | zone.ReplyForm | zone.Newsletter |
	zone.Ad | zone.Breadcrumb | zone.Pager | zone.Tags | zone.Quote

// readLine reads the names and dates in one block. It skips blocks that readers do not see, the first and the last day
// of a life, code, long table cells, and boxes about other pages.
func (p *View) readLine(b int, v *visible, style dates.Style, nearness int) {
	bl := &p.Blocks[b]
	foreign := notBylines
	if nearness >= nearHeadline && nearness < 100 { // these boxes count here, because the page may be a newsletter
		foreign &^= zone.Newsletter | zone.Tags | zone.Ad
	}
	if p.Zones[b]&zone.Tags != 0 && (p.Zones[b]&(zone.AuthorBox|zone.Byline) != 0 || p.marksName(bl)) {
		foreign &^= zone.Tags // the footer of the text
	}
	if p.Zones[b]&zone.Quote != 0 && p.speaksOfItself(bl.Text) { // a notice about the page's author, in a box
		foreign &^= zone.Quote
	}
	switch {
	case p.Hidden[b], bl.Words <= maxSignature && hasYear(bl.Text) && isLife(bl.Text, style):
		return
	case bl.Kind == block.Code || bl.Kind == block.Cell && bl.Words > maxSignature || p.Zones[b]&foreign != 0:
		return
	case bl.Words > maxSignature && !p.marksUp(bl):
		p.readLead(bl.Text, v, style)
		return
	}
	outer := p.hintsAbove(bl.Elem)
	v.lead, v.dated = "", false
	dated := false
	v.timed = nearness >= nearHeadline && nearness < 100
	pieces := p.pieces(bl, outer)
	v.timed = v.timed && len(pieces) == 2 && pieces[0].when == "" && pieces[1].when != ""
	v.beside = bl.Words <= maxBesideWords && len(pieces) > 1 && text.UnspacedLength(bl.Text) > 0 &&
		isDatedLine(bl.Text, pieces, style)
	v.named = bl.Kind != block.Headline && bl.Kind != block.Heading && p.readAcross(pieces, b, v, style)
	behind := labelsAreBehind(pieces, style)
	for i, piece := range pieces {
		if v.next = ""; behind && isLabelBehind(&pieces[i]) {
			continue
		} else if behind && i+1 < len(pieces) {
			v.next = pieces[i+1].text
		}
		v.dated = false
		p.readPiece(piece, b, v, style, nearness)
		if v.lead = piece.text; v.dated {
			v.lead, dated = "", true // the words of this run describe its own date, not one in the next run
		}
	}
	v.dated = dated
	if !v.dated && bl.Words <= maxSignature && hasYear(bl.Text) { // month, day and year may be in separate elements
		text := bl.Text
		d, ok := dates.Find(text, style)
		if !ok && bl.End-bl.First > 1 {
			text = p.spacedText(bl)
			d, ok = dates.Find(text, style)
		}
		if ok {
			v.addDate(d, outer&^hintPublished, text[:d.Start], afterClock(text[d.End:]), nearness)
		}
	}
	if !dated && v.month.IsZero() && !v.inText && nearness >= farAbove && bl.Words <= maxMonthWords &&
		bl.Kind != block.Headline {
		v.month = monthIn(bl.Text, style)
	}
	if bl.Words >= minOpening {
		v.expectName, v.expectNew, v.expectChange, v.expectOther = false, false, false, false
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
func (p *View) readBroken(b int, v *visible, style dates.Style, nearness int) {
	if b+2 >= len(p.Blocks) {
		return
	}
	for i := b; i < b+3; i++ {
		if bl := &p.Blocks[i]; len(bl.Text) > maxBrokenPart || bl.Words > 2 || p.Hidden[i] ||
			p.Zones[i]&notBylines != 0 {
			return
		}
	}
	s := p.Blocks[b].Text + " " + p.Blocks[b+1].Text + " " + p.Blocks[b+2].Text + " "
	if !hasYear(s) || !hasDay(s) {
		return
	}
	if d, ok := dates.Find(s, style); ok && d.Start == 0 && strings.TrimSpace(afterClock(s[d.End:])) == "" {
		v.addDate(d, p.hintsAbove(p.Blocks[b].Elem), "", "", nearness)
	}
}

// maxBrokenPart is the maximum number of bytes in each line of a date that is split into three lines.
const maxBrokenPart = 40

// readLead reads the place, date and reporter with which agencies begin a text.
func (p *View) readLead(text string, v *visible, style dates.Style) {
	if v.published.score == 0 {
		v.readDateline(text, style)
	}
	if v.trust <= trustLine {
		if names := eastAsianNames(text, p.meta.Names.language); names != nil {
			v.addNames(strings.Join(names, "、"), trustMarked, -1, false, p.meta.Names)
		}
	}
	v.expectName, v.expectNew, v.expectChange = false, false, false
}

// readPiece reads the dates and names in one run of a line. The class names around a run give the same hints for all of
// its text.
func (p *View) readPiece(pc piece, b int, v *visible, style dates.Style, nearness int) {
	if pc.hint&hintForeign != 0 || text.CountWords(pc.text) > maxSignature {
		return
	}
	line, dated := pc.text, false
	if d, ok := dates.Parse(pc.when, style); ok && len(pc.when) >= len(time.DateOnly) {
		before, after := line, ""
		if seen, ok := dates.Find(line, style); ok {
			before, after = line[:seen.Start], line[seen.End:]
			d = shownDay(d, seen)
		}
		v.addDate(d, pc.hint, before, after+v.next, nearness)
		v.dated = true
		line, dated = before+"\n"+afterClock(after), true
	}
	for range 3 {
		d, ok := dates.Find(line, style)
		if !ok {
			break
		}
		before, after := line[:d.Start], line[d.End:]
		v.addDate(d, pc.hint, before, after+v.next, nearness)
		v.dated = true
		line, dated = before+"\n"+afterClock(after), true
	}
	if phrase.Photographers.Has(strings.ToLower(strings.Trim(line, " \n:()"))) {
		v.dropLast(b)
		return
	}
	if v.named {
		v.readLabel(line)
		return
	}
	if names := eastAsianNames(strings.ReplaceAll(line, "\n", " "), p.meta.Names.language); names != nil {
		v.addNames(strings.Join(names, "、"), trustNamed, b, false, p.meta.Names)
		return
	}
	if pc.hint&hintOther != 0 && !isWrittenBy(line) {
		return
	}
	if k := p.Blocks[b].Kind; k == block.Heading && v.readLabel(line) {
		return
	} else if k == block.Heading && (isBylineLabel(line, byPrefix(line)) || isWrittenBy(line)) {
		// "Author", "Written by Ada Pell"; a heading of an article has no such label
	} else if k == block.Headline || k == block.Heading && pc.hint&hintPerson == 0 &&
		(v.inText || pc.hint&hintAuthor == 0) && !v.expectName {
		return
	}
	if name := p.signedHan(line, b, dated); name != "" && nearness >= nearHeadline && nearness != 100 {
		v.addNames(name, trustLine, b, false, p.meta.Names)
		return
	}
	if name, trust := p.accountBeside(pc, line, v); name != "" && nearness >= nearHeadline && nearness != 100 {
		v.addNames(name, trust, b, true, p.meta.Names)
		return
	}
	for line := range strings.FieldsFuncSeq(withoutPlace(line), isLineBreak) {
		for part := range strings.SplitSeq(line, " - ") {
			part = strings.TrimSpace(part)
			beside := dated || v.timed || v.beside && isHanPerson(part)
			p.readNames(part, pc.hint, b, beside && nearness >= farAbove, v)
		}
	}
	if dated && text.Letters(line[strings.LastIndexByte(line, '\n')+1:]) == 0 {
		v.expectNew, v.expectChange = false, false // a label before a date describes that date
	}
}
