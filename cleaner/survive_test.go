package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// The fillers surround the subject of a test, so that every extractor finds an article.
const (
	fillerBefore = `<p>The ferry left Pellow Quay at seven with eleven passengers, a crate of hens and the new harbour clock, which nobody had thought to pack.</p>`
	fillerAfter  = `<p>By noon it had struck forty times, the hens had laid, and the captain, who was paid by the hour, declared himself content with all concerned.</p>`
)

// cleanBody cleans a page that consists of markup between the fillers.
func cleanBody(t *testing.T, markup string) *Article {
	t.Helper()
	page := fmt.Sprintf(
		"<!DOCTYPE html><html lang=en><title>A clock at sea</title><body><article><h1>A clock at sea</h1>%s%s%s</article>",
		fillerBefore,
		markup,
		fillerAfter,
	)
	a, err := cleanUntouched(t, []byte(page), htmldoc.Source{URL: "https://gazette.example/2026/clock.html"})
	require.NoError(t, err)
	checkArticle(t, a)
	return a
}

// between returns the part of a rendering between two texts, such as the ends of the two fillers.
func between(t *testing.T, rendered, first, last string) string {
	t.Helper()
	_, rest, ok := strings.Cut(rendered, first)
	require.True(t, ok, rendered)
	i := strings.LastIndex(rest, last)
	require.GreaterOrEqual(t, i, 0, rendered)
	return strings.TrimSpace(rest[:i])
}

