package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

func TestNames(t *testing.T) {
	for title, want := range map[string]string{
		"The Tide Table":                   "the-tide-table",
		"../../etc/passwd":                 "etc-passwd",
		`C:\Windows\system32`:              "c-windows-system32",
		"CON":                              "page-con",
		"nul":                              "page-nul",
		"COM1":                             "page-com1",
		"Articles":                         "page-articles",
		"???":                              "story-7",
		"":                                 "story-7",
		"Прилив":                           "прилив",
		"潮の表":                              "潮の表",
		"a\u202Eb\x00c\nd":                 "a-b-c-d",
		strings.Repeat("tide ", 100):       strings.TrimSuffix(strings.Repeat("tide-", 16), "-"),
		strings.Repeat("潮", 200):           strings.Repeat("潮", 26),
		"\xFF\xFE broken":                  "broken",
		"-rf --no-preserve-root":           "rf-no-preserve-root",
		".hidden":                          "hidden",
		"trailing dots and spaces . . .  ": "trailing-dots-and-spaces",
	} {
		got := takeTitle(newNames(), title, "https://gauge.example/story/7?x=1")
		assert.Equal(t, want, got, "%q", title)
		assert.LessOrEqual(t, len(got), maxName)
		assert.Equal(t, got, filepath.Base(got))
	}
}

func TestNamesNeverCollide(t *testing.T) {
	n := newNames()
	seen := make(map[string]bool)
	for i, title := range []string{"Tide", "tide", "TIDE!", "Tide-2", "tide 2", "", "???"} {
		address := fmt.Sprintf("https://gauge.example/%d/tide", i)
		name := takeTitle(n, title, address)
		require.Equal(t, name, takeTitle(n, "Ebb", address), "a known page keeps its name")
		folded := strings.ToLower(name)
		require.False(t, seen[folded], name)
		seen[folded] = true
	}
}

// A page cannot add keys to the front matter: each value is one JSON string on one line.
func TestFrontMatterOfHostileFields(t *testing.T) {
	hostile := "a\"\n---\nevil: true\n\u2028 # \xFF: 'x' \u202E🎣"
	a := &cleaner.Article{Title: hostile, Byline: hostile, URL: "https://gauge.example/?a=\"\n", Language: "en"}
	matter := frontMatter(&document{Article: a, line: line{Record: record.New("", a)}})
	all := strings.Split(strings.TrimSuffix(matter, "\n\n"), "\n")
	require.Equal(t, "---", all[0])
	require.Equal(t, "---", all[len(all)-1])
	keys := make([]string, 0, 4)
	for _, line := range all[1 : len(all)-1] {
		key, value, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		var s string
		require.NoError(t, json.Unmarshal([]byte(value), &s), line)
		keys = append(keys, key)
	}
	assert.Equal(t, []string{"title", "byline", "url", "language"}, keys)
}
