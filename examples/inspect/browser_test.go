package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// seen is the output of testdata/drive.mjs.
type seen struct {
	Requests, Errors, Faults                       []string
	Counts, Painted                                map[string]int
	Detail, Listed, Keyboard, Balanced, Precision  string
	Forum, Article, Before, After, Unsaved, Undone string
	Fields, Saved, Rules, Oil                      string
	Scrolled, Closed, Plain                        bool
	Overflow, Took, Again                          int
	Rows, Effects, Ran, Frames                     []string
}

// drive runs a scenario of testdata/drive.mjs. .ci/browser runs these tests and sets the paths of the browser and the
// npm packages.
func drive(t *testing.T, scenario string, s *server) seen {
	t.Helper()
	if os.Getenv("DECHAFF_BROWSER") == "" || os.Getenv("DECHAFF_NODE_MODULES") == "" {
		t.Skip("no browser: .ci/browser installs one and runs this test")
	}
	shots := os.Getenv("DECHAFF_SHOTS") // the folder to keep screenshots in
	if shots == "" {
		shots = t.TempDir()
	}
	cmd := exec.CommandContext(t.Context(), "node", "testdata/drive.mjs", scenario, s.url(), shots)
	var failed strings.Builder
	cmd.Stderr = &failed
	out, err := cmd.Output()
	require.NoError(t, err, failed.String())
	var saw seen
	require.NoError(t, json.Unmarshal(out, &saw))
	assert.Empty(t, saw.Requests, "requests to elsewhere")
	assert.Empty(t, saw.Errors)
	assert.Empty(t, saw.Faults, "axe-core's serious faults")
	return saw
}

func TestTourInBrowser(t *testing.T) {
	s := inspecting(t, t.TempDir(), "testdata/site")
	go s.library.survey(t.Context(), s.rules)
	saw := drive(t, "tour", s)
	for _, verdict := range []string{"kept", "rule", "judge", "hidden"} {
		assert.Positive(t, saw.Counts[verdict], verdict)
		assert.GreaterOrEqual(t, saw.Painted[verdict], saw.Counts[verdict], verdict)
	}
	for _, fact := range []string{"removed by the judge", "Its editor, its printer", "stage judge", "probable; the threshold is", "From the lamp room", "section:nth-of-type(1)"} {
		assert.Contains(t, saw.Detail, fact)
	}
	assert.Contains(t, saw.Listed, "Its editor, its printer")
	assert.True(t, saw.Scrolled, "the part that was clicked in the list is visible")
	assert.Contains(t, saw.Keyboard, "Printed on Thursdays")
	assert.True(t, saw.Closed)
	assert.NotEqual(t, saw.Balanced, saw.Precision, "Favor moves the threshold")
	assert.Contains(t, saw.Forum, "forum 100 %")
	assert.Contains(t, saw.Article, "seven o'clock ferry")
	assert.True(t, saw.Plain, "without the page's styles, what is hidden is shown")
	assert.LessOrEqual(t, saw.Overflow, 0, "a narrow window needs no scrolling sideways")
	require.Len(t, saw.Rows, 4)
	assert.Less(t, saw.Rows[0], saw.Rows[3], "the least confident first")
}

// Three errors are fixed by clicking: a box that is kept, a table that is missing, an author that is not found.
func TestFixInBrowser(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rules")
	saw := drive(t, "mend", inspecting(t, dir, "testdata/site"))
	assert.Contains(t, saw.Before, "four pints of oil")
	assert.NotContains(t, saw.Before, "4.7 m")
	require.Len(t, saw.Effects, 4)
	assert.Equal(t, "rule", saw.Oil)
	assert.Equal(t, "remove: .oil-fund\nkeep: .tide-table table\nauthor: .pen\n", saw.Rules)
	assert.Equal(t, saw.Rules, saw.Saved)
	assert.Equal(t, saw.Unsaved, saw.After)
	assert.NotContains(t, saw.After, "four pints of oil")
	assert.Contains(t, saw.After, "4.7 m")
	assert.Contains(t, saw.Fields, "Ottilie Vane — from site-rule: lantern.example.yaml:3")
	b, err := os.ReadFile(filepath.Join(dir, "lantern.example.yaml"))
	require.NoError(t, err)
	assert.Equal(t, saw.Rules, string(b))
}

