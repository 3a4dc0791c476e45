package metadata

import (
	"unicode/utf8"
)

// The writing systems whose letters are counted.
const (
	noWriting = iota
	latin
	cyrillic
	arabic
	han
	kana
	greek
	hebrew
	hangul
	devanagari
	bengali
	thai
	georgian
	armenian
	tamil
	telugu
	kannada
	malayalam
	gujarati
	gurmukhi
	sinhala
	khmer
	lao
	burmese
	amharic
	writings
)

// writingLanguages maps writing systems to languages. It contains the writing systems that are used for only one
// language, or for one language far more than for others.
var writingLanguages = [writings]string{
	greek: "el", hebrew: "he", hangul: "ko", devanagari: "hi", bengali: "bn", thai: "th", georgian: "ka", armenian: "hy",
	tamil: "ta", telugu: "te",
	kannada: "kn", malayalam: "ml", gujarati: "gu", gurmukhi: "pa", sinhala: "si", khmer: "km", lao: "lo", burmese: "my",
	amharic: "am",
}

// writingRanges are the ranges of letters outside ASCII, in ascending order.
var writingRanges = []struct {
	from, to rune
	writing  int
}{
	{0xC0, 0x24F, latin},
	{0x370, 0x3FF, greek},
	{0x400, 0x52F, cyrillic},
	{0x531, 0x587, armenian},
	{0x5D0, 0x5F2, hebrew},
	{0x620, 0x6D3, arabic},
	{0x900, 0x97F, devanagari},
	{0x980, 0x9FF, bengali},
	{0xA00, 0xA7F, gurmukhi},
	{0xA80, 0xAFF, gujarati},
	{0xB80, 0xBFF, tamil},
	{0xC00, 0xC7F, telugu},
	{0xC80, 0xCFF, kannada},
	{0xD00, 0xD7F, malayalam},
	{0xD80, 0xDFF, sinhala},
	{0xE01, 0xE4E, thai},
	{0xE81, 0xEDF, lao},
	{0x1000, 0x109F, burmese},
	{0x10A0, 0x10FF, georgian},
	{0x1200, 0x137F, amharic},
	{0x1780, 0x17D3, khmer},
	{0x1E00, 0x1EFF, latin},
	{0x1F00, 0x1FFF, greek},
	{0x3041, 0x30FA, kana},
	{0x3400, 0x9FFF, han},
	{0xAC00, 0xD7A3, hangul},
}

func writingOf(r rune) int {
	if r < utf8.RuneSelf {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return latin
		}
		return noWriting
	}
	for _, w := range writingRanges {
		if r < w.from {
			return noWriting
		}
		if r <= w.to {
			return w.writing
		}
	}
	return noWriting
}
