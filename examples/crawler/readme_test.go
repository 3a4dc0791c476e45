package main

import (
	"bytes"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The README names every flag, and each of its command lines runs.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var usage bytes.Buffer
	require.Zero(t, run(t.Context(), []string{"-h"}, nil, &usage))
	flags := regexp.MustCompile(`(?m)^  -([a-z-]+)`).FindAllStringSubmatch(usage.String(), -1)
	require.NotEmpty(t, flags)
	lines := readmeLines(string(text))
	require.Greater(t, len(lines), 20)
	for _, name := range flags {
		assert.Regexp(t, "(?m)^\\|.*`-"+name[1]+"[ `]", string(text), "not in a table")
		assert.Regexp(t, `(?m)^crawler .*-`+name[1]+`\b`, strings.Join(lines, "\n"), "in no line")
	}

	g := newGallery(t)
	site, err := url.Parse(g.URL)
	require.NoError(t, err)
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(*httputil.ProxyRequest) {}})
	defer proxy.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	t.Chdir(t.TempDir())
	template := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindStringSubmatch(string(text))
	require.NotNil(t, template)
	for name, content := range map[string]string{
		"seeds.txt": g.URL + "/tides\n", "cookies.txt": "", "matter.tmpl": template[1],
		"ca.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})),
	} {
		require.NoError(t, os.WriteFile(name, []byte(content), 0o600))
	}
	require.NoError(t, os.MkdirAll("rules", 0o755))
	require.NoError(t, os.WriteFile("rules/tides.example.yaml", []byte("remove: .share\n"), 0o600))
	local := strings.NewReplacer("https://example.org/guide/", g.URL+"/", "https://example.org", g.URL, "@example.org", "@"+site.Host,
		"http://127.0.0.1:8080", g.URL, "http://proxy.example:3128", proxy.URL)
	for _, command := range lines {
		if strings.Contains(command, "postgres://") || strings.Contains(command, "-render ") || strings.Contains(command, "-login ") {
			continue // .ci/postgres, .ci/render and TestLogin run them
		}
		t.Run(command, func(t *testing.T) {
			giveInput(t, "not-a-secret\n")
			words := shellWords(local.Replace(command))[1:]
			at := 0
			for at < len(words) && !strings.HasPrefix(words[at], g.URL) {
				at++
			}
			args := append(append(words[:at:at], "-allow-private", "-delay", "1ms"), words[at:]...)
			var stdout, stderr bytes.Buffer
			require.Zero(t, run(t.Context(), args, &stdout, &stderr), stdout.String()+stderr.String())
		})
	}
}

// readmeLines returns the command lines of a README.
func readmeLines(text string) []string {
	var lines []string
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(block[1]) {
			if line, _, _ = strings.Cut(strings.TrimSpace(line), "  #"); strings.HasPrefix(line, "crawler") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	return lines
}

// shellWords splits a command line whose only quotes are single quotes.
func shellWords(line string) []string {
	var words []string
	for i, part := range strings.Split(line, "'") {
		switch {
		case i%2 == 1:
			words = append(words, part)
		default:
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

// giveInput replaces a test's standard input with the given text.
func giveInput(t *testing.T, text string) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	_, err = w.WriteString(text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	old := os.Stdin
	os.Stdin = r
	t.Cleanup(func() {
		os.Stdin = old
		_ = r.Close()
	})
}
