package cleaner

import (
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// run is the script that each attack tries to execute: it notifies the server of the browser test.
const run = `fetch('/ran')`

// attacks returns attacks that have gotten past HTML cleaners or Markdown renderers before, like those in the lists by
// OWASP and html5sec.
func attacks() []string {
	all := []string{
		`<script>RUN</script>`, `<script src="data:text/javascript,RUN"></script>`, `<ScRiPt>RUN</sCrIpT>`, `<script/x>RUN</script>`, `<<script>RUN//<</script>`,
		`<scr<script>ipt>RUN</scr</script>ipt>`, `<script>RUN`, "<script\x00>RUN</script>", `<svg><script>RUN</script></svg>`, `<svg><script href="data:,RUN"/>`, `<math><script>RUN</script></math>`,
		`<p id="</title><script>RUN</script>">text</p>`, `<title></title><script>RUN</script></title>`, `<textarea></textarea><script>RUN</script></textarea>`, `<xmp></xmp><script>RUN</script></xmp>`,
		`<noscript><p title="</noscript><img src=x onerror=RUN>"></noscript>`, `<noembed><p title="</noembed><img src=x onerror=RUN>"></noembed>`, `<iframe><p title="</iframe><img src=x onerror=RUN>"></iframe>`,
		`<noframes><p title="</noframes><img src=x onerror=RUN>"></noframes>`, `<template><img src=x onerror=RUN></template>`, `<template><p title="</template><img src=x onerror=RUN>">x</p></template>`,
		`<plaintext><img src=x onerror=RUN>`, `<listing>&lt;img src=x onerror=RUN&gt;</listing>`, `<style><img src=x onerror=RUN></style>`, `<svg><style><img src=x onerror=RUN></style></svg>`,
		`<svg></p><style><a id="</style><img src=1 onerror=RUN>">`, `<math></p><style><!--</style><img src/onerror=RUN>--></style>`, `<svg></br><style><a title="</style><img src onerror=RUN>"></style>`,
		`<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN></style></mglyph></form></mtext></math></form>`,
		`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=RUN&gt;">`, `<math><mtext><table><mglyph><style><math><table id="</table>"><img src onerror=RUN>">`,
		`<math><annotation-xml encoding="text/html"><style><img src onerror=RUN></style></annotation-xml></math>`, `<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>`,
		`<svg><desc><noscript></desc><img src onerror=RUN></noscript></svg>`, `<svg><title><style><img src=x onerror=RUN></style></title></svg>`, `<svg><a xlink:href="javascript:RUN"><text y=20>x</text></a></svg>`,
		`<svg><animate attributeName=href values=javascript:RUN /><a><text>x</text></a></svg>`, `<svg><set attributeName=onmouseover to=RUN>`, `<svg><use href="data:image/svg+xml,<svg id='x'><script>RUN</script></svg>#x"/></svg>`,
		`<math><maction actiontype="statusline#" xlink:href="javascript:RUN">x</maction></math>`, `<math href="javascript:RUN">x</math>`, `<math><mi href="javascript:RUN">x</mi></math>`,
		`<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\href{javascript:RUN}{x}</annotation></semantics></math>`, `<script type="math/tex"></script><img src=x onerror=RUN></script>`,
		`<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math><p>$<img src=x onerror=RUN>$</p>`, `<script type="math/tex">\</math><img src=x onerror=RUN></script>`,
		`<iframe src="javascript:RUN"></iframe>`, `<iframe srcdoc="<script>parent.RUN</script>"></iframe>`, `<object data="javascript:RUN"></object>`, `<embed src="javascript:RUN">`, `<frameset onload=RUN>`,
		`<base href="javascript:RUN//"><a href="#x">x</a>`, `<link rel=stylesheet href="javascript:RUN">`, `<meta http-equiv=refresh content="0;url=javascript:RUN">`, `<meta http-equiv=refresh content="0;url=/ran">`,
		`<form action="javascript:RUN"><input type=submit autofocus></form>`, `<button formaction="javascript:RUN">x</button>`, `<isindex action="javascript:RUN" type=submit>`, `<input onfocus=RUN autofocus>`,
		`<p style="background:url(javascript:RUN)">x</p>`, `<p style="width:expression(RUN)">x</p>`, `<style>@import'javascript:RUN';</style>`, `<table background="javascript:RUN"><td>x</table>`,
		`<video src=x onerror=RUN></video>`, `<video><source onerror=RUN></video>`, `<audio src=x onerror=RUN></audio>`, `<details open ontoggle=RUN>x</details>`, `<marquee onstart=RUN>x</marquee>`, `<body onload=RUN>`, `<a href=x onfocus=RUN autofocus tabindex=1>x</a>`,
		`<img src=x onerror=RUN>`, `<img src=x:x onerror=RUN alt=x>`, `<img/src=x/onerror=RUN>`, "<img\tsrc=x\nonerror\n=\nRUN>", "<img src=`x` onerror=RUN>", `<img src="x"onerror=RUN>`, `<img """><script>RUN</script>">`, `<img src=x alt="` + "``" + `onerror=RUN">`,
		`<picture><source srcset="x" onerror=RUN><img src=x onerror=RUN></picture>`, `<img srcset="x,javascript:RUN 2x">`, `<img src="data:image/svg+xml,<svg onload=RUN>">`, `<img src="javascript:RUN">`, `<img data-src="x&quot; onerror=&quot;RUN">`, `<img src="x&quot; onerror=&quot;RUN" alt="&quot; onerror=&quot;RUN" title="' onerror='RUN">`,
		`<figure><img src=x alt="](x)<img src=x onerror=RUN>"><figcaption>"><img src=x onerror=RUN></figcaption></figure>`, `<p lang='"><img src=x onerror=RUN>'>x</p>`, `<p dir='"><img src=x onerror=RUN>'>x</p>`, `<ol start='"><img src=x onerror=RUN>'><li>x</ol>`, `<td colspan='"><img src=x onerror=RUN>'>`,
		`<blockquote data-callout='"><img src=x onerror=RUN>'><p>x</p></blockquote>`, `<div class="admonition note" data-callout="x</blockquote><script>RUN</script>"><p class="admonition-title"><img src=x onerror=RUN>Note</p><p>x</p></div>`,
		`<div class="gist-file"><table class="highlight"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code"><img src=x onerror=RUN>&lt;script&gt;RUN&lt;/script&gt;</td></tr></table></div>`,
		`<p>By <span class="mention-wrap" data-attrs='{"name":"<img src=x onerror=RUN>"}'></span></p>`, `<li><input type="checkbox" disabled checked onclick="RUN"> x</li>`,
		`<ul role="tablist"><li role="tab"><img src=x onerror=RUN>a</li><li role="tab">b</li></ul><div role="tabpanel" onmouseover="RUN"><p>x</p></div><div role="tabpanel" hidden><p>y</p></div>`,
		`<div role="table"><div role="row"><span role="cell"><a href="javascript:RUN">x</a></span><span role="cell">y</span></div><div role="row"><span role="cell">z</span><span role="cell"><img src=x onerror=RUN></span></div></div>`,
		`<ol style='list-style: lower-alpha"><img src=x onerror=RUN>'><li>x</ol>`, `<pre data-language='js"><img src=x onerror=RUN>'><code><div class="line">x</div></code></pre>`,
		`<a href='x" onmouseover="RUN" autofocus onfocus="RUN'>x</a>`, `<a href="x" title='"><img src=x onerror=RUN>'>x</a>`, `<a href="https://x/'onfocus=RUN autofocus">x</a>`, `<a href="https://x/)<img src=x onerror=RUN>">x</a>`, `<a href="https://x/> <img src=x onerror=RUN>">x</a>`, "<a href='https://x/\n\n<img src=x onerror=RUN>'>x</a>",
		`<code class='language-"><img src=x onerror=RUN>'>x</code>`, `<pre><code class='language-html"><img/src=x/onerror=RUN>'>x</code></pre>`, "<pre class='lang-`\n<img src=x onerror=RUN>'>x</pre>", "<pre>```\n<img src=x onerror=RUN>\n```</pre>", "<pre>~~~\n</code></pre><img src=x onerror=RUN></pre>", `<pre>&lt;/code&gt;&lt;/pre&gt;&lt;img src=x onerror=RUN&gt;</pre>`,
		"<code>`</code>&lt;img src=x onerror=RUN&gt;<code>`</code>", `<p>&lt;img src=x onerror=RUN&gt;</p>`, `<p>&lt;<b>script</b>&gt;RUN&lt;/script&gt;</p>`, `<p>&amp;lt;img src=x onerror=RUN&amp;gt;</p>`, `<p>\&lt;img src=x onerror=RUN&gt;</p>`, `<p>&lt;!-- --&gt;&lt;img src=x onerror=RUN&gt;</p>`, `<p>&lt;![CDATA[&lt;img src=x onerror=RUN&gt;]]&gt;</p>`, `<p>&lt;?php &lt;img src=x onerror=RUN&gt; ?&gt;</p>`,
		`<p>&#60;img src=x onerror=RUN&#62;</p>`, `<p>＜img src=x onerror=RUN＞</p>`, "<p>&lt;\nimg src=x onerror=RUN></p>", `<p>&lt;</p><p>img src=x onerror=RUN&gt;</p>`, `<p>a<br>&lt;img src=x onerror=RUN&gt;<br>b</p>`, `<h1>&lt;img src=x onerror=RUN&gt;</h1>`, `<ul><li>&lt;script&gt;RUN&lt;/script&gt;</ul>`, `<blockquote>&lt;div onclick=RUN&gt;</blockquote>`,
		`<table><tr><th>|&lt;img src=x onerror=RUN&gt;<td>\|&lt;img src=x onerror=RUN&gt;</table>`, `<p>[x](javascript:RUN)</p>`, `<p>![x](javascript:RUN)</p>`, `<p>![x](x "onerror=RUN")</p>`, `<p>[x]: javascript:RUN</p><p>[x]</p>`, `<p>[x]: &lt;javascript:RUN&gt; "x"</p><p>[x][]</p>`, `<p>&lt;javascript:RUN&gt;</p>`, `<p>&lt;data:text/html,x&gt;</p>`,
		`<p>[x](&lt;javascript:RUN&gt;)</p>`, `<p>[x](java&amp;#115;cript:RUN)</p>`, `<p>[x](javascript&amp;colon;RUN)</p>`, `<p>[x](data:text/html;base64,PHNjcmlwdD4=)</p>`, `<a href="https://x/">](javascript:RUN)</a>`, `<a href="https://x/">x](javascript:RUN) [y</a>`, `<img src="https://x/a.png" alt="x](javascript:RUN)">`, `<img src="https://x/a.png" alt="](https://x) <img src=x onerror=RUN>">`,
		`<p>http://x/"onmouseover=RUN</p>`, `<p>&lt;https://x/"onmouseover="RUN"&gt;</p>`, `<p>&lt;a@b.example"onclick=RUN&gt;</p>`, `<p>[x](https://x "&lt;img src=x onerror=RUN&gt;")</p>`, `<p>    &lt;img src=x onerror=RUN&gt;</p>`, `<p># &lt;img src=x onerror=RUN&gt;</p>`, "<p>\u2028&lt;img src=x onerror=RUN&gt;</p>", "<p>```\n&lt;/code&gt;&lt;img src=x onerror=RUN&gt;</p>",
		`<script type="application/ld+json">{"@type":"Article","headline":"<img src=x onerror=RUN>","author":"<script>RUN<\/script>","image":"javascript:RUN","articleBody":"<img src=x onerror=RUN>"}</script>`, `<meta property="og:title" content="&lt;img src=x onerror=RUN&gt;">`, `<meta property="og:image" content="javascript:RUN">`,
		"<p>\x00<\x00img src=x onerror=RUN></p>", "<\x00script>RUN</script>", "+ADw-script+AD4-RUN+ADw-/script+AD4-", "<p>\xc0\xbcscript\xc0\xbeRUN</p>", `<svg/onload=RUN>`, `<svg><p><style><g title="</style><img src onerror=RUN>">`, `<select><template><img src=x onerror=RUN></template></select>`, `<select><iframe><script>RUN</script></iframe></select>`, `<ruby><rt><svg onload=RUN></rt></ruby>`, `<dialog open onclose=RUN>x</dialog>`, `<custom-x onfocus=RUN tabindex=1 autofocus>x</custom-x>`, `<a is="x-y" href="javascript:RUN">x</a>`,
		`<iframe src="https://www.youtube.com/embed/x&quot;onload=&quot;RUN" title='"><img src=x onerror=RUN>'></iframe>`, `<iframe data-src="javascript:RUN" src="about:blank" title="x" allowfullscreen></iframe>`,
		`<iframe srcdoc="<a href='javascript:RUN'>x</a>" title="x" allowfullscreen></iframe>`, `<lite-youtube videoid='x"><img src=x onerror=RUN>' playlabel="<script>RUN</script>"></lite-youtube>`,
		`<blockquote class="tiktok-embed" cite="javascript:RUN"><section><p><img src=x onerror=RUN>&lt;script&gt;RUN&lt;/script&gt;</p></section></blockquote>`, `<blockquote class="reddit-card"><a href="javascript:RUN">x</a></blockquote>`,
		`<blockquote class="twitter-tweet"><p onmouseover=RUN>The ferry is late</p><a href="javascript:RUN//status/1?ref_src=x">x</a></blockquote>`, `<div class="youtube-player" data-src="javascript:RUN//youtube.com/embed/x" data-title='"><script>RUN</script>'></div>`,
		`<figure class="kg-bookmark-card"><a href="javascript:RUN"><div class="kg-bookmark-title">&lt;img src=x onerror=RUN&gt;</div></a></figure>`, `<div class="embedded-post-wrap" data-attrs='{"url":"javascript:RUN","title":"<script>RUN</script>"}'><p>x</p></div>`,
		`<div class="BorlabsCookie"><script type="text/template">PGlmcmFtZSBzcmM9ImphdmFzY3JpcHQ6UlVOIiB0aXRsZT0ieCI+PC9pZnJhbWU+</script></div>`, `<script src="https://gist.github.com/x&quot;onload=RUN/1.js"></script>`,
		`<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</math><img src=x onerror=RUN></annotation></semantics></math></span></span>`,
		`<img class="latex" src="https://s0.wp.com/latex.php?latex=%3Cimg+src%3Dx+onerror%3DRUN%3E" alt="\text{<img src=x onerror=RUN>}">`, `<p>\(x &lt;img src=x onerror=RUN&gt;\) $$&lt;script&gt;RUN&lt;/script&gt;^2$$</p>`,
		`<span class="MathJax" data-mathml='<math><mi>x</mi><mtext><img src=x onerror=RUN></mtext></math>'></span>`, `<math><mtext>\href{javascript:RUN}{x}&lt;img src=x onerror=RUN&gt;</mtext></math>`,
		`<p>The ferry<sup><a href="#n" onclick=RUN>1</a></sup></p><ol><li id="n" onmouseover=RUN><img src=x onerror=RUN>The note of the ferry</li></ol>`, `<p>The ferry is late<span class="sidenote" onclick=RUN>It is <img src=x onerror=RUN>always late</span></p>`,
		`<div role="img" style="background-image:url(javascript:RUN)" aria-label='"><img src=x onerror=RUN>'></div>`, `<img src="data:image/gif;base64,R0" data-src="javascript:RUN"><noscript><img src="javascript:RUN" alt='"><script>RUN</script>'></noscript>`,
		`<script type="application/json">{"title":"T","body":"<p>The ferry is late again, said Ada, and so is the tide, and so are we all today.</p><img src=x onerror=RUN><a href=\"javascript:RUN\">x</a><script>RUN<\/script>"}</script>`,
		`<script id="__NEXT_DATA__" type="application/json">{"doc":[{"type":"paragraph","content":[{"type":"text","text":"<img src=x onerror=RUN>The ferry is late","marks":[{"type":"link","attrs":{"href":"javascript:RUN"}}]}]},{"type":"image","attrs":{"src":"javascript:RUN"}}]}</script>`,
	}
	for _, svg := range hostileDrawings() {
		packed := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(svg, "RUN", run)))
		all = append(all, svg, `<img src="data:image/svg+xml;base64,`+packed+`">`,
			`<img src="`+html.EscapeString("data:image/svg+xml;charset=utf-8,"+url.PathEscape(svg))+`">`)
	}
	for _, link := range hostileLinks() {
		quoted := html.EscapeString(link)
		all = append(all, `<a href="`+quoted+`">x</a>`, `<img src="`+quoted+`" alt=x>`, `<q cite="`+quoted+`">x</q>`, `<p>[x](`+quoted+`) &lt;`+quoted+`&gt;</p>`, `<video src="`+quoted+`" controls></video>`, `<iframe src="`+quoted+`" title="x" allowfullscreen></iframe>`)
	}
	for i := range all {
		all[i] = strings.ReplaceAll(all[i], "RUN", run)
	}
	return all
}

