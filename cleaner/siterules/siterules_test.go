package siterules

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func TestYAMLFaults(t *testing.T) {
	for text, want := range map[string]string{
		"title: h1\ncontents: p\n":          `a.example.yaml:2: unknown key "contents"; the keys are content, remove, keep,`,
		"remove:\n  - .a\n  - 'p['\n":       `a.example.yaml:3: remove: "p[": `,
		"title: '//h1['\n":                  `a.example.yaml:1: title: "//h1[": `,
		"keep: p::before\n":                 `a.example.yaml:1: keep: "p::before": `,
		"keep: ':has(:has(:has(a)))'\n":     `a.example.yaml:1: keep: ":has(:has(:has(a)))": the selector is too complex`,
		"keep: ':has(a b c)'\n":             `a.example.yaml:1: keep: ":has(a b c)": the selector is too complex`,
		"title: \n":                         "a.example.yaml:1: expected a string or a list of strings",
		"title: {a: b}\n":                   "a.example.yaml:1: expected a string or a list of strings",
		"\n\nkind: novel\n":                 `a.example.yaml:3: "novel" is not a kind of page`,
		"favor: me\n":                       `a.example.yaml:1: "me" is not balanced, precision or recall`,
		"host: a.example/b\n":               `a.example.yaml:1: "a.example/b" is not a host`,
		"paths: [a]\n":                      "a.example.yaml:1: expected keys with values",
		"paths:\n  blog: {title: h1}\n":     `a.example.yaml:2: the path "blog" must begin with a slash`,
		"paths:\n  /b: {host: a.example}\n": `a.example.yaml:2: unknown key "host"`,
		"title: h1\ntitle: h2\n":            `a.example.yaml:2: the key "title" occurs twice`,
		"title: h1\n---\ntitle: h2\n":       "a second YAML document",
		"title: 'h1\n":                      "a.example.yaml:",
		"- a\n":                             "a.example.yaml:1: expected keys with values",
		"keep: &a p\nremove: *a\n":          "a.example.yaml:2: expected a string or a list of strings",
	} {
		_, err := Parse("a.example.yaml", []byte(text))
		require.ErrorContains(t, err, want, text)
		require.ErrorIs(t, err, ErrRule)
		var at *Error
		require.ErrorAs(t, err, &at)
		assert.Equal(t, "a.example.yaml", at.File)
	}
	_, err := Parse(".yaml", []byte("title: h1\n"))
	require.ErrorContains(t, err, `the file's name is not a host, and the file has no key "host"`)
	_, err = LoadFS(fstest.MapFS{"a.example.yaml": {Data: []byte("a: b\nc: d\n")}, "b.example.yml": {Data: []byte("e: f\n")}})
	for _, want := range []string{`a.example.yaml:1: unknown key "a"`, `a.example.yaml:2: unknown key "c"`, `b.example.yml:1: `} {
		require.ErrorContains(t, err, want, "all faults of all files")
	}
	for _, empty := range []string{"", "# nothing\n", "---\n", "{}\n"} {
		_, err := Parse("a.example.yaml", []byte(empty))
		require.NoError(t, err, empty)
	}
	_, err = Load(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "none: ", "the folder's name")
	require.NotContains(t, err.Error(), "open .", "the folder's name in os.DirFS")
	_, err = LoadFS(fstest.MapFS{"a.example.yaml": {Data: make([]byte, maxFileBytes+1)}})
	require.ErrorIs(t, err, ErrRule)
}

// pageAt parses a page.
func pageAt(t *testing.T, address, markup string) *htmldoc.Document {
	t.Helper()
	doc, err := htmldoc.Parse(strings.NewReader(markup), htmldoc.Source{URL: address})
	require.NoError(t, err)
	return doc
}

