package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A table is a data table of an article. Its first row may be a header.
type table struct {
	name   string
	headed bool
	framed bool // in a figure
	rows   [][]string
}

var dataTables = []table{
	{name: "numbers", headed: true, rows: [][]string{
		{"Year", "Ferries", "Passengers", "Share"},
		{"2019", "14", "182,450", "61.2"},
		{"2020", "9", "71,003", "58.9"},
		{"2021", "11", "98,771", "60.4"},
		{"2022", "13", "165,020", "62.0"},
	}},
	{name: "prices", headed: true, rows: [][]string{
		{"Ticket", "One way", "Return"}, {"Adult", "€4.20", "€7.00"}, {"Child", "€2.10", "€3.50"}, {"Bicycle", "€1.00", "€1.50"},
	}},
	{name: "times", headed: true, rows: [][]string{
		{"Day", "First", "Last"}, {"Weekday", "06:10", "22:40"}, {"Saturday", "07:30", "23:55"}, {"Sunday", "08:15", "21:00"},
	}},
	{name: "points", rows: [][]string{
		{"1", "Marit Hovland", "312"}, {"2", "Oskar Lindqvist", "298"}, {"3", "Teresa Núñez", "297"}, {"4", "Pavel Dvořák", "240"},
	}},
	{name: "specification", rows: [][]string{
		{"Length", "40 m"}, {"Beam", "9.6 m"}, {"Battery", "2,900 kWh"}, {"Top speed", "17 kn"}, {"Crew", "3"},
	}},
	{name: "yes or no", headed: true, rows: [][]string{
		{"Port", "Ramp", "Shelter", "Toilet"},
		{"Tollvik", "yes", "yes", "no"},
		{"Sandnes quay", "no", "yes", "no"},
		{"Holmen", "yes", "no", "yes"},
	}},
	{name: "words", headed: true, rows: [][]string{
		{"Norwegian", "English"}, {"ferje", "ferry"}, {"kai", "quay"}, {"havn", "harbour"}, {"fyr", "lighthouse"},
	}},
	{name: "long texts", headed: true, rows: [][]string{
		{"Plan", "For", "Against"},
		{
			"Keep the old boat", "It is paid for, and its crew knows every rock between the islands.",
			"The engine is from 1987 and spare parts are made by hand in a shed.",
		},
		{
			"Buy an electric one", "It makes no noise, and the county pays half of what it costs.",
			"The cable has to be replaced first, and nobody has said who pays for that.",
		},
	}},
	{name: "in a figure", headed: true, framed: true, rows: [][]string{
		{"Month", "Rain", "Sun"}, {"May", "61 mm", "210 h"}, {"June", "55 mm", "232 h"}, {"July", "70 mm", "228 h"},
	}},
}

// markup returns the table in HTML.
func (d *table) markup() string {
	var s strings.Builder
	if d.framed {
		s.WriteString(`<figure class="table">`)
	}
	s.WriteString("<table>")
	for i, row := range d.rows {
		tag := "td"
		if i == 0 && d.headed {
			s.WriteString("<thead>")
			tag = "th"
		}
		s.WriteString("<tr>")
		for _, cell := range row {
			fmt.Fprintf(&s, "<%s>%s</%s>", tag, cell, tag)
		}
		s.WriteString("</tr>")
		if i == 0 && d.headed {
			s.WriteString("</thead><tbody>")
		}
	}
	if d.headed {
		s.WriteString("</tbody>")
	}
	s.WriteString("</table>")
	if d.framed {
		s.WriteString("</figure>")
	}
	return s.String()
}

// tablePages are pages whose text, with a table in the middle, is inserted at the verb %s.
var tablePages = map[string]string{
	"news": `<!DOCTYPE html><html lang="en"><head><title>The day of the cable | The Holmen Post</title>
<meta property="og:type" content="article"></head><body class="page">
<header class="site-header"><a href="/">The Holmen Post</a><nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li>
<li><a href="/c">Culture</a></li></ul></nav></header><main><article class="article"><h1>The day of the cable</h1>
<div class="meta">By <a rel="author" href="/a/x">Jorunn Lie</a> <time datetime="2024-05-14">14 May 2024</time></div>
<div class="article__body">%s</div><div class="tags"><a href="/t/h">Harbour</a> <a href="/t/c">County</a></div></article>
<section class="related"><h3>More from this section</h3><ul><li><a href="/1">Council votes to repaint the lighthouse</a></li>
<li><a href="/2">School roof to be finished by autumn</a></li></ul></section></main>
<aside class="sidebar"><h3>Most read</h3><ol><li><a href="/a">Mayor apologises to geese</a></li><li><a href="/b">Who moved the
bus stop?</a></li></ol></aside><footer><a href="/about">About us</a> <a href="/privacy">Privacy</a> © 2024 The Holmen Post</footer>
</body></html>`,
	"old news": `<html><head><title>Holmen Evening News - The day of the cable</title></head><body bgcolor="#ffffff">
<div id="top"><a href="/index.html">Home</a> | <a href="/weather.html">Weather</a> | <a href="/ads.html">Classifieds</a></div>
<div id="wrap"><div id="left"><h4>Sections</h4><ul><li><a href="/local">Local</a></li><li><a href="/world">World</a></li></ul></div>
<div id="story"><h2>The day of the cable</h2><span class="date">Tuesday, May 14, 2013</span>%s
<div class="tools"><a href="?print">Print</a> <a href="mailto:x@example.org">E-mail</a></div></div>
<div id="right"><h4>Also today</h4><p><a href="/1">Council votes to repaint the lighthouse</a></p>
<p><a href="/2">School roof to be finished by autumn</a></p></div></div>
<div id="bottom">Copyright 2013 Holmen Evening News. All rights reserved.</div></body></html>`,
	"blog": `<!DOCTYPE html><html lang="en"><head><title>The day of the cable – Salt and Slate</title>
<meta name="generator" content="WordPress 6.4"></head><body class="single single-post">
<div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">Salt and Slate</a></p>
</header><div id="content" class="site-content"><div id="primary"><main id="main"><article id="post-7" class="post type-post">
<header class="entry-header"><h1 class="entry-title">The day of the cable</h1><div class="entry-meta">Posted on
<time>14 May 2024</time> by <a href="/author/j">jorunn</a></div></header><div class="entry-content">%s</div>
<footer class="entry-footer">Posted in <a href="/c/harbour">Harbour</a></footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on “The day of the cable”</h2><ol class="comment-list">
<li class="comment"><b>Nils</b> says:<p>My uncle laid the first one, with a rowing boat and a bad temper.</p></li>
<li class="comment"><b>Aud</b> says:<p>Will there be coffee on board, that is all I want to know.</p></li></ol></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/p/1">Slate roofs</a></li>
<li><a href="/p/2">A walk to the lighthouse</a></li></ul></section></aside></div><footer id="colophon">Proudly powered by WordPress
</footer></div></body></html>`,
	"own blog": `<!DOCTYPE html><html lang="en"><head><title>The day of the cable</title></head><body>
<header><a href="/">~jorunn</a> <a href="/posts">posts</a> <a href="/about">about</a></header>
<main><h1>The day of the cable</h1><p><small>May 14, 2024 · 4 min read</small></p>%s<p><a href="/posts">← All posts</a></p></main>
<footer>© Jorunn Lie. Made by hand.</footer></body></html>`,
}

