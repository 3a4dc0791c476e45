package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tidePages writes eight pages of one host. All end with the same two paragraphs, which no rule matches.
// head(i) returns the markup for the head of page i.
func tidePages(t *testing.T, dir string, head func(i int) string) {
	t.Helper()
	for i := range 8 {
		text := ""
		for k := range 5 {
			n := []string{"Ada", "Brun", "Cato", "Dela", "Emil", "Fenna", "Gil", "Hedda", "Ivo", "Jule", "Kaj", "Lotte", "Mads"}[(i+k*3)%13]
			text += fmt.Sprintf("<p>%s %s the %s before the tide came in, and told the harbour master why it had been left there, %s.</p>", n,
				[]string{"fetched", "counted", "painted", "sold", "hid", "found", "weighed", "sank"}[i], []string{"nets", "lamps", "barrels", "bells", "geese"}[k],
				strings.Repeat(n+" and the tide, ", i%3)+"which nobody had asked")
		}
		write(t, dir, fmt.Sprintf("tide-%d.html", i), "<!DOCTYPE html><html lang=en><head><title>Tide number "+string(rune('A'+i))+"</title>"+head(i)+"</head><body><div class=story><h1>Tide number "+string(rune('A'+i))+
			"</h1>"+text+"<p>Set in type by hand beneath the harbour stairs.</p><p>Whoever finds a mistake is owed a kipper.</p></div>")
	}
}

func TestSites(t *testing.T) {
	none := func(int) string { return "" }
	for name, c := range map[string]struct {
		head func(i int) string
		args func(dir string) []string
		gone bool
	}{
		"canonical addresses": {func(i int) string { return fmt.Sprintf("<link rel=canonical href=https://tide.example/%d>", i) }, func(string) []string { return nil }, true},
		"a path, and og:url": {func(i int) string {
			return fmt.Sprintf("<link rel=canonical href=/%d><meta property=og:url content=https://tide.example/%d>", i, i)
		}, func(string) []string { return nil }, true},
		"og:url": {func(i int) string { return fmt.Sprintf("<meta property=og:url content=https://tide.example/%d>", i) }, func(string) []string { return nil }, true},
		"addresses in a file": {none, func(dir string) []string {
			var lines strings.Builder
			for i := range 8 {
				fmt.Fprintf(&lines, "{\"id\": \"tide-%d\", \"url\": \"https://TIDE.example/%d\"}\n", i, i)
			}
			return []string{"-urls", write(t, dir, "urls.jsonl", lines.String())}
		}, true},
		"no addresses":       {none, func(string) []string { return nil }, false},
		"one host per page":  {func(i int) string { return fmt.Sprintf("<link rel=canonical href=https://tide%d.example/>", i) }, func(string) []string { return nil }, false},
		"-no-site":           {func(i int) string { return fmt.Sprintf("<link rel=canonical href=https://tide.example/%d>", i) }, func(string) []string { return []string{"-no-site"} }, false},
		"one page at a time": {func(i int) string { return fmt.Sprintf("<link rel=canonical href=https://tide.example/%d>", i) }, func(string) []string { return []string{"-workers", "1"} }, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tidePages(t, dir, c.head)
			code, stdout, stderr := clean(t, tidePage, append(append(c.args(t.TempDir()), "-format", "text", "-removed"), dir, "-")...)
			require.Zero(t, code, stderr)
			want := 8
			if c.gone {
				want = 0
			}
			assert.Equal(t, want, strings.Count(stdout, "kipper"))
			assert.Equal(t, 8-want, strings.Count(stderr, "on 8 of 8 pages of this host: \"Whoever"))
			assert.Equal(t, 41, strings.Count(stdout, "harbour master"), "content was lost")
		})
	}
}
