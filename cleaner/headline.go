package cleaner

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// settleTitle corrects the title of a page by what it shows, and then finds the lines that repeat it once more.
func (p *page) settleTitle() {
	line, sure := p.shownTitle()
	if line == "" && !sure {
		if b := p.headlineBelowName(); b >= 0 {
			line = headlineOf(&p.Blocks[b])
		} else if b := p.missingHeadline(); b >= 0 {
			line = headlineOf(&p.Blocks[b])
		} else if b := p.headlineBelowText(); b >= 0 {
			line = headlineOf(&p.Blocks[b])
		}
	}
	if line == "" {
		return
	}
	p.Meta.ShowTitle(line)
	p.Title = phrase.Headline{}
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; bl.Kind == block.Headline {
			if bl.Kind = block.Paragraph; bl.Level > 0 {
				bl.Kind = block.Heading
			}
		}
	}
	p.findHeadlines()
}

// findHeadlines assigns the kind Headline to visible headings and short paragraphs that repeat a headline from the
// page's metadata.
func (p *page) findHeadlines() {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if (b.Kind == block.Heading || b.Kind == block.Paragraph && isShort(b)) && p.Folds[b.First] == 0 && p.isHeadline(b) {
			b.Kind = block.Headline
		}
	}
}

// shownTitle returns the line above the text that is a part of the page's title, for example between the names of a
// section and the site, or "" if there is none. If there are several, a line whose words the text has is better than a
// slogan, and a long one is better than a short one. sure reports that the page shows its whole title.
func (p *page) shownTitle() (best string, sure bool) {
	parts, title, bestOwn := p.Meta.TitleParts(), text.FoldLetters(p.Meta.Title), false
	if len(parts) == 0 {
		return "", false
	}
	whole := p.shareInText(p.Meta.Title)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if p.Folds[bl.First] != 0 || bl.Words == 0 || !isShort(bl) || bl.Kind == block.Item || bl.Kind == block.Code {
			continue
		}
		if bl.Words > maxVagueWords && text.EqualFolded(bl.Text, title) && p.isAboveText(b) {
			return "", true
		}
		line := partIn(bl, parts)
		if line == "" || !p.isAboveText(b) {
			continue
		}
		share := p.shareInText(line)
		if !strings.Contains(title, text.FoldLetters(line)) && share < whole {
			continue // the title without the names of the site is another part, and a better one
		}
		own := share >= minOwn
		if best == "" || own && !bestOwn || own == bestOwn && len(line) > len(best) {
			best, bestOwn = line, own
		}
	}
	return best, false
}

// partIn returns the heading, or the first line of another block, that is one of the parts of the title, or "" if there
// is none. A date or a section may be above it.
func partIn(bl *block.Block, parts metadata.TitleParts) string {
	if bl.Level > 0 {
		if parts.Has(bl.Text) || parts.End(bl.Text) {
			return bl.Text
		}
		return ""
	}
	lines := 0
	for line := range strings.SplitSeq(bl.Text, "\n") {
		if line = strings.TrimSpace(line); parts.Has(line) {
			return line
		}
		if lines++; lines == maxTitleLines {
			break
		}
	}
	return ""
}

// maxTitleLines is the maximum number of lines of a block that may be the headline.
const maxTitleLines = 3

// headlineBelowName returns the heading that is the headline if the page's title is only the name of the site or the
// blog, which the page shows above it, or -1 if there is none: the title is "Quay Diary", another source has "Quay
// Diary: The tide is late", and "The tide is late" is a heading above the text. A heading directly below a title that
// is no link may be its second line.
func (p *page) headlineBelowName() int {
	rest, title, name := p.Meta.RestOfTitle(), text.FoldLetters(p.Meta.Title), -1
	if len(rest) == 0 || p.isProduct() { // the rest may be a variant of the product
		return -1
	}
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		switch {
		case p.Folds[bl.First] != 0 || bl.Words == 0 || !isShort(bl):
		case name < 0 && text.EqualFolded(bl.Text, title):
			name = b
		case name < 0 || bl.Level == 0 && !p.isNamedTitle(b) || p.RawZones[bl.First]&zone.Comments != 0:
		case (p.Blocks[name].LinkWords > 0 || p.nextBlock(name) != b) && rest.Has(headlineOf(bl)) && p.isAboveText(b):
			return b
		}
	}
	return -1
}

// Limits for the text below a headline.
const (
	maxBelowTitle = 40 // blocks in which the text must begin
	minBelowTitle = 20 // words outside links in those of these blocks that may be sentences
)

