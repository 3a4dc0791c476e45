package formula

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mathOf parses the first formula in the markup.
func mathOf(t *testing.T, markup string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.DataAtom == atom.Math {
			return n
		}
	}
	require.Fail(t, "no formula")
	return nil
}

func TestFromMathML(t *testing.T) {
	for _, c := range []struct{ name, markup, tex string }{
		{"a fraction", `<mi>m</mi><mo>≤</mo><mfrac><mi>C</mi><mi>n</mi></mfrac>`, `m \leq \frac{C}{n}`},
		{"powers and indices", `<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup><msub><mi>x</mi><mi>i</mi></msub><msubsup><mi>y</mi><mi>i</mi><mn>2</mn></msubsup>`, `E = mc^{2}x_{i}y_{i}^{2}`},
		{"a sum", `<mi>C</mi><mo>=</mo><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>p</mi><mi>i</mi></msub>`, `C = \sum_{i = 1}^{n}p_{i}`},
		{"roots", `<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mo>-</mo><mroot><mi>y</mi><mn>3</mn></mroot>`, `\sqrt{x + 1} - \sqrt[3]{y}`},
		{"a matrix", `<mrow><mo>(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo>)</mo></mrow>`, `\begin{pmatrix} a & b \\ c & d \end{pmatrix}`},
		{"cases", `<mi>f</mi><mo>=</mo><mo>{</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mtext>if </mtext><mi>x</mi></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mtext>else</mtext></mtd></mtr></mtable>`, `f = \begin{cases} 1 & \text{if }x \\ 0 & \text{else} \end{cases}`},
		{"brackets that grow", `<mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo><mo>(</mo><mi>x</mi><mo>)</mo>`, `\left( \frac{1}{2} \right)(x)`},
		{"a function", `<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mo>+</mo><mi>log</mi><mo>(</mo><mi>y</mi><mo>)</mo>`, `\sin x + \log(y)`},
		{"a name", `<msub><mi>v</mi><mi>max</mi></msub><mo>=</mo><mi>speed</mi>`, `v_{\max} = \mathrm{speed}`},
		{"accents", `<mover accent="true"><mi>x</mi><mo>^</mo></mover><mover><mi>y</mi><mo>¯</mo></mover><mover><mi>v</mi><mo>→</mo></mover><mover><mrow><mi>A</mi><mi>B</mi></mrow><mo>¯</mo></mover>`, `\hat{x}\bar{y}\vec{v}\overline{AB}`},
		{"letters of a style", `<mi>x</mi><mo>∈</mo><mi mathvariant="double-struck">R</mi><mi>ℤ</mi><mi mathvariant="bold">v</mi><mi mathvariant="normal">d</mi><mi>𝒞</mi>`, `x \in \mathbb{R}\mathbb{Z}\mathbf{v}\mathrm{d}\mathcal{C}`},
		{"a prime", `<msup><mi>f</mi><mo>′</mo></msup><mo>(</mo><mi>x</mi><mo>)</mo>`, `f'(x)`},
		{"limits", `<munder><mo>lim</mo><mrow><mi>n</mi><mo>→</mo><mi>∞</mi></mrow></munder><msub><mi>a</mi><mi>n</mi></msub>`, `\lim_{n \to \infty}a_{n}`},
		{"a binomial", `<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>`, `\binom{n}{k}`},
		{"fences as attributes", `<mfenced open="[" close=")"><mi>a</mi><mi>b</mi></mfenced>`, `[a, b)`},
		{"isotopes", `<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>`, `{}_{6}^{14}C`},
		{"tensors", `<mmultiscripts><mi>R</mi><mi>i</mi><none/><none/><mi>j</mi></mmultiscripts>`, `R_{i}^{j}`},
		{"a brace with words", `<munder><munder><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo>⏟</mo></munder><mtext>two</mtext></munder>`, `\underbrace{a + b}_{\text{two}}`},
		{"a sign above another", `<mi>a</mi><mover><mo>=</mo><mtext>def</mtext></mover><mi>b</mi>`, `a\overset{\text{def}}{=}b`},
		{"signs that TeX reads", `<mtext>50% of $x_1$</mtext><mo>&lt;</mo><mo>{</mo><mi>a</mi><mo>}</mo>`, `\text{50\% of \$x\_1\$} \lt \{a\}`},
		{"a command before a letter", `<mi>α</mi><mi>x</mi><mi>β</mi>`, `\alpha x\beta`},
		{"a number of thousands", `<mn>12,500</mn><mo>⋅</mo><mn>0.5</mn>`, `12,500 \cdot 0.5`},
		{"a norm", `<mo>‖</mo><mi>x</mi><mo>‖</mo><mo>|</mo><mi>y</mi><mo>|</mo>`, `\|x\||y|`},
		{"aligned lines", `<mtable columnalign="right left"><mtr><mtd><mi>a</mi></mtd><mtd><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd/><mtd><mo>=</mo><mi>c</mi></mtd></mtr></mtable>`, `\begin{aligned} a & =b \\ & =c \end{aligned}`},
		{"the annotation, not the rest", `<semantics><mi>x</mi><annotation encoding="text/plain">ex</annotation></semantics>`, `x`},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.tex, TeX(mathOf(t, "<math>"+c.markup+"</math>")))
		})
	}
}

// Deeply nested and very large formulas cost little.
func TestFromMathMLIsBounded(t *testing.T) {
	for _, open := range []string{"<mrow><mo>(</mo>", "<msqrt>", "<mfrac><mn>1</mn>", "<mover><mo>^</mo>", "<mfenced>", "<mtable><mtr><mtd>"} {
		deep := mathOf(t, "<math>"+strings.Repeat(open, 120)+"<mi>x</mi>")
		assert.LessOrEqual(t, len(TeX(deep)), 4*maxTeX, open)
	}
	assert.Empty(t, TeX(mathOf(t, "<math>"+strings.Repeat("<mi>x</mi><mfrac><mn>1</mn><mn>2</mn></mfrac>", 100_000))))
}

func TestTidy(t *testing.T) {
	for in, want := range map[string]string{
		`{\displaystyle q^{2}}`:          `q^{2}`,
		`{\displaystyle a}+{b}`:          `{\displaystyle a}+{b}`,
		`\displaystyle x`:                `x`,
		"a % a remark\n+ b":              `a + b`,
		`50\% + x`:                       `50\% + x`,
		"\n  C =\n  \\sum_{i} p_i\n":     `C = \sum_{i} p_i`,
		`{\textstyle \frac {a}{b}}`:      `\frac {a}{b}`,
		`{\displaystyle {\mathbf {v} }}`: `{\mathbf {v} }`,
	} {
		assert.Equal(t, want, Tidy(in))
	}
}
