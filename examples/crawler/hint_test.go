package main

import (
	"bytes"
	"log"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// If no link leads from the only page to another one, the summary says what to try.
func TestHintForASinglePage(t *testing.T) {
	const lonely = `<a href="https://elsewhere.example/">elsewhere</a><a href="javascript:show(1)">more</a>`
	s := newSite(t, map[string]string{"/": article("Tides", lonely), "/two": article("Ebb", `<a href="/">x</a>`)})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{s.URL + "/"}, "were found. Try -sitemaps. If scripts make the links, try -render always."},
		{[]string{"-sitemaps", s.URL + "/"}, "were found. If scripts"},
		{[]string{"-depth", "-1", s.URL + "/"}, ""},
		{[]string{s.URL + "/two"}, ""},
	} {
		_, stdout, _ := crawl(t, t.TempDir(), append([]string{"-allow-private"}, c.args...)...)
		if c.want == "" {
			assert.NotContains(t, stdout, "\nHint ")
		} else {
			assert.Contains(t, stdout, c.want)
		}
	}
}

// What net/http writes to the standard logger is part of the log of -verbose.
func TestVerboseShowsFaultsOfConnections(t *testing.T) {
	flags, output := log.Flags(), log.Writer()
	defer func() {
		log.SetFlags(flags)
		log.SetOutput(output)
	}()
	var stderr bytes.Buffer
	session, err := newSession(*testConfig(t, t.TempDir(), "-verbose"), &bytes.Buffer{}, &stderr)
	require.NoError(t, err)
	defer func() { require.NoError(t, session.closeOutput()) }()
	log.Print("Unsolicited response")
	assert.Contains(t, stderr.String(), `level=DEBUG msg="Unsolicited response"`)
}
