package cleaner

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Articles do not share memory with pages that are cleaned later. Pages that are cleaned concurrently do not share
// memory with each other.
func TestScratchIsNotShared(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var pages [][]byte
	for _, file := range files {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		pages = append(pages, page)
	}
	clean := func(page []byte) (*Article, string) {
		a, err := Clean(bytes.NewReader(page), "https://gazette.example/")
		if err != nil { // FailNow must not be called in a goroutine
			assert.Fail(t, err.Error())
			return nil, ""
		}
		return a, written(t, a)
	}
	articles, texts := make([]*Article, len(pages)), make([]string, len(pages))
	for i := range pages {
		articles[i], texts[i] = clean(pages[i])
	}
	for i, a := range articles {
		assert.Equal(t, texts[i], written(t, a), "%s, after the pages that followed", files[i])
	}
	var done sync.WaitGroup
	for worker := range 4 {
		done.Go(func() {
			for i := range pages {
				i = (i + worker*len(pages)/4) % len(pages)
				_, text := clean(pages[i])
				assert.Equal(t, texts[i], text, "%s, concurrently with others", files[i])
			}
		})
	}
	done.Wait()
}

func written(t *testing.T, a *Article) string {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		assert.Fail(t, err.Error())
	}
	return string(b) + a.Text() + a.Markdown()
}
