package formula

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// token writes a MathML element that contains characters.
func token(n *html.Node) string {
	s := strings.TrimSpace(dom.Printable(dom.RawText(n)))
	switch n.Data {
	case "mi":
		return identifier(s, dom.Attr(n, "mathvariant"))
	case "mn":
		return styled(dom.Attr(n, "mathvariant"), number(s))
	case "mo":
		return operator(s)
	case "mspace":
		return spaceOf(dom.Attr(n, "width"))
	case "ms":
		return textOf(`"` + s + `"`)
	}
	return textOf(strings.ReplaceAll(dom.Printable(dom.RawText(n)), "\u00a0", " "))
}

// maxIdentifier is the maximum length of a name, in bytes. Longer ones are written as words.
const maxIdentifier = 100

// identifier writes a name in the given style of MathML. Without a style, a single letter is written as it is, and
// several letters are written as a function or in upright type. A name with spaces is written as text.
func identifier(s, variant string) string {
	if len(s) > maxIdentifier {
		return textOf(s)
	}
	plain := norm.NFKC.String(s)
	if plain != s && utf8.RuneCountInString(s) == 1 && utf8.RuneCountInString(plain) == 1 {
		if r, _ := utf8.DecodeRuneInString(s); r >= 0x1D400 && r < 0x1D800 || r >= 0x2100 && r < 0x2140 {
			if name := signs()[r]; name != "" {
				return name
			}
			return styled(variantOf(r), identifier(plain, ""))
		}
	}
	if utf8.RuneCountInString(s) == 1 {
		tex := symbol(s)
		if variant == "normal" && (!startsWithLetter(s) || tex != s) { // symbols are upright anyway
			return tex
		}
		return styled(variant, tex)
	}
	switch {
	case s == "":
		return ""
	case isFunction(s):
		return `\` + s
	case strings.ContainsFunc(s, unicode.IsSpace):
		return textOf(s)
	case variant != "" && variant != "normal":
		return styled(variant, symbols(s))
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) || s == "d":
		return symbols(s)
	}
	if tex := symbols(s); tex != s { // such as Greek letters
		return tex
	}
	return `\mathrm{` + s + "}"
}

// variantOf returns the style of one of Unicode's mathematical letters, in MathML's terms. Compatibility normalization
// (UAX 15) removes that style.
func variantOf(r rune) string {
	switch {
	case r >= 0x1D400 && r < 0x1D434, r >= 0x1D6A8 && r < 0x1D6E2, r >= 0x1D7CE && r < 0x1D7D8:
		return "bold"
	case r >= 0x1D434 && r < 0x1D468, r >= 0x1D6E2 && r < 0x1D71C, r == 0x210E:
		return ""
	case r >= 0x1D468 && r < 0x1D49C, r >= 0x1D71C && r < 0x1D756:
		return "bold-italic"
	case r >= 0x1D49C && r < 0x1D504, r == 0x212C, r == 0x2130, r == 0x2131, r == 0x210B, r == 0x2110, r == 0x2112,
		r == 0x2133, r == 0x211B, r == 0x212F, r == 0x210A, r == 0x2134:
		return "script"
	case r >= 0x1D504 && r < 0x1D538, r >= 0x1D56C && r < 0x1D5A0, r == 0x212D, r == 0x210C, r == 0x2128:
		return "fraktur"
	case r >= 0x1D538 && r < 0x1D56C, r >= 0x1D7D8 && r < 0x1D7E2, r == 0x2102, r == 0x210D, r == 0x2115, r == 0x2119,
		r == 0x211A, r == 0x211D, r == 0x2124:
		return "double-struck"
	case r >= 0x1D5A0 && r < 0x1D670, r >= 0x1D756 && r < 0x1D7CA:
		return "sans-serif"
	case r >= 0x1D670 && r < 0x1D6A4, r >= 0x1D7F6:
		return "monospace"
	}
	return ""
}

// styled writes TeX in one of MathML's styles.
func styled(variant, tex string) string {
	command := ""
	switch variant {
	case "normal":
		command = `\mathrm`
	case "bold":
		command = `\mathbf`
		if strings.HasPrefix(tex, `\`) {
			command = `\boldsymbol`
		}
	case "bold-italic":
		command = `\boldsymbol`
	case "double-struck":
		command = `\mathbb`
	case "script", "bold-script":
		command = `\mathcal`
	case "fraktur", "bold-fraktur":
		command = `\mathfrak`
	case "sans-serif", "bold-sans-serif", "sans-serif-italic":
		command = `\mathsf`
	case "monospace":
		command = `\mathtt`
	}
	if command == "" || tex == "" {
		return tex
	}
	return command + "{" + tex + "}"
}

func number(s string) string {
	return escape(
		strings.NewReplacer("\u00a0", "", "\u2009", `\,`, "\u202f", `\,`, "−", "-", "∞", `\infty`).Replace(s),
	)
}

// operator writes an operator, or "" for an invisible one.
func operator(s string) string {
	if primes := primesOf(s); primes != "" && s != "'" {
		return primes
	}
	switch s {
	case "−", "-", "‐", "–":
		return "-"
	case "\u2061", "\u2062", "\u2063", "\u2064", "\u200b", "":
		return ""
	case "{", "}":
		return `\` + s
	case "‖", "∥", "||":
		return `\|`
	case "∣", "❘":
		return `\mid`
	case "∶":
		return ":"
	case ":=":
		return ":="
	case "...":
		return `\ldots`
	case "¯", "‾":
		return `\bar{}`
	}
	if isFunction(s) {
		return `\` + s
	}
	if r := []rune(s); len(r) > 1 && unicode.IsLetter(r[0]) {
		if strings.ContainsFunc(s, unicode.IsSpace) {
			return textOf(" " + s + " ")
		}
		if tex := symbols(s); tex != s {
			return tex
		}
		return `\mathrm{` + escape(s) + "}"
	}
	return symbols(s)
}

// symbols writes symbols one after the other.
func symbols(s string) string {
	var b strings.Builder
	for _, r := range s {
		tex := symbol(string(r))
		if endsInCommand(b.String()) && startsWithLetter(tex) {
			b.WriteByte(' ')
		}
		b.WriteString(tex)
	}
	return b.String()
}

// symbol writes one symbol. A letter that is neither Latin nor in the list of symbols is written as text.
func symbol(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if name := signs()[r]; name != "" {
		return name
	}
	switch r {
	case '−', '‐', '–':
		return "-"
	case '\u00a0', '\u2061', '\u2062', '\u2063', '\u2064', '\u200b':
		return ""
	}
	if plain := norm.NFKC.String(s); plain != s && utf8.RuneCountInString(plain) == 1 &&
		(r >= 0x1D400 && r < 0x1D800 || r >= 0x2100 && r < 0x2140) {
		return styled(variantOf(r), symbol(plain))
	}
	if r >= 0x300 && unicode.IsLetter(r) {
		return `\text{` + s + "}"
	}
	return escape(s)
}

// spaceOf writes a space according to its width: \quad from 0.9 em, \qquad from 1.9 em, and nothing if it is narrower
// or in another unit.
func spaceOf(width string) string {
	em, found := strings.CutSuffix(strings.TrimSpace(width), "em")
	if !found {
		return ""
	}
	switch n, err := strconv.ParseFloat(em, 64); {
	case err != nil || n < 0.9:
		return ""
	case n < 1.9:
		return `\quad `
	}
	return `\qquad `
}

// textOf writes words inside a formula.
func textOf(s string) string {
	if strings.TrimSpace(s) == "" {
		if s == "" {
			return ""
		}
		return `\ `
	}
	if r := []rune(strings.TrimSpace(s)); len(r) == 1 && !unicode.IsLetter(r[0]) {
		return symbol(string(r))
	}
	first, last := "", ""
	if s[0] == ' ' {
		first = " "
	}
	if s[len(s)-1] == ' ' {
		last = " "
	}
	return `\text{` + first + escapeText(text.FoldSpace(s)) + last + "}"
}

var (
	inMath = strings.NewReplacer(`\`, `\backslash `, "{", `\{`, "}", `\}`, "$", `\$`, "%", `\%`, "&", `\&`, "#", `\#`,
		"_", `\_`, "^", `\wedge `, "~", `\sim `, "<", `\lt `, "`", `'`)
	inText = strings.NewReplacer(`\`, `\textbackslash `, "{", `\{`, "}", `\}`, "$", `\$`, "%", `\%`, "&", `\&`, "#", `\#`,
		"_", `\_`, "^", `\textasciicircum `, "~", `\textasciitilde `, "`", "'")
)

// escape escapes the characters that are special in TeX.
func escape(s string) string { return inMath.Replace(s) }

// escapeText is like escape, but for the argument of \text.
func escapeText(s string) string { return inText.Replace(s) }