// Everything that an author wrote survives in each format. The text and Markdown columns are complete; the html column
// is a part that must be present.
var survivors = []struct{ name, markup, text, markdown, html string }{
	{
		"nested list", `<ul><li>brass<ul><li>wheels</li><li>hands</li></ul></li><li>oak</li></ul>`,
		"- brass\n  - wheels\n  - hands\n- oak", "- brass\n  - wheels\n  - hands\n- oak",
		"<ul><li>brass<ul><li>wheels</li><li>hands</li></ul></li><li>oak</li></ul>",
	},
	{
		"picture between two words", `<p>The sign <img src="/img/sign.png" width="60" height="30" alt="Fog"> means fog.</p>`,
		"The sign means fog.", "The sign ![Fog](https://gazette.example/img/sign.png) means fog.", "means fog.",
	},
	{
		"table with spans", `<table><tr><th rowspan="2">Day</th><th colspan="2">Boats</th><th>Hens</th></tr><tr><td>in</td><td>out</td><td>all</td></tr><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>`,
		"Day\tBoats\t\tHens\n\tin\tout\tall\n1\t2\t3\t4",
		"| Day | Boats |  | Hens |\n| --- | --- | --- | --- |\n|  | in | out | all |\n| 1 | 2 | 3 | 4 |", "<table>",
	},
	{
		"ordered list with a start", `<ol start="3"><li>wind it</li><li>wait</li></ol>`,
		"3. wind it\n4. wait", "3. wind it\n4. wait", `<ol start="3"><li>wind it</li><li>wait</li></ol>`,
	},
	{
		"list of paragraphs", `<ul><li><p>brass</p></li><li><p>oak</p></li></ul>`,
		"- brass\n- oak", "- brass\n\n- oak", "<ul><li>",
	},
	{
		"definition list", `<dl><dt>Fusee</dt><dd>a cone that evens out the spring</dd><dt>Train</dt><dd>its wheels</dd></dl>`,
		"Fusee\na cone that evens out the spring\nTrain\nits wheels", "Fusee\n:   a cone that evens out the spring\n\nTrain\n:   its wheels",
		"<dl><dt>Fusee</dt><dd>a cone that evens out the spring</dd>",
	},
	{
		"table", `<table><tr><th>Day</th><th>Minutes lost</th></tr><tr><td>Monday</td><td>4</td></tr><tr><td>Tuesday</td><td>a | b</td></tr></table>`,
		"Day\tMinutes lost\nMonday\t4\nTuesday\ta | b", "| Day | Minutes lost |\n| --- | --- |\n| Monday | 4 |\n| Tuesday | a \\| b |",
		"<th>Day</th><th>Minutes lost</th>",
	},
	{
		"code to the byte", "<pre><code>if (a &lt; b &amp;&amp; c) {\n\treturn  \"x\";   \n\n  // data-script=\"\" &gt;\n}\n</code></pre>",
		"```\nif (a < b && c) {\n\treturn  \"x\";   \n\n  // data-script=\"\" >\n}\n```", "```\nif (a < b && c) {\n\treturn  \"x\";   \n\n  // data-script=\"\" >\n}\n```",
		"<pre><code>if (a &lt; b &amp;&amp; c) {\n\treturn  &#34;x&#34;;   \n\n  // data-script=&#34;&#34; &gt;\n}\n</code></pre>",
	},
	{
		"highlighted code", `<pre class="highlight"><code class="language-go"><span class="kd">func</span> <span class="nf">tick</span>() {}</code></pre>`,
		"```\nfunc tick() {}\n```", "```go\nfunc tick() {}\n```", `<code class="language-go">func tick() {}</code>`,
	},
	{
		"code with fences in it", "<pre>```\nx\n```</pre>",
		"````\n```\nx\n```\n````", "````\n```\nx\n```\n````", "<pre><code>```\nx\n```</code></pre>",
	},
	{
		"inline code", "<p>Type <code>a*b</code> and <kbd>Enter</kbd> at the clock’s `prompt`.</p>",
		"Type a*b and Enter at the clock’s `prompt`.", "Type `a*b` and `Enter` at the clock’s \\`prompt\\`.", "<code>a*b</code> and <kbd>Enter</kbd>",
	},
	{
		"quote", `<blockquote><p>It has never been right.</p><p>It has never been late.</p></blockquote>`,
		"It has never been right.\n\nIt has never been late.", "> It has never been right.\n>\n> It has never been late.",
		"<blockquote><p>It has never been right.</p><p>It has never been late.</p></blockquote>",
	},
	{
		"heading levels", `<h2>Wheels</h2><p>There are nine wheels in the clock, and no two of them agree on anything.</p><h4>Teeth</h4><p>Most of them are missing, says the clockmaker, who counted twice.</p>`,
		"Wheels\n\nThere are nine wheels in the clock, and no two of them agree on anything.\n\nTeeth\n\nMost of them are missing, says the clockmaker, who counted twice.",
		"## Wheels\n\nThere are nine wheels in the clock, and no two of them agree on anything.\n\n#### Teeth\n\nMost of them are missing, says the clockmaker, who counted twice.",
		"<h4>Teeth</h4>",
	},
	{
		"super- and subscript", `<p>Two m<sup>2</sup> of brass, H<sub>2</sub>O in the case, 10<sup>−3</sup> seconds, the 1<sup>st</sup> of May, x<sub>i</sub>.</p>`,
		"Two m² of brass, H₂O in the case, 10⁻³ seconds, the 1st of May, xᵢ.",
		"Two m<sup>2</sup> of brass, H<sub>2</sub>O in the case, 10<sup>−3</sup> seconds, the 1<sup>st</sup> of May, x<sub>i</sub>.",
		"m<sup>2</sup>",
	},
	{
		"MathML with its TeX", `<p>The period is <math><semantics><mrow><mi>T</mi><mo>=</mo><mn>2</mn></mrow><annotation encoding="application/x-tex">T = 2\pi\sqrt{l/g}</annotation></semantics></math> seconds.</p>`,
		`The period is T = 2\pi\sqrt{l/g} seconds.`, `The period is $T = 2\pi\sqrt{l/g}$ seconds.`, "<math>",
	},
	{
		"TeX in a script", `<p>Its length is <script type="math/tex">l < \frac{1}{4}</script> of the mast.</p>`,
		`Its length is l < \frac{1}{4} of the mast.`, `Its length is $l \lt \frac{1}{4}$ of the mast.`, "frac",
	},
	{
		"emphasis inside a word", `<p>An <em>un</em>believable <strong>clock</strong>, <b>said</b><i> he</i>.</p>`,
		"An unbelievable clock, said he.", "An *un*believable **clock**, **said** *he*.", "<em>un</em>believable",
	},
	{
		"inline tags neither glue nor split", `<p>tick<span>tock</span><!-- x --><b>ed</b>, <a href="/a">all</a><a href="/b"> day</a><wbr>long <span>and</span> <i>on</i></p>`,
		"ticktocked, all daylong and on", "ticktock**ed**, [all](https://gazette.example/a) [day](https://gazette.example/b)long and *on*", "ticktock<b>ed</b>",
	},
	{
		"line breaks", `<p>Perseverance, where’ve you been?<br>Thirty miles and back, my queen.</p>`,
		"Perseverance, where’ve you been?\nThirty miles and back, my queen.", "Perseverance, where’ve you been?\\\nThirty miles and back, my queen.", "<br/>",
	},
	{
		"links made absolute", `<p>See <a href="../log.html#p3" title="t" onclick="x()">the log</a>, <a href="javascript:x()">not this</a> and <a href="//other.example/a b">that</a>.</p>`,
		"See the log, not this and that.", "See [the log](https://gazette.example/log.html#p3), not this and [that](https://other.example/a%20b).",
		`<a href="https://gazette.example/log.html#p3"`,
	},
	{
		"image with its alternative text", `<figure><img src="clock.jpg" alt="The clock, [wet]" onerror="x()"><figcaption>Off the quay.</figcaption></figure>`,
		"", "![The clock, \\[wet\\]](https://gazette.example/2026/clock.jpg)\n\n*Off the quay.*", `<figure><img src="https://gazette.example/2026/clock.jpg" alt="The clock, [wet]"/><figcaption>Off the quay.</figcaption></figure>`,
	},
	{
		"credit line below an image", `<p><img src="/hens.jpg" alt="Hens"></p><p>Foto: Onno Kleihauer</p>`,
		"", "![Hens](https://gazette.example/hens.jpg)\n\n*Foto: Onno Kleihauer*", "<figcaption>Foto: Onno Kleihauer</figcaption>",
	},
	{
		"credit word far from an image", `<p>Foto: it is the Spanish word for a photograph, and the parrot knew it.</p>`,
		"Foto: it is the Spanish word for a photograph, and the parrot knew it.", "Foto: it is the Spanish word for a photograph, and the parrot knew it.", "<p>Foto",
	},
	{
		"lazy image", `<p><img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/img/hens.jpg" alt="Hens"></p>`,
		"", "![Hens](https://gazette.example/img/hens.jpg)", `src="https://gazette.example/img/hens.jpg"`,
	},
	{
		"image that says that it is one", `<p><img role="img" src="/img/lock.svg" alt="The lock"></p>`,
		"", "![The lock](https://gazette.example/img/lock.svg)", `alt="The lock"`,
	},
	{
		"box that says that it is an image", `<div role="img" aria-label="The lock"><img src="/img/lock.jpg" alt="The lock"></div>`,
		"", "![The lock](https://gazette.example/img/lock.jpg)", `alt="The lock"`,
	},
	{
		"figure that says that it is an image", `<figure role="img"><img src="/img/lock.jpg" alt="The lock"><figcaption>The lock in May.</figcaption></figure>`,
		"", "![The lock](https://gazette.example/img/lock.jpg)\n\n*The lock in May.*", `<figcaption>The lock in May.`,
	},
	{
		"button that enlarges an image", `<button aria-label="Enlarge"><img src="/img/lock.jpg" width="600" alt="The lock"></button>`,
		"", "![The lock](https://gazette.example/img/lock.jpg)", `alt="The lock"`,
	},
	{
		"lazy image by srcset", `<p><img src="data:," data-srcset="/s.jpg 400w, /l.jpg 1200w" alt="Hens"></p>`,
		"", "![Hens](https://gazette.example/l.jpg)", `alt="Hens"`,
	},
	{
		"lazy image in noscript", `<figure><img src="data:," alt="Hens"><noscript><img src="/n.jpg" alt="Hens"></noscript></figure>`,
		"", "![Hens](https://gazette.example/n.jpg)", `src="https://gazette.example/n.jpg"`,
	},
	{
		"right-to-left text", `<p dir="rtl" lang="ar">وصلت الساعة إلى الميناء <bdi>Pellow Quay</bdi> في السابعة.</p>`,
		"وصلت الساعة إلى الميناء Pellow Quay في السابعة.", "وصلت الساعة إلى الميناء Pellow Quay في السابعة.", `<p dir="rtl" lang="ar">`,
	},
	{
		"footnotes", `<p>It struck thirteen<sup id="r1"><a href="#n1">[1]</a></sup> at noon, which the hens did not mind at all, being asleep.</p><ol class="footnotes"><li id="n1">Some say twelve. <a href="#r1">↩</a></li></ol>`,
		"It struck thirteen[1] at noon, which the hens did not mind at all, being asleep.\n\n1. Some say twelve.",
		"It struck thirteen[^1] at noon, which the hens did not mind at all, being asleep.\n\n[^1]: Some say twelve.",
		`<sup>`,
	},
	{
		"details", `<details><summary>Who owned the hens?</summary><p>The harbour master, though he denied it twice in writing.</p></details>`,
		"Who owned the hens?\n\nThe harbour master, though he denied it twice in writing.", "**Who owned the hens?**\n\nThe harbour master, though he denied it twice in writing.", "Who owned the hens?",
	},
	{
		"ruby", `<p>They sang of the <ruby>渡守<rp>(</rp><rt>わたしもり</rt><rp>)</rp></ruby> until midnight, and the hens joined in.</p>`,
		"They sang of the 渡守（わたしもり） until midnight, and the hens joined in.", "They sang of the 渡守（わたしもり） until midnight, and the hens joined in.", "<rt>わたしもり</rt>",
	},
	{
		"strike, insert and mark", `<p>It was <del>late</del><ins>early</ins>, and <mark>nobody</mark> <q>minded</q>.</p>`,
		"It was lateearly, and nobody “minded”.", "It was ~~late~~early, and nobody “minded”.", "<del>late</del><ins>early</ins>",
	},
	{
		"emoji as images", `<p>We won <img class="emoji" alt="🎉" src="https://s.w.org/e.svg"> twice<img class="wp-smiley" alt=":)" src="/s.gif"></p>`,
		"We won 🎉 twice:)", "We won 🎉 twice:)", "We won 🎉",
	},
}

