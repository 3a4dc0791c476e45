package cleaner_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// ferry is a page as a blog engine makes it.
const ferry = `<!DOCTYPE html>
<html lang="en"><head><title>The ferry is back | The Harbour Gazette</title>
<meta name="author" content="Ada Pell"><meta property="article:published_time" content="2026-03-14T06:12:00+01:00"></head>
<body><nav><a href="/">Home</a></nav>
<article><h1>The ferry is back</h1>
<h2>The ferry is back</h2>
<p>After three weeks in the dock the ferry crossed <a href="/bay">the bay</a> again on Tuesday, with eleven passengers and a crate of hens.</p>
<p><strong>Read also: <a href="/keys">Who has the keys to the lighthouse?</a></strong></p>
<p>Nobody had told the hens that there would be a band, and two of them have not laid since, says their owner, who is looking into it.</p>
<p>&#8221; data-script=&#8221; &gt;</p>
<p>Facebook<br>Twitter<br>LinkedIn</p>
</article></body></html>`

func ExampleClean() {
	article, err := cleaner.Clean(strings.NewReader(ferry), "https://harbour.example/ferry")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(article.Title)
	fmt.Println(article.Byline, article.Published)
	fmt.Println(article.Text())
	// Output:
	// The ferry is back
	// Ada Pell 2026-03-14T06:12:00+01:00
	// After three weeks in the dock the ferry crossed the bay again on Tuesday, with eleven passengers and a crate of hens.
	//
	// Nobody had told the hens that there would be a band, and two of them have not laid since, says their owner, who is looking into it.
}

// A page without an article gives an error and nothing else.
func ExampleClean_noArticle() {
	_, err := cleaner.Clean(strings.NewReader(`<nav><a href="/">Home</a></nav>`), "")
	fmt.Println(errors.Is(err, cleaner.ErrNoArticle))
	// Output: true
}

func ExampleCleanDocument() {
	doc, err := htmldoc.Parse(strings.NewReader(ferry), htmldoc.Source{URL: "https://harbour.example/ferry"})
	if err != nil {
		log.Fatal(err)
	}
	article, err := cleaner.CleanDocument(doc)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Encoding, article.URL, article.Language)
	// Output: utf-8 https://harbour.example/ferry en
}

// A Cleaner may be used from several goroutines.
func ExampleNew() {
	c := cleaner.New(cleaner.Options{MaxBytes: 64 << 10})
	_, err := c.Clean(strings.NewReader(strings.Repeat("hens ", 20_000)), "")
	fmt.Println(errors.Is(err, cleaner.ErrTooLarge))
	// Output: true
}

// ContentType is the header that the pages came with: it names their encoding.
func ExampleCleaner_Clean() {
	c := cleaner.New(cleaner.Options{ContentType: "text/html; charset=windows-1252"})
	page := strings.ReplaceAll(ferry, "Ada Pell", "Ren\xE9e")
	article, err := c.Clean(strings.NewReader(page), "")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(article.Byline)
	// Output: Renée
}

func ExampleCleaner_CleanDocument() {
	c := cleaner.New(cleaner.Options{})
	for _, page := range []string{ferry, "<p>"} {
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
		if err != nil {
			log.Fatal(err)
		}
		article, err := c.CleanDocument(doc)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(article.Title)
	}
	// Output:
	// The ferry is back
	// cleaner: no article found
}

// Text that another tool extracted has lost its markup, and kept the chaff.
func ExampleCleanText() {
	fmt.Print(cleaner.CleanText(`The ferry is back

The ferry is back

After three weeks in the dock the ferry crossed the bay again on Tuesday.

” data-script=” >
Facebook
Twitter

Leave a Comment

This site uses Akismet to reduce spam. Learn how your comment data is processed.
`))
	// Output:
	// The ferry is back
	//
	// After three weeks in the dock the ferry crossed the bay again on Tuesday.
}

