package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVisibleBylineWithoutMarkup(t *testing.T) {
	for line, want := range map[string][]string{
		"by Leonard Askew":            {"Leonard Askew"},
		"Von Henrike Tollmann":        {"Henrike Tollmann"},
		"Par Solène de la Tour":       {"Solène de la Tour"},
		"By Ada Pell and Bo Ek":       {"Ada Pell", "Bo Ek"},
		"By the sea":                  nil,
		"By Monday The Tide Was Out.": nil,
		"Aus Berlin Mitte":            nil,
		"By Ada":                      nil,
		"Leonard Askew":               nil,
	} {
		assert.Equal(t, want, BylineNames(line), line)
	}
}
