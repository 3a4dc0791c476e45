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
