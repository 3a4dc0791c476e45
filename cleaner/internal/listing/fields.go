package listing

import (
	"sort"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
)

// A titled is an item with its title.
type titled struct {
	item
	title      string
	first, end int32 // the range of the title's nodes; end is exclusive
	entry      int   // the index of the entry that the item is or, if another item has the same address, repeats
}

// readTitles sets the entries, with their titles and addresses. It leaves out items that have no title, or that have no
// picture and only a price, a date or a number as their title. Of several items with the same address, the first one is
// the entry.
func (l *List) readTitles(items []item) {
	f := l.finder
	known := make(map[string]int)
	f.actions, f.labels = f.actionsOf(items), f.labelsOf(items)
	for _, it := range items {
		from, to := f.titleOf(it)
		title := f.titleText(it, from, to)
		if title == "" || f.isMeta(title) && f.in(it.from, it.to).images == 0 {
			continue
		}
		address := f.addressOf(it, from, to, f.links[it.link].address)
		k, ok := known[address]
		if !ok {
			k = len(l.Entries)
			known[address] = k
			l.Entries = append(l.Entries, Entry{From: it.from, To: it.to, Title: title, URL: address})
		}
		l.titled = append(l.titled, titled{it, title, from, to, k})
	}
}

// Read returns the entries with all their fields. It does not change l.Entries. An entry gets the longest of the
// excerpts of the items with its address. Lines that more than maxRepeated entries have are left out of the excerpts.
func (l *List) Read() []Entry {
	entries := make([]Entry, 0, len(l.Entries))
	lines := make(map[string]int)
	excerpts := make([][]string, 0, len(l.Entries))
	for _, t := range l.titled {
		e := Entry{From: t.from, To: t.to, Title: t.title, URL: l.Entries[t.entry].URL}
		excerpt := l.finder.readFields(&e, t.first, t.end)
		if k := t.entry; k < len(entries) { // the same story again
			if len(strings.Join(excerpts[k], " ")) < len(strings.Join(excerpt, " ")) {
				excerpts[k] = excerpt
			}
			continue
		}
		for _, line := range excerpt {
			lines[unnumbered(line)]++
		}
		entries = append(entries, e)
		excerpts = append(excerpts, excerpt)
	}
	dropRarePrices(entries)
	for k := range entries {
		entries[k].Excerpt = join(excerpts[k], lines)
	}
	return entries
}

// readFields reads the picture, the price, the date and the author of an entry. It returns the lines of the excerpt.
func (f *finder) readFields(e *Entry, from, to int32) (excerpt []string) {
	f.readImage(e)
	f.readPrice(e, from, to)
	f.readDate(e)
	f.readAuthor(e, from, to)
	return f.excerptLines(e, from, to)
}

// unnumbered returns a line without its digits. Lines that do not describe a product, such as "4.5 out of 5 stars, 31
// reviews", are then the same for all entries.
func unnumbered(line string) string {
	return strings.Map(func(r rune) rune {
		if text.IsDigit(r) {
			return -1
		}
		return r
	}, line)
}

const (
	// maxRepeated is the maximum number of entries that may have the same line in their excerpts.
	maxRepeated = 2
	// maxExcerpt is the length in bytes from which no more lines are added to an excerpt.
	maxExcerpt = 500
)