func TestHosts(t *testing.T) {
	rules, err := LoadFS(fstest.MapFS{
		"a.example.yaml":      {Data: []byte("title: .a\n")},
		".a.example.yaml":     {Data: []byte("title: .wide\n")},
		".sub.a.example.txt":  {Data: []byte("title: //*[@class='sub']\n")},
		"x.sub.a.example.txt": {Data: []byte("title: //*[@class='x']\n")},
		"many.yml":            {Data: []byte("host: [B.example, .c.example, 'www.d.example']\ntitle: .many\n")},
		"LICENSE.txt":         {Data: []byte("All yours.")},
		"README.md":           {Data: []byte("?")},
		"folder.example.yaml": {Mode: os.ModeDir},
	})
	require.NoError(t, err)
	const markup = "<p class=a>a<p class=wide>wide<p class=sub>sub<p class=x>x<p class=many>many"
	for address, want := range map[string]string{
		"https://a.example/": "a wide", "https://www.A.example:8080/b?c": "a wide", "https://a.example./": "a wide",
		"https://sub.a.example/": "wide sub", "https://x.sub.a.example/": "wide x", "https://y.sub.a.example/": "wide sub",
		"https://ba.example/": "", "https://example/": "", "https://b.example/": "many", "https://c.example/": "many",
		"https://e.f.c.example/": "many", "https://d.example/": "many", "https://www.d.example/": "many", "https://x.b.example/": "",
		"https://127.0.0.1/": "", "file:///a.example": "", "https://license/": "",
	} {
		doc := pageAt(t, address, markup)
		m := rules.Match(doc, doc.URL)
		if want == "" {
			assert.Nil(t, m, address)
			continue
		}
		require.NotNil(t, m, address)
		var titles []string
		for _, s := range m.Title {
			titles = append(titles, s.Text)
		}
		assert.Equal(t, want, strings.Join(titles, " "), address)
	}
	assert.Nil(t, rules.Match(pageAt(t, "", markup), nil))
	doc := pageAt(t, "https://a.example/", markup)
	assert.Nil(t, new(Rules).Match(doc, doc.URL))
	assert.Nil(t, (*Rules)(nil).Match(doc, doc.URL))
}

// A page without an address uses the host of its canonical address.
func TestHostOfCanonicalAddress(t *testing.T) {
	rules, err := Parse("a.example.yaml", []byte("title: .kop\n"))
	require.NoError(t, err)
	page := `<link rel=canonical href="https://a.example/b"><title>No</title><div class=kop>Yes</div>` + hostileText
	a, err := cleaner.New(cleaner.Options{SiteRules: rules}).Clean(strings.NewReader(page), "")
	require.NoError(t, err)
	assert.Equal(t, "Yes", a.Title)
	a, err = cleaner.New(cleaner.Options{SiteRules: rules}).Clean(strings.NewReader(page), "https://b.example/")
	require.NoError(t, err)
	assert.NotEqual(t, "Yes", a.Title, "a page does not choose the rules by what it says")
}

func TestPaths(t *testing.T) {
	for pattern, paths := range map[string]string{
		"/blog/*": "/blog/a", "/blog/**": "/blog/a /blog/a/b", "**.html": "/a.html /b/c.html", "/": "/", "/?page=*": "/?page=2",
		"/blog": "/blog", "/*/a": "/blog/a", "/b**a*": "/blog/a", "*": "", "**": "/ /blog /blog/a /blog/a/b /a.html /b/c.html /?page=2",
	} {
		var got []string
		for _, path := range []string{"/", "/blog", "/blog/a", "/blog/a/b", "/a.html", "/b/c.html", "/?page=2"} {
			u, err := url.Parse("https://a.example" + path)
			require.NoError(t, err)
			if (pathPattern{pattern}).matches(u) {
				got = append(got, path)
			}
		}
		want := strings.Fields(paths)
		if pattern == "/" {
			want = append(want, "/?page=2") // a pattern without a question mark ignores the query
		}
		assert.ElementsMatch(t, want, got, pattern)
	}
}

