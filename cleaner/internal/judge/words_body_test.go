package judge

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBodyTextContains(t *testing.T) {
	text := "The tide was late. The bus waited for it, as it does on Sundays; nobody asked why, said Ada — not even the bus." + strings.Repeat(" Nor the tide.", 2000) + " The end of it."
	body := BodyText{Text: text}
	for from := range 120 {
		for _, to := range []int{from + 3, from + 7, from + 8, from + 9, from + 30, len(text)} {
			assert.True(t, body.Contains(text[from:to]), text[from:to])
			assert.True(t, body.Contains("the end of it."[1:]))
		}
	}
	for _, other := range []string{"The tide was late. The bus waited for me", "the tide was late", "bus. The tide", text + ".", "nobody", strings.Repeat("x", 200)} {
		assert.Equal(t, strings.Contains(text, other), body.Contains(other), other)
	}
	assert.True(t, body.Contains(""))
	assert.False(t, (&BodyText{}).Contains("The tide was late"))
}