// hostileDrawings returns diagrams that a reader would see. Each contains something that could run a script or load a
// file if it were copied carelessly.
func hostileDrawings() []string {
	var all []string
	for _, inside := range []string{
		`<script>RUN</script>`, `<script href="data:,RUN"/>`, `<g><script xlink:href="data:,RUN"/></g>`, `<title><script>RUN</script></title>`, `<desc><img src=x onerror=RUN></desc>`, `<title>&lt;/title&gt;&lt;script&gt;RUN&lt;/script&gt;</title>`,
		`<text>&lt;script&gt;RUN&lt;/script&gt;</text>`, `<text><![CDATA[</text><script>RUN</script>]]></text>`, `<text>]]>&lt;!--</text>`, `<rect onclick=RUN onmouseover=RUN />`, `<rect xlink:onload=RUN />`, `<foreignObject><img src=x onerror=RUN><iframe srcdoc="<script>RUN</script>"></iframe>open</foreignObject>`,
		`<foreignObject x="1&quot; onload=&quot;RUN" width=nan>open</foreignObject>`, `<foreignObject><svg onload=RUN><text>x</text></svg></foreignObject>`, `<a href="javascript:RUN"><text>x</text></a>`, `<a xlink:href="javascript:RUN"><rect/></a>`,
		`<animate attributeName="href" values="javascript:RUN"/>`, `<set attributeName="onmouseover" to="RUN"/>`, `<rect><animate onbegin=RUN attributeName=x dur=1s /></rect>`, `<animateTransform onend=RUN />`, `<handler type="text/javascript">RUN</handler>`, `<listener event="load" handler="#x"/>`,
		`<image href="https://x.example/ran" onerror=RUN />`, `<image xlink:href="data:image/svg+xml,<svg onload=RUN/>"/>`, `<use href="data:image/svg+xml,<svg id='x' onload=RUN/>#x"/>`, `<use xlink:href="https://x.example/a.svg#x"/>`, `<use href="#x" xlink:href="javascript:RUN"/>`, `<feImage href="https://x.example/ran"/>`,
		`<style>@import url(https://x.example/ran);</style>`, `<style>rect{fill:url(https://x.example/ran)}</style>`, `<style>rect{fill:url("//x.example/ran")}</style>`, `<style>rect{fill:u\72l(https://x.example/ran)}</style>`, `<style>rect{background:image-set("/ran" 1x)}</style>`, `<style>rect{fill:u/**/rl(/ran)}</style>`,
		`<style>@font-face{font-family:x;src:url(/ran)}text{font-family:x}</style>`, `<style>&lt;/style&gt;&lt;script&gt;RUN&lt;/script&gt;</style>`, `<style><![CDATA[</style><script>RUN</script>]]></style>`, `<style>rect{fill:red</style>`, `<style>a[href="x{y}"]{fill:red;x:expression(RUN)}</style>`,
		`<rect fill="url(javascript:RUN)"/>`, `<rect fill="url( 'https://x.example/ran' )"/>`, `<rect fill="url(#x) url(/ran)"/>`, `<rect style="fill:url(/ran);-moz-binding:url(/ran)"/>`, `<rect style="fill:\75rl(/ran)"/>`, `<rect style="stroke:red;}*{background:url(/ran)"/>`, `<rect clip-path="url(#x&quot; onload=&quot;RUN)"/>`,
		`<rect id='x" onload="RUN'/>`, `<rect class='x"><script>RUN</script>'/>`, `<rect xmlns:x="y" x:href="javascript:RUN"/>`, `<filter id=f><feFlood/></filter><rect filter="url(#f)"/>`, `<metadata><script>RUN</script></metadata>`, `<discard begin=RUN />`, `<mpath href="javascript:RUN"/>`,
		`<text onfocus=RUN tabindex=1 autofocus>x</text>`, `<path d='M0 0"><script>RUN</script>'/>`, `<tref xlink:href="javascript:RUN"/>`, `<switch><foreignObject><script>RUN</script></foreignObject><text>x</text></switch>`, `<!--><script>RUN</script>-->`, `<?xml-stylesheet href="javascript:RUN"?>`, `<math><script>RUN</script></math>`,
		`<g id=a><use href="#b"/><use href="#b"/></g><g id=b><use href="#a"/></g>`, `<pattern id=p><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>`, "<text>\x00\ufffe\uffff\x1b[31m</text>", "<text fill='red\n\x00'>\u2028</text>",
	} {
		all = append(all, `<svg viewBox="0 0 400 200" onload=RUN xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><title>The lock</title><rect fill="red"/><path d="M0 0h4" stroke="red"/><text>Upper</text>`+inside+`<text>Lower</text></svg>`)
	}
	return all
}

