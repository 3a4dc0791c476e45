package cleaner_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// ferry is a typical page of a blog engine: the headline twice, a piece of a broken tag, share buttons, a comment form.
const ferry = `<!DOCTYPE html>
<html lang="en">
<head>
  <title>The ferry is back – The Pellow Gazette</title>
  <meta property="og:site_name" content="The Pellow Gazette">
  <script type="application/ld+json">{"@type": "NewsArticle", "headline": "The ferry is back",
    "author": [{"@type": "Person", "name": "Ada Marlowe"}, {"@type": "Person", "name": "Tom Quay"}],
    "datePublished": "2026-03-14T09:30:00+01:00"}</script>
</head>
<body>
  <nav><a href="/">Home</a> <a href="/tides">Tides</a></nav>
  <article>
    <h1>The ferry is back</h1>
    <h2>The ferry is back</h2>
    <p>After three weeks in the dock the ferry crossed the bay again on Saturday, with eleven passengers,
      a crate of hens and the <a href="/2026/clock">new harbour clock</a>.</p>
    <p>&#8221; data-script=&#8221; &gt;</p>
    <figure><img src="/ferry.jpg" alt="The ferry"><figcaption>The ferry, repainted.</figcaption></figure>
    <p>Nobody had told the hens that there would be a band, and the captain, who was paid by the hour,
      declared himself content with all concerned.</p>
    <ul class="share"><li>Facebook</li><li>Twitter</li></ul>
  </article>
  <h3>Leave a Comment</h3>
  <form><p>Your email address will not be published.</p><textarea></textarea></form>
</body>
</html>`

// article cleans the page in the constant ferry for the examples below.
func article() *cleaner.Article {
	a, err := cleaner.Clean(strings.NewReader(ferry), "https://gazette.example/2026/ferry")
	if err != nil {
		panic(err)
	}
	return a
}

// The second argument is the page's address. It is used to make links absolute.
func ExampleClean() {
	a, err := cleaner.Clean(strings.NewReader(ferry), "https://gazette.example/2026/ferry")
	if errors.Is(err, cleaner.ErrNoArticle) {
		fmt.Println("nothing there to read")
		return
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title)
	fmt.Println(a.Authors, a.SiteName, a.Published, a.Language)
	// Output:
	// The ferry is back
	// [Ada Marlowe Tom Quay] The Pellow Gazette 2026-03-14T09:30:00+01:00 en
}

// A page without main content, such as a login form, is an error and not an empty article.
func ExampleClean_noArticle() {
	page := `<title>Log in</title><form><label>Name <input></label><button>Log in</button></form>`
	_, err := cleaner.Clean(strings.NewReader(page), "")
	fmt.Println(errors.Is(err, cleaner.ErrNoArticle))
	// Output: true
}

// The error contains the page's metadata. This page is filled by scripts, so there is no article.
func ExampleNoArticleError() {
	page := `<title>The ferry, live</title><meta property="article:published_time" content="2026-03-14T09:30:00Z"><div id="app"></div>`
	_, err := cleaner.Clean(strings.NewReader(page), "https://gazette.example/live/ferry")
	var none *cleaner.NoArticleError
	if errors.As(err, &none) {
		fmt.Printf("%v: %q of %v\n", err, none.About.Title, none.About.Published)
	}
	// Output: cleaner: no article found: "The ferry, live" of 2026-03-14T09:30:00Z
}

// The page is parsed only once. Its links are available before it is cleaned, and cleaning does not change the
// document.
func ExampleCleanDocument() {
	doc, err := htmldoc.Parse(strings.NewReader(ferry), htmldoc.Source{URL: "https://gazette.example/2026/ferry"})
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := cleaner.CleanDocument(doc)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, link := range doc.Links() {
		fmt.Println(link.URL)
	}
	fmt.Println(a.Provenance["title"], a.Provenance["authors"], a.Provenance["content"])
	// Output:
	// https://gazette.example/
	// https://gazette.example/tides
	// https://gazette.example/2026/clock
	// h1 json-ld readability
}

func ExampleNew() {
	c := cleaner.New(cleaner.Options{MaxBytes: 1000})
	_, err := c.Clean(strings.NewReader(ferry), "")
	fmt.Println(errors.Is(err, cleaner.ErrTooLarge))
	// Output: true
}

// A server's header determines the encoding if the bytes do not.
func ExampleCleaner_Clean() {
	c := cleaner.New(cleaner.Options{ContentType: "text/html; charset=iso-8859-2"})
	a, err := c.Clean(strings.NewReader("<p>Zegar portowy sp\xF3\xBCni\xB3 si\xEA dzi\xB6 o siedem minut, a kury, jak zwykle, nie zwr\xF3ci\xB3y na to uwagi.</p>"), "")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Text())
	// Output: Zegar portowy spóźnił się dziś o siedem minut, a kury, jak zwykle, nie zwróciły na to uwagi.
}

