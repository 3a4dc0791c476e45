package htmldoc_test

import (
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func ExampleParse() {
	page := strings.NewReader("<meta charset=windows-1252><p>La jet\xE9e")
	doc, err := htmldoc.Parse(page, htmldoc.Source{URL: "https://phare.example/1"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Encoding, doc.EncodingSource, doc.Base)
	// Output: windows-1252 meta https://phare.example/1
}

func ExampleParseBytes() {
	_, err := htmldoc.ParseBytes([]byte("%PDF-1.7"), htmldoc.Source{})
	fmt.Println(err)
	// Output: htmldoc: not an HTML page: a PDF
}

func ExampleDocument_Links() {
	page := `<a href="/tides.html#today">Tides</a> <a href="mailto:desk@lantern.example">Write to us</a>`
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://lantern.example/"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, link := range doc.Links() {
		fmt.Println(link.URL, link.Text)
	}
	// Output: https://lantern.example/tides.html Tides
}

func ExampleDocument_Resolve() {
	doc, err := htmldoc.ParseBytes(nil, htmldoc.Source{URL: "https://lantern.example/news/"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(doc.Resolve("../photos/pier.jpg"))
	// Output: https://lantern.example/photos/pier.jpg true
}

// A link that needs no parsing, and one that does.
func ExampleIsPlainURL() {
	fmt.Println(htmldoc.IsPlainURL("https://quay.example/news/story?page=2"))
	fmt.Println(htmldoc.IsPlainURL("https://quay.example:443/news/../story#top"))
	// Output:
	// true
	// false
}