func TestSurvives(t *testing.T) {
	firstWords := "nobody had thought to pack."
	lastWords := "By noon it had struck"
	for _, s := range survivors {
		t.Run(s.name, func(t *testing.T) {
			a := cleanBody(t, s.markup)
			assertSame(t, "text", s.text, between(t, a.Text(), firstWords, lastWords))
			assertSame(t, "Markdown", s.markdown, between(t, a.Markdown(), firstWords, lastWords))
			assert.Contains(t, a.HTML(), s.html)
		})
	}
}

func TestProseSurvivesEveryRule(t *testing.T) {
	for _, prose := range []string{
		"Facebook and Twitter had the news before the harbour master had his boots on.",
		"The share of hens that could swim was, he wrote, “data-less = 0”.",
		"Leave a comment in the book by the door, said the sign, and forty people had.",
		"We use cookies as ballast.",
		"Still ticking.",
		"“Subscribe!” shouted the parrot, and the purser subscribed.",
		"Related to the mate by marriage, the cook said nothing.",
		"Read also what is not written, the mate advised.",
		"By noon the clock was ashore.",
		"On March 14, 2026, nothing happened.",
	} {
		t.Run(prose, func(t *testing.T) {
			a := cleanBody(t, "<p>"+prose+"</p>")
			assert.Contains(t, a.Text(), prose)
			assert.Contains(t, CleanText(a.Text()), prose)
		})
	}
}

// A cell in a template can be without a table, and a template's text is on the page if scripts would show it.
func TestCellWithoutTable(t *testing.T) {
	const page = `<!doctype html><html lang="en"><title>Tides</title><body><template><td>The tide table for Thursday, which nobody
has framed, says that there is water enough for the mail boat.</td></template><p>Wait for the tide.</p></body></html>`
	article, err := New(Options{}).Clean(strings.NewReader(page), "https://www.quay.example/tides")
	require.NoError(t, err)
	assert.Contains(t, article.Text(), "Wait for the tide.")
}
