package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Piece is a part of a text: words, or a formula without its delimiters.
type Piece struct {
	Text string
	// Formula reports whether Text is a formula. Display reports whether the formula is on a line of its own.
	Formula, Display bool
}

// maxRaw is approximately the maximum length of a formula between delimiters, in bytes.
const maxRaw = 4000

// Split cuts a text at its formulas. They are between the delimiters of MathJax and KaTeX: \(…\), \[…\], $$…$$, a LaTeX
// environment, and, if the content looks like TeX, $…$. It returns nil for a text without formulas. The parameter
// loaded reports whether the page loads a program that looks for formulas. If so, Split requires less of the text
// between the delimiters.
func Split(s string, loaded bool) []Piece {
	if !strings.ContainsAny(s, `$\`) {
		return nil
	}
	var pieces []Piece
	from := 0
	for i := 0; i < len(s); {
		inner, end, display := rawAt(s, i, loaded)
		if end == 0 {
			if s[i] == '\\' { // the next character is escaped
				i++
			}
			i++
			continue
		}
		if i > from {
			pieces = append(pieces, Piece{Text: s[from:i]})
		}
		pieces = append(pieces, Piece{Text: Tidy(inner), Formula: true, Display: display})
		i, from = end, end
	}
	if pieces != nil && from < len(s) {
		pieces = append(pieces, Piece{Text: s[from:]})
	}
	return pieces
}

// Unwrap returns the content of a text that is one formula between delimiters. The result display reports whether the
// formula is on a line of its own. If the text is anything else, ok is false, and the other results have no meaning.
func Unwrap(s string) (tex string, display, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", false, false
	}
	inner, end, display := rawAt(s, 0, true)
	return Tidy(inner), display, end == len(s)
}

// rawAt reads the formula that begins at s[i] with its delimiter. The result end is the index after the formula, or 0
// if no formula begins there.
func rawAt(s string, i int, loaded bool) (inner string, end int, display bool) {
	rest := s[i:]
	switch {
	case strings.HasPrefix(rest, `\(`):
		inner, end = upTo(rest, 2, `\)`)
	case strings.HasPrefix(rest, `\[`):
		inner, end = upTo(rest, 2, `\]`)
		display = true
	case strings.HasPrefix(rest, `\begin{`):
		inner, end = environmentIn(rest)
		display = true
	case strings.HasPrefix(rest, `$$`):
		inner, end = upTo(rest, 2, `$$`)
		display = true
	case rest[0] == '$' && (i == 0 || isBeforeDollar(s[:i])):
		inner, end = inDollars(rest, loaded)
	}
	if !loaded && end > 0 && rest[0] == '\\' && !strings.HasPrefix(rest, `\begin{`) &&
		(isInName(s, i, i+end) || isPattern(inner) || !looksLikeTeX(inner) && (display || !isVariable(inner)) ||
			display && len(inner) < 3) {
		end = 0
	}
	if !loaded && strings.HasPrefix(rest, "$$") && !looksLikeTeX(inner) && (len(inner) > 8 || hasWord(inner, 3)) {
		end = 0 // a price
	}
	if end == 0 || visible(inner) == "" || !IsBalanced(inner) || strings.Contains(inner, "\n\n") {
		return "", 0, false
	}
	return inner, i + end, display
}

// isInName reports whether brackets with backslashes are part of a path or of a pattern, as in C:\(x86\)\a or
// s/\(a\)b/\1/.
func isInName(s string, start, end int) bool {
	if end < len(s) && strings.IndexByte(`\*{`, s[end]) >= 0 && !strings.HasPrefix(s[end:], `\(`) {
		return true
	}
	before := strings.TrimSuffix(s[:start], "/")
	if len(before) < start && strings.HasSuffix(before, `\)`) { // the formula follows another formula
		return false
	}
	return start > 0 && (isWordByte(s[start-1]) || strings.IndexByte(`:/\*]`, s[start-1]) >= 0)
}

// isPattern reports whether a text without commands, scripts and relations is part of a regular expression. The bars of
// a norm are in pairs and begin the formula; those of defun\|defvar do not. A quantifier ends a pattern, as in [0-9]+.
func isPattern(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "=^_<>") || hasCommand(s) {
		return false
	}
	bars := strings.Count(s, `\|`)
	return bars%2 != 0 || bars > 0 && !strings.HasPrefix(s, `\|`) || len(s) > 1 && strings.HasSuffix(s, "+")
}

// hasCommand reports whether a text has a command that begins with a letter, such as \frac.
func hasCommand(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '\\' {
			if text.IsASCIILetter(s[i+1]) {
				return true
			}
			i++
		}
	}
	return false
}

// isVariable reports whether a text in brackets that Markdown may have escaped is a variable or a function of a
// variable: n, 2x and f(x) are variables or functions; x86, 1 and [a-z] are not.
func isVariable(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len(s) <= 8 && !hasWord(s, 3) && !strings.ContainsAny(s, `*?[]|.$"'#@&%;:`) &&
		!isNumbered(s) && strings.ContainsFunc(s, unicode.IsLetter)
}

// isNumbered reports whether a letter is followed by two digits, as in x86.
func isNumbered(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		if text.IsASCIILetter(s[i]) && text.IsASCIIDigit(s[i+1]) && text.IsASCIIDigit(s[i+2]) {
			return true
		}
	}
	return false
}

// upTo returns the content between the opening delimiter at the start of s, which has n bytes, and the closing one. The
// result end is the index after the closing delimiter, or 0 if it is missing or too far away.
func upTo(s string, n int, closing string) (inner string, end int) {
	window := s[n:min(len(s), n+maxRaw)]
	at := strings.Index(window, closing)
	for at > 0 && closing == "$$" && window[at-1] == '\\' {
		next := strings.Index(window[at+1:], closing)
		if next < 0 {
			return "", 0
		}
		at += 1 + next
	}
	if at < 0 {
		return "", 0
	}
	return window[:at], n + at + len(closing)
}

// environments maps the environments of LaTeX and AMS that occur in running text to their names in KaTeX. The name is
// "" for environments that are not allowed inside $$.
var environments = map[string]string{
	"equation": "equation", "equation*": "equation*", "displaymath": "", "math": "", "multline": "gather",
	"multline*": "gather*",
	"align":     "align", "align*": "align*", "eqnarray": "align", "eqnarray*": "align*", "gather": "gather",
	"gather*": "gather*",
	"flalign": "align", "flalign*": "align*", "alignat": "alignat", "alignat*": "alignat*",
}

// environmentIn returns the environment at the start of a text, as one formula. The result end is the index after it,
// or 0 if the text does not begin with a known environment.
func environmentIn(s string) (inner string, end int) {
	name, body, found := strings.Cut(s[len(`\begin{`):min(len(s), maxRaw)], "}")
	known, ok := environments[name]
	if !found || !ok {
		return "", 0
	}
	closing := `\end{` + name + "}"
	at := strings.Index(body, closing)
	if at < 0 {
		return "", 0
	}
	inner = body[:at]
	if known != "" {
		inner = `\begin{` + known + "}" + inner + `\end{` + known + "}"
	}
	return inner, len(`\begin{`) + len(name) + 1 + at + len(closing)
}

// isBeforeDollar reports whether a formula in dollars may begin right after a text. After an ASCII letter or a digit, a
// dollar means money or a variable in code. After a backslash, it is escaped, and after another dollar, it is not the
// first.
func isBeforeDollar(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r != '\\' && r != '$' && !(r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)))
}

