package input_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/input"
)

func ExampleFind() {
	o := input.Options{Stdin: strings.NewReader(`{"id": "tide", "url": "https://tide.example/", "html": "<p>The tide came in."}`)}
	inputs, err := input.Find([]string{"-"}, "", o, func(err error, _ bool) { fmt.Println(err) })
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, in := range inputs {
		err := in.Pages(context.Background(), o, func(p *input.Page) bool {
			p.Prepare()
			fmt.Println(in.Kind, p.ID, p.URL, string(p.Body))
			return true
		})
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output: jsonl tide https://tide.example/ <p>The tide came in.
}
