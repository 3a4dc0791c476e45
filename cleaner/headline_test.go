package cleaner_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
)

// The title is the first of several lines of a block.
func TestHeadlineAboveLineBreak(t *testing.T) {
	const page = `<title>Sun: Ferry is back with a new anchor: Harbour</title><p>Ferry is back with a new anchor<br>12 March</p>
		<p>The ferry crossed the bay again on Tuesday, after three weeks in the dock, with eleven passengers, a crate of
		hens and a new anchor on board, and nobody had told the hens that there would be a band.</p>`
	article, err := cleaner.Clean(strings.NewReader("<!doctype html>"+page), "")
	require.NoError(t, err)
	assert.Equal(t, "Ferry is back with a new anchor", article.Title)
}

// The title is the headline that the page shows, even if no source in the markup gives it alone.
func TestShownHeadline(t *testing.T) {
	const (
		ferry = `<p>The ferry crossed the bay again on Tuesday, after three weeks in the dock, with eleven passengers, a crate
			of hens and a new anchor on board, and nobody had told the hens that there would be a band.</p>
			<p>The harbour master said that the anchor of the ferry had been found at low tide by two children, who asked
			for nothing but a ride to the other side, and that they had been given the wheel for a while.</p>
			<p>The next crossing is on Thursday at nine, if the wind does not turn, and the fare is the same as before the
			repair, which the council has paid from the fund for storms that it set up three winters ago.</p>`
		hafen = `<p>昨天上午港口的新渡轮在修理三个星期以后第一次开航，船上有十一位乘客和一只新的铁锚，乐队在码头上演奏了很久，
			没有人告诉母鸡会有乐队。</p><p>港口主任说，铁锚是两个孩子在退潮的时候找到的，他们只要求坐船到对岸去一次，
			后来他们还掌了一会儿舵，渡轮的票价和修理以前一样。</p><p>下一次开航是星期四上午九点，如果风向不变的话，
			市议会用三年前为风暴设立的基金支付了这次修理的费用。</p>`
		menu = `<div><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></div>`
	)
	for name, c := range map[string]struct{ page, want string }{
		"between section and site": {
			`<title>Gazette : News / Harbour : Ferry is back with a new anchor : 12 March</title>` + menu +
				`<div><b>Ferry is back with a new anchor</b></div>` + ferry, "Ferry is back with a new anchor",
		},
		"after the site's name, as short as it": {
			`<title>Bay County Evening Sun - Ferry has new anchor</title>` + menu + `<div>Ferry has new anchor</div>` + ferry,
			"Ferry has new anchor",
		},
		"not the slogan in <title>": {
			`<title>Ferry is back with a new anchor - News of the bay</title><div>News of the bay</div>` + menu +
				`<div class="story-head">Ferry is back with a new anchor</div>` + ferry, "Ferry is back with a new anchor",
		},
		"below the date, in one block": {
			`<title>bay.example -- Ferry is back with a new anchor</title>` + menu +
				`<div>Published Wednesday, March 4, 2026<br><b>Ferry is back with a new anchor</b></div>` + ferry,
			"Ferry is back with a new anchor",
		},
		"without a separator": {
			`<title>BNN - Bay News Network Ferry is back with a new anchor</title>` + menu +
				`<h4>Ferry is back with a new anchor</h4>` + ferry, "Ferry is back with a new anchor",
		},
		"the title is the site's": {
			`<title>Bay County Evening Sun | Official site</title>` + menu + `<h2>Ferry is back with a new anchor</h2>` + ferry,
			"Ferry is back with a new anchor",
		},
		"the title is the site's, in words of the text": {
			`<title>The Bay Ferry Courier</title>` + menu + `<div class="story_hdln">Hens and anchor on board</div>` + ferry,
			"Hens and anchor on board",
		},
		"an h1 with few words of the text": {
			`<title>Harbour News</title>` + menu + `<h1>Red-hot anchor in the cold</h1>` + ferry, "Red-hot anchor in the cold",
		},
		"a page with one sentence": {
			`<title>My site</title><h1>Ferry is back</h1><p>The ferry crossed the bay again on Tuesday.</p>`, "Ferry is back",
		},
		"an h1 with no word of the text": {
			`<title>Notes</title><h1>A poem from the pier</h1><p>Boats that hum<br>hens that drum<br>come to us, come.</p>` + ferry,
			"A poem from the pier",
		},
		"the h1 is a section": {
			`<h1>Latest News</h1>` + menu + `<h2>Ferry is back with a new anchor</h2>` + ferry, "Ferry is back with a new anchor",
		},
		"no title, no heading": {
			menu + `<div>Ferry is back with a new anchor</div><div>12 March, 9:14</div><div>By Ada Lindqvist</div>` + ferry,
			"Ferry is back with a new anchor",
		},
		"no title, Chinese": {`<div>新渡轮修理以后第一次开航</div><div>编辑 2026年3月12日</div>` + hafen, "新渡轮修理以后第一次开航"},
		"a title that the text does not repeat": {
			`<title>Doing the goose</title>` + menu + `<div>Doing the goose</div><h3>Ferry, hens and anchor</h3>` + ferry, "Doing the goose",
		},
		"a date in the h1": {
			`<title>Sun: Ferry is back with a new anchor / 12.03.26 / Harbour</title>` + menu +
				`<h1>Ferry is back with a new anchor&nbsp; 12.03.26&nbsp;08:49</h1>` + ferry, "Ferry is back with a new anchor",
		},
		"the slogan is an h1 too": {
			`<title>Ferry is back | News of the bay in real time</title><meta property="og:title" content="Ferry is back">
				<h1>News of the bay in real time</h1>` + menu + `<h1>Ferry is back</h1>` + ferry, "Ferry is back",
		},
	} {
		t.Run(name, func(t *testing.T) {
			article, err := cleaner.Clean(strings.NewReader("<!doctype html>"+c.page), "")
			require.NoError(t, err)
			assert.Equal(t, c.want, article.Title)
			assert.NotContains(t, article.Text(), c.want, "the content must not repeat the title")
		})
	}
}

