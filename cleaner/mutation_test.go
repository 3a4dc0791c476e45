package cleaner

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mutatedPages is the number of pages of the corpora that these tests change. 300 pages take two minutes.
var mutatedPages = flag.Int("mutations", 24, "how many pages of the corpora are mutated")

// cutPages is the number of mutated pages that are cut at every kilobyte. 300 take a quarter of an hour.
var cutPages = flag.Int("cuts", 2, "how many of the mutated pages are cut at every kilobyte")

// footerPages is the number of pages that are searched for a footer to cut. One page in four has a footer, and cutting
// it changes the result for one in fourteen of those. With only a handful of pages, the share would be meaningless.
const footerPages = 300

// corpusPages reads pages spread over the labeled corpora in DECHAFF_CORPUS.
func corpusPages(t *testing.T, count int) [][]byte {
	t.Helper()
	dir := os.Getenv("DECHAFF_CORPUS")
	if dir == "" {
		t.Skip("DECHAFF_CORPUS is not set")
	}
	return samplePages(t, dir, count)
}

// samplePages reads the given number of pages, spread over the corpora in a folder.
func samplePages(t testing.TB, dir string, count int) [][]byte {
	t.Helper()
	dir, err := filepath.EvalSymlinks(dir) // WalkDir does not follow links
	require.NoError(t, err)
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".html.gz") || strings.HasSuffix(name, ".html") {
			names = append(names, name)
		}
		return err
	}))
	require.NotEmpty(t, names)
	var pages [][]byte
	for i := range count {
		f, err := os.Open(names[i*len(names)/count])
		require.NoError(t, err)
		var r io.Reader = f
		if strings.HasSuffix(f.Name(), ".gz") {
			r, err = gzip.NewReader(f)
			require.NoError(t, err)
		}
		page, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		pages = append(pages, page)
	}
	return pages
}

var (
	endTag = regexp.MustCompile(`</[a-zA-Z]+\s*>`)
	quotes = regexp.MustCompile(`=["']([^"'<>]*)["']`)
)

// mutations are the ways in which servers, proxies and authors damage pages.
var mutations = []struct {
	name   string
	mutate func(page []byte) []byte
	opts   Options
}{
	{"every third end tag gone", func(page []byte) []byte {
		n := 0
		return endTag.ReplaceAllFunc(page, func(tag []byte) []byte {
			if n++; n%3 == 0 {
				return nil
			}
			return tag
		})
	}, Options{}},
	{"end tags twice", func(page []byte) []byte {
		return endTag.ReplaceAllFunc(page, func(tag []byte) []byte { return append(bytes.Clone(tag), tag...) })
	}, Options{}},
	{"attributes unquoted", func(page []byte) []byte { return quotes.ReplaceAll(page, []byte("=$1")) }, Options{}},
	{"one quote missing", func(page []byte) []byte {
		at := len(page) / 3
		if i := bytes.Index(page[at:], []byte(`">`)); i >= 0 {
			return append(bytes.Clone(page[:at+i]), page[at+i+1:]...)
		}
		return page
	}, Options{}},
	{"mislabeled as UTF-16", bytes.Clone, Options{ContentType: "text/html; charset=utf-16"}},
	{"mislabeled as Shift_JIS", bytes.Clone, Options{ContentType: "text/html; charset=shift_jis"}},
	{"mislabeled by a byte order mark", func(page []byte) []byte { return append([]byte("\xff\xfe"), page...) }, Options{}},
	{"ten copies", func(page []byte) []byte { return bytes.Repeat(page, 10) }, Options{}},
	{"the first half", func(page []byte) []byte { return page[:len(page)/2] }, Options{}},
	{"the second half", func(page []byte) []byte { return page[len(page)/2:] }, Options{}},
	{"backwards", func(page []byte) []byte {
		lines := bytes.SplitAfter(page, []byte(">"))
		for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 {
			lines[i], lines[j] = lines[j], lines[i]
		}
		return bytes.Join(lines, nil)
	}, Options{}},
}

