package metadata

import (
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxAmount is the maximum length in bytes of a text that is parsed as an amount of money.
const maxAmount = 60

// decimal returns the first number in a text, with a decimal point before the cents and no other separators: "1299.00"
// for "1.299,00 €". It returns "" if the text has no number or is longer than maxAmount. If data is true, the text is
// from structured data, in which a single point always marks the cents. In visible text, a single separator followed by
// three digits is a thousands separator.
func decimal(s string, data bool) string {
	if s = text.FoldSpace(s); len(s) > maxAmount {
		return ""
	}
	first := strings.IndexFunc(s, text.IsDigit)
	if first < 0 {
		return ""
	}
	s = s[first:]
	var digits []byte
	var signs []int // the number of digits before each separator
	for i, r := range s {
		rest := s[i+len(string(r)):]
		switch {
		case text.IsDigit(r):
			n, _, _ := text.ReadNumber(string(r), 0)
			digits = append(digits, byte('0'+n))
			continue
		case strings.ContainsRune(".,٫٬", r) && text.IsDigit(firstRune(rest)):
			signs = append(signs, len(digits))
			continue
		case strings.ContainsRune(" \u00A0\u202F'’", r) && isThousand(rest):
			continue
		}
		return pointed(digits, signs, s[:i], data)
	}
	return pointed(digits, signs, s, data)
}

// isThousand reports whether a text begins with exactly three digits.
func isThousand(s string) bool {
	n := 0
	for _, r := range s {
		if !text.IsDigit(r) {
			break
		}
		n++
	}
	return n == 3
}

// pointed inserts the decimal point into the digits of a number. The argument signs contains the number of digits
// before each separator. The digits after the last separator are cents unless there are three of them. Three digits are
// cents only if the last separator differs from the others, or if the number is from structured data and a point is its
// only separator.
func pointed(digits []byte, signs []int, written string, data bool) string {
	cents := 0
	if len(signs) > 0 {
		at := signs[len(signs)-1]
		switch behind := len(digits) - at; {
		case behind == 3 && len(signs) == 1 && data && !strings.ContainsRune(written, ','):
			cents = behind
		case behind != 3:
			cents = behind
		case len(signs) > 1 && !sameSigns(written):
			cents = behind
		}
	}
	whole := strings.TrimLeft(string(digits[:len(digits)-cents]), "0")
	if whole == "" {
		whole = "0"
	}
	if cents == 0 {
		return whole
	}
	return whole + "." + string(digits[len(digits)-cents:])
}

// sameSigns reports whether a number does not contain both points and commas.
func sameSigns(s string) bool { return !strings.Contains(s, ".") || !strings.Contains(s, ",") }

// currencies are the symbols and codes next to amounts. A longer symbol comes before the shorter ones that are part of
// it.
var currencies = []string{
	"US$", "C$", "A$", "NZ$", "HK$", "NT$", "R$", "S$", "$", "€", "£", "¥", "￥", "₹", "₽", "₩", "₺", "₴", "₫", "฿", "₪",
	"₦", "₱", "₸", "₼", "₾", "zł", "Kč", "лв", "руб", "грн", "ر.س", "د.إ", "ج.م", "lei", "kr.", "kr", "Ft", "CHF", "Rs",
	"Fr.", "元", "円", "원",
}

// codes are the ISO 4217 codes that pages write next to amounts.
var codes = text.SetOf("AED", "ARS", "AUD", "BDT", "BGN", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK",
	"EGP", "EUR", "GBP", "GEL", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "KZT", "MAD",
	"MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB",
	"TRY", "TWD", "UAH", "USD", "VND", "ZAR")

// currencyIn returns the currency in a short text, or "" if there is none: the first ISO code, or else a symbol or an
// abbreviation next to a number.
func currencyIn(s string) string {
	if len(s) > maxAmount {
		return ""
	}
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if codes.Has(word) {
			return word
		}
	}
	for _, sign := range currencies {
		if i := strings.Index(s, sign); i >= 0 && isNextToNumber(s[:i], s[i+len(sign):], sign) {
			return sign
		}
	}
	return ""
}

// isNextToNumber reports whether a digit is next to a currency, ignoring spaces and punctuation. A currency that is
// written in letters must not be part of a longer word.
func isNextToNumber(before, after, sign string) bool {
	letter := unicode.IsLetter(lastRune(sign)) || unicode.IsLetter(firstRune(sign))
	if letter && (unicode.IsLetter(lastRune(before)) || unicode.IsLetter(firstRune(after)) && sign != "元") {
		return false
	}
	before, after = strings.TrimRight(before, " \u00A0\u202F.,-–"), strings.TrimLeft(after, " \u00A0\u202F.-")
	return text.IsDigit(lastRune(before)) || text.IsDigit(firstRune(after))
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
