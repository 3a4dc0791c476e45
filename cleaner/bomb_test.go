package cleaner

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

const (
	paragraph = "<p>The ferry was late again, said Ada, and so was the tide."
	most      = htmldoc.DefaultMaxNodes/2 - 10 // how many paragraphs a page may have
)

// bombs are pages of the given size in bytes that try to exhaust their reader.
var bombs = []struct {
	name string
	size int
	make func(size int) string
	want error // nil accepts any result: an article, ErrNoArticle, ErrTooLarge
}{
	{"nesting", 2 << 20, repeated("", "<div>"), nil},
	{"nesting with text", 2 << 20, repeated("", "<div>a "), htmldoc.ErrTooLarge},
	{"nesting of inline elements", 2 << 20, repeated("<p>", "<span>a"), nil},
	{"siblings", 4 << 20, repeated("", "<p>a"), htmldoc.ErrTooLarge},
	{"siblings, just below the limit", most * len("<p>a "), repeated("", "<p>a "), nil},
	{"paragraphs, just below the limit", most * len(paragraph), repeated("", paragraph), nil},
	{"empty elements", 4 << 20, repeated("", "<b></b>"), htmldoc.ErrTooLarge},
	{"a million attributes", 4 << 20, repeated("<p ", `a=1 `), nil},
	{"a million different attributes", 4 << 20, attributes, nil},
	{"attributes on many elements", 2 << 20, repeated("", "<p a=1 b=2 c=3 d=4 e=5 f=6 class='a b c d e f'>a"), nil},
	{"one class attribute with many names", 2 << 20, repeated(`<p>a<p class="`, "comment share "), nil},
	{"entities", 4 << 20, repeated("<p>", "&amp;&#x41;&notit;"), nil},
	{"one text", 4 << 20, repeated("<p>", "a"), nil},
	{"one text of words", 4 << 20, repeated("<p>", "ferry "), nil},
	{"one text of 50 MB", 50 << 20, repeated("<p>", "the ferry "), htmldoc.ErrTooLarge},
	{"one comment", 4 << 20, repeated("<p>a<!--", "-"), nil},
	{"table soup", 1 << 20, repeated("", "<table><tr><td><table></td></tr><caption>a<tbody>"), nil},
	{"tables in tables", 1 << 20, repeated("", "<table><td>a"), nil},
	{"cells", 2 << 20, repeated("<table>", "<tr><td>a<td>b"), htmldoc.ErrTooLarge},
	{"cells that span", 1 << 20, repeated("<table>", `<tr><td colspan=1000 rowspan=65534>a`), nil},
	{"misnested formatting", 1 << 20, repeated("", "<b><i><p>a</b></i></p>"), nil},
	{"adoption agency", 1 << 20, repeated("", "<a><b><i><u><div>a</a></b></i></u>"), nil},
	{"formatting left open", 1 << 20, leftOpen, nil},
	{"lists in lists", 1 << 20, repeated("", "<ul><li>a"), nil},
	{"quotes in quotes", most * 5 / 8 * len("<blockquote>a"), repeated("", "<blockquote>a"), nil},
	{"links", 4 << 20, repeated("<p>", "<a href=x>a</a>"), htmldoc.ErrTooLarge},
	{"JSON-LD", 3 << 20, jsonLD(`{"@type":"Article","a":"`, "x", `"}`), nil},
	{"JSON-LD of 30 MB", 30 << 20, jsonLD(`{"@type":"Article","a":"`, "x", `"}`), htmldoc.ErrTooLarge},
	{"JSON-LD, deep", 3 << 20, jsonLD("", `{"@graph":[`, ""), nil},
	{"JSON-LD, wide", 3 << 20, jsonLD("[", `{"@type":"Article"},`, "{}]"), nil},
	{"JSON-LD, broken", 3 << 20, jsonLD(`{"@type":"Article","headline":"`, "a\n\"", ""), nil},
	{"JSON-LD, many", 2 << 20, repeated("<p>a", `<script type="application/ld+json">{"@type":"Article",}</script>`), nil},
	{"meta", 2 << 20, repeated("", `<meta property="article:author" content="Ada Gull">`), nil},
	{"line breaks", 2 << 20, repeated("<p>", "a<br>"), htmldoc.ErrTooLarge},
	{"spaces", 4 << 20, repeated("<p>a", " "), nil},
	{"special characters of Markdown", 1 << 20, repeated("<p>", "*_`[<\\"), nil},
	{"back quotes", 1 << 20, repeated("<p><code>", "`"), nil},
	{"dates", 1 << 20, repeated("<p>", "2026-01-02T03:04:05 "), nil},
	{"names", 1 << 20, repeated(`<p class="byline author">By `, "Ada Gull and "), nil},
	{"words from the lists", 1 << 20, repeated("", "<p>Read also: share this, subscribe, cookies, advertisement, leave a comment"), nil},
	{"callouts in callouts", 1 << 20, repeated("", `<div class="admonition note"><p>a`), nil},
	{"callouts", 1 << 20, repeated("", `<div class="admonition note"><p class="admonition-title">a</p><p>a</div>`), nil},
	{"code in code", 1 << 20, repeated("", `<div class="highlight"><pre><div class="line">a`), nil},
	{"lines of code", 1 << 20, repeated(`<div class="code">`, `<div class="code-line">a</div>`), nil},
	{"verses in verses", 1 << 20, repeated("", `<div class="poem" style="white-space:pre"><span class="line">a</span>a`+"\n"), nil},
	{"boxes of lines in each other", 1 << 20, repeated("", `<div class="line-block"><div class="line">a</div><div class="line">b</div>`), nil},
	{"tabs", 1 << 20, repeated("", `<ul role="tablist"><li role="tab">a<li role="tab">b</ul><div role="tabpanel">a</div><div role="tabpanel">b</div>`), nil},
	{"tables of boxes", 1 << 20, repeated(`<div role="table">`, `<div role="row"><i role="cell">a</i><i role="cell">b</i></div>`), nil},
	{"tables of boxes in each other", 1 << 20, repeated("", `<div role="table"><div role="row"><div role="cell">a`), nil},
	{"pull quotes", 1 << 20, repeated("", `<p>The ferry was late<aside class="pullquote">The ferry was late</aside>`), nil},
	{"fields that touch", 1 << 20, repeated("<p>", `<b class="label">a</b><i class="value">b</i>`), nil},
	{"formulas in formulas", 1 << 20, repeated("", `<span class="katex"><math><mrow><mo>(</mo><mfrac><mi>a</mi>`), nil},
	{"formulas in boxes", 1 << 20, repeated("", `<div class="math equation"><mjx-container><math><mi>a</mi></math>a`), nil},
	{"dollars", 1 << 20, repeated("<p>", `$a_1 $$b^2 \(c `), nil},
	{"one formula", 640 << 10, repeated("<p><math>", `<mo>(</mo><mi>x</mi>`), nil},
	{"notes", 1 << 20, numberedNotes, nil},
	{"marks of one note", 1 << 20, repeated(`<p>a<b id="n"></b>`, `a<sup><a href="#n">1</a></sup>`), nil},
	{"notes in lines", 1 << 20, repeated("", `<p>The ferry<span class="sidenote">was late<span class="sidenote">a</span></span>`), nil},
	{"frames", 1 << 20, repeated("", `<iframe src="https://a.example/x" title="The ferry" allowfullscreen></iframe>`), nil},
	{"players in players", 1 << 20, repeated("", `<div class="video-player youtube embed cookie" data-id="abc">a`), nil},
	{"posts", 1 << 20, repeated("<p>The ferry was late again.", `<blockquote class="twitter-tweet"><p>The ferry was late</blockquote>`), nil},
	{"pictures that come later", 1 << 20, repeated("", `<p><img src="blank.gif" srcset="a.jpg 1w, b.jpg 2w" data-a="c.jpg"><noscript><img src=d.jpg></noscript>a`), nil},
	{"page state", 3 << 20, func(size int) string {
		return `<p>a<script>window.a={"blocks":[` + strings.Repeat(`{"type":"paragraph","text":"The ferry"},`, size/40) + `]}</script>`
	}, nil},
	{"page state, deep", 3 << 20, repeated(`<p>a<script>window.a=`, `{"children":[`), nil},
	{"brackets in a formula", 640 << 10, func(size int) string {
		return "<p>a<math>" + strings.Repeat("<mo>(</mo>", size/25) + "<mfrac><mi>a</mi><mi>b</mi></mfrac>" + strings.Repeat("<mo>)</mo>", size/25)
	}, nil},
	{"a long identifier", 1 << 20, repeated("<p>a<math><mi>", "a"), nil},
	{"labels of formulas", 1 << 20, repeated(`<p>a<script type="math/tex">`, `\label{a}`), nil},
	{"wrappers of formulas", 1 << 20, repeated(`<p>a<script type="math/tex">`, `{\displaystyle`), nil},
	{"rows that cannot be read", 1 << 20, repeated(`<p>a<script>self.__next_f=1;`, `.push(/*`), nil},
	{"page state of shared values", 1 << 20, func(size int) string {
		return `<p>a<script id="__NUXT_DATA__" type="application/json">[{` + strings.TrimSuffix(strings.Repeat(`"k":1,`, 1), ",") + `},[` +
			strings.TrimSuffix(strings.Repeat("2,", size/4), ",") + `],{"type":3,"text":4},"paragraph","one two three four"]</script>`
	}, nil},
	{"images in a picture", 2 << 20, repeated(`<p>a<picture><source srcset="a.jpg 1w, b.jpg 2w">`, "<img src=/a.jpg>"), nil},
	{"noscripts", 12 << 20, repeated("<p>a", "<noscript>"+strings.Repeat("<p>a", 20_000)+"</noscript>"), nil},
	{"templates in templates", 1 << 20, repeated("", "<template><p>The ferry was late"), nil},
	{"streamed parts in streamed parts", 1 << 20, streamed(`<div hidden id="S:%d">`, "<p>The ferry was late"), nil},
	{"a chain of streamed parts", 1 << 20, func(size int) string {
		return `<template id="B:0"></template>` + numbered(size/80, func(k int) string {
			return fmt.Sprintf(`<div hidden id="S:%d"><p>The ferry was late<template id="B:%d"></template></div>`, k, k+1)
		})
	}, nil},
	{"junk", 1 << 20, junk, nil},
}

