package metadata

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits for a code that is found in an address.
const (
	minCodeDigits = 4  // digits in a code in the path; bytes in any other code
	maxCode       = 40 // bytes in a code in the path
)

// chooseCode sets the seller's own code. It prefers a code that is also in the page's address, because sellers use
// their own codes there. Otherwise it takes the first of these that exists: a code that is not a trade number (GTIN),
// the code that addressCode finds, the value of a form field that may be only a row number, or any code.
func (t *productReader) chooseCode(f *Findings) {
	for _, u := range f.addresses() {
		path := bareLetters(u.Path)
		for _, code := range t.codes {
			if bare := bareLetters(code); len(bare) >= minCodeDigits && strings.Contains(path, bare) {
				t.SKU = code
				return
			}
		}
	}
	for _, code := range t.codes {
		if !isGTIN(code) {
			t.SKU = code
			return
		}
	}
	for _, u := range f.addresses() {
		set(&t.SKU, addressCode(u))
	}
	set(&t.SKU, t.rowID)
	set(&t.SKU, firstOf(t.codes))
}

// addresses returns the page's address and the addresses that the page declares as its own, with the canonical address
// first.
func (f *Findings) addresses() []*url.URL {
	var list []*url.URL
	for _, u := range [...]*url.URL{ParseURL(f.canonical), f.url, ParseURL(firstOf(f.meta["og:url"]))} {
		if u != nil {
			list = append(list, u)
		}
	}
	return list
}

// addressCode returns the product code in an address, or "" if there is none. The code is the value of a query
// parameter such as pid, or else the end of the path: ?pid=1234, /tide-clock-1234567.html, /dp/B00TIDE123.
func addressCode(u *url.URL) string {
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		switch key, value, _ := strings.Cut(part, "="); strings.ToLower(key) {
		case "pid", "sku", "productid", "product_id", "itemid", "item_id", "id":
			if isCode(value) && len(value) >= minCodeDigits {
				return value
			}
		}
	}
	path := strings.TrimSuffix(u.Path, "/")
	last := text.AfterSlash(path)
	if dot := strings.LastIndexByte(last, '.'); dot > 0 {
		last = last[:dot]
	}
	if cut := strings.LastIndexAny(last, "-_,"); cut >= 0 {
		last = last[cut+1:]
	}
	digits := 0
	for _, r := range last {
		if text.IsDigit(r) {
			digits++
		}
	}
	if digits < minCodeDigits || len(last) > maxCode {
		return ""
	}
	return last
}

// isGTIN reports whether a code has the form of a trade number: GS1's GTIN-13 or GTIN-14.
func isGTIN(code string) bool {
	return (len(code) == 13 || len(code) == 14) && strings.Trim(code, "0123456789") == ""
}
