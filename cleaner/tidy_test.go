package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Content does not change if it is rendered as HTML, parsed and built again (cleanBody checks this through JSON). In
// each of these cases it once changed, or words ran together.
var normalForms = []struct{ name, markup, want string }{
	{
		"two breaks inside emphasis cut a paragraph",
		`<p><b>Wind it.<br><br>Wait</b> for noon.</p>`,
		`<p><b>Wind it.</b></p><p><b>Wait</b> for noon.</p>`,
	},
	{
		"a break in emphasis of its own",
		`<p>Wind it.<b><br></b>Wait for noon.</p>`,
		`<p>Wind it.<br/>Wait for noon.</p>`,
	},
	{"a break in emphasis at the end", `<p>Wind it.<b><br></b></p>`, `<p>Wind it.</p>`},
	{
		"a break at the end of emphasis",
		`<p><b>Wind it.<br></b>Wait for noon.</p>`,
		`<p><b>Wind it.</b><br/>Wait for noon.</p>`,
	},
	{
		"two breaks in dissolved elements",
		`<p>Wind it.<span><br></span><font><br>Wait for noon.</font></p>`,
		`<p>Wind it.</p><p>Wait for noon.</p>`,
	},
	{
		"two breaks in an item are one",
		`<ul><li>Wind it.<br><br>Wait for noon.</li></ul>`,
		`<ul><li>Wind it.<br/>Wait for noon.</li></ul>`,
	},
	{"two breaks in a heading are one", `<h2>Wind it,<br><br>then wait</h2>`, `<h2>Wind it,<br/>then wait</h2>`},
	{
		"a no-break space between elements",
		`<p><b>Wind it</b>&nbsp;<i>slowly</i> and wait.</p>`,
		"<p><b>Wind it</b>\u00A0<i>slowly</i> and wait.</p>",
	},
	{"no-break spaces at the ends", `<p>&nbsp;<b>&nbsp; Wind it. </b>&nbsp;</p>`, `<p><b>Wind it.</b></p>`},
	{
		"a space in an element of its own",
		`<p><b>Wind</b><span> </span><i>it</i><b> </b>now.</p>`,
		`<p><b>Wind</b> <i>it</i> now.</p>`,
	},
	{"spaces go outside", `<p>Wind<b> it </b>now.</p>`, `<p>Wind <b>it</b> now.</p>`},
	{
		"an image before text",
		`<p><span><img src="/a.jpg" alt="A"><br>A hen at the helm.</span></p>`,
		`<figure><img src="https://gazette.example/a.jpg" alt="A"/></figure><p>A hen at the helm.</p>`,
	},
	{
		"an image in a sentence",
		`<p>Press <img src="/a.jpg" alt="A"> to wind it.</p>`,
		`<p>Press <img src="https://gazette.example/a.jpg" alt="A"/> to wind it.</p>`,
	},
	{
		"a linked image after a break",
		`<p>A hen.<br><a href="/big"><img src="/a.jpg"></a> Another hen.</p>`,
		`<p>A hen.</p><figure><a href="https://gazette.example/big"><img src="https://gazette.example/a.jpg"/></a></figure><p>Another hen.</p>`,
	},
	{
		"emphasis that is cut before an image",
		`<p>A hen <b>asleep<br><br><img src="/a.jpg"><br><br>awake</b> again.</p>`,
		`<p>A hen <b>asleep</b></p><figure><img src="https://gazette.example/a.jpg"/></figure><p><b>awake</b> again.</p>`,
	},
	{
		"an image that shares its link with text",
		`<p><a href="/big"><img src="/a.jpg"> A hen</a> at the helm.</p>`,
		`<p><a href="https://gazette.example/big"><img src="https://gazette.example/a.jpg"/> A hen</a> at the helm.</p>`,
	},
	{
		"a heading of an image",
		`<h2><img src="/a.jpg" alt="A"></h2><p>A hen at the helm.</p>`,
		`<figure><img src="https://gazette.example/a.jpg" alt="A"/></figure><p>A hen at the helm.</p>`,
	},
	{
		"a data table inside a table of headers", `<table><tr><th>Hen</th><th>Watch</th></tr><tr><td><table><tr><td>Ada, the oldest</td></tr></table></td><td>dog</td></tr></table>`,
		`<table><tbody><tr><th>Hen</th><th>Watch</th></tr><tr><td><p>Ada, the oldest</p></td><td>dog</td></tr></tbody></table>`,
	},
	{
		"a table whose header was empty",
		`<table><thead><tr><th></th></tr></thead><tr><td>Ada is the oldest of the hens aboard.</td></tr></table>`,
		`<table><tbody><tr><td>Ada is the oldest of the hens aboard.</td></tr></tbody></table>`,
	},
	{
		"text between definitions", `<dl><dt>Ada</dt><dd>the oldest hen</dd><p>She keeps the log.</p><div><dt>Bea</dt><dd>the loudest hen</dd></div></dl>`,
		`<dl><dt>Ada</dt><dd>the oldest hen</dd><dd><p>She keeps the log.</p></dd><dt>Bea</dt><dd>the loudest hen</dd></dl>`,
	},
	{
		"lines of code in elements",
		"<pre><code><div>wind()</div><div><span>wait</span>()</div></code></pre>",
		"<pre><code>wind()\nwait()</code></pre>",
	},
	{
		"a class that is not a language",
		"<pre class='lang-`x` brush:go'>wind()</pre>",
		`<pre><code class="language-go">wind()</code></pre>`,
	},
	{
		"a list in a list without an item",
		`<ul><li>hens<li>clocks</li><ul><li>brass</li></ul></ul>`,
		`<ul><li>hens</li><li>clocks<ul><li>brass</li></ul></li></ul>`,
	},
	{
		"a formula without TeX",
		`<p>Let <math alttext=" "><mi>x</mi><annotation encoding="application/x-tex"> </annotation></math> be.</p>`,
		`<p>Let <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math> be.</p>`,
	},
	{
		"a formula whose TeX is a control character",
		"<p>Let <math alttext=\"\x1e \"><mi>x</mi></math> be.</p>",
		`<p>Let <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math> be.</p>`,
	},
	{
		"a formula whose annotation is blank", "<p>Let <math alttext=\"&#x200B;\"><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">&#x7F;\t&#x1E;</annotation></semantics></math> be.</p>",
		`<p>Let <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math> be.</p>`,
	},
	{
		"a formula whose first annotation is blank", "<p>Let <math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">&#x1E; </annotation><annotation encoding=\"latex\">&#x1E; y &#x1E;</annotation></semantics></math> be.</p>",
		`<p>Let <math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">y</annotation></semantics></math> be.</p>`,
	},
	{
		"a formula with a blank in control characters",
		"<p>Let <math><mi>x</mi><mo>&#x1E; &#x1E;</mo></math> be.</p>",
		`<p>Let <math><semantics><mrow><mi>x</mi><mo></mo></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math> be.</p>`,
	},
	{
		"a script whose TeX is in control characters",
		"<p>Let <script type=\"math/tex\">\x1e x_1 \x1e</script> be.</p>",
		`<p>Let <math><semantics><mrow><mtext>x_1</mtext></mrow><annotation encoding="application/x-tex">x_1</annotation></semantics></math> be.</p>`,
	},
	{
		"a script whose TeX is a control character",
		"<p>Let <script type=\"math/tex\">\x1e \x7f</script> it be.</p>",
		`<p>Let it be.</p>`,
	},
	{
		"a removed line with superscript numbers",
		`<p>Wind it, said Ada, and wait.<br>Read also: The harbour in m<sup>2</sup><br>She did not wait.</p>`,
		`<p>Wind it, said Ada, and wait.<br/>She did not wait.</p>`,
	},
	{"the same emphasis twice", `<p><b>Wind <b>it</b> now</b>.</p>`, `<p><b>Wind it now</b>.</p>`},
	{"a soft hyphen alone", "<ul><li>&shy;</li><li>Wind it up now.</li></ul>", `<ul><li>Wind it up now.</li></ul>`},
}

