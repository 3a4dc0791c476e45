package dates

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPartial(t *testing.T) {
	for written, want := range map[string]string{
		"March 2026": "2026-03", "2026-03": "2026-03", "03/2026": "2026-03", "2026年3月": "2026-03", "2026년 3월": "2026-03",
		"März 2026": "2026-03", "marzo de 2026": "2026-03", "2026. március": "2026-03", "2026": "2026", " 2019 ": "2019",
		"14 March 2026": "", "2026-03-14": "", "March": "", "0001": "", "13/2026": "", "Q3 2026": "", "2026 2027": "", "in 2026": "",
		"March 26": "", "12": "", "": "",
	} {
		language := map[string]string{"März 2026": "de", "marzo de 2026": "es", "2026. március": "hu"}[written]
		d, ok := Partial(written, StyleOf(language))
		assert.Equal(t, want, d.String(), written)
		assert.Equal(t, want != "", ok, written)
	}
	_, ok := Month("2026", Style{})
	assert.False(t, ok, "a year is not a month")
}

func TestClockBetween(t *testing.T) {
	d, ok := Find("Date: Sat Mar 14 06:12:30 2026", Style{})
	assert.True(t, ok)
	assert.Equal(t, "2026-03-14T06:12:30", d.String())
	d, ok = Find("令和元年5月6日", StyleOf("ja"))
	assert.True(t, ok)
	assert.Equal(t, "2019-05-06", d.String())
}