// mustClean is for examples: a program would handle the error.
func mustClean(page string) *cleaner.Article {
	article, err := cleaner.Clean(strings.NewReader(page), "https://harbour.example/ferry")
	if err != nil {
		log.Fatal(err)
	}
	return article
}

func ExampleArticle_Text() {
	article := mustClean(ferry)
	text := article.Text(cleaner.RenderOptions{Headline: cleaner.Show})
	fmt.Println(strings.SplitN(text, "\n", 2)[0])
	// Output: The ferry is back
}

// Language models want the structure, and neither links nor images.
func ExampleArticle_Markdown() {
	article := mustClean(ferry)
	fmt.Println(article.Markdown(cleaner.RenderOptions{Links: cleaner.Hide, Images: cleaner.Hide}))
	// Output:
	// # The ferry is back
	//
	// After three weeks in the dock the ferry crossed the bay again on Tuesday, with eleven passengers and a crate of hens.
	//
	// Nobody had told the hens that there would be a band, and two of them have not laid since, says their owner, who is looking into it.
}

// HTML is made by an allow-list: what can run is never in it.
func ExampleArticle_HTML() {
	article := mustClean(`<article><p onclick="steal()">The hens crossed the bay in a crate, <a href="javascript:steal()">all eleven</a> of them, and <a href="/laid">one has laid</a> since then.</p></article>`)
	fmt.Println(article.HTML())
	// Output: <article><p>The hens crossed the bay in a crate, all eleven of them, and <a href="https://harbour.example/laid">one has laid</a> since then.</p></article>
}

func ExampleArticle_Blocks() {
	article := mustClean(ferry)
	for b := range article.Blocks() {
		fmt.Printf("%s: %.40s…\n", b.Kind, b.Text)
	}
	// Output:
	// paragraph: After three weeks in the dock the ferry …
	// paragraph: Nobody had told the hens that there woul…
}

func ExampleArticle_MarshalJSON() {
	b, err := json.Marshal(mustClean(ferry))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.106s…\n", b)
	// Output: {"schema":1,"url":"https://harbour.example/ferry","title":"The ferry is back","byline":"Ada Pell","authors…
}

// An article that was stored as JSON is whole again: it renders as before.
func ExampleArticle_UnmarshalJSON() {
	before := mustClean(ferry)
	b, err := json.Marshal(before)
	if err != nil {
		log.Fatal(err)
	}
	var after cleaner.Article
	if err := json.Unmarshal(b, &after); err != nil {
		log.Fatal(err)
	}
	fmt.Println(after.Markdown() == before.Markdown())
	// Output: true
}

// Everything visible that is not in the article is accounted for.
func ExampleRemoval() {
	for _, r := range mustClean(ferry).Removed {
		fmt.Printf("%s: %s\n", r.Rule, strings.ReplaceAll(r.Text, "\n", " "))
	}
	// Output:
	// navigation-label: Home
	// headline-repeated: The ferry is back
	// headline-repeated: The ferry is back
	// related-box: Read also: Who has the keys to the lighthouse?
	// residue: ” data-script=” >
	// share-row: Facebook Twitter LinkedIn
}

// longest is an Extractor that votes for the one paragraph with the most text.
type longest struct{}

func (longest) Extract(root *html.Node, _ *url.URL) ([]*html.Node, error) {
	var best []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.TextNode && (best == nil || len(n.Data) > len(best[0].Data)) {
			best = []*html.Node{n}
		}
	}
	return best, nil
}

// Any engine can cast the vote; the rules still have the last word.
func ExampleExtractor() {
	c := cleaner.New(cleaner.Options{Extractor: longest{}})
	article, err := c.Clean(strings.NewReader(ferry), "")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(article.Provenance["content"])
	fmt.Println(article.Text())
	// Output:
	// extractor
	// Nobody had told the hens that there would be a band, and two of them have not laid since, says their owner, who is looking into it.
}

func ExampleDate() {
	article := mustClean(ferry)
	fmt.Println(article.Published.Time.Year(), article.Published.HasTime, article.Published.HasZone)
	// Output: 2026 true true
}
