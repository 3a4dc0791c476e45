package cleaner

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// matchAboveTop matches text above the article's headline, if the page has exactly one. Captions stay, because the
// article's picture may be above its headline.
func matchAboveTop(p *page, b int) string {
	if b < p.top && p.Blocks[b].Kind != block.Caption {
		return "above the page's only headline"
	}
	return ""
}

// matchKicker recognizes the line above the headline by its class or id, or because both lines are in one header or
// hgroup element.
func matchKicker(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Words > 10 || text.EndsSentence(bl.Text) {
		return ""
	}
	next := p.nextBlock(b)
	if next < 0 || p.Blocks[next].Kind != block.Headline {
		return ""
	}
	if p.zoneOf(b)&zone.Kicker != 0 {
		return "its class or id names it a kicker"
	}
	header := p.Tree.Ancestor(bl.Elem, atom.Header, atom.Hgroup)
	if header != block.None && p.Tree.Contains(header, p.Blocks[next].Elem) {
		return "above the headline, in the same header"
	}
	return ""
}

func matchMessage(p *page, b int) string {
	if p.Meta.InMessageHeader(b) && p.Blocks[b].Kind != block.Headline {
		return "a field of the header of a message"
	}
	return ""
}

func matchAuthorBox(p *page, b int) string {
	if p.zoneOf(b)&zone.AuthorBox != 0 {
		return "inside a box about the author"
	}
	return ""
}

// maxQuoted is the maximum number of words in a line that names the author of a quotation in a forum post: "Ada Pell
// said:".
const maxQuoted = 6

func matchByline(p *page, b int) string {
	bl := &p.Blocks[b]
	if bl.Kind == block.Byline {
		return "the authors' names below the headline"
	}
	if bl.Words <= maxQuoted && p.zoneOf(b)&zone.Quote != 0 && text.EndsWithColon(bl.Text) && bl.LinkWords == bl.Words &&
		p.Forum {
		return "the name of the person quoted"
	}
	if bl.Words > 20 || bl.Kind.IsData() || p.zoneOf(b)&zone.Quote != 0 {
		return ""
	}
	if isEditorLine(bl.Text) {
		return "it names the editor"
	}
	switch named := p.namesAuthor(bl.Text); {
	case p.zoneOf(b)&zone.Byline != 0 && (named || bl.Words <= 12):
		return "inside a byline"
	case named && p.onlyNames(bl.Text) && !p.isSignature(b):
		return "the author's name"
	}
	return ""
}

// isSignature reports whether a line of names is within a Chinese, Japanese or Korean text, or at its end: 本报记者 李明.
// There it is part of the text, unless it also says where the report was filed: 記者李明／台北報導.
func (p *page) isSignature(b int) bool {
	line := p.Blocks[b].Text
	inText := b > p.FirstText && b < p.LastText ||
		b > p.LastText && (strings.HasPrefix(line, "（") || strings.Contains(line, "记者"))
	return inText && text.UnspacedLength(line) > 0 && !strings.ContainsAny(line, "／/")
}

// namesAuthor reports whether a line names one of the page's authors.
func (p *page) namesAuthor(line string) bool {
	if len(p.Meta.Authors) == 0 {
		return false
	}
	if p.authors == nil {
		p.authors = make([]string, len(p.Meta.Authors))
		for i, a := range p.Meta.Authors {
			p.authors[i] = text.FoldLetters(a)
		}
	}
	line = text.FoldLetters(line)
	for _, name := range p.authors {
		if name != "" && strings.Contains(line, name) {
			return true
		}
	}
	return false
}

// onlyNames reports whether a line has little more than the names of authors: apart from them and "by", it has at most
// 12 letters, and it does not end like a sentence.
func (p *page) onlyNames(line string) bool {
	rest := metadata.StripBy(strings.TrimSpace(line))
	for _, a := range p.Meta.Authors {
		rest = strings.ReplaceAll(rest, a, "")
	}
	rest = strings.Join(slices.DeleteFunc(strings.Fields(rest), func(word string) bool {
		return strings.Contains(word, "@") // 윤서하 기자 seoha@gazette.example
	}), " ")
	left := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			left++
		}
	}
	return left <= 12 && !text.EndsSentence(rest)
}

// editorWords are the beginnings of lines that name the editor. They are common below Chinese, Russian and Polish news.
var editorWords = []string{"责任编辑", "責任編輯", "责编", "責編", "网络编辑", "文字编辑", "编辑", "編輯", "редактор", "redaktor"}

var editorOpenings = text.NewOpenings(editorWords)