func TestNormalForm(t *testing.T) {
	for _, n := range normalForms {
		t.Run(n.name, func(t *testing.T) {
			a := cleanBody(t, n.markup)
			html := a.contentHTML()
			inner := strings.TrimPrefix(html, fillerBefore)
			require.NotEqual(t, html, inner)
			html = inner
			inner = strings.TrimSuffix(html, fillerAfter)
			require.NotEqual(t, html, inner)
			assert.Equal(t, n.want, inner)
		})
	}
}

// The output never nests more deeply than a parser accepts, whatever the input.
func TestNestingIsBounded(t *testing.T) {
	for name, markup := range map[string]string{
		"lists in lists": strings.Repeat("<ul>", 240) + "<li>" + fillerBefore + strings.Repeat("</ul>", 240),
		"quotes":         strings.Repeat("<blockquote>", 200) + fillerBefore + strings.Repeat("</blockquote>", 200),
		"emphasis":       "<p>" + strings.Repeat("<b><i><u><s>", 50) + "The ferry left Pellow Quay at seven." + strings.Repeat("</s></u></i></b>", 50),
	} {
		t.Run(name, func(t *testing.T) {
			a := cleanBody(t, markup)
			assert.Contains(t, a.Text(), "The ferry left Pellow Quay at seven")
			assert.LessOrEqual(t, strings.Count(a.contentHTML(), "<"), 700)
		})
	}
}
