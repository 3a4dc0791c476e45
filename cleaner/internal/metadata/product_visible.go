package metadata

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// Bounds of the search for what a shop shows: elements below the headline, and words of a line with a price and of a
// value behind its label.
const (
	maxShopNodes  = 20_000
	maxPriceWords = 12
	maxValueWords = 8
	maxValue      = 60 // characters
)

// completeProduct adds what a reader sees of a product where its data does not have it.
func (p *View) completeProduct(t *Product) {
	start := int32(0)
	if head := p.articleHeadline(); head >= 0 {
		start = p.Blocks[head].First
	}
	if t.Price == "" {
		t.Price, t.Currency = p.shownPrice(start)
	}
	if t.SKU == "" {
		t.SKU = p.fieldValue()
	}
	if t.SKU == "" {
		t.SKU = p.labeled(phrase.SKULabels, isCode)
	}
	if t.Brand == "" {
		t.Brand = p.labeled(phrase.BrandLabels, isBrand)
	}
}

// notOfProduct are boxes with prices of other products.
const notOfProduct = zone.Related | zone.Nav | zone.Comments | zone.Breadcrumb | zone.Pager | zone.Ad

// shownPrice returns the first price below the headline that is not crossed out: the text of an element that is named
// after prices, or else of a line that is only there for one.
func (p *View) shownPrice(start int32) (price, currency string) {
	nodes := p.Tree.Nodes
	old := ""
	for i := start; i < min(int32(len(nodes)), start+maxShopNodes); i++ {
		n := &nodes[i]
		if n.Form != block.Element || len(n.HTML.Attr) == 0 || p.Boxes[i].Words == 0 ||
			p.Boxes[i].Words > maxPriceWords {
			continue
		}
		named, crossed := priceName(n.HTML.Attr[0].Key, "")
		for _, a := range n.HTML.Attr {
			if is, was := priceName(a.Key, a.Val); is || was {
				named, crossed = named || is, crossed || was
			}
		}
		if !named || p.isForeign(i) {
			continue
		}
		line := Clean(TextOf(n.HTML))
		amount := decimal(amountIn(line), false)
		if amount == "" || amount == "0" || strings.HasSuffix(line, "%") {
			continue
		}
		if crossed || p.isCrossed(i) {
			if old == "" {
				old = line
			}
			continue
		}
		return amount, currencyIn(line)
	}
	if price, currency = p.pricedLine(start); price == "" && old != "" {
		return decimal(amountIn(old), false), currencyIn(old)
	}
	return price, currency
}

// priceName reports whether an attribute names its element after a price, and whether after one of the past.
func priceName(key, value string) (named, crossed bool) {
	switch key {
	case "class", "id", "data-testid", "data-test", "data-qa", "itemprop":
	default:
		return false, false
	}
	for word := range text.NameWords(value, text.MaxNameWords) {
		word = toLowerASCII(word)
		named = named || phrase.PriceWords.Has(word)
		crossed = crossed || phrase.OldPriceWords.Has(word)
	}
	return named, named && crossed
}

// amountIn returns the part of a line from the number that its currency is next to.
func amountIn(line string) string {
	if currency := currencyIn(line); currency != "" {
		at := strings.Index(line, currency)
		if text.IsDigit(firstRune(strings.TrimLeft(line[at+len(currency):], " \u00A0\u202F.:"))) {
			return cutBytes(line[at+len(currency):], maxAmount)
		}
		before := strings.TrimRight(line[:at], " \u00A0\u202F")
		begin := strings.LastIndexFunc(before, func(r rune) bool {
			return !text.IsDigit(r) && !strings.ContainsRune(".,'’ \u00A0\u202F", r)
		})
		return cutBytes(strings.TrimLeft(before[begin+1:], " .,"), maxAmount)
	}
	return cutBytes(line, maxAmount)
}

func cutBytes(s string, most int) string { return strings.ToValidUTF8(s[:min(len(s), most)], "") }

