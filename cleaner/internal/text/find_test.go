package text

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// InLower, which does not copy the line, agrees with a search in a copy in lower case.
func TestInLower(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"ab", "co", "éa", "aé", "k0", "中a", "zz-"}
	letters := []string{"a", "B", "c", "O", "z", "Z", "-", " ", "0", "é", "É", "中", "K", "İ", "\xc2", "@", "{"}
	finder := NewFinder(parts)
	found := 0
	for range 20_000 {
		var line strings.Builder
		for range r.IntN(9) {
			line.WriteString(letters[r.IntN(len(letters))])
		}
		want := ContainsAny(strings.ToLower(line.String()), parts)
		assert.Equal(t, want, finder.InLower(line.String()), "%q", line.String())
		if want {
			found++
		}
	}
	assert.Greater(t, found, 1000)
}
