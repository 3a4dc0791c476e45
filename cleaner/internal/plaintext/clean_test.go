package plaintext

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// The time must grow linearly with the number of lines, whatever the lines are. A quadratic rule takes minutes here.
func TestManyLinesTakeLinearTime(t *testing.T) {
	const lines, limit = 500_000, time.Minute
	for _, line := range []string{"Advertisement", "Related posts\n\nThe title", "Share on Facebook"} {
		done := make(chan string, 1)
		go func() { done <- Clean(strings.Repeat(line+"\n", lines)) }()
		select {
		case <-done:
		case <-time.After(limit):
			assert.Fail(t, "too slow", line)
		}
	}
}

// All copies of the first paragraph directly below it are removed in one pass: each pass reads the whole text again.
func TestCopiesOfTheFirstParagraph(t *testing.T) {
	const paragraph = "The bus waited for the tide, as it does on Sundays, and Ada went home by the pier with the mail " +
		"and two sacks of flour."
	lines := []string{paragraph, "", paragraph, "", paragraph, "", "Nobody had asked her.", "", paragraph}
	chaff := Chaff(lines)
	const rule = "text-paragraph-repeated"
	assert.Equal(t, []string{"", "", rule, "", rule, "", "", "", ""}, chaff)
}
