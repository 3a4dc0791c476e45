package notes

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxMark is the maximum length of a mark with its brackets, in bytes. Long marks look like "[lower-alpha 12]".
const maxMark = 24

// markIn returns the mark in a short text, without brackets: a number, a letter, a Roman numeral, symbols, or a number
// with a word or a letter: "note 1", "注1", "12a".
func markIn(line string) (string, bool) {
	mark := strings.Trim(line, " []()［］（）【】{}.:,;\u00a0\u2009")
	if mark == "" || len(line) > maxMark {
		return "", false
	}
	if isSigns(mark) {
		return mark, true
	}
	letters, digits, others := 0, 0, 0
	for _, r := range mark {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case unicode.IsSpace(r) || r == '-' || r == ':' || r == '※' || r == '№' || r == '.':
		default:
			others++
		}
	}
	switch {
	case others > 0:
		return "", false
	case digits > 0 && letters == 0:
		return mark, digits <= 4
	case digits > 0:
		last, first := rune(mark[len(mark)-1]), []rune(mark)[0]
		return mark, unicode.IsDigit(last) &&
			(first >= 0x2E80 || letters <= 2 || strings.Contains(mark, " ") && letters <= 12) ||
			unicode.IsDigit(first) && letters == 1 // 12a
	}
	return mark, letters == 1 || letters <= 5 && isRoman(mark)
}

// isSigns reports whether a text is a mark that consists only of symbols, such as * or ††. A single #, ¶ or § is not a
// mark.
func isSigns(s string) bool {
	return s != "" && strings.Trim(s, "*†‡§¶‖#⁂※∗⊕+") == "" && len(s) <= 9 && s != "#" && s != "¶" && s != "§"
}

// isLetters reports whether a mark has letters but no digits.
func isLetters(line string) bool {
	return strings.ContainsFunc(line, unicode.IsLetter) && !strings.ContainsFunc(line, unicode.IsDigit)
}

func isRoman(s string) bool { return strings.Trim(s, "ivxlc") == "" || strings.Trim(s, "IVXLC") == "" }

// isNamedNote reports whether an element's attributes mark it as a note, a list of notes, or a reference to a note.
func isNamedNote(n *html.Node) bool {
	for _, key := range [...]string{"class", "role", "epub:type", "data-type", "rel", "id", "data-component-name"} {
		if value := strings.ToLower(dom.Attr(n, key)); value != "" && (strings.Contains(value, "note") ||
			strings.Contains(value, "fnref") || strings.Contains(value, "footref") || strings.Contains(value, "fnanchor") ||
			key == "class" && (value == "reference" || value == "fn" || strings.HasPrefix(value, "cite"))) {
			return true
		}
	}
	return false
}

// isBackSign reports whether a text is a symbol or a short phrase whose only purpose is to lead back from a note. Empty
// brackets count too.
func isBackSign(line string) bool {
	line = strings.Trim(line, " []()\uFE0E\uFE0F\u00a0")
	if arrow := strings.TrimRight(line, "0123456789 "); arrow != "" { // such as ↑2
		line = strings.TrimRight(arrow, "\uFE0E\uFE0F")
	}
	return backSigns.Has(strings.ToLower(line))
}

var backSigns = text.SetOf(
	"", "^", "↑", "↩", "↵", "⤴", "⏎", "↟", "⇑",
	"back", "jump up", "return", "zurück", "retour", "volver", "return to text", "назад",
)
