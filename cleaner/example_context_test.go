package cleaner_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A server stops cleaning a page when its client has disconnected.
func ExampleCleanContext() {
	ctx, cancel := context.WithCancel(context.Background())
	a, err := cleaner.CleanContext(ctx, strings.NewReader(ferry), "https://gazette.example/2026/ferry")
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Title)
	cancel()
	_, err = cleaner.CleanContext(ctx, strings.NewReader(ferry), "https://gazette.example/2026/ferry")
	fmt.Println(errors.Is(err, context.Canceled))
	// Output:
	// The ferry is back
	// true
}

func ExampleCleaner_CleanContext() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := cleaner.New(cleaner.Options{Favor: cleaner.FavorPrecision})
	a, err := c.CleanContext(ctx, strings.NewReader(ferry), "https://gazette.example/2026/ferry")
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Title)
	// Output: The ferry is back
}

// The page is already parsed: only the cleaning is canceled.
func ExampleCleaner_CleanDocumentContext() {
	ctx, cancel := context.WithCancel(context.Background())
	doc, err := htmldoc.Parse(strings.NewReader(ferry), htmldoc.Source{URL: "https://gazette.example/2026/ferry"})
	if err != nil {
		panic(err)
	}
	cancel()
	a, err := cleaner.New(cleaner.Options{}).CleanDocumentContext(ctx, doc)
	fmt.Println(a, err)
	// Output: <nil> context canceled
}
