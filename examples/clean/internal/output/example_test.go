package output_test

import (
	"fmt"

	"github.com/dechaff/dechaff/examples/clean/internal/output"
	"github.com/dechaff/dechaff/examples/internal/record"
)

func ExampleSelect() {
	fields, err := output.Select("id,title,words", "words")
	if err != nil {
		fmt.Println(err)
		return
	}
	line, err := fields.JSON(&output.Row{Line: output.Line{Record: record.Record{ID: "tide", Title: "The tide table"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s", line)
	// Output: {"id":"tide","title":"The tide table"}
}
