package judge

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// core computes the numbers about each block that are also in the rows of its neighbors.
func (d *describer) core() {
	p := d.p
	d.cores = p.Memory.cores.Take(len(p.Blocks))
	d.chars = p.Memory.chars.Take(len(p.Blocks))
	d.saidBefore = p.Memory.Bools.Take(len(p.Blocks))
	numbers := make(map[string]int32, len(p.Blocks)) // each text has a number
	textOf, times := p.Memory.Int32s.Take(len(p.Blocks)), p.Memory.Int32s.Take(len(p.Blocks))
	for b := range p.Blocks {
		n, said := numbers[p.Blocks[b].Text]
		if !said {
			n = int32(len(numbers))
			numbers[p.Blocks[b].Text] = n
		}
		d.saidBefore[b], textOf[b] = said, n
		times[n]++
	}
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		d.chars[b] = countChars(bl.Text)
		c := &d.chars[b]
		w := writer{row: d.cores[b][:]}
		w.put(log1p(bl.Words), log1p(c.all), share(bl.LinkWords, bl.Words), share(d.boldBytes(bl), c.bytes),
			share(c.upper, c.letters), share(c.digits, c.all), share(c.signs, c.all), log1p(c.commas))
		w.flag(d.ended[b])
		w.put(log1p(times[textOf[b]] - 1))
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
		n := &d.p.Tree.Nodes[i]
		if n.Form == block.Text && d.p.Tree.Ancestor(i, atom.B, atom.Strong) != block.None {
			bold += int32(len(n.Text))
		}
	}
	return bold
}

// own appends the numbers that describe the block alone.
func (d *describer) own(w *writer, b, headline int) {
	p := d.p
	bl := &p.Blocks[b]
	c := &d.chars[b]
	z := p.RawZones[bl.First]
	w.put(float32(bl.Level), float32(p.Phrases[b]))
	w.flag(bl.LinkWords > 0 && bl.LinkWords == bl.Words)
	w.flag(p.isTitle(bl))
	w.flag(bl.Words >= 4 && d.body.Contains(bl.Text))
	w.flag(p.Meta.Excerpt != "" && bl.Words >= 4 && strings.Contains(p.Meta.Excerpt, bl.Text[:min(len(bl.Text), 80)]))
	w.flag(c.copyright)
	w.flag(c.at)
	w.flag(hasAddress(bl.Text[:min(len(bl.Text), 300)]))
	w.flag(c.price)
	w.flag(c.bar)
	first, _ := utf8.DecodeRuneInString(bl.Text)
	w.flag(unicode.IsLower(first))
	w.flag(text.IsDigit(first))
	w.flag(strings.HasSuffix(bl.Text, ":") || strings.HasSuffix(bl.Text, "："))
	w.flag(strings.HasSuffix(bl.Text, "?") || strings.HasSuffix(bl.Text, "？"))
	w.flag(strings.HasSuffix(bl.Text, "...") || strings.HasSuffix(bl.Text, "…"))
	w.put(float32(c.lines), log1p(d.links(bl)), log1p(bl.Words-bl.LinkWords), log1p(bl.End-bl.First))
	w.flag(z&zone.Byline != 0 || p.hasTime(bl))
	w.flag(b == headline)
	w.flag(p.InCode(b))
	w.flag(bl.Words == 0)
	fold := p.Folds[bl.First]
	w.flag(fold&FoldAria != 0)
	w.flag(fold&FoldAttribute != 0)
	w.flag(fold&FoldStyle != 0)
	w.flag(d.saidBefore[b])
	w.flag(metadata.IsClaimed(p.Meta.Claimed.Texts, bl))
	w.flag(metadata.IsClaimed(p.Meta.Claimed.Reviews, bl))
	w.flag(p.Meta.Claimed.NamesThing(bl))
	w.flag(p.Meta.Claimed.IsPart(bl))
	for k := range kindCount {
		w.flag(int(bl.Kind) == k)
	}
	for i := range zoneCount {
		w.flag(z&(1<<i) != 0)
	}
}

// hasAddress reports whether a text contains a web address.
func hasAddress(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		switch s[i] | 0x20 {
		case 'h':
			if strings.EqualFold(s[i:i+4], "http") {
				return true
			}
		case 'w':
			if strings.EqualFold(s[i:i+4], "www.") {
				return true
			}
		}
	}
	return false
}

func (d *describer) links(bl *block.Block) int32 {
	links := int32(0)
	for i := bl.First; i < bl.End; i++ {
		if d.p.Tree.Nodes[i].Tag == atom.A {
			links++
		}
	}
	return links
}

// maxTitleWords is the maximum number of words in a block that counts as the title.
const maxTitleWords = 80

// IsTitle reports whether a block repeats the page's title.
func (p *Page) IsTitle(b int) bool { return p.isTitle(&p.Blocks[b]) }

func (p *Page) isTitle(b *block.Block) bool {
	if b.Words == 0 || b.Words > maxTitleWords {
		return false
	}
	if p.Title.Folded == "" {
		p.Title = phrase.NewHeadline(p.Meta.Title)
	}
	return p.Title.Is(b.Text)
}
