package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The time of a capture in a web archive is not the date of the article, and the archive is not its site.
func TestCaptureMetadata(t *testing.T) {
	const capture = "https://web.archive.org/web/20260314092600/"
	page := `<html><head><title>The ferry is back</title><link rel="canonical" href="` + capture + `https://quay.example/ferry">
</head><body><h1>The ferry is back</h1>` + strings.Repeat(`<p>The <a href="/web/20260314092600/https://quay.example/boats">ferry</a>
crossed the bay again on Tuesday, with eleven passengers and a crate of hens.</p>`, 4) + `</body></html>`
	for _, address := range []string{"", capture + "https://quay.example/ferry"} {
		article, err := Clean(strings.NewReader(page), address)
		require.NoError(t, err)
		assert.Equal(t, "https://quay.example/ferry", article.Canonical)
		assert.True(t, article.Published.IsZero(), article.Published)
		assert.Equal(t, address, article.URL)
	}
}

// A page that a browser saved has its address in a comment. If the caller and the page give no other one, it is the
// canonical address, and relative links are resolved against it.
func TestSavedPageHasAnAddress(t *testing.T) {
	page := `<!DOCTYPE html><!-- saved from url=(0035)https://quay.example/2026/03/12/ferry --><title>The ferry is back</title>` +
		strings.Repeat(`<p>The <a href="/boats">ferry</a> crossed the bay again, with eleven passengers and a crate of hens.</p>`, 4)
	article, err := Clean(strings.NewReader(page), "")
	require.NoError(t, err)
	assert.Equal(t, "https://quay.example/2026/03/12/ferry", article.Canonical)
	assert.Equal(t, "saved", article.Provenance["canonical"])
	assert.Equal(t, "2026-03-12", article.Published.String())
	assert.Contains(t, article.Markdown(), "](https://quay.example/boats)")
	article, err = Clean(strings.NewReader(page), "https://bay.example/story")
	require.NoError(t, err)
	assert.Empty(t, article.Canonical)
}
