package formula

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	words := func(s string) Piece { return Piece{Text: s} }
	inline := func(s string) Piece { return Piece{Text: s, Formula: true} }
	display := func(s string) Piece { return Piece{Text: s, Formula: true, Display: true} }
	for _, c := range []struct {
		text   string
		loaded bool
		want   []Piece
	}{
		{`no formula`, true, nil},
		{`in an old page it is \( x + y \) or $$z^2$$ here`, false, []Piece{words("in an old page it is "), inline("x + y"), words(" or "), display("z^2"), words(" here")}},
		{`it costs $5 and $10 in all`, true, nil},
		{`from $5–$10`, true, nil},
		{`set $PATH:$HOME/bin and $LD_LIBRARY_PATH too`, false, nil},
		{`the size $n_i$ of $i$ files`, false, []Piece{words("the size "), inline("n_i"), words(" of "), inline("i"), words(" files")}},
		{`for $n$ nodes and $12$ edges`, true, []Piece{words("for "), inline("n"), words(" nodes and "), inline("12"), words(" edges")}},
		{`\[ \int_0^1 f \]`, false, []Piece{display(`\int_0^1 f`)}},
		{`so \begin{align} a &= b \\ c &= d \end{align} holds`, false, []Piece{words("so "), display(`\begin{align} a &= b \\ c &= d \end{align}`), words(" holds")}},
		{`\begin{equation} E = mc^2 \label{e} \end{equation}`, false, []Piece{display(`\begin{equation} E = mc^2 \end{equation}`)}},
		{`\begin{verbatim} x \end{verbatim}`, true, nil},
		{`a price of \$5 and \$6`, true, nil},
		{`US$5_000 and US$6_000`, true, nil},
		{`in C:\Program Files \(x86\)\Weir and D:\(a\b\)\c`, false, nil},
		{`escaped \(x86\), \(32-bit\), \(2024\), \(5\) and \[1\], \[x\], \[edit\]`, false, nil},
		{`sed 's/\(a\)b\(c\)/\2\1/' and grep "\([a-z]*\)" \(a|b\)`, false, nil},
		{`grep "\(a\|b\)", \(defun\|defvar\), \(a\|b\|c\), \([0-9]+\) and the letters \[A-Z\]`, false, nil},
		{`the norms \(\|x\|\), \(2\|x\| = 1\) and \(a^+\)`, false, []Piece{words("the norms "), inline(`\|x\|`), words(", "), inline(`2\|x\| = 1`), words(" and "), inline("a^+")}},
		{`find . \( -name '*.a' -o -name '*.b' \) -print`, false, nil},
		{`where \(n\), \(f(x)\), \(2x\), \(n-1\) and \[ x = 1 \]`, false, []Piece{words("where "), inline("n"), words(", "), inline("f(x)"), words(", "), inline("2x"), words(", "), inline("n-1"), words(" and "), display("x = 1")}},
		{`the \(n\)th of \(m\)/\(s\) in "\(k\)-fold"`, false, []Piece{words("the "), inline("n"), words("th of "), inline("m"), words("/"), inline("s"), words(` in "`), inline("k"), words(`-fold"`)}},
		{`on a page with MathJax \(5\) and x\(y\)`, true, []Piece{words("on a page with MathJax "), inline("5"), words(" and x"), inline("y")}},
		{`面积\(S\)是`, false, []Piece{words("面积"), inline("S"), words("是")}},
		{`braces \( {x \) do not close`, true, nil},
	} {
		assert.Equal(t, c.want, Split(c.text, c.loaded), c.text)
	}
}
