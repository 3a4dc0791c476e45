package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVisibleBytes(t *testing.T) {
	const all = "\x00\t\n\r !az{~\x7fé中\xff"
	for length := range 40 {
		s := strings.Repeat(all, 3)[:length]
		want := len(s) - strings.Count(s, "\x00") - strings.Count(s, "\t") - strings.Count(s, "\n") - strings.Count(s, "\r") -
			strings.Count(s, " ")
		assert.EqualValues(t, want, visibleBytes(s), "%q", s)
	}
}
