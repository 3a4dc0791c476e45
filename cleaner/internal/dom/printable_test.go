package dom

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ in, out string }{
		{"", ""},
		{"plain\ttext\nof two lines, ż 渡 \u00a0.", "plain\ttext\nof two lines, ż 渡 \u00a0."},
		{"red \x1b[31mtext\x1b[0m", "red [31mtext[0m"},
		{"bell\a, back\b, delete\x7f, null\x00", "bell, back, delete, null"},
		{"eight-bit \u009b1m and \u0090", "eight-bit 1m and "},
		{"a\r\nb\rc\fd\u0085e", "a\nb\nc d e"},
		{"die F\u00adäh\u00adre", "die Fähre"},
		{"\xff\xc2 stays, invalid as it is \x01", "\xff\xc2 stays, invalid as it is "},
	} {
		assert.Equal(t, c.out, Printable(c.in))
		assert.Equal(t, c.out, Printable(c.out))
	}
}

// Texts are tested eight bytes at a time; a control character is found at every place.
func TestPrintableAtEveryPlace(t *testing.T) {
	for _, fill := range []string{"tide", "Ébbe", "a\tb\n"} {
		for _, control := range []string{"\x00", "\x1b", "\x7f", "\u0090", "\u00ad"} {
			long := strings.Repeat(fill, 6)
			for i := range len(long) {
				if utf8.RuneStart(long[i]) {
					assert.Equal(t, long, Printable(long[:i]+control+long[i:]), "%q at %d", control, i)
				}
			}
		}
	}
}
