package htmldoc

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

const (
	quayAddress    = "https://quay.example/ferry"
	captureAddress = "https://web.archive.org/web/20260314092600/" + quayAddress
)

// parseSaved parses a page and returns the Document and its markup.
func parseSaved(t *testing.T, page, address string) (*Document, string) {
	t.Helper()
	doc, err := ParseBytes([]byte(page), Source{URL: address})
	require.NoError(t, err)
	var markup bytes.Buffer
	require.NoError(t, html.Render(&markup, doc.Root))
	return doc, markup.String()
}

const waybackPage = `<html><head><link rel="canonical" href="` + captureAddress + `">
<script type="application/ld+json">{"url":"` + captureAddress + `","image":"https:\/\/web.archive.org\/web\/20260314092600im_\/https:\/\/quay.example\/a.png"}</script>
</head><body><!-- BEGIN WAYBACK TOOLBAR INSERT -->
<div id="wm-ipp-base"><a href="/web/">Wayback Machine</a><a href="#close">Close</a></div>
<div id="wm-ipp-print">The Wayback Machine - ` + captureAddress + `</div>
<!-- END WAYBACK TOOLBAR INSERT -->
<p>The <a href="/web/20260314092600/https://quay.example/quay?u=https://a.example/">ferry</a> is back.
<img src="/web/20260314092600im_/https:/quay.example/f.png"
srcset="/web/20260314092600im_/https://quay.example/f.png 1x, /web/20260314092600im_/https://quay.example/g.png 2x"></p>
</body></html><!-- FILE ARCHIVED ON 09:26:00 Mar 14, 2026 -->`

// The toolbar of the Wayback Machine is removed, and the addresses of the captured page are restored.
func TestCaptureIsRestored(t *testing.T) {
	for _, address := range []string{"", quayAddress, "file:///home/ada/ferry.html"} {
		doc, markup := parseSaved(t, waybackPage, address)
		assert.NotContains(t, markup, "Wayback Machine")
		assert.NotContains(t, strings.ReplaceAll(markup, `\/`, "/"), "web.archive.org")
		for _, want := range []string{
			`rel="canonical" href="https://quay.example/ferry"`, `{"url":"https://quay.example/ferry"`, `"image":"https:\/\/quay.example`,
			`href="https://quay.example/quay?u=https://a.example/"`, `src="https://quay.example/f.png"`,
			`srcset="https://quay.example/f.png 1x, https://quay.example/g.png 2x"`,
		} {
			assert.Contains(t, markup, want)
		}
		assert.Nil(t, doc.Original)
	}
}

// The links of a capture lead to other captures if the page is read by the address of the capture. What the page says
// about itself is restored all the same.
func TestCaptureByItsOwnAddress(t *testing.T) {
	doc, markup := parseSaved(t, waybackPage, captureAddress)
	assert.Equal(t, captureAddress, doc.URL.String())
	assert.Equal(t, quayAddress, doc.Original.String())
	assert.Equal(t, quayAddress, doc.Address().String())
	assert.Contains(t, markup, `rel="canonical" href="https://quay.example/ferry"`)
	assert.NotContains(t, markup, "Close")
	if links := doc.Links(); assert.Len(t, links, 1) {
		assert.Equal(t, "https://web.archive.org/web/20260314092600/https://quay.example/quay?u=https://a.example/", links[0].URL)
	}
}

// A page that only links to captures, as encyclopedias do, stays as it is.
func TestLinksToCapturesAreKept(t *testing.T) {
	page := `<p><a href="` + captureAddress + `">archived</a>, <a href="/quay">Quay</a></p>`
	doc, markup := parseSaved(t, page, quayAddress)
	assert.Contains(t, markup, captureAddress)
	assert.Nil(t, doc.Original)
}

func TestSnapshotIsRestored(t *testing.T) {
	doc, markup := parseSaved(t, `<html><head><title>The ferry is back</title>
<meta property="og:site_name" content="archive.ph"><meta property="og:title" content="The ferry is back">
<meta property="article:published_time" content="2026-03-14T09:26:00Z" itemprop="dateCreated">
<link rel="bookmark" href="http://archive.today/20260314092600/`+quayAddress+`"><link rel="canonical" href="https://archive.ph/AbCdE">
</head><body><center><div id="HEADER"><table><tr><td>webpage capture</td></tr></table></div></center><div id="CONTENT">
<p>The <a href="https://archive.ph/o/AbCdE/https://quay.example/quay">ferry</a> is back.</p></div>
<div id="hashtags"><a href="#0%">0%</a></div></body></html>`, "")
	assert.Equal(t, quayAddress, doc.Original.String())
	for _, gone := range []string{"webpage capture", "0%", "published_time", "archive.ph"} {
		assert.NotContains(t, markup, gone)
	}
	assert.Contains(t, markup, `href="https://quay.example/quay"`)
	assert.Contains(t, markup, `og:title`)
}

func TestCacheHeaderIsRemoved(t *testing.T) {
	_, markup := parseSaved(t, `<base href="`+quayAddress+`"><div id="bN015htcoyT__google-cache-hdr"><div>This is Google's cache.</div></div>
<div><!DOCTYPE html><html><body><p>The ferry is back.</p></body></html></div>`, "")
	assert.NotContains(t, markup, "Google")
	assert.Contains(t, markup, "The ferry is back.")
}

// Programs that save a page write its address into a comment at the start.
func TestSavedFrom(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"Chrome", "<!DOCTYPE html>\n<!-- saved from url=(0026)" + quayAddress + " -->\n<html><body>x", quayAddress},
		{"SingleFile", "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: " + quayAddress +
			" \n saved date: Sat Mar 14 2026\n--><meta charset=utf-8><p>x", quayAddress},
		{
			"HTTrack", "<html>\n<!-- Mirrored from quay.org/ferry.html by HTTrack Website Copier/3.x -->\n<body>x",
			"https://quay.org/ferry.html",
		},
		{"a file", "<!-- saved from url=(0022)file:///home/ada/a.html --><p>x", ""},
		{"in the text", "<body><p>a</p><!-- saved from url=(0026)" + quayAddress + " -->", ""},
		{"nothing", "<p>x", ""},
	} {
		doc, _ := parseSaved(t, c.page, "")
		if c.want == "" {
			assert.Nil(t, doc.Original, c.name)
		} else if assert.NotNil(t, doc.Original, c.name) {
			assert.Equal(t, c.want, doc.Original.String(), c.name)
			assert.Equal(t, c.want, doc.Address().String(), c.name)
		}
	}
	doc, _ := parseSaved(t, "<!-- saved from url=(0024)https://template.example/ --><p>x", quayAddress)
	assert.Equal(t, quayAddress, doc.Address().String(), "the caller knows better")
}

// A file that has a page twice, because a program appended it, is read up to the second copy.
func TestFirstCopy(t *testing.T) {
	page := "<!DOCTYPE html>\n<html><head><title>The ferry is back</title></head><body><p>Eleven passengers.</p></body></html>\n"
	assert.Equal(t, page, string(firstCopy([]byte("\n"+page+page))))
	assert.Equal(t, page, string(firstCopy([]byte(page+strings.Replace(page, "Eleven", "Ten", 1)))))
	for _, other := range []string{
		page, "", "<p>Quay</p><p>Quay</p>", "<title>Quay</title><title>Quay</title>",
		page + strings.Replace(page, "back", "late", 1), "<html><p>Quay</p><html><p>Quay</p>",
	} {
		assert.Equal(t, other, string(firstCopy([]byte(other))))
	}
}