func repeated(head, part string) func(int) string {
	return func(size int) string { return head + strings.Repeat(part, (size-len(head))/len(part)) }
}

// streamed returns a page with templates that wait for 300 parts, each beginning with open, and repeats the last part.
func streamed(open, part string) func(int) string {
	return func(size int) string {
		head := numbered(300, func(k int) string { return fmt.Sprintf(`<template id="B:%d"></template>`, k) }) +
			numbered(300, func(k int) string { return fmt.Sprintf(open, k) })
		return repeated(head, part)(size)
	}
}

func numberedNotes(size int) string {
	var text, notes strings.Builder
	for i := 0; text.Len()+notes.Len() < size-200; i++ {
		fmt.Fprintf(&text, `<p>The ferry<sup><a href="#n%d">%d</a></sup>`, i, i)
		fmt.Fprintf(&notes, `<p><a id="n%d"></a>`, i)
	}
	return text.String() + notes.String()
}

func attributes(size int) string {
	var b strings.Builder
	b.WriteString("<p ")
	for i := 0; b.Len() < size-20; i++ {
		fmt.Fprintf(&b, "a%d=%d ", i, i)
	}
	return b.String() + ">a"
}

func leftOpen(size int) string {
	var b strings.Builder
	b.WriteString("<div>")
	for i := range 240 {
		fmt.Fprintf(&b, "<b a=%d>", i)
	}
	b.WriteString("</div>")
	return b.String() + strings.Repeat("<p>x", (size-b.Len())/4)
}

