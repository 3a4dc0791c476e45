package cleaner

// A Product is what a page says about the one thing that it sells. Empty fields are unknown.
type Product struct {
	Name string `json:"name,omitempty"`
	// Price is a decimal number with a point and no other signs, such as 1299.00; of several offers, the first that has
	// a price.
	Price string `json:"price,omitempty"`
	// Currency is a code of ISO 4217 where the page's data gives it, or else the sign next to the price.
	Currency string `json:"currency,omitempty"`
	// SKU is the seller's code for the product, Brand its brand or maker.
	SKU   string `json:"sku,omitempty"`
	Brand string `json:"brand,omitempty"`
	// Availability is a member of schema.org's ItemAvailability without its address, such as InStock.
	Availability string `json:"availability,omitempty"`
}

// readProduct returns the product that the page is about, nil if it is about none.
func (p *page) readProduct() *Product {
	found := p.Meta.FindProduct(p.Doc.Root, p.fieldView(), Kind(p.Kind) == KindProduct)
	return (*Product)(found)
}