// The headline of a page whose h1 is the name of the blog is the heading below it that the title has as well.
func TestHeadlineBelowName(t *testing.T) {
	const ferry = `<p>The ferry crossed the bay again on Tuesday, after three weeks in the dock, with eleven passengers, a
		crate of hens and a new anchor on board, and nobody had told the hens that there would be a band.</p>
		<p>The harbour master said that the anchor of the ferry had been found at low tide by two children, who asked for
		nothing but a ride to the other side, and that they had been given the wheel for a while.</p>`
	for name, c := range map[string]struct{ page, want string }{
		"the name is a link": {
			`<title>Quay Diary: Old hens</title><h1><a href="/">Quay Diary</a></h1><h3>Old hens</h3>` + ferry, "Old hens",
		},
		"a date is between": {
			`<title>Old hens - The Quay Diary of Bo Ek</title><h1>The Quay Diary of Bo Ek</h1><h2>14 March 2026</h2>
			<h3>Old hens</h3>` + ferry, "Old hens",
		},
		"both are h1 elements": {
			`<title>Quay Diary | Hens on board again</title>
			<h1>Quay Diary</h1><h3>14 March 2026</h3><h1><a href="/hens">Hens on board again</a></h1>` + ferry,
			"Hens on board again",
		},
		"not a second line of the headline": {
			`<title>Hens on board: what captains should know</title><h1>Hens on board</h1>
			<h2>What captains should know</h2>` + ferry, "Hens on board",
		},
		"not the site's name below the headline": {
			`<title>Hens on board | Bay Gazette</title><meta property="og:site_name" content="Bay Gazette">
			<h1><a href="/hens">Hens on board</a></h1><p>14 March 2026</p><h4>Bay Gazette</h4>` + ferry, "Hens on board",
		},
		"not what else is in the h1": {
			`<title>Hens on board</title><h1><span>Hens on board</span> <a href="#c">274 Comments</a></h1><p>Bo Ek</p><h4>274 Comments</h4>` + ferry,
			"Hens on board",
		},
	} {
		t.Run(name, func(t *testing.T) {
			article, err := cleaner.Clean(strings.NewReader("<!doctype html>"+c.page), "")
			require.NoError(t, err)
			assert.Equal(t, c.want, article.Title)
		})
	}
}

// The headline may be below the text, and may repeat its text for phones.
func TestHeadlineInOddPlaces(t *testing.T) {
	const text = `<p>The ferry crossed the bay again on Tuesday, after three weeks in the dock, with eleven passengers, a crate
		of hens and a new anchor on board, and nobody had told the hens that there would be a band.</p>
		<p>The harbour master said that the anchor of the ferry had been found at low tide by two children, who asked
		for nothing but a ride to the other side, and that they had been given the wheel for a while.</p>`
	for name, page := range map[string]string{
		"below the text": `<article>` + text + `<h1>Ferry crossed with a new anchor</h1></article>`,
		"twice, for phones": `<h1><span class="desktop">Ferry crossed with a new anchor</span><span class="phone">` +
			`Ferry crossed with a new anchor</span></h1>` + text,
	} {
		t.Run(name, func(t *testing.T) {
			page = `<!doctype html><title>The Gazette</title><div><a href="/">Home</a> <a href="/news">News</a></div>` + page
			article, err := cleaner.Clean(strings.NewReader(page), "https://gazette.example/news/ferry.html")
			require.NoError(t, err)
			assert.Equal(t, "Ferry crossed with a new anchor", article.Title)
			assert.Equal(t, 1, strings.Count(article.Markdown(), "Ferry crossed"), article.Markdown())
		})
	}
}
