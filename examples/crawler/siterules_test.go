package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// With -site-rules, articles continue where the rules say, a page with the whole article replaces its first part, and
// the rules decide what is content.
func TestSiteRules(t *testing.T) {
	var mu sync.Mutex
	var agents []string
	pages := map[string]string{
		"/saga": `<div class="tale"><p>The saga of the seventh barge begins in the mud of Aldersund, where it was built upside down by two brothers who did not speak.</p></div>
			<div class="promo"><p>Read all about barges, tugs and dredgers in our weekly letter, which comes on Thursdays and is free of charge.</p></div><a class="leaf" href="/saga/afloat">Leaf</a>`,
		"/saga/afloat": `<div class="tale"><p>Afloat at last, it turned around twice, as barges do that have been built upside down, and went home.</p></div>`,
		"/short":       `<div class="tale"><p>The dredger of Aldersund has found a bell in the fairway, and nobody in the town has claimed it so far.</p></div><a class="print" href="/print">Print</a>`,
		"/print":       `<div class="tale"><p>The dredger of Aldersund has found a bell in the fairway, and nobody in the town has claimed it so far.</p><p>It rings a tone too low, the sexton says, and is for sale.</p></div>`,
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		agents = append(agents, r.UserAgent())
		mu.Unlock()
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!DOCTYPE html><html lang=en><title>Barges</title><h1>Barges at %s</h1>%s", r.URL.Path, page)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	u, err := url.Parse(server.URL)
	require.NoError(t, err)
	rules := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(rules, "barges.yaml"),
		[]byte("host: "+u.Hostname()+"\ncontent: .tale\nnext: a.leaf\nremove: .no-such-thing\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(rules, u.Hostname()+".txt"),
		[]byte("single_page_link: //a[@class='print']\nhttp_header(User-Agent): Barges/1\n"), 0o600))

	out := t.TempDir()
	args := []string{"-allow-private", "-delay", "0", "-depth", "-1", "-site-rules", rules, "-site-headers"}
	code, _, stderr := crawl(t, out, append(args, server.URL+"/saga", server.URL+"/short")...)
	require.Equal(t, exitFinished, code, stderr)
	assert.Contains(t, stderr, "crawler: barges.yaml:4: remove: .no-such-thing selects nothing on ")
	texts := make(map[string]any)
	for _, line := range lines(t, out) {
		texts[line["url"].(string)] = line["text"]
	}
	assert.Equal(t, map[string]any{
		server.URL + "/saga": "The saga of the seventh barge begins in the mud of Aldersund, where it was built upside down by two brothers who did not speak.\n\n" +
			"Afloat at last, it turned around twice, as barges do that have been built upside down, and went home.",
		server.URL + "/short": "The dredger of Aldersund has found a bell in the fairway, and nobody in the town has claimed it so far.\n\n" +
			"It rings a tone too low, the sexton says, and is for sale.",
	}, texts)
	assert.Contains(t, agents, "Barges/1")

	require.NoError(t, os.WriteFile(filepath.Join(rules, "barges.yaml"), []byte("contents: .tale\n"), 0o600))
	code, _, stderr = crawl(t, t.TempDir(), append(args, server.URL+"/saga")...)
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, `barges.yaml:1: unknown key "contents"`)
}