// join joins the lines of an entry into an excerpt, without those that more than maxRepeated entries have. The argument
// lines counts how many entries have each line, without its digits.
func join(excerpt []string, lines map[string]int) string {
	var b strings.Builder
	for _, line := range excerpt {
		if lines[unnumbered(line)] > maxRepeated {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if b.WriteString(line); b.Len() >= maxExcerpt {
			break
		}
	}
	return b.String()
}

// addressOf returns the address of the link in the title that has the most words. If several links have the most words,
// the last of them counts. If the title contains no link or is inside the item's link, it returns the address of the
// item's link, which is the argument address.
func (f *finder) addressOf(it item, from, to int32, address string) string {
	nodes := f.Tree.Nodes
	if a := f.links[it.link].node; a < from && nodes[a].End >= to {
		return address
	}
	longest := int32(0)
	for i := from; i < to; i++ {
		if nodes[i].Tag != atom.A {
			continue
		}
		other, ok := f.Address(strings.TrimSpace(dom.Attr(nodes[i].HTML, "href")))
		if words := f.in(i, nodes[i].End).words; ok && words > 0 && words >= longest {
			longest, address = words, other
		}
	}
	return address
}

// blocksIn returns the range of the indexes of the blocks that begin in a range of nodes. The ends of both ranges are
// exclusive.
func (f *finder) blocksIn(from, to int32) [2]int {
	at := func(i int32) int {
		return sort.Search(len(f.Blocks), func(b int) bool { return f.Blocks[b].First >= i })
	}
	return [2]int{at(from), at(to)}
}

// readDate reads the date of an entry: the first machine-readable one, or else the first visible one that is not in a
// long block.
func (f *finder) readDate(e *Entry) {
	for i := e.From; i < e.To; i++ {
		if f.side[i] && f.Tree.Nodes[i].Tag != atom.Time {
			continue
		}
		date, sure, ok := thread.StampOf(&f.stampPage, i)
		if !ok || !sure && f.isProse(i, e.Price != "") {
			continue
		}
		if sure {
			e.Published = date
			return
		}
		if e.Published.IsZero() {
			e.Published = date
		}
	}
}

const (
	// maxDateWords is the maximum number of words in the block around a date. maxSaleWords is the maximum for products,
	// because the date in a longer block may be the end of an offer.
	maxDateWords = 14
	maxSaleWords = 4
)

// isProse reports whether the block of node i is too long to be a date line. The limit is lower for an entry with a
// price.
func (f *finder) isProse(i int32, priced bool) bool {
	b := f.Tree.Nodes[i].Block
	most := int32(maxDateWords)
	if priced {
		most = maxSaleWords
	}
	return b != block.None && f.Blocks[b].Words > most
}

// readImage reads the first picture of an entry. A picture that is hidden, for example from screen readers, or outside
// the main content counts only if there is no other.
func (f *finder) readImage(e *Entry) {
	for i := e.From; i < e.To; i++ {
		if n := &f.Tree.Nodes[i]; n.Form == block.Image && (!f.side[i] || e.Image == "") {
			if src := f.Picture(n.HTML); src != "" {
				if e.Image = src; !f.side[i] {
					return
				}
			}
		}
	}
}

const (
	maxName      = 60 // bytes
	maxNameWords = 6
)

// readAuthor finds the author of an entry: the text of an element that a class name or a link marks as an author, or
// else the name on a line that begins with "by". Entries with a price have no author.
func (f *finder) readAuthor(e *Entry, from, to int32) {
	nodes := f.Tree.Nodes
	if e.Price != "" {
		return
	}
	best := 0
	for i := e.From; i < e.To; i++ {
		n := &nodes[i]
		if n.Form != block.Element || f.side[i] || i <= from && n.End >= to ||
			i >= from && i < to || f.in(i, n.End).words > 2*maxNameWords {
			continue
		}
		if hint := thread.PersonHint(n); hint > best {
			if name := personOf(f.textOf(i, n.End)); name != "" && name != e.Title {
				best, e.Author = hint, name
			}
		}
	}
	if e.Author != "" {
		return
	}
	blocks := f.blocksIn(e.From, e.To)
	for b := blocks[0]; b < blocks[1]; b++ {
		line := f.Blocks[b].Text
		if rest := metadata.StripBy(line); rest != line && f.Blocks[b].Words < maxNameWords+6 && f.Blocks[b].First != from {
			if name := nameOf(line); name != "" {
				e.Author = name
				return
			}
		}
	}
}

// personOf returns the name in a text whose markup says that it is a person's name, even if it is a nickname.
func personOf(line string) string {
	if name := nameOf(line); name != "" {
		return name
	}
	line = strings.TrimSpace(metadata.StripBy(line))
	if len(line) > maxName || text.CountWords(line) > 2 || strings.ContainsAny(line, ":/@") || text.Letters(line) < 2 {
		return ""
	}
	return line
}

// nameOf returns the name in a line, or several names with commas between them, or "" if there is none.
func nameOf(line string) string {
	names := metadata.BylineNames(line)
	name := strings.Join(names, ", ")
	if len(name) > 2*maxName || text.CountWords(name) > 2*maxNameWords {
		return ""
	}
	return name
}

const (
	// minExcerptWords is the minimum number of words of a line in an excerpt.
	minExcerptWords = 5
	// maxLinked is the maximum share of words in links for a line in an excerpt, unless the line is in the title's
	// link.
	maxLinked = 0.5
)

// excerptLines returns the lines of running text in an entry, without the title, headings, dates and the author.
func (f *finder) excerptLines(e *Entry, from, to int32) []string {
	var lines []string
	blocks := f.blocksIn(e.From, e.To)
	a := from
	for b := blocks[0]; b < blocks[1]; b++ {
		bl := &f.Blocks[b]
		if f.side[bl.First] || bl.First >= from && bl.First < to || bl.Kind == block.Heading || bl.Words < minExcerptWords ||
			bl.Text == e.Title || f.isMeta(bl.Text) || bl.Words <= maxDated && f.in(bl.First, bl.End).stamps+f.timed(bl) > 0 {
			continue
		}
		if bl.LinkDensity() > maxLinked && !f.isLinkedWith(bl.First, a) {
			continue
		}
		if e.Author != "" && strings.Contains(bl.Text, e.Author) && bl.Words < 12 {
			continue
		}
		lines = append(lines, text.FoldSpace(bl.Text))
	}
	return lines
}

// A line that has a date and at most maxDated words counts as nothing but a date.
const maxDated = 8

// timed returns 1 if a block begins in a time element that does not extend beyond the block, else 0.
func (f *finder) timed(bl *block.Block) int32 {
	at := f.Tree.Ancestor(bl.First, atom.Time)
	if at != block.None && f.Tree.Nodes[at].End <= bl.End {
		return 1
	}
	return 0
}

// isLinkedWith reports whether two nodes are in the same link or in two links with the same target.
func (f *finder) isLinkedWith(i, other int32) bool {
	a := f.Tree.Ancestor(i, atom.A)
	return a != block.None && (f.Tree.Contains(a, other) || f.sameTarget(a, f.Tree.Ancestor(other, atom.A)))
}

// sameTarget reports whether two links have the same href. It returns false if b is None.
func (f *finder) sameTarget(a, b int32) bool {
	nodes := f.Tree.Nodes
	return b != block.None && dom.Attr(nodes[a].HTML, "href") == dom.Attr(nodes[b].HTML, "href")
}
