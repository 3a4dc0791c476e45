package cleaner

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allToggles are the render options to test: all at their defaults, all shown, all hidden, and each option and each
// pair of options shown alone and hidden alone. A new Toggle is covered without a change here. An option of another
// type needs its own values; TestAllTogglesCoverEveryOption fails until they are added.
var allToggles = func() []RenderOptions {
	fields := toggleFields()
	options := []RenderOptions{{}}
	for _, toggle := range [...]Toggle{ToggleShow, ToggleHide} {
		var all RenderOptions
		for i := range fields {
			setToggle(&all, fields[i], toggle)
			for j := range i + 1 {
				var pair RenderOptions
				setToggle(&pair, fields[i], toggle)
				setToggle(&pair, fields[j], toggle) // j == i tests one option alone
				options = append(options, pair)
			}
		}
		options = append(options, all)
	}
	return append(options, RenderOptions{Tables: HTMLWhereNeeded})
}()

// toggleFields returns the indexes of the options that are Toggles.
func toggleFields() (fields []int) {
	options := reflect.TypeFor[RenderOptions]()
	for i := range options.NumField() {
		if options.Field(i).Type == reflect.TypeFor[Toggle]() {
			fields = append(fields, i)
		}
	}
	return fields
}

// setToggle sets the option with the index i.
func setToggle(o *RenderOptions, i int, toggle Toggle) {
	reflect.ValueOf(o).Elem().Field(i).Set(reflect.ValueOf(toggle))
}

func TestAllTogglesCoverEveryOption(t *testing.T) {
	fields := reflect.TypeFor[RenderOptions]().NumField() - 1 // without Tables, whose values are in allToggles
	require.Len(t, toggleFields(), fields, "an option that is not a Toggle: add its values to allToggles")
	assert.Len(t, allToggles, 1+2*(fields*(fields+1)/2+1)+1)
	for _, o := range []RenderOptions{
		{},
		{Headline: ToggleShow, Captions: ToggleShow, Images: ToggleShow, Links: ToggleShow, Comments: ToggleShow},
		{Headline: ToggleHide, Captions: ToggleHide, Images: ToggleHide, Links: ToggleHide, Comments: ToggleHide},
		{Links: ToggleHide},
		{Images: ToggleHide, Captions: ToggleHide},
		{Headline: ToggleShow, Captions: ToggleShow},
	} {
		assert.Contains(t, allToggles, o)
	}
}

func addMarkup(f *testing.F) {
	f.Helper()
	for i, page := range nastyPages {
		f.Add(page, nastyPages[len(nastyPages)-1-i])
	}
	for _, s := range survivors {
		f.Add(s.markup, "The clock & the <tide>")
	}
	for _, n := range normalForms {
		f.Add(n.markup, "# 1. *Late* again")
	}
}

// contentOf returns an article with the given content, or nil if the markup has none.
func contentOf(markup, title string) *Article {
	a := &Article{Title: title}
	if a.setContent(markup) != nil {
		return nil
	}
	return a
}

// FuzzText renders any content as text. The text must be valid UTF-8, without control characters except line breaks and
// tabs, and without white space at either end except leading tabs from empty cells.
func FuzzText(f *testing.F) {
	addMarkup(f)
	f.Fuzz(func(t *testing.T, markup, title string) {
		a := contentOf(markup, title)
		if a == nil {
			return
		}
		for _, opts := range allToggles {
			text := a.Text(opts)
			if utf8.ValidString(title) || opts.Headline != ToggleShow {
				assert.True(t, utf8.ValidString(text))
			}
			if opts.Headline != ToggleShow {
				assert.Equal(t, strings.TrimSpace(text), strings.TrimLeft(text, "\t"))
				assert.NotContains(t, text, "\r")
			}
		}
		plain := a.Text()
		for _, r := range plain {
			if unicode.IsControl(r) && r != '\n' && r != '\t' {
				assert.Fail(t, "a control character", "%q", plain)
				break
			}
		}
	})
}