// inDollars reads $…$. The dollars touch the content, no digit or letter follows (Pandoc has similar rules for
// Markdown), and the content looks like TeX or, if loaded is true, like a short formula.
func inDollars(s string, loaded bool) (inner string, end int) {
	for i := 1; i < min(len(s), maxRaw); i++ {
		switch s[i] {
		case '\\':
			i++
			continue
		case '\n':
			if strings.HasPrefix(s[i:], "\n\n") {
				return "", 0
			}
			continue
		case '$':
		default:
			continue
		}
		inner, end = s[1:i], i+1
		if inner == "" || strings.HasPrefix(inner, "|^") || isSpace(inner[0]) || isSpace(inner[len(inner)-1]) ||
			end < len(s) && isWordByte(s[end]) {
			return "", 0
		}
		if !looksLikeTeX(inner) && (!loaded || !isShortFormula(inner)) {
			return "", 0
		}
		return inner, end
	}
	return "", 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

func isWordByte(c byte) bool { return text.IsASCIIDigit(c) || text.IsASCIILetter(c) }

// looksLikeTeX reports whether a text has a command, a subscript or a superscript, is a single letter, or has a sign
// such as "=" and few, short words.
func looksLikeTeX(s string) bool {
	words := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (isWordByte(s[i+1]) || strings.IndexByte(`{},;!|\ `, s[i+1]) >= 0) {
			return true
		}
		if (s[i] == '^' || s[i] == '_') && i > 0 && i+1 < len(s) && !isSpace(s[i+1]) && !isShell(s) {
			return true
		}
		if isSpace(s[i]) {
			words++
		}
	}
	return words == 0 &&
		(len(s) == 1 && text.IsASCIILetter(s[0]) || strings.ContainsAny(s, "=<>+") && len(s) < 40 && !isShell(s)) ||
		words > 0 && words < 12 && strings.ContainsAny(s, "=+<>") && !hasLongWord(s)
}

// isShell reports whether a text between dollars may be from a shell command, like PATH:/usr/bin: and MY_VAR.
func isShell(s string) bool {
	return strings.ContainsAny(s, `:;"'`) ||
		len(s) > 3 && strings.ToUpper(s) == s && strings.ContainsFunc(s, unicode.IsLetter) && strings.Contains(s, "_")
}

func hasLongWord(s string) bool { return hasWord(s, 4) }

// hasWord reports whether a text has a word of at least the given number of letters, counted in bytes.
func hasWord(s string, letters int) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) >= letters {
			return true
		}
	}
	return false
}

// isShortFormula reports whether a text may be a formula on a page that loads a program for formulas: at most 60 bytes,
// no word of four or more letters, and no quotation marks.
func isShortFormula(s string) bool {
	return len(s) <= 60 && !hasLongWord(s) && !strings.ContainsAny(s, `"'`)
}
