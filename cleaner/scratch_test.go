package cleaner

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/region"
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

// A slab that is not reset after a page would grow with every page.
func TestScratchIsReleased(t *testing.T) {
	doc, err := htmldoc.Parse(strings.NewReader(`<title>The pier</title><h1>The pier</h1>
<p>The pier of Sandry has been growing by one plank a year since the war.</p>`), htmldoc.Source{})
	require.NoError(t, err)
	p := New(Options{}).page(doc)
	for _, stage := range stages {
		stage.run(p)
	}
	s := p.memory
	used := usedSlabs(reflect.ValueOf(s).Elem(), "scratch")
	assert.Greater(t, len(used), 15, "%v", used)
	p.releaseAll()
	assert.Empty(t, usedSlabs(reflect.ValueOf(s).Elem(), "scratch"), "not reset")
}

// usedSlabs lists the slabs in a struct, and in the structs in it, that have lent pieces. The slabs of package region
// are left out: they are reset before the next page.
func usedSlabs(v reflect.Value, path string) (used []string) {
	for i := range v.NumField() {
		field, name := v.Field(i), path+"."+v.Type().Field(i).Name
		switch of := field.Type(); {
		case of == reflect.TypeFor[region.Memory]() || of.Kind() != reflect.Struct:
		case !strings.HasPrefix(of.Name(), "Slab["):
			used = append(used, usedSlabs(field, name)...)
		case field.FieldByName("used").Int() > 0:
			used = append(used, name)
		}
	}
	return used
}

func written(t *testing.T, a *Article) string {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		assert.Fail(t, err.Error())
	}
	return string(b) + a.Text() + a.Markdown()
}

// Memory that is kept for the next page does not keep the last page, or its article, in memory.
func TestScratchFreesThePage(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata, "pages", "*", "page.html"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		root, article := cleanWeakly(t, file)
		runtime.GC()
		runtime.GC()
		assert.Nil(t, root.Value(), "the tree of %s", file)
		assert.Nil(t, article.Value(), "the article of %s", file)
	}
	assert.NotNil(t, scratches.Get().nodes, "the memory is kept")
}

func cleanWeakly(t *testing.T, file string) (weak.Pointer[html.Node], weak.Pointer[Article]) {
	t.Helper()
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	doc, err := htmldoc.ParseBytes(page, htmldoc.Source{})
	require.NoError(t, err)
	article, err := New(Options{}).CleanDocument(doc)
	require.NoError(t, err)
	return weak.Make(doc.Root), weak.Make(article)
}