// isAboveText reports whether running text is directly below a block.
func (p *page) isAboveText(b int) bool {
	words := int32(0)
	for i := b + 1; i < min(b+1+maxBelowTitle, len(p.Blocks)) && words < minBelowTitle; i++ {
		if bl := &p.Blocks[i]; bl.Words-bl.LinkWords >= metadata.MinSentenceWords && p.Folds[bl.First] == 0 {
			words += bl.Words - bl.LinkWords
		}
	}
	return words >= minBelowTitle
}

// Limits for a heading that becomes the title because the title that the page declares is about something else.
const (
	maxAboveText     = 12   // blocks between the heading and the text
	maxRegionAbove   = 40   // words of the region above its first text; with more, the page is a list
	maxForeign       = 0.25 // share of the declared title's words that the text has
	maxVagueWords    = 3    // words of the declared title if the page shows it: it may be that of a section
	maxSiteWords     = 4    // words of the declared title if the text has them: "The Sports Network"
	minOwn           = 0.5  // share of the heading's words that the text has
	minNamedOwn      = 0.3  // the same for an h1, and for an element with the class of a headline
	minHeadlineWords = 3    // words of the heading
)

// missingHeadline returns the headline of a page whose title is missing, or is that of the site or of a section: the
// text has hardly any of its words. The headline is the heading above the text that has the highest level and shares
// words with the text. missingHeadline returns -1 if there is none.
func (p *page) missingHeadline() int {
	if !p.Meta.IsTitleDoubtful() {
		return -1
	}
	first, above := p.firstInRegion(minText)
	if first == len(p.Blocks) {
		first, above = p.firstInRegion(metadata.MinSentenceWords)
	}
	if first == len(p.Blocks) || above > maxRegionAbove {
		return -1
	}
	from := max(0, first-maxAboveText)
	foreign := float32(0)
	if !p.Meta.Names.IsName(p.Meta.Title) {
		foreign = p.shareInText(p.Meta.Title)
	}
	shown := slices.IndexFunc(p.Blocks[from:first], func(bl block.Block) bool {
		return bl.Kind == block.Headline && phrase.SameHeadline(bl.Text, p.Meta.Title)
	})
	if shown >= 0 && (p.Meta.Provenance["title"] == "title" || p.Blocks[from+shown].Words > maxVagueWords) ||
		foreign > maxForeign && (shown >= 0 || text.CountWords(p.Meta.Title) > maxSiteWords) {
		return -1
	}
	best, rank := -1, noHeadline
	for b := first - 1; b >= from+shown+1; b-- {
		r, least := p.headlineRank(b), float32(minOwn)
		if r > rank || r == noHeadline || r == lineRank && (foreign > 0 || shown >= 0) || p.isSection(b) {
			continue
		}
		switch {
		case p.Blocks[b].Kind == block.Headline: // the page's only h1, which the content must not repeat
			least = 0
		case r == 1:
			least = minNamedOwn
		}
		isShorter := rank == lineRank && p.Blocks[b].Words <= p.Blocks[best].Words // of several lines, the longest one
		if (r < rank || !isShorter) && p.shareInText(headlineOf(&p.Blocks[b])) >= least {
			best, rank = b, r
		}
	}
	return best
}

// headlineBelowText returns the h1 directly below the text that has words of the text, if the title is doubtful, or -1
// if there is none. Style sheets move such a headline above the text.
func (p *page) headlineBelowText() int {
	if !p.Meta.IsTitleDoubtful() || p.shareInText(p.Meta.Title) > maxForeign {
		return -1
	}
	last := -1
	for b := range p.Blocks {
		if p.IsInRegion(b) && p.Blocks[b].Words >= minText {
			last = b
		}
	}
	for b := last + 1; last >= 0 && b < min(last+1+maxBelowText, len(p.Blocks)); b++ {
		if bl := &p.Blocks[b]; bl.Level == 1 && p.headlineRank(b) == 1 && bl.LinkWords == 0 &&
			p.RawZones[bl.First]&(zone.Comments|zone.Related) == 0 && p.shareInText(bl.Text) >= minOwn {
			return b
		}
	}
	return -1
}

// maxBelowText is the maximum number of blocks from the end of the text to a headline below it.
const maxBelowText = 4

// firstInRegion returns the first block of the region with at least so many words, or len(p.Blocks), and the number of
// words of the region above it.
func (p *page) firstInRegion(words int32) (first int, above int32) {
	for b := range p.Blocks {
		switch bl := &p.Blocks[b]; {
		case !p.IsInRegion(b):
		case bl.Words >= words:
			return b, above
		default:
			above += bl.Words
		}
	}
	return len(p.Blocks), above
}

