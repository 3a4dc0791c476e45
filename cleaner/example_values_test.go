package cleaner_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A date is as precise as the page gave it. As text, and so in JSON, it has no more digits than that.
func ExampleDate() {
	published := article().Published
	fmt.Println(published, published.HasZone)
	fmt.Println(published.Time.UTC().Format(time.DateOnly), article().Modified.IsZero())

	var month cleaner.Date
	if err := json.Unmarshal([]byte(`"2026-03"`), &month); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(month, month.NoDay, month.Time.Format(time.DateOnly))
	// Output:
	// 2026-03-14T09:30:00+01:00 true
	// 2026-03-14 true
	// 2026-03 true 2026-03-01
}

// Kinds have names, which JSON contains and which UnmarshalText reads, for example from a flag.
func ExampleKind() {
	var wanted cleaner.Kind
	if err := wanted.UnmarshalText([]byte("article")); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(wanted, article().Kind == wanted)
	fmt.Println(wanted.UnmarshalText([]byte("novel")))
	// Output:
	// article true
	// cleaner: unknown kind "novel"
}

// A tree that was parsed without package htmldoc can be cleaned too. Links become absolute if Base is set.
func ExampleCleanDocument_tree() {
	root, err := html.Parse(strings.NewReader(ferry))
	if err != nil {
		fmt.Println(err)
		return
	}
	address, err := url.Parse("https://gazette.example/2026/ferry")
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := cleaner.CleanDocument(&htmldoc.Document{Root: root, URL: address, Base: address})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Markdown() == article().Markdown())
	// Output: true
}
