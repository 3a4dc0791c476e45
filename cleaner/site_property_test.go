package cleaner

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// parts are the building blocks of the pages of invented hosts. OWN becomes one of 1,000 texts, WORD one of 1,000
// words, and NUMBER a number.
var parts = []string{
	"<p>OWN</p>", "<p>OWN</p>", "<p>OWN</p><p>OWN</p>", "<h2>WORD</h2><p>OWN</p>", "<h2>Usage</h2><p>OWN</p>", "<h2>See also</h2>", "<h3>Notes</h3><p>Ask at the quay.</p>",
	"<p>The harbour office answers letters on Tuesdays.</p>", "<p>Das Hafenamt beantwortet Briefe am Dienstag.</p>", "<p>港務局は火曜日に手紙に答えます。</p>",
	"<p>* * *</p>", "<hr>", "<p>NUMBER</p>", "<p>Seen NUMBER times</p>", "<p>WORD, NUMBER May 2019</p>", "<p class=byline>By Ada Quill</p>",
	"<ul><li><a href=/a>Knots</a><li><a href=/b>Splices</a><li><a href=/WORD>WORD</a></ul>", "<ul><li>Rope<li>Tar<li>WORD</ul>", "<ul><li>Rope<li>Tar</ul>",
	"<dl><dt>-q</dt><dd>Suppress all output.</dd><dt>-WORD</dt><dd>OWN</dd></dl>", "<pre>windlass --help</pre>", "<blockquote><p>So it is written.</p></blockquote>",
	"<table><tr><th>Year<th>Tons<tr><td>1900<td>NUMBER<tr><td>1910<td>NUMBER</table>", "<table><tr><th>Open<td>yes<tr><th>Closed<td>no</table>",
	"<table><tr><td><a href=/p>Prev</a><td>WORD<td><a href=/n>Next</a></table>",
	"<table><tr><th colspan=3>WORD<tr><td><a href=/p>Prev</a><td><a href=/u>Up</a><td><a href=/n>Next</a></table>",
	"<div class=nav><a href=/p>Previous</a> <a href=/u>WORD</a> <a href=/n>Next</a></div>", "<p><a href=/WORD>WORD WORD</a></p>",
	"<figure><img src=/NUMBER.jpg><figcaption>Photo: Ada Quill</figcaption></figure>", "<p><img src=/curl.png alt='A curl'></p>", "<figure><img src=/curl.png><figcaption>A curl</figcaption></figure>",
	"<p>Share on Facebook Twitter WhatsApp</p>", "<p>Read also: WORD of the WORD</p>", "<p>Leave a comment</p>", "<p>Last modified: 2019/05/04 12:NUMBER by 127.0.0.1</p>",
	"<div class=meta>Last modified: 2019/05/04 12:NUMBER by 127.0.0.1</div>", "<footer><p>Copyright WORD</p><p>All rights reserved</p></footer>", "<aside><h3>Related</h3><ul><li><a href=/WORD>WORD</a></ul></aside>",
}

// randomHost returns a host whose pages share a layout of parts. Each page has most of these parts, plus some of its
// own.
func randomHost(t *testing.T, seed uint64) []*htmldoc.Document {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 18))
	pick := func(n int) (list []string) {
		for range n {
			list = append(list, parts[r.IntN(len(parts))])
		}
		return list
	}
	title := []string{"TITLE", "TITLE - Quay Register", "Quay Register: TITLE", "TITLE [quay]"}[r.IntN(4)]
	above, below := pick(r.IntN(5)), pick(r.IntN(6))
	docs := make([]*htmldoc.Document, 4+r.IntN(16))
	for i := range docs {
		var body strings.Builder
		add := func(list []string) {
			for _, part := range list {
				if r.IntN(8) > 0 {
					body.WriteString(part)
				}
			}
		}
		add(above)
		body.WriteString("<div class=text><h1>TITLE</h1>")
		add(pick(r.IntN(9)))
		body.WriteString(strings.Repeat("<p>OWN</p>", r.IntN(4)))
		body.WriteString("</div>")
		add(below)
		page := fmt.Sprintf("<!DOCTYPE html><html><title>%s</title><body>%s", title, body.String())
		for strings.Contains(page, "OWN") {
			page = strings.Replace(page, "OWN", strings.TrimSuffix(strings.TrimPrefix(ownText(r.IntN(1000), 1), "<p>"), "</p>"), 1)
		}
		for strings.Contains(page, "WORD") {
			page = strings.Replace(page, "WORD", word(r.IntN(1000), 5), 1)
		}
		for strings.Contains(page, "NUMBER") {
			page = strings.Replace(page, "NUMBER", fmt.Sprint(10+r.IntN(50)), 1)
		}
		doc, err := htmldoc.ParseBytes([]byte(strings.ReplaceAll(page, "TITLE", word(i, 1)+" "+word(i, 2))), htmldoc.Source{URL: fmt.Sprintf("https://quay.example/%d", i)})
		require.NoError(t, err)
		docs[i] = doc
	}
	return docs
}

// Whatever the pages of a site repeat, the article with the Site is the article without the Site, minus the text that
// Removed lists.
func TestSiteOnlyRemoves(t *testing.T) {
	hosts := make(map[string][]*htmldoc.Document)
	for _, file := range hostFiles(t) {
		hosts[file] = readHost(t, file).docs
	}
	for seed := range uint64(80) {
		hosts[fmt.Sprint("seed ", seed)] = randomHost(t, seed)
	}
	taken := 0
	for name, docs := range hosts {
		t.Run(name, func(t *testing.T) {
			site := NewSite()
			for _, doc := range docs {
				site.Observe(doc)
			}
			snap := site.Snapshot()
			for i, doc := range docs {
				alone, err := CleanDocument(doc)
				beside, besideErr := New(Options{}).ForSite(snap).CleanDocument(doc)
				if err != nil {
					require.ErrorIs(t, besideErr, ErrNoArticle, "page %d has an article only because of its site", i)
					continue
				}
				if errors.Is(besideErr, ErrNoArticle) { // everything was repeated
					continue
				}
				require.NoError(t, besideErr)
				checkArticle(t, beside)
				checkOnlyLess(t, alone, beside, i)
				for _, r := range beside.Removed {
					if r.Stage == "site" {
						taken++
					}
				}
			}
		})
	}
	assert.Greater(t, taken, 100, "nothing repeats on these hosts")
}
