package phrase

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestShareNameBeginnings(t *testing.T) {
	for _, name := range shareNames().names {
		for _, line := range []string{name, strings.ToUpper(name), "• " + name, "12 " + name, name + " | " + name} {
			assert.True(t, shareNames().mayBegin(line), line)
		}
	}
	assert.False(t, shareNames().mayBegin("Yet the tide was late"))
	assert.False(t, shareNames().mayBegin("Ω the tide"))
	assert.Equal(t, 2, CountShareNames("Facebook, Twitter", None))
}