func TestContentInBrowser(t *testing.T) {
	saw := drive(t, "content", inspecting(t, "", "testdata/site/ferry.html"))
	assert.Equal(t, "content: .about-lantern\n", saw.Rules)
	assert.NotContains(t, saw.Before, "hymn sheets")
	assert.Contains(t, saw.After, "hymn sheets")
	assert.NotContains(t, saw.After, "seven o'clock ferry")
	assert.Equal(t, saw.Before, saw.Undone)
}

// attacks contains attempts to run a script, load something, leave the page, or cover it. %[1]s is the address of a
// server that must not receive any requests.
const attacks = `<!doctype html><html onclick="top.ran=1"><head><title>Hostile </title><script>alert(1)</script></title>
<script>top.document.title="ran";parent.ran=1;window.ran=1;fetch("%[1]s/script")</script>
<meta http-equiv="refresh" content="0;url=%[1]s/refresh"><base href="%[1]s/"><link rel="stylesheet" href="%[1]s/link.css">
<link rel="preload" as="image" href="%[1]s/preload"><link rel="prefetch" href="%[1]s/prefetch"><link rel="dns-prefetch" href="%[1]s">
<style>@import url("%[1]s/import.css");@font-face{font-family:x;src:url("%[1]s/font")}
body{background:url("%[1]s/background");font-family:x}p::after{content:url("%[1]s/content")}
.cover{position:fixed;inset:0;z-index:2147483647;background:#000}u\72l{}b{background:\75\72\6c("%[1]s/escaped")}</style></head>
<body onload="top.ran=1" style="background-image:url(%[1]s/inline)">
<div class="cover" onclick="top.ran=1">&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; click here</div>
<h1>Hostile</h1><img src="%[1]s/img" srcset="%[1]s/srcset 2x" onerror="top.ran=1"><img src=x onerror="top.ran=1">
<iframe src="%[1]s/frame"></iframe><iframe srcdoc="<script>top.ran=1</script>"></iframe><object data="%[1]s/object"></object>
<embed src="%[1]s/embed"><video src="%[1]s/video" poster="%[1]s/poster" autoplay></video><audio src="%[1]s/audio" autoplay></audio>
<svg onload="top.ran=1"><script>top.ran=1</script><image href="%[1]s/svg"/><use href="%[1]s/use#a"/><a href="javascript:top.ran=1"><text y="20">x</text></a></svg>
<form action="%[1]s/form" id="f"><input autofocus onfocus="top.ran=1" name="querySelectorAll"><input type="image" src="%[1]s/input"></form>
<a href="javascript:top.ran=1">A link</a><table background="%[1]s/table"><tr><td>One</td></tr></table><b>bold</b>
<template shadowrootmode="open"><script>top.ran=1</script></template><noscript><img src="%[1]s/noscript"></noscript>
`

// A hostile page of 5 MB runs, loads and sends nothing, and can be inspected and cleaned again.
func TestHostileInBrowser(t *testing.T) {
	var reached atomic.Int64
	trap := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		t.Error("the page reached", r.URL)
	}))
	defer trap.Close()
	var b strings.Builder
	fmt.Fprintf(&b, attacks, trap.URL)
	for i := 0; b.Len() < 5<<20; i++ {
		fmt.Fprintf(&b, "<p onclick=top.ran=1>Paragraph %d of the long report says that the mill was quiet, that the hens were counted twice, and "+
			"that nothing &lt;/script&gt;&lt;script&gt;top.ran=1&lt;/script&gt; came of it.</p>\n", i)
	}
	name := filepath.Join(t.TempDir(), "hostile.html")
	require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o600))
	saw := drive(t, "hostile", inspecting(t, "", name))
	assert.Equal(t, []string{"Hostile — dechaff inspector", "The page"}, saw.Ran)
	for _, frame := range saw.Frames {
		assert.Regexp(t, `^$|^view\?|^article\?|^about:blank$`, frame)
	}
	assert.NotEmpty(t, saw.Detail)
	assert.Zero(t, reached.Load())
	t.Logf("%.1f MB: shown in %d ms, cleaned again in %d ms", float64(b.Len())/1e6, saw.Took, saw.Again)
}
