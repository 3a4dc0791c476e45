package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"
)

func TestCheckSeed(t *testing.T) {
	for _, s := range []string{
		"http://quay.example/a b", "https://quay.example", "HTTPS://Quay.example/", "http://wiki/", "http://notaurl", "http://[::1]:80/", "http://page.html/", "https://ann:x@quay.example/",
	} {
		address, err := checkSeed(s)
		require.NoError(t, err)
		assert.Equal(t, s, address)
	}
	for _, s := range []string{
		"quay.example", "quay.example.", "quay.example/a.html", "quay.example:8080", "quay.example?x=http://other.example/", "quay.example#x", "münchen.example/weg", "例え。テスト", "localhost", "LocalHost.",
		"localhost:8080", "127.0.0.1", "127.0.0.1:80/a", "[::1]", "[::1]:80", "[2001:db8::1]:80/a", "wiki.local", "readme.md", "archive.zip", "harbour.localhost",
	} {
		address, err := checkSeed(s)
		require.NoError(t, err)
		assert.Equal(t, "https://"+s, address)
	}
	for _, s := range []string{
		"", " ", "notaurl", "notaurl/", "notaurl:8080", "notaurl.", "max", "5", "urls.txt", "page.HTML", "articles.jsonl", "crawl.db", "./urls", "../urls", "/tmp/urls", "~/urls", `C:\urls`, `\\share\urls`,
		"mailto:ann@quay.example", "ann@quay.example", "tel:123", "file:///etc/hosts", "ftp://quay.example/", "javascript:alert(1)", "data:text/html,x", "http:quay.example", "https:/quay.example",
		"http://", "https:///a", "http://:80/", "://quay.example", "//quay.example/", "::1", "two words", "quay.example other.example", "quay.example:port", "http://quay example/", "http://[::1", "http://quay.example:port/", "-max",
	} {
		_, err := checkSeed(s)
		require.Error(t, err, s)
	}
}

func TestArgumentsThatAreNotSeeds(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.WriteFile("list.md", []byte("https://quay.example/\n"), 0o600))
	require.NoError(t, os.WriteFile("seeds.txt", []byte("\uFEFF# harbours\nquay.example\n\nnotaurl\n"), 0o600))
	require.NoError(t, os.WriteFile("long.txt", []byte("quay.example\n"+strings.Repeat("x", 70_000)+"\n"), 0o600))
	require.NoError(t, os.Mkdir("quay.example", 0o700)) // some programs create folders with such names
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"notaurl"}, `neither a URL nor the name of a host: "notaurl"; for a host of that name write http://notaurl`},
		{[]string{"https://quay.example", "-max", "5"}, "-max comes after https://quay.example: flags go before the URLs"},
		{[]string{"https://quay.example", "--verbose"}, "flags go before the URLs"},
		{[]string{"list.md"}, "list.md is a file: use -seeds list.md to read URLs from it; for the host write https://list.md"},
		{[]string{filepath.Join(dir, "seeds.txt")}, "seeds.txt to read URLs from it"},
		{[]string{"-seeds", "seeds.txt"}, "seeds.txt, line 4: neither a URL"},
		{[]string{"-seeds", "long.txt"}, "long.txt, line 2: too long for a URL"},
		{[]string{"ftp://quay.example"}, `not an http or https URL: "ftp://quay.example"`},
		{[]string{""}, `not an http or https URL: ""`},
	} {
		code, stdout, stderr := crawl(t, "out", tt.args...)
		assert.Equal(t, exitUsage, code, tt.args)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, tt.says)
	}
	assert.NoDirExists(t, "out", "nothing is created")
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("quay.example\r\nmünchen.example\r\n")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("powershell.txt", []byte(utf16), 0o600))
	seeds, err := readSeeds("powershell.txt")
	require.NoError(t, err)
	assert.Equal(t, []string{"https://quay.example", "https://münchen.example"}, seeds)
	c, err := parseFlags([]string{"-max", "5", "quay.example", "https://other.example/"}, io.Discard)
	require.NoError(t, err)
	assert.Equal(t, []string{"https://quay.example", "https://other.example/"}, c.seeds)
}
