package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// readLines prepares all lines, and recognizes code and tables.
func readLines(lines []string) []line {
	infos := make([]line, len(lines))
	fence := ""
	indented := isIndented(lines)
	for i, line := range lines {
		info := &infos[i]
		trimmed := strings.TrimSpace(line)
		if mark := fenceOf(line); mark != "" && (fence == "" || strings.HasPrefix(mark, fence) && mark == trimmed) {
			if fence == "" {
				fence = mark
			} else {
				fence = ""
			}
			info.text, info.fixed = trimmed, true
			continue
		}
		if fence != "" || isCode(line) && !indented || strings.Contains(trimmed, "\t") ||
			strings.HasPrefix(trimmed, "|") && strings.HasSuffix(trimmed, "|") && len(trimmed) > 1 {
			info.text, info.fixed = trimmed, true
			continue
		}
		info.text, info.numbered = undress(trimmed)
		info.marked, info.linked = isMarked(trimmed), isLinked(trimmed)
		if len(info.text) <= phrase.MaxBytes {
			info.phrase = phrase.Match(info.text)
		}
	}
	joinWrapped(infos)
	return infos
}

// Lines of this many bytes may have been wrapped, and a phrase may be wrapped into this many lines.
const (
	minWrapped, maxWrapped = 40, 160
	maxWraps               = 4
)

// joinWrapped finds phrases that were wrapped into several lines, and gives each of these lines the whole phrase.
func joinWrapped(lines []line) {
	for i := range lines {
		if lines[i].phrase != phrase.None {
			continue
		}
		joined := lines[i].text
		for j := i; j+1 < len(lines) && j < i+maxWraps && canJoin(&lines[j], &lines[j+1]); j++ {
			joined += " " + lines[j+1].text
			kind := phrase.Match(joined)
			if kind == phrase.None {
				continue
			}
			for k := i; k <= j+1; k++ {
				lines[k].text, lines[k].phrase = joined, kind
			}
			break
		}
	}
}

// canJoin reports whether two lines may be parts of one phrase.
func canJoin(l, next *line) bool {
	return len(l.text) >= minWrapped && len(l.text) <= maxWrapped && !l.fixed &&
		next.text != "" && !next.fixed && len(next.text) <= maxWrapped
}

// isCode reports whether a line is indented like code (CommonMark 4.4).
func isCode(line string) bool {
	return strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
}

// isIndented reports whether most lines of a text are indented. The indentation is then that of the markup from which
// the text was extracted, or of a text browser, and does not mark code.
func isIndented(lines []string) bool {
	code, all := 0, 0
	for _, line := range lines {
		if text.IsBlankLine(line) {
			continue
		}
		all++
		if strings.HasPrefix(line, "  ") || line[0] == '\t' {
			code++
		}
	}
	return 2*code > all
}

// fenceOf returns the run of backticks or tildes that begins a code fence, or "" (CommonMark 4.5).
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, c := range [...]string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, c)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// undress removes what Markdown and text browsers add to the words of a line: the markers of lists and headings,
// emphasis, the addresses of links, and the numbers of links, as in "[3]Facebook". It reports whether the line is an
// item of a numbered list.
func undress(line string) (words string, numbered bool) {
	words, numbered = stripMarker(line)
	if rest := strings.TrimLeft(words, "#"); len(words)-len(rest) <= 6 && strings.HasPrefix(rest, " ") {
		words = strings.TrimSpace(rest)
	}
	if len(words) <= maxDressed {
		if strings.Contains(words, "](") {
			words = withoutLinks(words)
		}
		if strings.Contains(words, "**") || strings.Contains(words, "__") {
			words = strings.NewReplacer("**", "", "__", "").Replace(words)
		}
	}
	if number, rest, ok := strings.Cut(words, "]"); ok && len(number) > 1 && len(number) <= 4 && number[0] == '[' &&
		text.IsDigit(rune(number[1])) && rest != "" && rest[0] != ' ' {
		words = rest
	}
	if words = strings.TrimSpace(words); words == "" {
		return line, numbered
	}
	return words, numbered
}

// maxDressed is the length in bytes of the longest line of which the Markdown is read. It bounds the time for brackets
// that never close.
const maxDressed = 1000

// withoutLinks replaces Markdown links by their texts.
func withoutLinks(line string) string {
	var b strings.Builder
	for {
		middle := strings.Index(line, "](")
		if middle < 0 {
			break
		}
		open := strings.LastIndexByte(line[:middle], '[')
		end := strings.IndexByte(line[middle:], ')')
		if open < 0 || end < 0 {
			break
		}
		b.WriteString(strings.TrimSuffix(line[:open], "!"))
		b.WriteString(line[open+1 : middle])
		line = line[middle+end+1:]
	}
	b.WriteString(line)
	return b.String()
}

// stripMarker removes the marker of a list item: "- ", "• ", "* ", "1. ". It reports whether the marker is a number.
func stripMarker(line string) (rest string, numbered bool) {
	for _, m := range [...]string{"- ", "* ", "• ", "· ", "– ", "+ "} {
		if rest, ok := strings.CutPrefix(line, m); ok {
			return strings.TrimSpace(rest), false
		}
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits <= 4 && strings.HasPrefix(line[digits:], ". ") {
		return strings.TrimSpace(line[digits+2:]), true
	}
	return line, false
}

// isMarked reports whether a line begins like an item of a list or a heading in Markdown.
func isMarked(line string) bool {
	rest, _ := stripMarker(line)
	return rest != line || strings.HasPrefix(line, "#")
}

// isLinked reports whether a line consists only of links, in Markdown or with the numbers of a text browser.
func isLinked(line string) bool {
	line, _ = stripMarker(line)
	rest := strings.TrimLeft(line, "[0123456789")
	if number := line[:len(line)-len(rest)]; len(number) > 1 && number[0] == '[' && strings.HasPrefix(rest, "]") &&
		len(rest) > 1 && rest[1] != ' ' && !strings.Contains(rest, ". ") {
		return !strings.HasSuffix(rest, ".")
	}
	if len(line) > maxLinked || !strings.Contains(line, "](") {
		return false
	}
	outside := 0 // the letters outside links
	for line != "" {
		open := strings.IndexByte(line, '[')
		middle := strings.Index(line, "](")
		if open < 0 || middle < open {
			outside += text.Letters(line)
			break
		}
		outside += text.Letters(line[:open])
		end := strings.IndexByte(line[middle:], ')')
		if end < 0 {
			break
		}
		line = line[middle+end+1:]
	}
	return outside < 3
}

// maxLinked is the length in bytes of the longest line of which the links are read.
const maxLinked = 10_000