// hostileLinks returns spellings of addresses that execute scripts.
func hostileLinks() []string {
	links := []string{
		"javascript:RUN", "JaVaScRiPt:RUN", "javascript&colon;RUN", "javascript&#58;RUN", "&#106;avascript:RUN", "&#x6A;avascript:RUN", "&#0000106avascript:RUN", "javascript://x/%0ARUN", "//x/javascript:RUN",
		"data:text/html,<script>RUN</script>", "data:text/html;base64,PHNjcmlwdD5mZXRjaCgnL3JhbicpPC9zY3JpcHQ+", "data:image/svg+xml,<svg onload=RUN>", "DATA:text/html,x", "vbscript:RUN", "livescript:RUN", "mocha:RUN", "view-source:javascript:RUN", "jar:javascript:RUN!/", "feed:javascript:RUN", "blob:javascript:RUN", "filesystem:javascript:RUN", "java%73cript:RUN", "%6aavascript:RUN", "javascript%3aRUN",
	}
	for _, c := range []string{"\t", "\n", "\r", "\x00", "\x01", "\x1f", " ", "\u00a0", "\u2028", "\ufeff", "\u200b", "\x7f", "\u3000"} {
		links = append(links, c+"javascript:RUN", "java"+c+"script:RUN", "javascript"+c+":RUN", "javascript:"+c+"RUN")
	}
	return links
}

