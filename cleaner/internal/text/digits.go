package text

import "unicode/utf8"

// ReadNumber reads the number that begins at byte i of s, in any script. It returns the number, the position after the
// last digit, and the number of digits, at most 9. Digits after the ninth are skipped, because such a long number is
// not part of a date.
func ReadNumber(s string, i int) (number, end int, digits int8) {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !IsDigit(r) {
			break
		}
		value := digitValue(r)
		if value < 0 {
			break
		}
		if digits < 9 {
			number = number*10 + value
			digits++
		}
		i += size
	}
	return number, i, digits
}

// digitZeros are the zeros of scripts whose digits occur in dates. The ten digits of each script are consecutive in
// Unicode.
var digitZeros = [...]rune{'0', '٠', '۰', '０', '०', '০', '๐', '૦', '੦', '௦', '౦', '೦', '၀', '០', '໐', '൦'}

func digitValue(r rune) int {
	for _, zero := range digitZeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}
