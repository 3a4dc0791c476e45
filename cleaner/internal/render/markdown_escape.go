package render

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// escapeInline escapes characters that CommonMark would read as markup inside a line. It also escapes underscores
// inside words, which the original Markdown and some current programs read as emphasis. The argument start reports
// whether s is at the start of a block.
func escapeInline(s string, start bool) string { return escapeText(s, start, false) }

// escapeText is escapeInline for text that may be struck through. In such text some programs pair any tilde with the
// surrounding marks.
func escapeText(s string, start, struck bool) string {
	if !strings.ContainsAny(s, "\\`*_[]<>&~|$") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch c {
		case '\\', '`', '*', '_', '[', ']', '<':
			b.WriteByte('\\')
		case '>':
			if i == 0 && start {
				b.WriteByte('\\')
			}
		case '~':
			if struck || canStrike(s, i, start) {
				b.WriteByte('\\')
			}
		case '&':
			if startsReference(s[i+1:]) {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// maxReference is the maximum length of a character reference without its "&", in bytes (WHATWG HTML, "Named character
// references").
const maxReference = 33

// startsReference reports whether the text after a "&" has the form of a character reference: "amp;", "#38;".
func startsReference(s string) bool {
	s = strings.TrimPrefix(s[:min(len(s), maxReference)], "#")
	end := strings.IndexByte(s, ';')
	return end > 0 && !strings.ContainsFunc(s[:end], func(r rune) bool {
		return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// canStrike reports whether the tilde at i can end struck text or is part of "~~". "~5 km" and "/~home" need no escape.
func canStrike(s string, i int, start bool) bool {
	if i+1 < len(s) && s[i+1] == '~' || i > 0 && s[i-1] == '~' {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	switch {
	case i == 0:
		return !start
	case unicode.IsSpace(before):
		return false
	}
	return !isSign(before) || i+1 == len(s) || !isWord(after)
}

// escapeStart escapes characters that would turn a line into a block: a heading, a list, a quote, a rule, a fence, a
// definition or a row of a table.
func escapeStart(line string) string {
	if line == "" {
		return line
	}
	switch line[0] {
	case '#':
		if level := len(line) - len(strings.TrimLeft(line, "#")); level <= 6 &&
			(level == len(line) || line[level] == ' ') {
			return `\` + line
		}
	case '>', '=':
		return `\` + line
	case '+', '-':
		if len(line) == 1 || line[1] == ' ' || strings.Trim(line, "- ") == "" {
			return `\` + line
		}
	case '~', ':': // with a space, it would begin a definition of the paragraph above, which Pandoc marks with either
		if strings.HasPrefix(line, "~~~") || len(line) == 1 || line[1] == ' ' {
			return `\` + line
		}
	case '|':
		return `\` + line
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits <= 9 && digits < len(line) && (line[digits] == '.' || line[digits] == ')') &&
		(digits+1 == len(line) || line[digits+1] == ' ') {
		return line[:digits] + `\` + line[digits:]
	}
	return line
}

// escapeEnd escapes number signs that would be dropped from the end of a heading (CommonMark 4.2).
func escapeEnd(heading string) string {
	text := strings.TrimRight(heading, "#")
	if text == heading || text != "" && !strings.HasSuffix(text, " ") {
		return heading
	}
	return text + `\` + heading[len(text):]
}

// escapeURL makes an address safe between parentheses. Text that looks like a character reference must not become one.
// In a relative address, "javascript&colon;x" is a file name, but CommonMark would turn it into a script.
func escapeURL(u string) string {
	u = addressEscaper().Replace(u)
	return reference().ReplaceAllString(u, "&amp;$1;")
}

var (
	addressEscaper = sync.OnceValue(func() *strings.Replacer {
		return strings.NewReplacer(
			" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "\n", "", "\r", "", "\t", "", `"`, "%22",
			"`", "%60", "|", "%7C",
		)
	})
	reference = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`&(#?[0-9A-Za-z]{1,40});`) })
)
