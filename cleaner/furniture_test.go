package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The host of a bureau of statistics is named like one that counts visits. Its own pages show its pictures.
func TestPicturesOfTheOwnHost(t *testing.T) {
	const page = "<title>Hens</title><h1>Hens</h1><p>" + decideA + `</p><p><img src="/hens.png" alt="Hens by year"></p><p>` +
		decideB + `</p><p><img src="https://stats.quay.example/count.png" alt="Visits"></p><p>` + decideC + "</p>"
	article, err := Clean(strings.NewReader(page), "https://www.stats.example/report/hens")
	require.NoError(t, err)
	assert.Contains(t, article.Markdown(), "![Hens by year](https://www.stats.example/hens.png)")
	assert.NotContains(t, article.Markdown(), "count.png")
}