// headlineOf returns the text of a heading, or the first line of another block, which may have a subtitle or the date
// below it.
func headlineOf(bl *block.Block) string {
	if bl.Level > 0 {
		return bl.Text
	}
	line, _, _ := strings.Cut(bl.Text, "\n")
	return strings.TrimSpace(line)
}

// isSection reports whether a heading is one of several of its level, and the region has another one below it.
func (p *page) isSection(b int) bool {
	if p.Blocks[b].Level == 0 {
		return false
	}
	for i := b + 1; i < len(p.Blocks); i++ {
		if p.Blocks[i].Level == p.Blocks[b].Level && p.IsInRegion(i) {
			return true
		}
	}
	return false
}

// The ranks of lines that are no headings.
const (
	lineRank   = 7
	noHeadline = 100
)

// headlineRank returns how much the form of a block is that of a headline: the level of a heading, 1 for an element
// with the class of a headline, lineRank for another line that is no sentence, and noHeadline for any other block.
func (p *page) headlineRank(b int) int {
	bl := &p.Blocks[b]
	line := headlineOf(bl)
	switch {
	case p.Folds[bl.First] != 0 || !isShort(bl) || strings.HasSuffix(line, "."):
	case text.CountWords(line) < minHeadlineWords && text.UnspacedLength(line) < 2*minHeadlineWords:
	case p.hasDate(b):
	case p.isNamedTitle(b):
		return 1
	case bl.Level > 0:
		return int(bl.Level)
	case bl.Kind == block.Paragraph && bl.LinkWords == 0 && p.Phrases[b] == phrase.None &&
		!text.EndsSentence(bl.Text) && !strings.ContainsAny(bl.Text, "|>»") && len(metadata.BylineNames(bl.Text)) == 0:
		return lineRank
	}
	return noHeadline
}

// isNamedTitle reports whether the class of a block's element, or of an element in it, marks a headline.
func (p *page) isNamedTitle(b int) bool {
	bl := &p.Blocks[b]
	for i := bl.First; i < bl.End; i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Element && metadata.HasTitleName(n.HTML) {
			return true
		}
	}
	return p.Tree.Nodes[bl.Elem].HTML != nil && metadata.HasTitleName(p.Tree.Nodes[bl.Elem].HTML)
}

// hasDate reports whether a block is a date or, if it is no heading, contains one.
func (p *page) hasDate(b int) bool {
	d, ok := dates.Find(p.Blocks[b].Text, dates.Style{})
	return ok && (p.Blocks[b].Level == 0 || d.Start == 0 && d.End == len(p.Blocks[b].Text))
}

// isBrokenHeadline reports whether a text has the title on a line of its own, and nothing on its other lines but dates
// and bylines.
func (p *page) isBrokenHeadline(lines string) bool {
	titled := false
	if strings.Count(lines, "\n") == 0 || strings.Count(lines, "\n") >= maxTitleLines {
		return false
	}
	for line := range strings.SplitSeq(lines, "\n") {
		line = strings.TrimSpace(line)
		d, isDated := dates.Find(line, dates.Style{})
		switch {
		case p.Title.Is(line):
			titled = true
		case isDated && text.Letters(line)-text.Letters(line[d.Start:d.End]) <= maxDateLabel:
		case len(metadata.BylineNames(line)) == 0:
			return false
		}
	}
	return titled
}

// maxDateLabel is the maximum number of letters on a line besides a date, such as "Article published on".
const maxDateLabel = 24

// isHeadline reports whether a block repeats the page's headline as the metadata gives it. An h1 or h2 of at least
// three words may match any of the metadata's headlines; other text must match the title itself.
func (p *page) isHeadline(b *block.Block) bool {
	if b.Words == 0 || b.Words > 60 {
		return false
	}
	if p.Title.Folded == "" {
		p.Title = phrase.NewHeadline(p.Meta.Title)
	}
	line := b.Text
	if b.Level == 1 {
		line = metadata.WithoutStamp(line)
	}
	if b.Level > 0 {
		line = p.Meta.Found.Undoubled(line)
	}
	if p.Title.Is(line) || b.Level == 0 && p.isBrokenHeadline(line) {
		return true
	}
	if b.Kind != block.Heading || b.Level > 2 || b.Words < 3 {
		return false
	}
	for _, h := range p.Meta.Headlines {
		if phrase.SameHeadline(line, h) {
			return true
		}
	}
	return false
}
