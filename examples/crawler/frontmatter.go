package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

// markdownFile returns the content of an article's Markdown file.
func markdownFile(a *cleaner.Article) []byte { return []byte(frontMatter(a) + a.Markdown() + "\n") }

// frontMatter returns YAML in which every value is a JSON string, which YAML 1.2 allows: a page cannot add keys to it.
func frontMatter(a *cleaner.Article) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, f := range []struct{ key, value string }{
		{"title", a.Title},
		{"byline", a.Byline},
		{"published", a.Published.String()},
		{"modified", a.Modified.String()},
		{"url", a.URL},
		{"language", a.Language},
	} {
		if f.value == "" {
			continue
		}
		if quoted, err := json.Marshal(strings.ToValidUTF8(f.value, "")); err == nil {
			fmt.Fprintf(&b, "%s: %s\n", f.key, escapeControls(string(quoted)))
		}
	}
	b.WriteString("---\n\n")
	return b.String()
}

// addressOf returns the url in front matter that frontMatter wrote, or "" if there is none.
func addressOf(markdown []byte) string {
	matter, _, _ := bytes.Cut(bytes.TrimPrefix(markdown, []byte("---\n")), []byte("\n---\n"))
	for line := range strings.Lines(string(matter)) {
		if value, ok := strings.CutPrefix(line, "url: "); ok {
			address := ""
			if json.Unmarshal([]byte(strings.TrimSuffix(value, "\n")), &address) != nil {
				return ""
			}
			return address
		}
	}
	return ""
}

// escapeControls escapes what JSON strings may contain but YAML may not: U+0085 is a line break in YAML, and the other
// control characters and U+FEFF are errors. Bidirectional controls could make a value look like a key.
func escapeControls(quoted string) string {
	var b strings.Builder
	for _, r := range quoted {
		if isControl(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isControl(r rune) bool {
	switch {
	case r >= 0x7F && r <= 0x9F, r == 0x061C, r >= 0x200E && r <= 0x200F, r >= 0x2028 && r <= 0x202E,
		r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r >= 0xFFFE && r <= 0xFFFF:
		return true
	}
	return false
}