// One Cleaner cleans many pages, even at the same time.
func ExampleCleaner_CleanDocument() {
	c := cleaner.New(cleaner.Options{})
	for _, page := range []string{ferry, "<form><button>Log in</button></form>"} {
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://gazette.example/"})
		if err != nil {
			fmt.Println(err)
			continue
		}
		a, err := c.CleanDocument(doc)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.Title)
	}
	// Output:
	// The ferry is back
	// cleaner: no article found
}

// Another tool extracted this text, chaff included. Lines that stay are not changed.
func ExampleCleanText() {
	extracted := `The ferry is back
The ferry is back
After three weeks in the dock the ferry crossed the bay again.
” data-script=” >
Nobody had told the hens.
Facebook
Twitter
Leave a Comment
Your email address will not be published. Required fields are marked *`
	fmt.Println(cleaner.CleanText(extracted))
	// Output:
	// The ferry is back
	// After three weeks in the dock the ferry crossed the bay again.
	// Nobody had told the hens.
}

// Text contains only what a person would read aloud, without headline and captions.
func ExampleArticle_Text() {
	fmt.Println(article().Text())
	// Output:
	// After three weeks in the dock the ferry crossed the bay again on Saturday, with eleven passengers, a crate of hens and the new harbour clock.
	//
	// Nobody had told the hens that there would be a band, and the captain, who was paid by the hour, declared himself content with all concerned.
}

func ExampleArticle_Markdown() {
	fmt.Println(article().Markdown())
	// Output:
	// # The ferry is back
	//
	// After three weeks in the dock the ferry crossed the bay again on Saturday, with eleven passengers, a crate of hens and the [new harbour clock](https://gazette.example/2026/clock).
	//
	// ![The ferry](https://gazette.example/ferry.jpg)
	//
	// *The ferry, repainted.*
	//
	// Nobody had told the hens that there would be a band, and the captain, who was paid by the hour, declared himself content with all concerned.
}

// On request, a table that Markdown cannot express, such as one with lists in its cells, is written as HTML.
func ExampleHTMLWhereNeeded() {
	var a cleaner.Article
	err := json.Unmarshal([]byte(`{"schema": 1, "html":
		"<table><tr><th>Hen</th><td><ul><li>old</li><li>loud</li></ul></td></tr></table>"}`), &a)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Markdown())
	fmt.Println()
	fmt.Println(a.Markdown(cleaner.RenderOptions{Tables: cleaner.HTMLWhereNeeded}))
	// Output:
	// |  |  |
	// | --- | --- |
	// | Hen | old<br>loud |
	//
	// <table><tbody>
	// <tr><th>Hen</th><td><ul><li>old</li><li>loud</li></ul></td></tr></tbody></table>
}

// Language models read Markdown well, but each address costs tokens.
func ExampleRenderOptions() {
	fmt.Println(article().Markdown(cleaner.RenderOptions{
		Images: cleaner.ToggleHide, Captions: cleaner.ToggleHide, Links: cleaner.ToggleHide,
	}))
	// Output:
	// # The ferry is back
	//
	// After three weeks in the dock the ferry crossed the bay again on Saturday, with eleven passengers, a crate of hens and the new harbour clock.
	//
	// Nobody had told the hens that there would be a band, and the captain, who was paid by the hour, declared himself content with all concerned.
}

// The HTML is safe to show, whatever the page contains.
func ExampleArticle_HTML() {
	page := `<html lang="ar"><title>الساعة</title><body onload="x()"><p style="color:red">وصلت الساعة إلى الميناء في السابعة، ومعها <a href="javascript:x()" onclick="x()">صندوق دجاج</a>، ولم يلاحظ أحد.</p><script>x()</script>`
	a, err := cleaner.Clean(strings.NewReader(page), "https://gazette.example/ar")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.HTML(cleaner.RenderOptions{Headline: cleaner.ToggleHide}))
	// Output: <article lang="ar" dir="rtl"><p>وصلت الساعة إلى الميناء في السابعة، ومعها صندوق دجاج، ولم يلاحظ أحد.</p></article>
}

// Blocks are the content in pieces, for search indexes or speech synthesis.
func ExampleArticle_Blocks() {
	for b := range article().Blocks() {
		fmt.Printf("%-9s %.24s\n", b.Kind, b.Text)
	}
	// Output:
	// paragraph After three weeks in the
	// image     The ferry
	// caption   The ferry, repainted.
	// paragraph Nobody had told the hens
}

func ExampleArticle_MarshalJSON() {
	b, err := json.Marshal(article())
	if err != nil {
		fmt.Println(err)
		return
	}
	var fields struct {
		Schema    int      `json:"schema"`
		Authors   []string `json:"authors"`
		Published string   `json:"published"`
		HTML      string   `json:"html"`
	}
	if err := json.Unmarshal(b, &fields); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fields.Schema, fields.Authors, fields.Published)
	fmt.Println(strings.Count(fields.HTML, "<p>"), "paragraphs")
	// Output:
	// 2 [Ada Marlowe Tom Quay] 2026-03-14T09:30:00+01:00
	// 2 paragraphs
}