// Chains of compound selectors select the elements that CSS defines.
func TestChains(t *testing.T) {
	doc := pageAt(t, "", `<div class=a><p id=1>x<b id=2>y</b></p><ul><li id=3><li id=4 class=a><b id=5></b><li id=6></ul></div><p id=7 title="a > b, c">z</p><b id=8></b>`)
	for selector, want := range map[string]string{
		".a b": "2 5", ".a > b": "5", "p > b, #8": "2 8", "li + li": "4 6", "li.a ~ li": "6", "p ~ b": "8", "div li b": "5",
		`p[title="a > b, c"] + b`: "8", "li:nth-child(2n + 1)": "3 6", ":not(ul, .a) > b": "2 8", "*:haschild(b)": "1 4",
		"body>div p b": "2", ".a .a b": "5", "ul > li:first-child + .a > b": "5", "p:contains('z')": "7", `#\33`: "3",
	} {
		s, err := compile(selector)
		require.NoError(t, err, selector)
		budget := newBudget(doc.Root)
		budget.begin()
		var got []string
		for _, f := range s.find(doc.Root, budget) {
			for _, a := range f.node.Attr {
				if a.Key == "id" {
					got = append(got, a.Val)
				}
			}
		}
		assert.Equal(t, want, strings.Join(got, " "), selector)
	}
}

func TestUnmatched(t *testing.T) {
	rules, err := LoadFS(fstest.MapFS{
		"a.example.yaml": {Data: []byte("title: h1\nremove:\n  - .gone\n  - p\npaths:\n  /blog/*:\n    keep: .x\n")},
		"b.example.yaml": {Data: []byte("keep: .never\n")},
	})
	require.NoError(t, err)
	require.Empty(t, rules.Unmatched())
	for _, path := range []string{"1", "2"} {
		doc := pageAt(t, "https://a.example/"+path, "<h1>A</h1><p>B")
		rules.Match(doc, doc.URL)
	}
	var got []string
	for _, err := range rules.Unmatched() {
		require.ErrorIs(t, err, ErrUnmatched)
		got = append(got, err.Error())
	}
	assert.Equal(t, []string{
		"a.example.yaml:3: remove: .gone selects nothing on all 2 pages", "a.example.yaml:6: no page has a path that matches /blog/*",
	}, got)
}

func TestInsert(t *testing.T) {
	const file = "a.example.yaml"
	data := []byte("# the paper of A\ntitle: h1 # not h2\nremove: .ad\n")
	for _, step := range []struct {
		path  string
		key   Key
		value string
	}{
		{"", Remove, ".promo"},
		{"", Remove, ".promo"},
		{"", Title, ".kop"},
		{"", Content, "//div[@id='x: y']"},
		{"/blog/**", Keep, "#a"},
		{"/blog/**", Kind, "article"},
	} {
		var err error
		data, err = Insert(file, data, step.path, step.key, step.value)
		require.NoError(t, err)
	}
	assert.Equal(t, `# the paper of A
title: .kop # not h2
remove:
  - .ad
  - .promo
content: '//div[@id=''x: y'']'
paths:
  /blog/**:
    keep: '#a'
    kind: article
`, string(data))
	_, err := Insert(file, data, "", Remove, "p[")
	require.ErrorIs(t, err, ErrRule)
	_, err = Insert(file, data, "", "colour", "red")
	require.ErrorContains(t, err, "unknown key")
	_, err = Insert(file, []byte("a: b"), "", Title, "h1")
	require.ErrorIs(t, err, ErrRule)
	for _, empty := range []string{"", "# only this\n"} {
		data, err = Insert(file, []byte(empty), "", Title, "h1")
		require.NoError(t, err)
		assert.Contains(t, string(data), "title: h1\n")
	}
}

