package metadata

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Product is what a page says about the product that it sells.
type Product struct {
	Name string
	// Price is a decimal number with a point: 1299.00. Currency is the code or the symbol on the page.
	Price, Currency string
	SKU, Brand      string
	// Availability is a member of schema.org's ItemAvailability, such as InStock.
	Availability string
}

// A productReader collects what a page says about the product that it sells.
type productReader struct {
	Product
	// codes are all the codes that the page gives for the product, with the most reliable first.
	codes []string
	// rowID is the product's id in the shop's forms, if the forms do not have a code.
	rowID string
}

var productTypes = []string{
	"Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle",
	"Car", "Motorcycle",
}

// FindProduct returns the product that the page is about. Fields that are missing in the page's data come from the
// visible lines, which are read through p unless p is nil. If the data does not describe exactly one product,
// FindProduct returns nil unless the page seems to sell a product: sells is true, or the page has a form or a button
// for a basket (which only p can show), or the og:type is a product and the data does not describe several. FindProduct
// also returns nil if the page gives no price, code or brand.
func (m *Fields) FindProduct(root *html.Node, p *View, sells bool) *Product {
	f := m.Found
	objects := slices.Concat(f.ld, f.ldItems)
	items := itemsOf(root)
	about, several := m.productAmong(objects)
	if about == nil {
		var more bool
		about, more = m.productAmong(items)
		several = several || more
	}
	product := &productReader{}
	switch {
	case about != nil:
		product.addObject(f.linked(about), f)
		if item, _ := m.productAmong(items); item != nil {
			product.addObject(item, f)
		}
	case !sells && (several || m.Type != "product" && m.Type != "og:product") && (p == nil || !p.hasBasket()):
		return nil
	}
	product.addMeta(f)
	if p != nil {
		p.meta = m
		p.completeProduct(product)
	}
	product.chooseCode(f)
	if _, brand, ok := cutLabel(product.Brand); ok { // "More of the brand: Pell"
		product.Brand = brand
	}
	if product.Name == "" {
		product.Name = m.Title
	}
	if product.Price == "" && product.SKU == "" && product.Brand == "" {
		return nil
	}
	return &product.Product
}

// productAmong returns the product that the objects describe: the one whose name matches the title of the page, or else
// the only product, or nil. The result several reports whether the objects describe different products.
func (m *Fields) productAmong(objects []Object) (about Object, several bool) {
	title := text.FoldLetters(m.Title)
	named := false
	for _, o := range objects {
		if !o.isType(productTypes...) {
			continue
		}
		name := text.FoldLetters(Clean(o.Text("name")))
		same := name != "" && title != "" && (containsWords(title, name) || containsWords(name, title))
		switch {
		case about == nil, same && !named:
			several = several || about != nil
			about, named = o, same
		case same && o["offers"] != nil && about["offers"] == nil:
			about = o
		case name != "" && name != text.FoldLetters(Clean(about.Text("name"))):
			several = true
		}
	}
	if several && !named {
		return nil, true
	}
	return about, several
}

// addObject adds the fields of an object that the product still lacks.
func (t *productReader) addObject(o Object, f *Findings) {
	set(&t.Name, o.Text("name"))
	set(&t.Brand, firstOf(o.names("brand")))
	if variants := asList(o["hasVariant"]); o["offers"] == nil && len(variants) > 0 { // a group of sizes and colors
		if first, ok := variants[0].(map[string]any); ok {
			first = f.linked(first)
			delete(first, "hasVariant") // a nested group, or the group itself
			t.addObject(first, f)
		}
	}
	for _, key := range [...]string{"sku", "productID", "productId", "mpn"} {
		t.addCode(o.plain(key))
	}
	for _, v := range asList(o["offers"]) {
		offer, _ := v.(map[string]any)
		t.addOffer(f.linked(offer), 0)
	}
	set(&t.Brand, firstOf(o.names("manufacturer")))
}

// maxOffers is the maximum nesting depth of offers.
const maxOffers = 3

// addOffer adds the price of an offer (schema.org/Offer), or the lowest price of an aggregate offer. It also adds the
// currency of that price, the availability and the code. Fields that the product already has do not change.
func (t *productReader) addOffer(o Object, depth int) {
	priced := t.Price != ""
	spec := o.object("priceSpecification")
	for _, v := range [...]string{o.number("price"), o.number("lowPrice"), spec.number("price"), o.number("highPrice")} {
		if t.Price == "" {
			t.Price = decimal(v, true)
		}
	}
	if !priced && t.Price != "" {
		set(&t.Currency, o.Text("priceCurrency"))
		set(&t.Currency, spec.Text("priceCurrency"))
		set(&t.Currency, currencyIn(o.number("price")))
	}
	set(&t.Availability, availability(o.Text("availability")))
	t.addCode(o.plain("sku"))
	if depth < maxOffers {
		for _, v := range asList(o["offers"]) {
			offer, _ := v.(map[string]any)
			t.addOffer(offer, depth+1)
		}
	}
}

// addMeta adds fields that the product still lacks. It reads them from the page's meta elements (OpenGraph's product
// object and Facebook's catalog).
func (t *productReader) addMeta(f *Findings) {
	if t.Price == "" {
		for _, v := range f.metaOf("product:sale_price:amount", "product:price:amount", "og:price:amount") {
			set(&t.Price, decimal(v, false))
		}
		set(&t.Currency, firstClean(f.metaOf("product:sale_price:currency", "product:price:currency",
			"og:price:currency")))
	}
	set(&t.Brand, firstClean(f.metaOf("product:brand", "og:brand")))
	t.addCode(firstClean(f.metaOf("product:retailer_item_id", "product:retailer_part_no")))
	set(&t.Availability, availability(firstClean(f.metaOf("product:availability", "og:availability"))))
}

// addCode adds a code, without the punctuation around it, unless the code is empty or too long, or there are too many
// codes.
func (t *productReader) addCode(code string) {
	code = strings.TrimFunc(Clean(code), func(r rune) bool { return !text.IsWordRune(r) })
	if code != "" && len(code) <= maxValue && len(t.codes) < maxCodes {
		t.codes = append(t.codes, code)
	}
}

// maxCodes is the maximum number of codes that are compared.
const maxCodes = 16

// plain returns a member that is a string or a number, as a string.
func (o Object) plain(key string) string {
	if s := o.Text(key); s != "" {
		return s
	}
	return o.number(key)
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// set sets a field to a cleaned value if the field is empty.
func set(field *string, value string) {
	if *field == "" {
		*field = Clean(value)
	}
}

// availabilities maps lowercase names to schema.org's values. The names are those of schema.org and of product
// catalogs.
var availabilities = map[string]string{
	"instock": "InStock", "outofstock": "OutOfStock", "preorder": "PreOrder", "presale": "PreSale",
	"backorder": "BackOrder", "discontinued": "Discontinued", "instoreonly": "InStoreOnly", "onlineonly": "OnlineOnly",
	"limitedavailability": "LimitedAvailability", "soldout": "SoldOut", "madetoorder": "MadeToOrder",
	"reserved": "Reserved", "oos": "OutOfStock", "availablefororder": "BackOrder",
}

// availability returns a value as schema.org writes it: InStock for "https://schema.org/InStock" and "in stock". It
// returns "" for unknown values.
func availability(s string) string {
	s = s[strings.LastIndexAny(s, "/#:")+1:]
	return availabilities[strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(s))]
}
