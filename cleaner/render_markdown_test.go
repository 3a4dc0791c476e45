package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Markup that is hard to write as Markdown: special characters, nested emphasis, tables and definition lists.
// FuzzMarkdown found most of these cases.
func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, markup, want string }{
		{"a heading that ends in number signs", `<h2>The key of C #</h2><h2>C#</h2><h2>#</h2>`, "## The key of C \\#\n\n## C#\n\n## \\#"},
		{"a break after a backslash", `<p>C:\<br>D:</p>`, "C:\\\\  \nD:"},
		{"a break in a heading", `<h2>Wind it,<br>then wait</h2>`, "## Wind it, then wait"},
		{"a break in a caption", `<figure><figcaption>Ada,<br><b>asleep</b></figcaption></figure>`, "*Ada,*\\\n*asleep*"},
		{"a table in a cell", `<table><tr><th>Hen</th></tr><tr><td><table><tr><td>Ada</td><td>Bea</td></tr></table></td></tr></table>`, "Hen\n\n|  |  |\n| --- | --- |\n| Ada | Bea |"},
		{"blocks in a cell", `<table><tr><th>Hen</th></tr><tr><td>Ada<ul><li>old</li></ul><h3>loud</h3><blockquote><p>quick</p></blockquote><pre>a | b</pre></td></tr></table>`, "| Hen |\n| --- |\n| Ada<br>old<br>loud<br>quick<br>`a \\| b` |"},
		{"a list in a cell", `<table><tr><th>Hen</th></tr><tr><td>Ada<ul><li>old</li><li>loud</li></ul></td></tr></table>`, "| Hen |\n| --- |\n| Ada<br>old<br>loud |"},
		{"blocks that do not fit a cell", "<table><tr><th>Hen</th></tr><tr><td>Ada<pre>1\n2\n3\n\n4\n5\n6</pre></td></tr></table>", "Hen\n\nAda\n\n```\n1\n2\n3\n\n4\n5\n6\n```"},
		{"a head of two rows", `<table><thead><tr><th rowspan="2">Hen</th><th colspan="2">Eggs</th></tr><tr><th>May</th><th>June</th></tr></thead><tr><td>Ada</td><td>4</td><td>5</td></tr></table>`, "| Hen | Eggs |  |\n| --- | --- | --- |\n|  | May | June |\n| Ada | 4 | 5 |"},
		{"cells over several rows", `<table><tr><th>Hen</th><th>Day</th><th>Eggs</th></tr><tr><td rowspan="2">Ada</td><td>1</td><td>4</td></tr><tr><td>2</td><td>5</td></tr></table>`, "| Hen | Day | Eggs |\n| --- | --- | --- |\n| Ada | 1 | 4 |\n|  | 2 | 5 |"},
		{"a caption below the rows", `<table><tr><td>Ada</td></tr><caption>Hens</caption></table>`, "*Hens*\n\n|  |\n| --- |\n| Ada |"},
		{"a definition of nothing", `<dl><dd>the oldest hen</dd><dt>Bea</dt><dd>the loudest</dd><dd>by far</dd></dl>`, "the oldest hen\n\nBea\n:   the loudest\n:   by far"},
		{"terms in a row", `<dl><dt>Ada</dt><dt>Bea</dt><dd><p>hens</p></dd><dt>Cy</dt></dl>`, "Ada\nBea\n:   hens\n\nCy"},
		{"code beside code", `<p><code>a</code><code>b</code> <code>c</code><kbd>d` + "`" + `</kbd></p>`, "`ab` `c`d\\`"},
		{"code beside emphasis that is left out", `<p><code>a</code><b><code>b</code><br>c</b></p>`, "`a`**`b`\\\nc**"},
		{"a break in a link", `<p>See <a href="https://gazette.example/">Ada<br>- and Bea</a></p>`, "See [Ada\\\n\\- and Bea](https://gazette.example/)"},
		{"a list below text that counts from seven", `<ul><li>Ada<ol start="7"><li>egg</li></ol></li><li>Bea<ol><li>egg</li></ol></li></ul>`, "- Ada\n\n  7. egg\n- Bea\n  1. egg"},
		{"brackets around one note and around two", `<p>Ada [<a href="#fn-1">1</a>], [<a href="#fn-1">1</a>, <a href="#fn-2">2</a>]</p><ol><li id="fn-1">hen</li><li id="fn-2">old</li></ol>`, "Ada [^1], \\[[^1], [^2]\\]\n\n[^1]: hen\n\n[^2]: old"},
		{"an exclamation before a link", `<p>Look!<a href="https://gazette.example/">here</a></p>`, `Look\![here](https://gazette.example/)`},
		{"an ampersand before a semicolon", `<p>Hens &amp; eggs; &amp;amp; &amp;#38; Q&amp;A;</p>`, `Hens & eggs; \&amp; \&#38; Q\&A;`},
		{"tildes", `<p>~5 km to /~ada/, ~no~, a~~b, one ~ two</p>`, `~5 km to /~ada/, ~no\~, a\~\~b, one ~ two`},
		{"a colon that defines nothing", `<p>Hens</p><p>: all of them</p>`, "Hens\n\n\\: all of them"},
		{"an item after a note", `<p>Ada<a href="#fn-1">1</a></p><ol><li id="fn-1">hen</li><li>old</li></ol>`, "Ada[^1]\n\n[^1]: hen\n\n2. old"},
		{"a tilde that defines nothing", `<p>Hens</p><p>~ Ada</p>`, "Hens\n\n\\~ Ada"},
		{"a tilde that is struck", `<p><s>~5</s></p>`, `~~\~5~~`},
		{"tildes that are struck", `<p>was <s>late, �~Ada, /~bea, a~~b, c\~d</s>, /~ada</p>`, `was ~~late, �\~Ada, /\~bea, a\~\~b, c\\\~d~~, /~ada`},
		{"underscores", `<p>snake_case, _so_, “_x_”, é_é</p>`, `snake\_case, \_so\_, “\_x\_”, é\_é`},
		{"emphasis of punctuation in a word", `<p>so<a title="t"><b>!</b></a> and <b>!</b></p>`, `so! and **!**`},
		{"emphasis in emphasis", `<p><b>so <i>it</i></b> and <i>so*</i>, <i><b>both</b></i>, <b>one <em><strong>two</strong></em></b></p>`, `**so *it*** and *so\**, ***both***, **one *two***`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var a Article
			require.NoError(t, a.setContent(c.markup))
			assert.Equal(t, c.want, a.Markdown())
		})
	}
}

