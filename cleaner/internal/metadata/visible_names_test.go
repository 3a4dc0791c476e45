package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLeadingName(t *testing.T) {
	for text, want := range map[string]string{
		"Ada Pell and filed under Ferries":  "Ada Pell",
		"Ada van der Pell on":               "Ada van der Pell",
		"Ada Pell veröffentlicht.":          "Ada Pell",
		"A. J. Pell. It was late":           "A. J. Pell",
		"Ada Pell, who counted the hens":    "Ada Pell",
		"the harbour master":                "",
		"":                                  "",
		"Élodie d'Arc le matin":             "Élodie d'Arc",
		"Ada Pell und Bo Ek am Dienstag ab": "Ada Pell und Bo Ek",
	} {
		assert.Equal(t, want, leadingName(text), text)
	}
}
