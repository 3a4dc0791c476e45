package dates

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// eastAsianDate reads 2026年3月14日, 2026년 3월 14일, 令和8年3月14日, 民國115年3月14日, Mongolian 2026 оны 3-р сарын 14 and Vietnamese
// 14 tháng 3, 2026. The result used is the number of tokens that make up the date, or 0 if the tokens do not begin with
// such a date.
func eastAsianDate(tokens []Token, style Style) (year, month, day, used int) {
	if len(tokens) >= 4 && tokens[0].Kind == 'n' && tokens[1].Word == "tháng" && tokens[2].Kind == 'n' {
		at := 3
		if tokens[3].Word == "năm" {
			at = 4
		}
		if at < len(tokens) && tokens[at].Kind == 'n' && tokens[at].Digits == 4 {
			return tokens[at].Number, tokens[2].Number, tokens[0].Number, at + 1
		}
	}
	offset := 0
	if len(tokens) > 0 && tokens[0].Kind == 'w' {
		era, isFirst := strings.CutSuffix(tokens[0].Word, "元年")
		if offset = eraYears(era); offset == 0 {
			return 0, 0, 0, 0
		}
		if isFirst && len(tokens) >= 4 && tokens[1].Kind == 'n' && isUnit(&tokens[2], "月") && tokens[3].Kind == 'n' {
			return offset + 1, tokens[1].Number, tokens[3].Number, 4 // 令和元年5月6日
		}
		used, tokens = 1, tokens[1:]
	}
	if len(tokens) < 5 || tokens[0].Kind != 'n' || !isUnit(&tokens[1], "年", "년", "он") || tokens[2].Kind != 'n' {
		return 0, 0, 0, 0
	}
	year, month = tokens[0].Number+offset, tokens[2].Number
	if offset == 0 && tokens[0].Digits == 3 && style.Language == "zh" {
		year += republicYears
	}
	if tokens[3].Word == "р" { // Mongolian ordinal suffix
		used, tokens = used+1, tokens[1:]
	}
	if len(tokens) < 5 || !isUnit(&tokens[3], "月", "월", "сар") || tokens[4].Kind != 'n' {
		return 0, 0, 0, 0
	}
	return year, month, tokens[4].Number, used + 5
}

func isUnit(t *Token, names ...string) bool {
	return t.Kind == 'w' && slices.ContainsFunc(names,
		func(name string) bool { return strings.HasPrefix(t.Word, name) })
}

// republicYears is the number that is added to a year of the Republic of China to get the Gregorian year.
const republicYears = 1911

// eraYears returns the number that must be added to a year of an era to get the Gregorian year. The word ends with the
// name of the era, which is Japanese or that of the Republic of China. For other words, eraYears returns 0.
func eraYears(word string) int {
	switch {
	case strings.HasSuffix(word, "令和"):
		return 2018
	case strings.HasSuffix(word, "平成"):
		return 1988
	case strings.HasSuffix(word, "民國"), strings.HasSuffix(word, "民国"):
		return republicYears
	}
	return 0
}

// hanNumbers replaces the Chinese numbers of a date with digits: 二〇二六年三月十二日. The length of the line stays the same.
func hanNumbers(s string) string {
	if !strings.Contains(s, "年") || !strings.Contains(s, "月") {
		return s
	}
	var b strings.Builder
	s = strings.ReplaceAll(s, "○", "〇")
	for rest := s; rest != ""; {
		number, length := hanNumber(rest)
		if unit, _ := utf8.DecodeRuneInString(rest[length:]); length > 0 && strings.ContainsRune("年月日", unit) {
			digits := strconv.Itoa(number)
			b.WriteString(digits + strings.Repeat(" ", length-len(digits)))
		} else {
			_, size := utf8.DecodeRuneInString(rest)
			length = max(length, size)
			b.WriteString(rest[:length])
		}
		rest = rest[length:]
	}
	return b.String()
}

// hanNumber reads the Chinese number at the start of s and returns the number of bytes that were read. 十 is the word
// for ten; the digits of a year have no such word.
func hanNumber(s string) (number, length int) {
	tens := false
	for length < min(len(s), maxHanNumber) {
		r, size := utf8.DecodeRuneInString(s[length:])
		switch digit := strings.IndexRune(hanDigits, r) / len("〇"); {
		case r == '十':
			number, tens = 10*max(number, 1), true
		case !strings.ContainsRune(hanDigits, r):
			return number, length
		case tens:
			number += digit
		default:
			number = 10*number + digit
		}
		length += size
	}
	return number, length
}

// hanDigits are the Chinese digits from zero to nine. A number of a date has at most maxHanNumber bytes.
const (
	hanDigits    = "〇一二三四五六七八九"
	maxHanNumber = len("二〇二六")
)