// pricedLine returns the price in the first short line below the headline that has an amount with a currency.
func (p *View) pricedLine(start int32) (price, currency string) {
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.First < start || bl.Words > maxPriceWords || bl.LinkWords == bl.Words || p.isForeign(bl.First) ||
			p.isCrossed(bl.First) {
			continue
		}
		if currency = currencyIn(bl.Text); currency == "" {
			continue
		}
		if price = decimal(amountIn(bl.Text), false); price != "" && price != "0" {
			return price, currency
		}
	}
	return "", ""
}

// isForeign reports whether a node is in a box that is about something else.
func (p *View) isForeign(i int32) bool {
	for j := i; j < min(p.Tree.Nodes[i].End, i+maxPieceNodes); j++ {
		if b := p.Tree.Nodes[j].Block; b != block.None && int(b) < len(p.Zones) {
			return p.Zones[b]&notOfProduct != 0 ||
				p.Tree.Ancestor(i, atom.Aside, atom.Nav, atom.Footer, atom.Header) != block.None
		}
	}
	return false
}

// isCrossed reports whether a node is struck out.
func (p *View) isCrossed(i int32) bool {
	if p.Tree.Ancestor(i, atom.Del, atom.S, atom.Strike) != block.None {
		return true
	}
	for range maxHintDepth {
		if i == block.None {
			break
		}
		n := p.Tree.Nodes[i].HTML
		if n.DataAtom == atom.Del || n.DataAtom == atom.S || n.DataAtom == atom.Strike {
			return true
		}
		for _, a := range n.Attr {
			if _, was := priceName(a.Key, a.Val); was || a.Key == "style" && strings.Contains(a.Val, "line-through") {
				return true
			}
		}
		i = p.Tree.Nodes[i].Parent
	}
	return false
}

// skuFields are the names of form fields that say what goes into the basket, the most specific first.
var skuFields = [...]string{"sku", "asin", "product_sku", "productcode", "product_code", "articlenumber", "itemid",
	"item_id", "product_id", "productid", "product"}

// fieldValue returns the code of a form that puts the product into the basket.
func (p *View) fieldValue() string {
	best, code := len(skuFields), ""
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.Tag != atom.Input {
			continue
		}
		name, value := strings.ToLower(dom.Attr(n.HTML, "name")), dom.Attr(n.HTML, "value")
		for rank, field := range skuFields[:best] {
			if name == field && isCode(value) {
				best, code = rank, value
				break
			}
		}
	}
	return code
}

// labeled returns the value behind the first of labels: on its line, in the next cell, or on the next line.
func (p *View) labeled(labels *text.Set, accept func(string) bool) string {
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Words == 0 || bl.Words > maxPriceWords || p.Zones[b]&(zone.Related|zone.Nav|zone.Comments) != 0 {
			continue
		}
		label, value, ok := cutLabel(bl.Text)
		if !ok {
			label = bl.Text
		}
		if !labels.Has(text.FoldLetters(label)) {
			continue
		}
		if value == "" && b+1 < len(p.Blocks) {
			value = p.Blocks[b+1].Text
			if _, _, ok := cutLabel(value); ok || p.Blocks[b+1].Kind == block.Heading {
				continue
			}
		}
		if value = Clean(value); accept(value) {
			return value
		}
	}
	return ""
}

// cutLabel cuts a line behind the colon of its label.
func cutLabel(line string) (label, value string, ok bool) {
	at := strings.IndexAny(line, ":：#")
	if at <= 0 || at > maxLabel {
		return "", "", false
	}
	return strings.TrimSpace(line[:at]), strings.TrimLeft(line[at:], ":：# \u200e\u200f"), true
}

// isCode reports whether a text can be the code of a product: one word with a digit.
func isCode(s string) bool {
	return len(s) > 2 && len(s) <= maxValue && !strings.ContainsAny(s, " \t\n€$£") && strings.ContainsFunc(s, text.IsDigit)
}

// isBrand reports whether a text can be a name.
func isBrand(s string) bool {
	return s != "" && len(s) <= maxValue && text.CountWords(s) <= maxValueWords && text.Letters(s) > 1 &&
		!text.EndsSentence(s)
}
