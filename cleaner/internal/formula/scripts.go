package formula

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// scripts writes a base with its subscripts and superscripts, or with the elements below and above it.
func (w *writer) scripts(n *html.Node, list []*html.Node, depth int) string {
	if len(list) == 0 {
		return ""
	}
	if n.Data == "mmultiscripts" {
		return w.multiscripts(list, depth)
	}
	var below, above *html.Node
	switch n.Data {
	case "msub", "munder":
		below = at(list, 1)
	case "msup", "mover":
		above = at(list, 1)
	default:
		below, above = at(list, 1), at(list, 2)
	}
	base := strings.TrimSpace(w.node(list[0], depth))
	if strings.HasPrefix(n.Data, "munder") || n.Data == "mover" {
		return w.stacked(base, below, above, depth)
	}
	return grouped(base) + w.script("_", below, depth) + w.script("^", above, depth)
}

func at(list []*html.Node, i int) *html.Node {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// script writes a superscript or subscript. Primes are written as apostrophes.
func (w *writer) script(sign string, n *html.Node, depth int) string {
	if n == nil {
		return ""
	}
	if sign == "^" {
		if primes := primesOf(strings.TrimSpace(dom.RawText(n))); primes != "" {
			return primes
		}
	}
	tex := strings.TrimSpace(w.node(n, depth))
	if tex == "" {
		return ""
	}
	return sign + "{" + tex + "}"
}

// primesOf returns a text that consists of prime signs as TeX, with an apostrophe for each prime. It returns "" for
// other texts.
func primesOf(s string) string {
	n := 0
	for _, r := range s {
		switch r {
		case '′', '\'', '’':
			n++
		case '″':
			n += 2
		case '‴':
			n += 3
		case '⁗':
			n += 4
		default:
			return ""
		}
	}
	return strings.Repeat("'", n)
}

// grouped puts a base in braces, unless it needs none before a subscript or superscript, as is the case for a single
// character, a number, or one command without an argument or with one (see isGroup).
func grouped(base string) string {
	switch {
	case base == "":
		return "{}"
	case utf8.RuneCountInString(base) == 1, isCommand(base), strings.Trim(base, "0123456789") == "":
		return base
	case isGroup(base):
		return base
	}
	return "{" + base + "}"
}

// isCommand reports whether TeX is one command of letters, such as \alpha, or an escaped character.
func isCommand(tex string) bool {
	if !strings.HasPrefix(tex, `\`) {
		return false
	}
	for i := 1; i < len(tex); i++ {
		if !startsWithLetter(tex[i:]) {
			return len(tex) == 2
		}
	}
	return true
}

// isGroup reports whether TeX is one command with one argument to which subscripts and superscripts apply without
// braces, such as \mathbf{x}.
func isGroup(tex string) bool {
	open := strings.IndexByte(tex, '{')
	return open > 1 && isCommand(tex[:open]) && open+closes(tex[open:]) == len(tex)-1 &&
		!strings.HasPrefix(tex, `\frac`) && !strings.HasPrefix(tex, `\text{`)
}

// stacked writes a base with the elements below and above it, which may be limits, accents, braces or anything else.
// One of them may be nil.
func (w *writer) stacked(base string, below, above *html.Node, depth int) string {
	if above != nil {
		if names, ok := accents[strings.TrimSpace(dom.RawText(above))]; ok && !hasLimits(base) {
			base = names[several(base)] + "{" + base + "}"
			above = nil
		}
	}
	if below != nil {
		if name, ok := underAccents[strings.TrimSpace(dom.RawText(below))]; ok && !hasLimits(base) {
			base = name + "{" + base + "}"
			below = nil
		}
	}
	if takesLimits(base) {
		return base + w.script("_", below, depth) + w.script("^", above, depth)
	}
	if below != nil {
		if tex := w.argument(below, depth); tex != "{}" {
			base = `\underset` + tex + "{" + base + "}"
		}
	}
	if above != nil {
		if tex := w.argument(above, depth); tex != "{}" {
			base = over(tex, base)
		}
	}
	return base
}

// over returns a base with other TeX above it. An arrow grows with the TeX above it.
func over(tex, base string) string {
	switch base {
	case `\to`, `\rightarrow`, `\longrightarrow`:
		return `\xrightarrow` + tex
	case `\leftarrow`, `\longleftarrow`:
		return `\xleftarrow` + tex
	}
	return `\overset` + tex + "{" + base + "}"
}

// several returns 1 for TeX of more than one symbol, and 0 otherwise.
func several(tex string) int {
	if utf8.RuneCountInString(tex) == 1 || isCommand(tex) || isGroup(tex) && strings.HasPrefix(tex, `\math`) &&
		utf8.RuneCountInString(tex[strings.IndexByte(tex, '{'):]) == 3 {
		return 0
	}
	return 1
}

// takesLimits reports whether TeX sets the subscript and the superscript of a base below and above it in a display
// formula.
func takesLimits(tex string) bool {
	return hasLimits(tex) || strings.HasPrefix(tex, `\overbrace`) || strings.HasPrefix(tex, `\underbrace`) ||
		strings.HasPrefix(tex, `\operatorname*`)
}

// multiscripts writes subscripts and superscripts before and after a base, as for isotopes and tensors.
func (w *writer) multiscripts(list []*html.Node, depth int) string {
	base := strings.TrimSpace(w.node(list[0], depth))
	var behind, before strings.Builder
	out := &behind
	for i, rest := 0, list[1:]; i < len(rest); {
		if rest[i].Data == "mprescripts" {
			out = &before
			i++
			continue
		}
		out.WriteString(w.script("_", rest[i], depth))
		if i+1 < len(rest) && rest[i+1].Data != "mprescripts" {
			out.WriteString(w.script("^", rest[i+1], depth))
			i++
		}
		i++
	}
	tex := grouped(base) + behind.String()
	if before.Len() > 0 {
		tex = "{}" + before.String() + tex
	}
	return tex
}