// An article stored as JSON can be restored and rendered in every format.
func ExampleArticle_UnmarshalJSON() {
	stored, err := json.Marshal(article())
	if err != nil {
		fmt.Println(err)
		return
	}
	var restored cleaner.Article
	if err := json.Unmarshal(stored, &restored); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(restored.Markdown() == article().Markdown())

	err = json.Unmarshal([]byte(`{"schema": 99}`), &restored)
	fmt.Println(errors.Is(err, cleaner.ErrBadSchema))
	// Output:
	// true
	// true
}

// All visible text that is not in the article is listed, with the rule that removed it.
func ExampleRemoval() {
	for _, r := range article().Removed {
		fmt.Printf("%-18s %.40s\n", r.Rule, r.Text)
	}
	// Output:
	// vote               Home Tides
	// headline-repeated  The ferry is back
	// headline-repeated  The ferry is back
	// residue            ” data-script=” >
	// share-row          Facebook
	// share-row          Twitter
	// comment-form       Leave a Comment
	// comment-form       Your email address will not be published
}

// An article on two pages is joined into one.
func ExampleArticle_Append() {
	page := func(number int, text string) *cleaner.Article {
		a, err := cleaner.Clean(strings.NewReader("<title>The long pier</title><h1>The long pier</h1><p>"+text+"</p>"), fmt.Sprintf("https://quay.example/pier/%d", number))
		if err != nil {
			panic(err)
		}
		return a
	}
	article := page(1, "The pier of Sandry has been growing by one plank a year since the war.")
	article.Append(page(2, "Nobody has asked for the planks, and nobody knows who brings them."))
	fmt.Println(article.Text())
	// Output:
	// The pier of Sandry has been growing by one plank a year since the war.
	//
	// Nobody has asked for the planks, and nobody knows who brings them.
}

// Explain reports for each block whether it was kept, and which rule decided.
func ExampleOptions_explain() {
	c := cleaner.New(cleaner.Options{Explain: func(page *cleaner.PageTrace) {
		for _, b := range page.Blocks {
			fmt.Println(b.Kind, b.Kept, b.Rule)
		}
	}})
	_, err := c.Clean(strings.NewReader("<title>The pier</title><h1>The pier</h1><p>The pier of Sandry has been growing by one plank a year since the war.</p>"), "https://quay.example/pier")
	if err != nil {
		panic(err)
	}
	// Output:
	// headline false headline-repeated
	// paragraph true
}

// A forum crawler knows the kind of page in advance.
func ExampleOptions_kind() {
	c := cleaner.New(cleaner.Options{Kind: cleaner.KindForum, Favor: cleaner.FavorRecall})
	a, err := c.Clean(strings.NewReader("<title>The pier</title><h1>The pier</h1><p>The pier of Sandry has been growing by one plank a year since the war.</p>"), "https://quay.example/pier")
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Kind, a.KindProbability)
	// Output: forum 1
}

// Without the current time, a date in the future cannot be recognized; Options.Now provides it.
func ExampleOptions_now() {
	const page = `<html lang="en"><title>The pier</title><meta name="date" content="2031-01-01"><h1>The pier</h1><p>Published: March 14, 2026</p>
		<p>The pier of Sandry has been growing by one plank a year since the war, and nobody has ever been seen to nail one down.</p>`
	c := cleaner.New(cleaner.Options{Now: time.Date(2026, time.April, 1, 0, 0, 0, 0, time.UTC)})
	a, err := c.Clean(strings.NewReader(page), "https://quay.example/pier")
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Published, "by the", a.Provenance["published"])
	// Output: 2026-03-14 by the visible date
}

func ExampleArticle_ReadingTime() {
	a := article()
	fmt.Println(a.Words(), "words,", a.ReadingTime())
	// Output: 52 words, 1m0s
}

// Dates from a feed are used if the page has none. The scraper passes them on with the page.
func ExampleArticle_provenance() {
	doc, err := htmldoc.Parse(strings.NewReader("<title>The pier</title><h1>The pier</h1><p>The pier of Sandry has been growing by one plank a year since the war.</p>"),
		htmldoc.Source{URL: "https://quay.example/pier", Published: time.Date(2026, time.March, 14, 6, 12, 0, 0, time.UTC)})
	if err != nil {
		panic(err)
	}
	a, err := cleaner.CleanDocument(doc)
	if err != nil {
		panic(err)
	}
	fmt.Println("published", a.Published, "by the", a.Provenance["published"])
	// Output: published 2026-03-14T06:12:00Z by the feed
}
