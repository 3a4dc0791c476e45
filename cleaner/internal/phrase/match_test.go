package phrase

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The check of the beginning of a line does not rule out any phrase, whatever characters are around the phrase.
func TestPhraseStarts(t *testing.T) {
	for folded, kind := range indexedLines().kinds {
		for _, line := range []string{folded, strings.ToUpper(folded), "• " + folded, folded + " ...", folded + "…", "→ " + folded + " »»»»»»»»»»", "                    " + folded + ":"} {
			if text.FoldLine(line) == folded {
				assert.Equal(t, kind, Match(line), "%q", line)
			}
		}
	}
}
