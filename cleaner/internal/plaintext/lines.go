package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
)

// readLines prepares all lines, and recognizes code and tables.
func readLines(lines []string) []line {
	infos := make([]line, len(lines))
	fence := ""
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
		if fence != "" || strings.HasPrefix(line, "    ") || strings.Contains(line, "\t") ||
			strings.HasPrefix(trimmed, "|") && strings.HasSuffix(trimmed, "|") && len(trimmed) > 1 {
			info.text, info.fixed = trimmed, true
			continue
		}
		info.text = stripMarker(trimmed)
		if len(info.text) <= phrase.MaxBytes {
			info.phrase = phrase.Match(info.text)
		}
	}
	return infos
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

// stripMarker removes the marker of a list item: "- ", "• ", "* ", "1. ".
func stripMarker(line string) string {
	for _, m := range [...]string{"- ", "* ", "• ", "· ", "– "} {
		if rest, ok := strings.CutPrefix(line, m); ok {
			return strings.TrimSpace(rest)
		}
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits > 0 && digits <= 3 && strings.HasPrefix(line[digits:], ". ") {
		return strings.TrimSpace(line[digits+2:])
	}
	return line
}