func jsonLD(head, part, tail string) func(int) string {
	return func(size int) string {
		return `<p>a<script type="application/ld+json">` + head + strings.Repeat(part, (size-100)/len(part)) + tail + "</script>"
	}
}

// junk returns random markup, such as a fuzzer starts with. It is the same each time.
func junk(size int) string {
	words := strings.Fields("<p> </p> <b> </i> <table> <td> </table> <a href=x> <svg> <math> <select> <template> <form> &amp; a ferry <!-- --> <li> <h2> </div> <div>")
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size-20 {
		b.WriteString(words[random.IntN(len(words))])
	}
	return b.String()
}

// peakMemory runs f and returns its peak memory use, not counting memory that was in use before.
func peakMemory(f func()) int64 {
	used := func() int64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
		metrics.Read(sample)
		return int64(sample[0].Value.Uint64() + sample[1].Value.Uint64())
	}
	runtime.GC()
	before := used()
	peak := before
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			peak = max(peak, used())
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(stop)
	<-done
	return peak - before
}

// TestBombs cleans pages that try to exhaust memory and time. Uncollected garbage counts as memory in use.
func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	for _, bomb := range bombs {
		t.Run(bomb.name, func(t *testing.T) {
			page := []byte(bomb.make(bomb.size))
			var a *Article
			var err error
			began := time.Now()
			peak := peakMemory(func() {
				if a, err = Clean(bytes.NewReader(page), "https://gull.example/a"); err == nil {
					_, _, _ = a.Text(), a.Markdown(), a.HTML()
				}
			})
			took := time.Since(began)
			times := float64(peak) / float64(len(page))
			t.Logf("%.1f MB, %v, peak %.0f MB, %.1f times the page, error %v", float64(len(page))/1e6, took.Round(time.Millisecond), float64(peak)/1e6, times, err)
			if err != nil {
				require.Nil(t, a, "got a partial article with an error")
				require.True(t, errors.Is(err, ErrNoArticle) || errors.Is(err, ErrTooLarge), "%v", err)
			}
			if bomb.want != nil {
				require.ErrorIs(t, err, bomb.want)
			}
			assert.Less(t, peak, int64(1500<<20), "bytes of memory")
			assert.Less(t, took, 3*time.Minute)
		})
	}
}
