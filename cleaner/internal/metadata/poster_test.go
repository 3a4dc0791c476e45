package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

func TestPoster(t *testing.T) {
	for line, want := range map[string]string{
		"Ada Pell":               "Ada Pell",
		"Posted by: Ada Pell at": "Ada Pell",
		"By Ada Pell |":          "Ada Pell",
		"3. Ada Pell said...":    "Ada Pell",
		"#12 Ada":                "Ada",
		"Ada Pell schrieb am":    "Ada Pell",
		"Mme Pell a écrit :":     "Mme Pell",
		"Alex D.":                "Alex D.",
		"Da - Flow":              "Da - Flow",
		"7of9":                   "7of9",
		"Minh Le":                "Minh Le",
		"at":                     "",
		"":                       "",
	} {
		assert.Equal(t, want, Poster(line), line)
	}
}

func TestPosterInLine(t *testing.T) {
	for line, want := range map[string]string{
		"Posted by: dearieme at May 3, 2026 5:11 pm":  "dearieme",
		"Ada Pell — 3 May 2026, 8:02":                 "Ada Pell",
		"On October 29, 2026 at 11:22am, Ada said...": "",
		"May 3, 2026":            "",
		"Ada Pell":               "",
		"Joined: Thu 3 May 2026": "",
	} {
		assert.Equal(t, want, PosterInLine(line, dates.Style{MonthFirst: true}), line)
	}
}
