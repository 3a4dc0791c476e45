package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Expensive fields are in the index only if they are requested.
func TestFieldsOnDemand(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><html lang="en"><title>Tide clock</title><script type="application/ld+json">{"@type":"Product","name":"Tide clock",
"offers":{"price":"39.50","priceCurrency":"EUR"}}</script><h1>Tide clock</h1><p>The clock has one hand, which goes round once between two high tides, and a dial that a retired
sailor still paints by hand in the shed behind the shop, with a brush that his father left him.</p>`)
	}))
	defer server.Close()
	for fields, want := range map[string]any{"": nil, "all": map[string]any{"name": "Tide clock", "price": "39.50", "currency": "EUR"}} {
		out := t.TempDir()
		code, _, stderr := crawl(t, out, "-allow-private", "-delay", "0", "-fields", fields, server.URL+"/clock")
		require.Equal(t, exitFinished, code, stderr)
		written := lines(t, out)
		require.Len(t, written, 1)
		assert.Equal(t, want, written[0]["product"])
	}
	code, _, stderr := crawl(t, t.TempDir(), "-fields", "colour", server.URL)
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, stderr, `unknown field "colour"`)
}
