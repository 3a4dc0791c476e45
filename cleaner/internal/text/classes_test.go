package text

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestClassesAreThoseOfUnicode(t *testing.T) {
	for r := rune(-1); r <= unicode.MaxRune+1; r++ {
		if IsLetter(r) != unicode.IsLetter(r) || IsUpper(r) != unicode.IsUpper(r) || IsMark(r) != unicode.IsMark(r) ||
			IsSpace(r) != unicode.IsSpace(r) || IsDigit(r) != unicode.IsDigit(r) ||
			IsWordRune(r) != (unicode.IsLetter(r) || unicode.IsDigit(r)) || LowerRune(r) != unicode.ToLower(r) {
			require.Fail(t, "wrong class", "%U", r)
		}
	}
}

func TestLower(t *testing.T) {
	for _, s := range []string{
		"", "a", "A", "hens", "Hens", "élan", "Élan", "привет", "Привет", "読む", "ｱＡ", "İ", "K", "𐐀", "𐐨", "\xff",
		"a\xffb", "ǅ",
	} {
		assert.Equal(t, strings.ToLower(s), Lower(s), "%q", s)
	}
}
