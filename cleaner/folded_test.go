package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	foldedLead = `<!doctype html><html lang="en"><head><title>The rope walk | Quay Works</title></head><body><main><h1>The rope walk</h1>` +
		`<p>The rope walk behind the chapel is three hundred yards long, because that is how long a rope had to be, and it has one door at each end so that nobody has to carry the rope back.</p>` +
		`<p>It stopped in 1931 and started again in 2019, when the museum bought the machine and found that it still had rope in it, half a turn from finished.</p>`
	foldedText = `How long does a rope take? Forty minutes for a hawser, if nobody talks to the man who walks backwards, and the rest of the morning if somebody does.`
	foldedTail = `</main></body></html>`
)

// Text that a visitor can open with a click is part of the page, however the panel is hidden.
func TestFoldedContentIsRead(t *testing.T) {
	for name, panel := range map[string]string{
		"aria":      `<div class="accordion-panel" aria-hidden="true"><p>` + foldedText + `</p></div>`,
		"attribute": `<div class="accordion-panel" role="tabpanel" hidden><p>` + foldedText + `</p></div>`,
		"style":     `<div class="accordion-panel" style="height:0; display: none"><p>` + foldedText + `</p></div>`,
	} {
		t.Run(name, func(t *testing.T) {
			article, err := Clean(strings.NewReader(foldedLead+`<h2><button aria-controls="p1">Questions</button></h2>`+panel+foldedTail), "https://quay.example/rope-walk")
			require.NoError(t, err)
			assert.Contains(t, article.Text(), foldedText)
		})
	}
}

// Text that is never shown is not listed as removed, because no reader saw it.
func TestFoldedChaffIsNotListed(t *testing.T) {
	for name, markup := range map[string]string{
		"drawer": `<div class="cart-drawer drawer" aria-hidden="true"><h2>Your cart is empty</h2><p>Have an account? Log in to check out faster, and let the ropes remember you.</p><a href="/shop">Continue shopping</a></div>`,
		"popup":  `<div class="modal newsletter-popup" style="display:none"><h2>Ten per cent off</h2><p>Sign up for our newsletter and get ten per cent off your first coil of rope from us.</p><form><input type="email"></form></div>`,
		"menu":   `<div class="mobile-menu" hidden><ul><li><a href="/a">Ropes and cables</a></li><li><a href="/b">Twine and string</a></li><li><a href="/c">Opening hours and prices</a></li></ul></div>`,
		"dialog": `<dialog><p>We have moved the café to the other end of the rope walk, so please allow some time for it.</p></dialog>`,
	} {
		t.Run(name, func(t *testing.T) {
			with, err := Clean(strings.NewReader(foldedLead+foldedTail+markup), "https://quay.example/rope-walk")
			require.NoError(t, err)
			without, err := Clean(strings.NewReader(foldedLead+foldedTail), "https://quay.example/rope-walk")
			require.NoError(t, err)
			assert.Equal(t, without.Text(), with.Text())
			assert.Equal(t, without.Removed, with.Removed)
		})
	}
}

// A streaming server sends parts of a page late, and a script moves each part into its place. Each part is moved once,
// even if it belongs inside another one.
func TestStreamedContentIsInItsPlace(t *testing.T) {
	markup := foldedLead + `<template id="B:0"></template><p>After it, the walk was a place to dry nets, and then a place to keep the mayor's boat, which did not fit and stuck out of both doors.</p></main>` +
		`<div hidden id="S:0"><p>` + foldedText + `</p><template id="P:1"></template></div><div hidden id="S:1"><p>The museum sells it by the yard, with a certificate that says which way round the man was walking.</p><template id="P:0"></template><template id="B:1"></template></div></body></html>`
	article, err := Clean(strings.NewReader(markup), "https://quay.example/rope-walk")
	require.NoError(t, err)
	text := article.Text()
	assert.Equal(t, 1, strings.Count(text, "Forty minutes"))
	assert.Equal(t, 1, strings.Count(text, "by the yard"))
	assert.Less(t, strings.Index(text, "half a turn"), strings.Index(text, "Forty minutes"))
	assert.Less(t, strings.Index(text, "Forty minutes"), strings.Index(text, "by the yard"))
	assert.Less(t, strings.Index(text, "by the yard"), strings.Index(text, "After it"))
}

// The dialog of a consent tool may be longer than a short page.
func TestConsentToolsAreNeverContent(t *testing.T) {
	purpose := `<li><h4>Purpose</h4><p>Information about your activity on this service, such as the pages that you look at, can be stored and combined with other information about you and used to build or improve a profile.</p></li>`
	article, err := Clean(strings.NewReader(foldedLead+foldedTail+`<div id="onetrust-consent-sdk"><div id="onetrust-pc-sdk"><h2>Privacy</h2><ul>`+strings.Repeat(purpose, 30)+`</ul></div></div>`), "https://quay.example/rope-walk")
	require.NoError(t, err)
	assert.NotContains(t, article.Text(), "profile")
	assert.Contains(t, article.Text(), "half a turn")
}
