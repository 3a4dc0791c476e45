package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The numeric values of the kinds are a feature of the judge's models. After changing one of them, retrain the judge.
func TestNumbersOfKinds(t *testing.T) {
	for kind, name := range []string{
		"", "share-name", "share-label", "comment-heading", "comment-form", "spam-notice", "related", "newsletter", "consent",
		"advertisement", "player-fallback", "navigation", "paywall", "tool", "offer",
	} {
		assert.Equal(t, name, Kind(kind).String())
	}
}

// Each kind has a name, and Match finds the lines of each kind.
func TestKindsHaveLines(t *testing.T) {
	for kind := ShareName; kind < kindCount; kind++ {
		assert.NotEmpty(t, kind.String())
		assert.NotEmpty(t, lists[kind], kind)
		for _, line := range lists[kind] {
			assert.NotEqual(t, None, Match(line), line)
		}
	}
}
