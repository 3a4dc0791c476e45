package metadata

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// Limits on the search for visible fields of a product.
const (
	maxShopNodes  = 20_000 // nodes below the headline that are searched for a price
	maxPriceNodes = 16     // nodes in the element of a price or a button
	maxPriceWords = 12     // words on a line with a price, a label or a link to a brand
	maxValueWords = 8      // words in the name of a brand
	maxValue      = 60     // bytes in a code or in the name of a brand
	maxStyle      = 1000   // bytes of a style attribute that are searched
)

// completeProduct takes the price and the brand from the visible page if the product's data lacks them. It also
// collects product codes from the visible page and from form fields.
func (p *View) completeProduct(t *productReader) {
	start := int32(0)
	if head := p.articleHeadline(); head >= 0 {
		start = p.Blocks[head].First
	}
	if t.Price == "" {
		t.Price, t.Currency = p.shownPrice(start)
	}
	t.addCode(p.labeled(phrase.SKULabels, isCode))
	if field, rank, _ := p.basketField(); rank <= ownFields {
		t.addCode(field)
	} else {
		t.rowID = field
	}
	if t.Brand == "" {
		t.Brand = p.labeled(phrase.BrandLabels, isBrand)
	}
	if t.Brand == "" {
		t.Brand = p.storeLink(start)
	}
}

// notOfProduct are zones that contain the prices of other products.
const notOfProduct = zone.Related | zone.Nav | zone.Comments | zone.Breadcrumb | zone.Pager | zone.Ad

// shownPrice returns a price and its currency, or "" for both. It searches from the headline, which is the node with
// the index start. An element whose id, itemprop or test attribute names a price is preferred, then an element with a
// class name for prices, then a short line with a currency. A crossed-out price is returned only if there is no other.
func (p *View) shownPrice(start int32) (price, currency string) {
	nodes := p.Tree.Nodes
	old, classed := "", ""
	for i := start; i < min(int32(len(nodes)), start+maxShopNodes); i++ {
		n := &nodes[i]
		if n.Form != block.Element || len(n.HTML.Attr) == 0 || n.End-i > maxPriceNodes {
			continue
		}
		named, crossed, own := false, false, false
		for _, a := range n.HTML.Attr {
			is, was := priceName(a.Key, a.Val)
			named, crossed, own = named || is, crossed || was, own || is && a.Key != "class"
		}
		if !named || p.isForeign(i) {
			continue
		}
		line := Clean(textUpTo(n.HTML, maxNameText))
		if text.CountWords(line) > maxPriceWords {
			continue
		}
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
		if own {
			return amount, currencyIn(line)
		}
		if classed == "" {
			classed = line // weaker evidence: the class may only set the color of prices
		}
	}
	if classed != "" {
		return decimal(amountIn(classed), false), currencyIn(classed)
	}
	if price, currency = p.pricedLine(start); price == "" && old != "" {
		return decimal(amountIn(old), false), currencyIn(old)
	}
	return price, currency
}

// priceName reports whether an attribute marks its element as a price, and whether it marks that price as an old one.
func priceName(key, value string) (named, crossed bool) {
	switch key {
	case "class", "id", "data-testid", "data-test", "data-qa", "itemprop":
	default:
		return false, false
	}
	for word := range text.NameWords(value, text.MaxNameWords) {
		word = text.Lower(word)
		named = named || phrase.PriceWords.Has(word)
		crossed = crossed || phrase.OldPriceWords.Has(word)
	}
	return named, named && crossed
}

// amountIn returns the part of a line that starts at the number next to the currency, or the whole line if it has no
// currency. The result has at most maxAmount bytes.
func amountIn(line string) string {
	if currency := currencyIn(line); currency != "" {
		at := strings.Index(line, currency)
		before := strings.TrimRight(line[:at], " \u00A0\u202F.,-–")
		after := strings.TrimLeft(line[at+len(currency):], " \u00A0\u202F")
		if dotted := strings.TrimLeft(after, " \u00A0\u202F.:"); text.IsDigit(firstRune(dotted)) &&
			(dotted == after || !text.IsDigit(lastRune(before))) { // otherwise a sentence ends here
			return cutBytes(dotted, maxAmount)
		}
		begin := strings.LastIndexFunc(before, func(r rune) bool {
			return !text.IsDigit(r) && !strings.ContainsRune(".,'’ \u00A0\u202F", r)
		})
		return cutBytes(strings.TrimLeft(before[begin+1:], " .,"), maxAmount)
	}
	return cutBytes(line, maxAmount)
}

func cutBytes(s string, most int) string { return strings.ToValidUTF8(s[:min(len(s), most)], "") }

// pricedLine returns the price on the first short line that is not above the node with the index start and has an
// amount with a currency. It skips lines that are links, crossed out or about a former price, and lines in boxes about
// something other than the product.
func (p *View) pricedLine(start int32) (price, currency string) {
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.First < start || bl.Words > maxPriceWords || bl.LinkWords == bl.Words || p.isForeign(bl.First) ||
			p.isCrossed(bl.First) {
			continue
		}
		if currency = currencyIn(bl.Text); currency == "" || text.ContainsAny(strings.ToLower(bl.Text), phrase.OldPrices) {
			continue
		}
		if price = decimal(amountIn(bl.Text), false); price != "" && price != "0" {
			return price, currency
		}
	}
	return "", ""
}

