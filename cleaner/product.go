package cleaner

// A Product describes the product that a page sells. Empty fields are unknown.
type Product struct {
	Name string `json:"name,omitempty"`
	// Price is a decimal number with a point and no other punctuation, such as 1299.00. If there are several offers, it
	// is the first price, or the lowest if the page's data gives a range.
	Price string `json:"price,omitempty"`
	// Currency is an ISO 4217 code if the page's data has one, otherwise the symbol next to the price.
	Currency string `json:"currency,omitempty"`
	// SKU is the seller's code for the product. Brand is the product's brand or maker.
	SKU   string `json:"sku,omitempty"`
	Brand string `json:"brand,omitempty"`
	// Availability is a value of schema.org's ItemAvailability without the prefix "https://schema.org/", such as
	// InStock.
	Availability string `json:"availability,omitempty"`
}

// readProduct returns the product that the page is about, or nil.
func (p *page) readProduct() *Product {
	found := p.Meta.FindProduct(p.Doc.Root, p.fieldView(), Kind(p.Kind) == KindProduct)
	return (*Product)(found)
}