const (
	aboveTable = `<p>The harbour has had a ferry since 1871, and for most of that time nobody asked what it cost. It carried
fish, furniture and the occasional bride, and it left when the captain had finished his coffee.</p>
<p>That changed in March, when the county published figures showing that each crossing loses the price of a modest dinner.
Within a week there were two petitions, one to close the line and one to double it.</p>`
	belowTable = `<p>The new boat would be electric, forty metres long, and able to turn in the width of a football pitch. Its
batteries would charge during the seven minutes that it spends at each quay.</p>
<p>Replacing the cable is the expensive part. The seabed there is a shelf of slate with a layer of old anchors on top, and
the contractor who surveyed it last autumn described the job as dentistry.</p>`
)

// notData are tables that are not data of the article, each with words that must not be in the article.
var notData = []struct{ name, markup, words string }{
	{"calendar", `<aside class="sidebar widget_calendar"><table id="wp-calendar"><caption>May 2024</caption><thead><tr><th>M</th>
<th>T</th><th>W</th><th>T</th><th>F</th></tr></thead><tbody><tr><td>13</td><td><a href="/14">14</a></td><td>15</td><td>16</td>
<td>17</td></tr><tr><td>20</td><td>21</td><td>22</td><td>23</td><td>24</td></tr></tbody></table></aside>`, "May 2024"},
	{"links", `<div class="more-links"><table><tr><td><a href="/x1">Harbour news</a></td><td><a href="/x2">County news</a></td></tr>
<tr><td><a href="/x3">Fishing</a></td><td><a href="/x4">Boats for sale</a></td></tr></table></div>`, "Boats for sale"},
}

func TestDataTablesAreKeptWhole(t *testing.T) {
	for page, frame := range tablePages {
		for _, d := range dataTables {
			t.Run(page+"/"+d.name, func(t *testing.T) {
				a, err := Clean(strings.NewReader(fmt.Sprintf(frame, aboveTable+d.markup()+belowTable)), "")
				require.NoError(t, err)
				text := strings.Join(strings.Fields(a.Text()), " ")
				for _, row := range d.rows {
					for _, cell := range row {
						assert.Contains(t, text, cell)
					}
				}
				assert.Contains(t, text, "the captain had finished his coffee")
				assert.Contains(t, text, "described the job as dentistry")
			})
		}
		for _, other := range notData {
			t.Run(page+"/no "+other.name, func(t *testing.T) {
				markup := fmt.Sprintf(frame, aboveTable+belowTable)
				markup = strings.Replace(markup, "</body>", other.markup+"</body>", 1)
				a, err := Clean(strings.NewReader(markup), "")
				require.NoError(t, err)
				assert.NotContains(t, a.Text(), other.words)
				assert.Contains(t, a.Text(), "described the job as dentistry")
			})
		}
	}
}

func TestLayoutTablesAreNotData(t *testing.T) {
	const page = `<html><head><title>The day of the cable</title></head><body><table width="100%%"><tr><td width="20%%">
<a href="/">Home</a><br><a href="/n">News</a><br><a href="/w">Weather</a></td><td><h1>The day of the cable</h1>%s</td>
<td width="20%%"><b>Also today</b><br><a href="/1">Council votes to repaint the lighthouse</a><br><a href="/2">School roof to be
finished by autumn</a></td></tr></table></body></html>`
	a, err := Clean(strings.NewReader(fmt.Sprintf(page, aboveTable+belowTable)), "")
	require.NoError(t, err)
	assert.Contains(t, a.Text(), "described the job as dentistry")
	assert.NotContains(t, a.Text(), "School roof")
	assert.NotContains(t, a.Text(), "Weather")
	assert.NotContains(t, a.Markdown(), "|")
}
