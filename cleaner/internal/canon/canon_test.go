package canon

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// formOf parses a body and returns its first form as HTML, or "" if the body is plain.
func formOf(t *testing.T, body string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	require.NoError(t, err)
	before := render(t, root)
	w := NewWriter(new(Memory))
	for n := range root.Descendants() {
		if form := w.Of(n); form != nil {
			assert.Equal(t, before, render(t, root), "the page is not changed")
			assert.Same(t, n.Parent, form.Parent)
			assert.Same(t, n.NextSibling, form.NextSibling)
			form.Parent, form.PrevSibling, form.NextSibling = nil, nil, nil
			return render(t, form)
		}
	}
	return ""
}

func render(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, html.Render(&b, n))
	return b.String()
}

func codeIn(t *testing.T, body string) (language, code string) {
	t.Helper()
	form := formOf(t, body)
	require.NotEmpty(t, form, "no form")
	root, err := html.Parse(strings.NewReader(form))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.Data == "code" {
			return strings.TrimPrefix(dom.Attr(n, "class"), "language-"), dom.RawText(n)
		}
	}
	t.Fatal("no code in", form)
	return "", ""
}

func TestCodeBlocksOfHighlighters(t *testing.T) {
	for _, c := range []struct{ name, body, language, code string }{
		{
			"rouge table", `<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">1
2
</pre></td><td class="rouge-code"><pre><span class="k">def</span> row
  <span class="n">wade</span>
</pre></td></tr></tbody></table></code></pre></div></div>`, "ruby", "def row\n  wade",
		},
		{
			"highlight.js line numbers", `<pre><code class="language-sql hljs"><table class="hljs-ln"><tbody><tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="1"><div class="hljs-ln-n" data-line-number="1"></div></td><td class="hljs-ln-line hljs-ln-code">SELECT eel</td></tr><tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="2"><div class="hljs-ln-n" data-line-number="2"></div></td><td class="hljs-ln-line hljs-ln-code">  FROM weir</td></tr></tbody></table></code></pre>`, "sql", "SELECT eel\n  FROM weir",
		},
		{
			"crayon", `<div class="urvanov-syntax-highlighter-syntax crayon-theme"><div class="crayon-toolbar"><div class="crayon-tools"><span class="crayon-language">Shell</span></div></div><div class="crayon-plain-wrap"><textarea>ls</textarea></div><div class="crayon-main"><table class="crayon-table"><tr class="crayon-row"><td class="crayon-nums"><div class="crayon-num">1</div><div class="crayon-num">2</div></td><td class="crayon-code"><div class="crayon-pre"><div class="crayon-line"><span>for b in *</span></div><div class="crayon-line">&nbsp;&nbsp;echo $b</div></div></td></tr></table></div></div>`, "shell", "for b in *\n  echo $b",
		},
		{
			"gist", `<div class="gist-file"><div class="gist-data"><div class="Box-body blob-wrapper data type-go"><table class="highlight"><tr><td id="L1" class="blob-num js-line-number" data-line-number="1"></td><td class="blob-code js-file-line">package eel</td></tr><tr><td class="blob-num" data-line-number="2"></td><td class="blob-code js-file-line"></td></tr><tr><td class="blob-num" data-line-number="3"></td><td class="blob-code js-file-line">	var net int</td></tr></table></div></div><div class="gist-meta"><a href="#">view raw</a> hosted with love</div></div>`, "go", "package eel\n\n\tvar net int",
		},
		{
			"expressive code", `<div class="expressive-code"><figure class="frame"><pre data-language="js"><code><div class="ec-line"><div class="code"><span>let a</span></div></div><div class="ec-line"><div class="code"><span></span>
</div></div><div class="ec-line"><div class="code"><span>  a = 1</span></div></div></code></pre><div class="copy"><button>Copy</button></div></figure></div>`, "js", "let a\n\n  a = 1",
		},
		{
			"docusaurus", `<div class="language-bash codeBlockContainer_C"><div class="codeBlockContent_b"><pre class="prism-code language-bash"><code class="codeBlockLines_e"><span class="token-line"><span class="token plain">lathe init</span><br></span><span class="token-line"><span class="token function">cd</span> <span>eel</span><br></span></code></pre><div class="buttonGroup__atx"><button>Copy</button></div></div></div>`, "bash", "lathe init\ncd eel",
		},
		{
			"shiki", "<pre class=\"shiki\"><code><span class=\"line\">type Eel = {</span>\n<span class=\"line\"></span>\n<span class=\"line\">  long: true</span>\n<span class=\"line\">}</span></code></pre>", "", "type Eel = {\n\n  long: true\n}",
		},
		{
			"chroma", `<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1
</span><span class="lnt">2
</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-go" data-lang="go"><span class="line"><span class="cl">func eel() {
</span></span><span class="line"><span class="cl">}
</span></span></code></pre></td></tr></table></div></div>`, "go", "func eel() {\n}",
		},
		{
			"pygments table", `<div class="highlight-python notranslate"><div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre><span class="normal">1</span>
<span class="normal">2</span></pre></div></td><td class="code"><div class="highlight"><pre><span></span><span class="k">if</span> eel:
    <span class="n">pass</span>
</pre></div></td></tr></table></div></div>`, "python", "if eel:\n    pass",
		},
		{
			"lines without a pre", `<div class="crayon-code"><div class="crayon-line">for f in *.h</div><div class="crayon-line">do</div><div class="crayon-line">&nbsp;&nbsp;wc -c "$f"</div><div class="crayon-line">done</div></div>`, "", "for f in *.h\ndo\n  wc -c \"$f\"\ndone",
		},
		{
			"a bar with the language", `<div class="code-block"><div class="code-block__header"><span>yaml</span><button class="copy-btn">Copy</button></div><div class="code-block__body"><code class="code-body"><div class="code-line">eels:</div><div class="code-line">  - one</div></code></div></div>`, "yaml", "eels:\n  - one",
		},
		{
			"CodeMirror 5", `<div class="CodeMirror cm-s-default"><div class="CodeMirror-code"><div><div class="CodeMirror-gutter-wrapper"><div class="CodeMirror-linenumber">1</div></div><pre class="CodeMirror-line"><span>let eel</span></pre></div><div><div class="CodeMirror-gutter-wrapper"><div class="CodeMirror-linenumber">2</div></div><pre class="CodeMirror-line"><span>eel()</span></pre></div></div></div>`, "", "let eel\neel()",
		},
		{
			"CodeMirror 6", `<div class="cm-editor"><div class="cm-scroller"><div class="cm-gutters"><div class="cm-gutterElement">1</div><div class="cm-gutterElement">2</div></div><div class="cm-content"><div class="cm-line">let eel</div><div class="cm-line"><br></div><div class="cm-line">eel()</div></div></div></div>`, "", "let eel\n\neel()",
		},
		{
			"SyntaxHighlighter", `<div id="h1" class="syntaxhighlighter java"><table><tbody><tr><td class="gutter"><div class="line number1 index0 alt2">1</div><div class="line number2 index1 alt1">2</div></td><td class="code"><div class="container"><div class="line number1 index0 alt2"><code class="java keyword">int</code> <code class="java plain">eel;</code></div><div class="line number2 index1 alt1"><code class="java spaces">&nbsp;&nbsp;</code><code class="java plain">eel++;</code></div></div></td></tr></tbody></table></div>`, "java", "int eel;\n  eel++;",
		},
		{
			"react-syntax-highlighter", `<pre style="display:block"><code class="language-js" style="white-space:pre"><span><span class="linenumber react-syntax-highlighter-line-number" style="min-width:2em">1</span><span>let eel
</span></span><span><span class="linenumber react-syntax-highlighter-line-number">2</span>eel()</span></code></pre>`, "js", "let eel\neel()",
		},
		{
			"a paragraph of code elements", `<p><code>eel --up</code><br><code>eel --down</code></p>`, "", "eel --up\neel --down",
		},
		{
			"Monaco", `<div class="monaco-editor"><div class="margin"><div class="margin-view-overlays"><div><div class="line-numbers">1</div></div><div><div class="line-numbers">2</div></div></div></div><div class="view-lines"><div class="view-line"><span>let eel</span></div><div class="view-line"><span>&nbsp;&nbsp;eel()</span></div></div></div>`, "", "let eel\n  eel()",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			language, code := codeIn(t, c.body)
			assert.Equal(t, c.code, code)
			assert.Equal(t, c.language, language)
		})
	}
}

func TestPlainCodeAndOtherBoxesAreLeft(t *testing.T) {
	for _, body := range []string{
		"<pre>let eel\n\n  eel()</pre>",
		"<pre><code class=\"language-go\"><span class=\"k\">func</span> eel() {\n}\n</code></pre>",
		"<div class=\"code-of-conduct\"><p>Be kind to eels.</p><p>And to everybody else.</p></div>",
		"<div class=\"lines\"><div class=\"bus-line\">Line one: to the weir</div><div class=\"bus-line\">Line two: back</div></div>",
		"<table><tr><th>No.</th><th>Eel</th></tr><tr><td>1</td><td>Long</td></tr><tr><td>2</td><td>Short</td></tr></table>",
		"<p>Use <code>eel --up</code> or <code>eel --down</code>.</p>",
		"<ul class=\"postcode-list\"><li>1</li><li>2</li></ul>",
	} {
		assert.Empty(t, formOf(t, body), body)
	}
}
