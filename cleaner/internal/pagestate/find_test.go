package pagestate

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scriptsOf parses markup and returns the scripts in it that are not empty.
func scriptsOf(t *testing.T, markup string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	require.NoError(t, err)
	var all []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.Script && n.FirstChild != nil {
			all = append(all, n)
		}
	}
	return all
}

// rendered returns the found article as HTML.
func rendered(t *testing.T, f Found) string {
	t.Helper()
	if f.Content == nil {
		return ""
	}
	var b strings.Builder
	for c := f.Content.FirstChild; c != nil; c = c.NextSibling {
		require.NoError(t, html.Render(&b, c))
	}
	return b.String()
}

const (
	lineA = "The lock keeper writes down every boat, every goose and every umbrella that passes, and has done so since the flood of 1953."
	lineB = "Nobody reads what he writes, which is why it has remained so exact, and why the umbrellas of four decades are known by colour."
)

func TestArticle(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"HTML in JSON", `<script type="application/json">{"post":{"title":"T","html":"<p>` + lineA + `</p><p>` + lineB + `</p>"}}</script>`, `<p>` + lineA + `</p><p>` + lineB + `</p>`},
		{"an assignment", `<script>window.__STATE__ = {post: {body: '<p>` + lineA + `</p><p>` + lineB + `</p>', n: 1,},};</script>`, `<p>` + lineA + `</p><p>` + lineB + `</p>`},
		{"JSON in a call", `<script>window.__D = JSON.parse("{\"body\":\"<p>` + lineA + `<\/p><p>` + lineB + `<\/p>\"}")</script>`, `<p>` + lineA + `</p><p>` + lineB + `</p>`},
		{"marks", `<script type="application/json">{"doc":[{"type":"paragraph","content":[{"type":"text","text":"` + lineA + `","marks":[{"type":"bold"}]}]},{"type":"paragraph","content":[{"type":"text","text":"` + lineB + `"}]}]}</script>`, `<p><strong>` + lineA + `</strong></p><p>` + lineB + `</p>`},
		{"readers' comments are not an article", `<script type="application/json">{"comments":[{"type":"paragraph","text":"` + lineA + `"},{"type":"paragraph","text":"` + lineB + `"}]}</script>`, ""},
		{"a menu is not an article", `<script type="application/json">{"items":[{"type":"link","text":"Home","url":"/"},{"type":"link","text":"About","url":"/about"}]}</script>`, ""},
		{"code is not an article", `<script>var a = function(){ return "x" }; window.b = {c: a}</script>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, rendered(t, Article(scriptsOf(t, c.script), "T")))
		})
	}
}

// Very deep, very long and often repeated data yields a limited amount of HTML.
func TestArticleIsBounded(t *testing.T) {
	for name, script := range map[string]string{
		"arrays":                `window.a=` + strings.Repeat("[", 300_000),
		"objects":               `window.a=` + strings.Repeat(`{"a":`, 200_000),
		"emphasis":              `window.a={"body":"` + strings.Repeat("**", 100_000) + `\n\n## x\n\n- y ` + strings.Repeat("word ", 300) + `"}`,
		"references":            `window.__APOLLO_STATE__={"ROOT_QUERY":{"a":{"__ref":"A:1"}},"A:1":{"body":{"__ref":"A:1"},"blocks":[{"__ref":"A:1"},{"__ref":"A:1"},{"__ref":"A:1"}]}}`,
		"a list in itself":      `window.__APOLLO_STATE__={"ROOT_QUERY":{"d":[{"type":"paragraph","text":"x"},{"type":"paragraph","text":"x"},{"type":"list","items":[{"__ref":"A"}]}]},"A":{"content":"x","items":[{"__ref":"A"}]}}`,
		"a parameter in itself": `window.__NUXT__=(function(a){a.items=[a];return {d:[{type:"paragraph",text:"x"},{type:"paragraph",text:"x"},{type:"list",items:[a]}]}}({content:"x"}))`,
		"one text, many times":  `window.a=(function(a){return [` + strings.Repeat("{body:a},", 3000) + `]}("<p>` + strings.Repeat("word ", 20_000) + `"))`,
		"rows":                  `self.__next_f.push([1,"` + strings.Repeat(`1:[\"$1\",\"$2\"]\n2:[\"$1\",\"$1\"]\n`, 2000) + `"])`,
		"commas":                `window.a=[` + strings.Repeat(",", 3_000_000) + `]`,
		"nodes":                 `window.a=` + strings.Repeat(`{"type":"paragraph","content":[`, 150) + `{"type":"text","text":"x"}` + strings.Repeat(`]}`, 150),
		"equals":                strings.Repeat(`a={`, 400_000),
	} {
		t.Run(name, func(t *testing.T) {
			found := Article(scriptsOf(t, "<script>"+script+"</script>"), "T")
			assert.Less(t, len(rendered(t, found)), 4<<20)
		})
	}
}

func FuzzArticle(f *testing.F) {
	for _, s := range []string{
		`window.a={"body":"<p>` + lineA + `</p>"}`,
		`self.__next_f.push([1,"0:[\"$\",\"p\",null,{\"children\":\"` + lineA + lineB + `\"}]\n"])`,
		`window.__NUXT__=(function(a,b){b.x=a;return {data:[b]}}("` + lineA + `",{}))`,
		`[["ShallowReactive",1],{"body":2},"` + lineA + lineB + `\n\n## a\n\n- b"]`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, script string) {
		if len(script) > 1<<16 || strings.Contains(script, "</") {
			return
		}
		n := &html.Node{Type: html.ElementNode, Data: "script", DataAtom: atom.Script}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: script})
		rendered(t, Article([]*html.Node{n}, "T"))
	})
}
