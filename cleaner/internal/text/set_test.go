package text

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSet(t *testing.T) {
	set := SetOf("", "tide", "a", strings.Repeat("b", 64))
	for _, word := range []string{"", "tide", "a", strings.Repeat("b", 64)} {
		assert.True(t, set.Has(word), word)
	}
	for _, word := range []string{"\x00", "tid", "tidy", "b", strings.Repeat("b", 128), strings.Repeat("\x00", 64)} {
		assert.False(t, set.Has(word), word)
	}
	assert.False(t, SetOf("tide").Has(""))
}

// The lists are built on first use, possibly by several goroutines at once.
func TestListsFromManyGoroutines(t *testing.T) {
	set, union := SetOf("tide", "ferry"), UnionOf([]string{"tide"}, []string{"ferry", "tide"})
	finder, openings := NewFinder([]string{"tide", "潮が"}), NewOpenings([]string{"tide", "été"})
	prefixes := IndexPrefixes([]string{"tide", "été", "table", ""})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			assert.True(t, set.Has("tide") && union.Has("ferry"))
			assert.False(t, set.Has("hen") || union.Has(""))
			assert.True(t, finder.In("high tide") && finder.InLower("HIGH TIDE") && finder.In("今日は潮が高い"))
			assert.False(t, finder.In("HIGH TIDE") || finder.InLower("TID") || finder.InLower(""))
			assert.True(t, openings.Have("Tide") && openings.Have("Été") && !openings.Have("hens"))
			assert.Equal(t, []string{"tide", "table"}, prefixes.StartingWith('t'))
			assert.Empty(t, prefixes.StartingWith('x'))
		})
	}
	wait.Wait()
}
