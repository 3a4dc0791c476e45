package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// steering contains titles with which a page could try to control a file's name or mislead a YAML parser.
var steering = []string{
	"../../../etc/cron.d/x", `..\..\windows\win.ini`, "/etc/passwd", "C:\\x", "C:x", `\\server\share\x`, "file:///etc/passwd", "~root", "$HOME", "`id`", "$(id)",
	"%2e%2e%2fx", "．．／x", "..", ".", "...", ". .", "x.", "x ", " x", "x.md", "x.md\x00.exe", "x::$DATA", "x:stream", "x?", "x*", "x|y", "<x>", `"x"`,
	"CON", "con.txt", "con .txt", "PRN", "aux", "NUL", "nul.md", "COM1", "com9", "LPT1", "lpt0", "COM¹", "COM²", "CONIN$", "CONOUT$", "CLOCK$", "ＣＯＮ", "articles", "articles.jsonl",
	"-rf", "--help", "\x1b[2Jx", "\x1b]0;x\x07", "\u202Etxt.exe", "x\u200Dy", "x\uFE0Fy", "\u3164", "\u115F\u1160", "\uFEFFx", "x\u0085y", "\xff\xfe", strings.Repeat("x", 5000),
	strings.Repeat("é", 200), strings.Repeat("e\u0301", 200), strings.Repeat("../", 500), "\u0301x", "\n", "\t", "",
	"---\nevil: true", "...\nevil: true", "x\r\nevil: true", "x\u2028evil: true", "x\u2029evil: true", "x\u0085evil: true", `"` + "\nevil: true\n" + `"`, `\"`, `\`, "'", "# x", "{a: b}", "[a, b]", "!!python/object/apply:os.system [id]",
	"&a x", "*a", "<<: *a", "? x", "- x", "| x", "> x", "% x", "@x", "yes", "null", "~", "0x10", "1e3", "2026-01-01", "\x7f", "\u0080", "\u009b2J", "\uFFFE", "\uFFFF", "\U0010FFFF", "\U0001F41F",
}

// takeTitle reserves a file name with the default pattern for an article, and returns it without its extension.
func takeTitle(n *names, title, address string) string {
	pattern, err := parseNamePattern("{slug}")
	if err != nil {
		panic(err)
	}
	return n.take(pattern, &cleaner.Article{Title: title, URL: address})
}

func TestHostilePagesInFileNames(t *testing.T) {
	dir := t.TempDir()
	n := newNames()
	for _, text := range steering {
		inPath := "https://gull.example/" + strings.ReplaceAll(text, "\n", "%0A")
		for _, address := range []string{"https://gull.example/", inPath, "://"} {
			clear(n.owned) // each is a separate page, though it has the same address
			name := takeTitle(n, text, address)
			require.True(t, utf8.ValidString(name), "%q", text)
			const safe = "abcdefghijklmnopqrstuvwxyz0123456789-é\u0301ｃｏｎ"
			require.Empty(t, strings.Trim(strings.ToLower(name), safe), "%q gave %q", text, name)
			require.NotEmpty(t, strings.Trim(name, "-."), "%q", text)
			require.NotContains(t, name, "--")
			require.False(t, strings.HasPrefix(name, "-") || isReserved(name), "%q gave %q", text, name)
			require.LessOrEqual(t, len(name), maxName+10)
			path := filepath.Join(dir, name+".md")
			require.Equal(t, dir, filepath.Dir(path))
			f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
			require.NoError(t, err, "%q gave %q", text, name)
			require.NoError(t, f.Close())
		}
	}
}

func TestNamesThatFoldAlikeNeverCollide(t *testing.T) {
	n := newNames()
	seen := make(map[string]bool)
	for _, title := range []string{
		"Straße", "STRASSE", "strasse", "ſtrasse", "Gull", "GULL", "ɢull", "\u212Aelp", "kelp", "Kelp", "é", "e\u0301", "É", "E\u0301", "ﬁn", "fin", "FIN",
		"Σίσυφος", "σίσυφοσ", "ΣΊΣΥΦΟΣ", "tide\uFE0F", "tide", "ti\u200Dde", "tide-2", "tide 2", "İ", "i\u0307", "ａ", "a", "①", "1",
	} {
		clear(n.owned) // each is a separate page
		name := takeTitle(n, title, "https://gauge.example/tide")
		require.False(t, seen[fold(name)], "%q gave %q, which is taken", title, name)
		seen[fold(name)] = true
	}
}

// Naming many articles with the same title does not take quadratic time.
func TestNamesForOneTitle(t *testing.T) {
	n := newNames()
	began := time.Now()
	for i := range 50_000 {
		name := takeTitle(n, "Tide", fmt.Sprintf("https://gauge.example/%d", i))
		if i > 0 {
			require.Equal(t, fmt.Sprintf("tide-%d", i+1), name)
		}
	}
	assert.Less(t, time.Since(began), time.Minute)
}

// A YAML parser reads exactly the page's values from the front matter.
func TestHostilePagesInFrontMatter(t *testing.T) {
	for _, text := range steering {
		a := &cleaner.Article{Title: "T" + text, Byline: text + "B", URL: "https://gull.example/?" + text, Language: "en"}
		matter := frontMatter(&document{Article: a, line: line{Record: record.New("", a)}})
		inner, ok := strings.CutPrefix(matter, "---\n")
		require.True(t, ok)
		inner, ok = strings.CutSuffix(inner, "---\n\n")
		require.True(t, ok)
		var got map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(inner), &got), "%q", matter)
		valid := strings.ToValidUTF8
		assert.Equal(t, map[string]any{
			"title": valid(a.Title, ""), "byline": valid(a.Byline, ""), "url": valid(a.URL, ""), "language": "en",
		}, got, "%q", matter)
		assert.Equal(t, 6, strings.Count(matter, "\n")-1, "lines of %q", matter)
	}
}
