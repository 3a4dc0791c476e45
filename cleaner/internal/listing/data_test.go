package listing

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

func TestJoinKeepsWhatDisagrees(t *testing.T) {
	seen := []Entry{
		{Title: "Peat", URL: "https://a.example/1"},
		{Title: "Clay", URL: "https://a.example/2"},
		{Title: "Marl", URL: "https://a.example/3"},
	}
	listed := []metadata.Listed{
		{Name: "Peat", URL: "http://www.a.example/1/?from=data#top", Author: "Ada Moor"},
		{Name: "Privacy", URL: "https://a.example/privacy"},
	}
	got := Join(seen, listed)
	assert.Len(t, got, 3, "only one of three agrees: the list may be a different one")
	assert.Equal(t, "Ada Moor", got[0].Author)
	assert.Equal(t, "https://a.example/1", got[0].URL)
}

func TestJoinOfAmbiguousAddresses(t *testing.T) {
	seen := []Entry{{Title: "Peat", URL: "https://a.example/item?id=3"}}
	listed := []metadata.Listed{
		{Name: "Loam", URL: "https://a.example/item?id=1", Author: "Ada Moor"},
		{Name: "Silt", URL: "https://a.example/item?id=2", Author: "Jon Fell"},
	}
	assert.Equal(t, []Entry{{Title: "Peat", URL: "https://a.example/item?id=3"}}, Join(seen, listed))
}

func TestJoinAlone(t *testing.T) {
	got := Join(nil, []metadata.Listed{{Name: "Loam", URL: "https://a.example/1", Price: "3.00 EUR"}})
	assert.Equal(t, []Entry{{Title: "Loam", URL: "https://a.example/1", Price: "3.00 EUR"}}, got)
}
