package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCountWords(t *testing.T) {
	tests := []struct {
		name, text string
		want       int
	}{
		{"nothing", "", 0},
		{"white space", " \t\n\u00A0\u3000", 0},
		{"signs", "– … « » () 🐔 • ©", 0},
		{"words", "The clock struck thirteen.", 4},
		{"numbers", "At 7 o’clock, 11 people and 2.5 hens", 9},
		{"an apostrophe", "the captain's isn’t 'quoted'", 4},
		{"hyphens", "well-wound mother-in-law -", 2},
		{"a dash is not a hyphen", "wind–wait — go", 3},
		{"a soft hyphen", "har\u00ADbour clock", 2},
		{"accents", "Über naïve Ñandú", 3},
		{"accents as marks", "Cafe\u0301 ole\u0301", 2},
		{"Cyrillic and Greek", "Часы пробили ρολόι", 3},
		{"Arabic", "وصلت الساعة إلى الميناء", 4},
		{"Arabic with marks", "وَصَلَتِ السَّاعَةُ", 2},
		{"Hebrew with marks", "הַשָּׁעוֹן הִגִּיעַ", 2},
		{"Hindi with marks", "घड़ी बंदरगाह पहुँची", 3},
		{"Persian with a joiner", "می\u200Cخواهم", 1},
		{"Korean has spaces", "시계가 울렸다", 2},
		{"Chinese", "时钟敲了十三下", 4},
		{"one ideograph", "钟", 1},
		{"Japanese", "とけいが１３回", 4},
		{"Chinese and Latin", "GPS接收机", 3},
		{"rare ideographs", "𠮷𠮷", 1},
		{"Thai with marks", "นาฬิกา", 3},
		{"Khmer and Burmese", "នាឡិកា" + "နာရီ", 5},
		{"invalid bytes", "a\xff\xfeb \xe4", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, CountWords(test.text)) })
	}
}

// Three copies of a text have three times its words, in every script: the count does not depend on what comes before.
func TestCountWordsAddsUp(t *testing.T) {
	for _, s := range []string{"The clock struck.", "时钟敲了", "وصلت الساعة", "นาฬิกา", "don’t well-wound"} {
		assert.Equal(t, 3*CountWords(s), CountWords(strings.Repeat(s+"\n", 3)), s)
	}
}