// isForeign reports whether a node is in a box about something other than the product.
func (p *View) isForeign(i int32) bool {
	for j := i; j < min(p.Tree.Nodes[i].End, i+maxPieceNodes); j++ {
		if b := p.Tree.Nodes[j].Block; b != block.None && int(b) < len(p.Zones) {
			return p.Zones[b]&notOfProduct != 0 ||
				p.Tree.Ancestor(i, atom.Aside, atom.Nav, atom.Footer, atom.Header) != block.None
		}
	}
	return false
}

// isCrossed reports whether a node is crossed out or marked as an old price.
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
			style := a.Val[:min(len(a.Val), maxStyle)] // bounded: boxes are checked again for each price
			if _, was := priceName(a.Key, a.Val); was || a.Key == "style" && strings.Contains(style, "line-through") {
				return true
			}
		}
		i = p.Tree.Nodes[i].Parent
	}
	return false
}

// skuFields are the names of form fields that identify the product to put into the basket, the most specific first.
// After the name with the index ownFields, the value may be only a row number in a database.
var skuFields = [...]string{
	"sku", "asin", "product_sku", "productcode", "product_code", "articlenumber", "itemid",
	"item_id", "product_id", "productid", "product",
}

const ownFields = 6

// basketField returns the code in the page's most specific form field for products, the index of the field's name in
// skuFields, and the number of different values in such fields. If there is no code, it returns "" and len(skuFields).
func (p *View) basketField() (code string, best, several int) {
	best = len(skuFields)
	seen := make(map[string]bool)
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
		if slices.Contains(skuFields[:], name) && len(seen) < maxCodes {
			seen[value] = true
		}
	}
	return code, best, len(seen)
}

// hasBasket reports whether the page has form fields or buttons that put a product into a basket. Form fields with more
// than maxBaskets different values do not count, and neither do more than maxBaskets buttons, because they are on lists
// of products.
func (p *View) hasBasket() bool {
	if _, _, n := p.basketField(); n > 0 && n <= maxBaskets {
		return true
	}
	buttons := 0
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.Form != block.Element || n.End-int32(i) > maxPriceNodes || p.isForeign(int32(i)) {
			continue
		}
		for _, a := range n.HTML.Attr {
			if (a.Key == "id" || a.Key == "class" || a.Key == "name") && namesBasket(a.Val) {
				buttons++
				break
			}
		}
	}
	return buttons > 0 && buttons <= maxBaskets
}

// maxBaskets is the maximum number of products that a page about one product offers. Some pages also offer accessories.
const maxBaskets = 3

// namesBasket reports whether a name suggests that an element puts a product into a basket.
func namesBasket(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "add") && text.ContainsAny(name, []string{"cart", "basket", "bag"}) ||
		strings.Contains(name, "buy") && text.ContainsAny(name, []string{"btn", "button", "now"})
}

// storeWords are the words around a brand's name in links to the brand's pages.
var storeWords = [...][2]string{
	{"Visit the ", " Store"},
	{"Besuche den ", "-Store"},
	{"Visiter la boutique ", ""},
	{"Visita lo Store di ", ""},
	{"Visita lo store di ", ""},
	{"Visita la tienda de ", ""},
	{"Visite a loja ", ""},
	{"Bezoek de ", "-winkel"},
	{"More from ", ""},
	{"Shop all ", ""},
}

// storeLink returns the brand in the first line below the headline that is a link to the brand's pages, such as "Visit
// the Pell Store". It returns "" if there is none.
func (p *View) storeLink(start int32) string {
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.First < start || bl.Words > maxPriceWords || bl.LinkWords != bl.Words {
			continue
		}
		for _, words := range storeWords {
			rest, begins := strings.CutPrefix(bl.Text, words[0])
			brand, ends := strings.CutSuffix(rest, words[1])
			if begins && ends && isBrand(brand) {
				return brand
			}
		}
	}
	return ""
}

// labeled returns the first value that follows one of the labels and for which the function accept returns true, or ""
// if there is none. The value may be on the same line, in the next cell, or on the next line.
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

// cutLabel splits a line into a label and a value at the colon or number sign after the label.
func cutLabel(line string) (label, value string, ok bool) {
	at := strings.IndexAny(line, ":：#")
	if at <= 0 || at > maxLabel {
		return "", "", false
	}
	return strings.TrimSpace(line[:at]), strings.TrimLeft(line[at:], ":：# \u200e\u200f"), true
}

// isCode reports whether a text can be a product code: one word with a digit and without a currency sign.
func isCode(s string) bool {
	return len(s) > 2 && len(s) <= maxValue && !strings.ContainsAny(s, " \t\n€$£") && strings.ContainsFunc(s, text.IsDigit)
}

// isBrand reports whether a text can be the name of a brand.
func isBrand(s string) bool {
	return s != "" && len(s) <= maxValue && text.CountWords(s) <= maxValueWords && text.Letters(s) > 1 &&
		(!text.EndsSentence(s) || !strings.Contains(s, " "))
}
