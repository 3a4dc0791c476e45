package dom

import (
	"testing"

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
		{"\xff\xc2 stays, invalid as it is \x01", "\xff\xc2 stays, invalid as it is "},
	} {
		assert.Equal(t, c.out, Printable(c.in))
		assert.Equal(t, c.out, Printable(c.out))
	}
}