// FuzzHTML renders any content as HTML, which must be safe and without the parts that the options hide.
func FuzzHTML(f *testing.F) {
	addMarkup(f)
	f.Fuzz(func(t *testing.T, markup, title string) {
		a := contentOf(markup, title)
		if a == nil {
			return
		}
		for _, opts := range allToggles {
			out := a.HTML(opts)
			checkSafeHTML(t, out)
			root, err := html.Parse(strings.NewReader(out))
			require.NoError(t, err)
			for n := range root.Descendants() {
				switch {
				case n.DataAtom == atom.A && opts.Links == ToggleHide,
					n.DataAtom == atom.Img && opts.Images == ToggleHide,
					n.DataAtom == atom.Figcaption && opts.Captions == ToggleHide:
					assert.Fail(t, "a hidden element was rendered", "%s in %s", n.Data, out)
				}
			}
		}
	})
}

// FuzzJSON reads any bytes as an article's JSON: the result is either an error that leaves the article unchanged, or a
// safe article that survives a round trip through JSON.
func FuzzJSON(f *testing.F) {
	for _, page := range nastyPages {
		if a, err := Clean(strings.NewReader(fillerBefore+page+fillerAfter), "https://gazette.example/a"); err == nil {
			data, err := json.Marshal(a)
			require.NoError(f, err)
			f.Add(data)
		}
	}
	for _, seed := range []string{
		"", "{}", `{"schema":2}`, `{"schema":1,"html":"<p onclick=x()>a<script>b</script>"}`, `{"schema":1,"published":"2026-02-30"}`, `{"schema":1,"kind":"?"}`,
		`{"schema":1,"kind":"forum","title":"\ud800","removed":[{"text":null}],"html":"<a href=javascript:x()>a</a>"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a := Article{Title: "as it was"}
		if err := a.UnmarshalJSON(data); err != nil {
			assert.Equal(t, Article{Title: "as it was"}, a)
			return
		}
		checkSafeHTML(t, a.HTML())
		checkSafeHTML(t, fromMarkdown(t, a.Markdown()))
		again, err := json.Marshal(&a)
		require.NoError(t, err)
		assert.True(t, utf8.Valid(again))
		checkTrip(t, &a, again)
	})
}

// Control characters, with which terminal control sequences begin, are removed, however they are written and wherever
// they are.
func TestNoControlCharacters(t *testing.T) {
	page := "<title>The \x1b[31mlog of\u0085 the ferry</title><meta name=author content='Ada \x1bPell'><meta name=description content='One&#27;[2J two'>" +
		"<h1>The \x1b[31mlog of\u0085 the ferry</h1>" + fillerBefore +
		"<p>one\x1b[0m two \x07 three\u009b four &#x1b;[1m five &#8; and six seven eight nine ten.</p><pre>a\x1bb\u0001c</pre>" +
		"<p><a href='/\x1b[1m' title='x\x1by'>link</a><img alt='x\x1by' src='/a&#27;.png' width=400></p><nav><a href=/>Home\x1b[5m</a></nav>" + fillerAfter
	a, err := Clean(strings.NewReader(page), "https://gazette.example/a")
	require.NoError(t, err)
	asJSON, err := json.Marshal(a)
	require.NoError(t, err)
	all := []string{a.Text(), a.Markdown(), a.HTML(), a.Title, a.Byline, a.Excerpt, string(asJSON)}
	for _, r := range a.Removed {
		all = append(all, r.Text, r.Reason)
	}
	for _, out := range all {
		assert.NotContains(t, out, `\u001b`)
		for _, r := range out {
			assert.False(t, unicode.IsControl(r) && r != '\n' && r != '\t', "%q in %q", r, out)
		}
	}
	assert.Contains(t, a.Text(), "two three four [1m five and six")
}
