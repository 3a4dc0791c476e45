package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

// showArticles prints the demo's stories as they were written and, for the first story, what was removed from its page.
// Pages without a date, which in the demo are the lists of stories, are only named.
func showArticles(w io.Writer, articles []*cleaner.Article) {
	shown := false
	for _, a := range articles {
		if a.Published.IsZero() {
			continue
		}
		fmt.Fprintf(w, "\n──── %s\n\n", a.URL)
		for line := range strings.Lines(a.Markdown()) {
			fmt.Fprint(w, wrap(strings.TrimRight(line, "\n"), 100))
		}
		if shown {
			continue
		}
		shown = true
		fmt.Fprintf(w, "\nRemoved from this page, by rule:\n\n")
		for _, r := range a.Removed {
			fmt.Fprintf(w, "  %-20s %s\n", r.Rule, shorten(r.Text, 78))
		}
	}
	undated := slices.DeleteFunc(slices.Clone(articles), func(a *cleaner.Article) bool { return !a.Published.IsZero() })
	if len(undated) > 0 {
		fmt.Fprintf(w, "\n──── Pages without a date, also written\n\n")
	}
	for _, a := range undated {
		fmt.Fprintf(w, "%s  %s\n", a.URL, a.Title)
	}
}

// wrap breaks a line at spaces into lines of at most width characters. A longer word gets a line of its own.
func wrap(line string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Split(line, " ") {
		length := len([]rune(word))
		switch {
		case i == 0:
		case column+1+length > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += length
	}
	b.WriteByte('\n')
	return b.String()
}

// shorten puts text on one line and cuts it to at most n characters.
func shorten(text string, n int) string {
	runes := []rune(strings.ReplaceAll(text, "\n", " "))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n-1]) + "…"
}
