package dates

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDateOrder(t *testing.T) {
	for lang, monthFirst := range map[string]bool{
		"en-US": true, "en_us": true, "en": true, "": true, "en-GB": false, "en-AU": false, "de": false, "fr-CA": false, "ar": false,
	} {
		d, ok := Parse("3/4/2026", StyleOf(lang))
		assert.True(t, ok)
		want := "2026-04-03"
		if monthFirst {
			want = "2026-03-04"
		}
		assert.Equal(t, want, d.String(), lang)
	}
}