// cleanTimed returns the article, if there is one, and how long cleaning and rendering took.
func cleanTimed(t *testing.T, page []byte, opts Options) (*Article, time.Duration) {
	t.Helper()
	began := time.Now()
	a, err := New(opts).Clean(bytes.NewReader(page), "https://gull.example/a")
	if err == nil {
		_, _ = a.Markdown(), a.HTML()
	} else {
		require.Nil(t, a)
		require.True(t, errors.Is(err, ErrNoArticle) || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotHTML), "%v", err)
	}
	return a, time.Since(began)
}

// A page that the judge decides alone takes a fraction of the time of one for which the extractor runs, and the
// machine may be busy. So times are logged but not asserted. BenchmarkShapes shows which shapes take more than linear
// time.
func TestMutationsOfRealPages(t *testing.T) {
	pages := corpusPages(t, *mutatedPages)
	slower, tried := 0, 0
	for i, page := range pages {
		_, _ = cleanTimed(t, page, Options{})
		_, own := cleanTimed(t, page, Options{})
		for _, m := range mutations {
			mutated := m.mutate(page)
			own := 5*own*time.Duration(max(len(mutated), 1))/time.Duration(max(len(page), 1)) + 20*time.Millisecond
			_, took := cleanTimed(t, mutated, m.opts)
			for try := 0; took > own && try < 3; try++ { // the machine may have been busy
				_, took = cleanTimed(t, mutated, m.opts)
			}
			tried++
			if took > own {
				slower++
				t.Logf("page %d, %s: %v for %d bytes; five times the original's time per byte would be %v", i, m.name, took, len(mutated), own)
			}
		}
	}
	t.Logf("of %d mutations, %d took more than five times the original's time per byte", tried, slower)
	t.Logf("%d pages, %d mutations each", len(pages), len(mutations))
}

func TestPagesCutAtEveryKilobyte(t *testing.T) {
	pages := corpusPages(t, *mutatedPages)
	for _, page := range pages[:min(len(pages), *cutPages)] {
		for at := 0; at < min(len(page), 400<<10); at += 1 << 10 {
			a, _ := cleanTimed(t, page[:at], Options{})
			if a != nil && at%(20<<10) == 0 {
				checkSafe(t, a)
			}
		}
	}
}

// wordsApart counts the words by which two texts differ. For example, a word that one text has five times and the other
// three times counts twice.
func wordsApart(a, b string) int {
	counts := make(map[string]int)
	for _, w := range strings.Fields(a) {
		counts[w]++
	}
	for _, w := range strings.Fields(b) {
		counts[w]--
	}
	apart := 0
	for _, n := range counts {
		apart += max(n, -n)
	}
	return apart
}

// For at least nine pages in ten, cutting a page just before the end of its footer does not change the article.
func TestPagesCutInTheirFooter(t *testing.T) {
	same, all := 0, 0
	for i, page := range corpusPages(t, footerPages) {
		at := bytes.LastIndex(page, []byte("<footer"))
		if at < len(page)/2 {
			continue
		}
		end := bytes.Index(page[at:], []byte("</footer>"))
		whole, _ := cleanTimed(t, page, Options{})
		if whole == nil || end < 0 || bytes.Count(page[at+end:], []byte("<p")) > 0 {
			continue
		}
		cut, _ := cleanTimed(t, page[:at+end], Options{})
		all++
		if cut != nil && cut.Text() == whole.Text() {
			same++
		} else {
			text := ""
			if cut != nil {
				text = cut.Text()
			}
			t.Logf("page %d: its first %d of %d bytes gave a different article: %d of %d words differ", i, at+end, len(page), wordsApart(whole.Text(), text), len(strings.Fields(whole.Text())))
		}
	}
	require.NotZero(t, all)
	t.Logf("%d of %d articles are the same", same, all)
	assert.GreaterOrEqual(t, same*100, all*90)
}