// isEditorLine reports whether a line only names the editor: "（责任编辑：王一石）".
func isEditorLine(line string) bool {
	line = strings.Trim(line, " \u3000[]()（）【】")
	if !editorOpenings.Have(line) {
		return false
	}
	line = strings.ToLower(line)
	if len(line) > 60 {
		return false
	}
	for _, w := range editorWords {
		if rest, ok := strings.CutPrefix(line, w); ok {
			rest = strings.TrimLeft(rest, " \u3000")
			return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：")
		}
	}
	return false
}

func matchDate(p *page, b int) string {
	bl := &p.Blocks[b]
	if p.isStampRow(b) {
		return "the date of the page among other facts about it"
	}
	if bl.Words > 14 || bl.Kind.IsData() || bl.Kind == block.Heading || bl.Kind == block.Caption ||
		len(bl.Text) > 120 {
		return ""
	}
	inList := bl.Kind == block.Item && !p.Forum // forums put a post's time in its list of actions
	if inList && (b >= p.FirstText || p.isDatedItem(b-1) || p.isDatedItem(b+1)) {
		return "" // a list of days
	}
	if !inList && bl.Words <= maxStampWords && p.isStamp(bl) {
		return "a time and nothing else"
	}
	if !isDateLine(bl.Text) && p.zoneOf(b)&zone.Byline == 0 && !p.isStamp(bl) {
		return "" // a time within a sentence is content
	}
	date, ok := dates.Written(bl.Text, false)
	if !ok {
		return ""
	}
	switch {
	case (p.zones[bl.First]|p.zones[bl.End-1])&zone.Byline != 0: // the block is little more than the date
		return "a date inside a byline"
	case date.Near(p.Meta.Published) || date.Near(p.Meta.Modified):
		return "the date of the page"
	case p.OutsideText(b) && !inList: // a list of events may be above the text
		return "a date above or below the text"
	}
	return "" // a list of events, a diary, a change log
}

// isDatedItem reports whether a block is a list item that looks like a date.
func (p *page) isDatedItem(b int) bool {
	return b >= 0 && b < len(p.Blocks) && p.Blocks[b].Kind == block.Item && isDateLine(p.Blocks[b].Text)
}

// maxStampWords is the maximum number of words in a time of day, an age or a date: "Friday, 3 May 2024, 21:47 GMT".
const maxStampWords = 8

// maxClock is the maximum length in bytes of a time of day next to a time element: "20.31 GMT".
const maxClock = 12

// isStamp reports whether a block has text in a time element, and no other text except a time of day next to it.
// Examples are the times of posts in a live blog and the age of a teaser.
func (p *page) isStamp(b *block.Block) bool {
	found := false
	for i := b.First; i < b.End; i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Text && strings.ContainsFunc(n.Text, text.IsWordRune) {
			switch {
			case p.Tree.Ancestor(i, atom.Time) != block.None:
				found = true
			case len(n.Text) > maxClock || !text.StartsWithDigit(strings.TrimSpace(n.Text)):
				return false
			}
		}
	}
	return found
}

// isStampRow reports whether a block is a row of short labels and values of which one is a time element: "Posted on
// 2024-05-03 Edited on 2024-05-06 In Harbour Words: 491 Reading time: 2 min.". Sentences have longer pieces.
func (p *page) isStampRow(b int) bool {
	bl := &p.Blocks[b]
	if bl.Kind != block.Paragraph || bl.Words > maxRowWords {
		return false
	}
	pieces, dated := 0, false
	for i := bl.First; i < bl.End; i++ {
		n := &p.Tree.Nodes[i]
		if n.Form != block.Text || !strings.ContainsFunc(n.Text, text.IsWordRune) {
			continue
		}
		if p.Tree.Ancestor(i, atom.Time) != block.None {
			dated = true
		} else if text.CountWords(n.Text) > maxPieceWords {
			return false
		}
		pieces++
	}
	if !dated || pieces < minPieces {
		return false
	}
	date, ok := dates.Written(bl.Text, false)
	return p.zoneOf(b)&zone.Byline != 0 || ok && (date.Near(p.Meta.Published) || date.Near(p.Meta.Modified))
}

// Bounds for isStampRow: the words of a row, the words of a piece, and the pieces of a row. A row of five pieces may be
// a byline, "Posted on", "by" and a count of comments, which some labels count as text.
const (
	maxRowWords   = 40
	maxPieceWords = 4
	minPieces     = 6
)

// isDateLine reports whether a line looks like a date with at most a few words before or after it: "Updated March 1,
// 2026, 9:30". A line with a full stop is a sentence, unless it consists of numbers and "PM.".
func isDateLine(line string) bool {
	letters, digits := 0, 0
	for _, r := range line {
		switch {
		case text.IsDigit(r):
			digits++
		case text.IsLetter(r):
			letters++
		}
	}
	isSentence := letters > 2 && strings.HasSuffix(strings.TrimSpace(line), ".") || strings.Contains(line, "。")
	return digits >= 4 && letters <= 30 && digits*5 >= letters && !isSentence
}