// However deep the containers are nested, Markdown puts only a limited number of bytes before each line.
func TestMarkdownOfDeepNesting(t *testing.T) {
	for _, box := range [...][2]string{
		{"<ol start=999999999><li>late", "</ol>"},
		{"<ul><li><p>late</p>", "</ul>"},
		{"<blockquote>", "</blockquote>"},
		{"<dl><dt>late<dd>", "</dl>"},
	} {
		a := contentOf(strings.Repeat(box[0], 60)+"<pre>"+strings.Repeat("tide\n", 1000)+"</pre>"+strings.Repeat(box[1], 60), "")
		require.NotNil(t, a, box[0])
		md := a.Markdown()
		assert.Equal(t, 1000, strings.Count(md, "tide"), box[0])
		for line := range strings.Lines(md) {
			assert.LessOrEqual(t, len(line), 60, line)
		}
	}
}

// A row with thousands of cells does not make the other rows of a Markdown table as long.
func TestMarkdownOfWideTable(t *testing.T) {
	a := contentOf("<table><tr>"+strings.Repeat("<th>a", 5000)+strings.Repeat("<tr><td>b", 5000)+"</table>", "")
	require.NotNil(t, a)
	md := a.Markdown()
	assert.Equal(t, 5000, strings.Count(md, "b"))
	assert.Less(t, len(md), 5000*400)
}

// A table as HTML cannot refer to the notes of Markdown, so a table with references stays a GitHub table.
func TestMarkdownNotesInTable(t *testing.T) {
	const table = `<table><tr><td colspan="2">Ada</td></tr><tr><td>old</td><td>loud%s</td></tr></table>`
	for ref, want := range map[string]string{
		"":                      `<table><tbody>`,
		`<a href="#fn-1">1</a>`: "|  |  |\n| --- | --- |\n| Ada |  |\n| old | loud[^1] |",
	} {
		var a Article
		require.NoError(t, a.setContent(fmt.Sprintf(table, ref)+`<ol><li id="fn-1">at noon</li></ol>`))
		assert.Contains(t, a.Markdown(RenderOptions{Tables: HTMLWhereNeeded}), want)
	}
}