// Directives for callers set headers, sign-in and tests. Unsupported directives are reported.
func TestDirectivesForCallers(t *testing.T) {
	rules, err := LoadFS(fstest.MapFS{"a.example.txt": {Data: []byte(`# comment
http_header(User-Agent): Reader/1
http_header(Bad Name): x
requires_login: yes
login_uri: https://a.example/login
login_username_field: user
login_password_field: pass
login_extra_fields: stay=forever
login_extra_fields: token=@=xpath('//input', request_html('https://a.example/'))
test_url: https://a.example/1
test_contains: the bell
no directive
body: //p[
find_string: a
footnotes: yes
prune: maybe
insert_detected_image: yes
tidy: no
`)}, "global.txt": {Data: []byte("strip: //p\n")}})
	require.NoError(t, err)
	u := &url.URL{Scheme: "https", Host: "www.a.example", Path: "/1"}
	assert.Equal(t, http.Header{"User-Agent": {"Reader/1"}}, rules.Header(u))
	in, ok := rules.SignIn(u)
	assert.True(t, ok)
	assert.Equal(t, SignIn{true, "https://a.example/login", "user", "pass", [][2]string{{"stay", "forever"}}}, in)
	assert.Equal(t, []Test{{"a.example.txt", 10, "https://a.example/1", []string{"the bell"}}}, rules.Tests())
	require.Len(t, rules.Faults(), 1)
	require.EqualError(t, rules.Faults()[0], `a.example.txt:12: "no directive" is not a directive`)
	unsupported := make(map[string]string)
	for _, d := range rules.Report() {
		assert.Len(t, d.Why, d.Unsupported)
		if d.Unsupported > 0 {
			unsupported[d.Name] = d.Why[0]
		}
	}
	assert.Len(t, unsupported, 8)
	assert.Equal(t, "a.example.txt:14: it has no replace_string", unsupported["find_string"])
	assert.Equal(t, "global.txt:1: the file is not for a specific host", unsupported["strip"])
	assert.Contains(t, unsupported["body"], "a.example.txt:13: ")
	assert.Contains(t, unsupported, "login_extra_fields")
	_, ok = rules.SignIn(&url.URL{Host: "b.example"})
	assert.False(t, ok)
	assert.Nil(t, rules.Header(&url.URL{Host: "b.example"}))
}

func TestParseDirective(t *testing.T) {
	for text, want := range map[string]directive{
		"title: //h1":                    {"title", "", "//h1", 0},
		"Title ://h1":                    {"title", "", "//h1", 0},
		`replace_string(,"v":): ,"x":`:   {"replace_string", `,"v":`, `,"x":`, 0},
		"replace_string(a): ":            {"replace_string", "a", "", 0},
		"replace_string(f(x) y) : z":     {"replace_string", "f(x) y", "z", 0},
		"wrap_in(i)://p[@class='a:b()']": {"wrap_in", "i", "//p[@class='a:b()']", 0},
	} {
		got, ok := parseDirective(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"title", "// title: a", ": a", "wrap_in(i //p", "(a): b", "a b: c"} {
		_, ok := parseDirective(text)
		assert.False(t, ok, text)
	}
}

// Add joins two sets of rules.
func TestAdd(t *testing.T) {
	rules, err := Parse("a.example.yaml", []byte("title: .a\n"))
	require.NoError(t, err)
	more, err := LoadFS(fstest.MapFS{
		"papers.yaml":   {Data: []byte("host: a.example\npaths:\n  /b: {title: .b}\n")},
		"a.example.txt": {Data: []byte("title: //*[@class='c']\n")},
	})
	require.NoError(t, err)
	rules.Add(more)
	doc := pageAt(t, "https://a.example/b", "<p class=a>a<p class=b>b<p class=c>c")
	var titles []string
	for _, s := range rules.Match(doc, doc.URL).Title {
		titles = append(titles, s.Text)
	}
	assert.Equal(t, []string{"b", "a", "c"}, titles)
}
