package explain_test

import (
	"context"
	"fmt"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/explain"
)

func Example() {
	doc, err := htmldoc.ParseBytes([]byte(`<title>The pier</title><h1>The pier</h1>
<p>The pier of Sandry has been growing by one plank a year since the war.</p>
<p style="display:none">Menu</p>`), htmldoc.Source{})
	if err != nil {
		panic(err)
	}
	page, err := explain.New(context.Background(), doc, explain.Options{})
	if err != nil {
		panic(err)
	}
	for _, item := range page.Items {
		fmt.Printf("%s: %s\n", item.Verdict, item.Text)
	}
	// Output:
	// rule: The pier
	// kept: The pier of Sandry has been growing by one plank a year since the war.
	// hidden: Menu
}