// attacked returns the articles of pages with one attack, alone and between text, each cleaned with two sets of
// options. It adds an article whose content is the attack.
func attacked(t *testing.T, attack string) []*Article {
	t.Helper()
	var articles []*Article
	for _, page := range []string{attack, fillerBefore + attack + fillerAfter, "<article><h1>T</h1><p>" + strings.Repeat("The ferry was late again, said Ada. ", 20) + "</p>" + attack + "</article>"} {
		for _, opts := range []Options{{}, {Favor: FavorRecall, Vote: VoteNever}} {
			if a, err := New(opts).Clean(strings.NewReader(page), "https://gull.example/a"); err == nil {
				articles = append(articles, a)
			} else {
				require.ErrorIs(t, err, ErrNoArticle)
			}
		}
	}
	var whole Article
	if whole.setContent(attack) == nil { // as if every block were kept
		articles = append(articles, &whole)
	}
	return articles
}

// TestNothingExecutableIsRendered is the part of .ci/browser that needs no browser: the rendered output is parsed
// again.
func TestNothingExecutableIsRendered(t *testing.T) {
	seen, drawn := 0, 0
	toggles := allToggles
	if testing.Short() { // under the race detector all of them take minutes
		toggles = toggles[:2]
	}
	for _, attack := range attacks() {
		for _, a := range attacked(t, attack) {
			checkSafe(t, a)
			checkSafeHTML(t, "<body>"+fromMarkdown(t, "> "+strings.ReplaceAll(a.Markdown(), "\n", "\n> ")))
			for _, o := range toggles {
				checkSafeHTML(t, fromMarkdown(t, a.Markdown(o)))
			}
			seen++
			if strings.Contains(a.HTML(), "data:image/svg") {
				drawn++
			}
			if t.Failed() {
				t.Fatalf("the attack was %s", attack)
			}
		}
	}
	assert.Greater(t, seen, 3*len(attacks()))
	assert.Greater(t, drawn, 3*len(hostileDrawings()), "drawings that are shown")
	t.Log(len(attacks()), "attacks,", seen, "articles,", drawn, "of them with a drawing")
}

// attackPages returns complete pages for a browser. Each contains the articles of one attack, rendered as HTML and as
// Markdown.
func attackPages(t *testing.T) []string {
	t.Helper()
	var pages []string
	for _, attack := range attacks() {
		var b strings.Builder
		b.WriteString("<!DOCTYPE html><meta charset=utf-8><body>")
		for _, a := range attacked(t, attack) {
			fmt.Fprintf(&b, "<div>%s</div>\n<div>%s</div>\n", a.HTML(), fromMarkdown(t, a.Markdown()))
		}
		pages = append(pages, b.String())
	}
	return pages
}
