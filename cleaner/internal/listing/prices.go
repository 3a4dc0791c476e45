package listing

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// oldPrices are words in the class names of old prices and of other amounts that are not the price. nowPrices are words
// in the class names of reduced prices.
var (
	oldPrices = text.SetOf("old", "was", "regular", "compare", "strike", "strikethrough", "crossed", "original", "list",
		"rrp", "msrp", "before", "previous", "shipping", "saving", "savings", "discount", "installment")
	nowPrices = text.SetOf("sale", "special", "current", "now", "final", "reduced")
)

// readPrice reads the current price of an entry: the one that microdata marks, or else the first one outside the title
// that has the best rank (see priceRank).
func (f *finder) readPrice(e *Entry, from, to int32) {
	nodes := f.Tree.Nodes
	rank := 0
	blocks := f.blocksIn(e.From, e.To)
	for i := e.From; i < e.To; i++ {
		n := &nodes[i]
		if n.Form == block.Element && dom.Attr(n.HTML, "itemprop") == "price" && dom.Attr(n.HTML, "content") != "" {
			e.Price = text.FoldSpace(dom.Attr(n.HTML, "content"))
			if seen := f.textOf(i, n.End); seen != "" {
				if price, ok := findPrice(seen); ok {
					e.Price = price
				}
			}
			return
		}
	}
	for b := blocks[0]; b < blocks[1]; b++ {
		bl := &f.Blocks[b]
		if bl.First >= from && bl.First < to || bl.Words > maxPriceWords {
			continue
		}
		if price, ok := findPrice(f.unstruck(bl, e.From)); ok {
			r := f.priceRank(bl.First, e.From)
			if e.Price == "" && r > 0 || r > rank {
				e.Price, rank = price, r
			}
		}
	}
}

// unstruck returns the text of a block without crossed-out parts and old prices, judging by the elements up to the one
// with the index top. It inserts a point before cents in superscript.
func (f *finder) unstruck(bl *block.Block, top int32) string {
	var b strings.Builder
	for i := bl.First; i < bl.End; i++ {
		n := &f.Tree.Nodes[i]
		if n.Text == "" || f.side[i] || f.priceRank(i, top) == 1 {
			continue
		}
		if f.Tree.Nodes[n.Parent].Tag == atom.Sup && len(strings.TrimSpace(n.Text)) == 2 && endsInDigit(b.String()) {
			b.WriteByte('.') // cents
		}
		b.WriteString(n.Text)
	}
	return text.FoldSpace(b.String())
}

func endsInDigit(s string) bool { return s != "" && text.StartsWithDigit(s[len(s)-1:]) }

// priceRank returns 3 for a reduced price, 1 for an old price, else 2, according to the elements around node i, up to
// and including the node with the index top.
func (f *finder) priceRank(i, top int32) int {
	nodes := f.Tree.Nodes
	for at := nodes[i].Parent; at >= top && at != block.None; at = nodes[at].Parent {
		n := &nodes[at]
		class := dom.Attr(n.HTML, "class")
		switch {
		case n.Tag == atom.Del || n.Tag == atom.S || n.Tag == atom.Strike || text.HasNameWord(class, oldPrices):
			return 1
		case n.Tag == atom.Ins || text.HasNameWord(class, nowPrices):
			return 3
		}
	}
	return 2
}

// minPricedShare is the minimum share of entries with an amount of money for the amounts to count as prices.
const minPricedShare = 0.25

// dropRarePrices clears the prices of all entries if few entries have one. In that case, they are amounts that stories
// mention.
func dropRarePrices(entries []Entry) {
	priced := 0
	for k := range entries {
		if entries[k].Price != "" {
			priced++
		}
	}
	if float64(priced) < minPricedShare*float64(len(entries)) {
		for k := range entries {
			entries[k].Price = ""
		}
	}
}
