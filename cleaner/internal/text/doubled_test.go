package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUndoubled(t *testing.T) {
	for _, c := range []struct {
		want string
		runs []string
	}{
		{"The tide is late", []string{"The tide is late", "The tide is late"}},
		{"The tide is late", []string{"The ", "tide ", "is ", "late", "\n", "The tide is late"}},
		{"The tide is late", []string{"The", "tide", "is", "late", "The tide is late", "\n"}},
		{"Tide", []string{"T", "i", "d", "e", "Tide"}},
		{"The tide", []string{"The tide", " ", "The tide", " ", "The tide"}},
		{"", []string{"Bye ", "Bye"}},           // a single word may be repeated
		{"", []string{"Bye Bye"}},               // one run
		{"", []string{"The tide The", " tide"}}, // no copy ends at the end of a run
		{"", []string{"New York,", " ", "New York"}},
		{"", []string{"The tide", "is late"}},
		{"", nil},
	} {
		assert.Equal(t, c.want, Undoubled(c.runs), c.runs)
	}
}
