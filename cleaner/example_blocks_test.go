package cleaner_test

import (
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

const clockPage = `<html><head><title>The tide clock</title></head><body><main><h1>The tide clock</h1>
<p>The clock shows when the water comes and when it goes, and it needs neither a moon nor a calendar for that.</p>
<h2>Install</h2><p>Hang it where nobody can reach it, and not above the stove, because steam makes it slow.</p>
<h3>Linux</h3><p>Call the program once a day, at high water, and it writes the next hours into a file of its
own.</p></main><footer><p>© 2026 The clock makers</p></footer></body></html>`

// The position of each block in the page and in the text.
func ExampleOptions_blocks() {
	c := cleaner.New(cleaner.Options{Blocks: true})
	a, err := c.Clean(strings.NewReader(clockPage), "https://clocks.example/tide")
	if err != nil {
		fmt.Println(err)
		return
	}
	text := a.Text()
	for b := range a.Blocks() {
		fmt.Printf("%s %q: %.20s\n  %s\n", b.Kind, b.Path, text[b.From:b.To], b.CSS)
	}
	// Output:
	// paragraph "": The clock shows when
	//   html > body > main > p:nth-of-type(1)
	// heading "": Install
	//   html > body > main > h2
	// paragraph "Install": Hang it where nobody
	//   html > body > main > p:nth-of-type(2)
	// heading "Install": Linux
	//   html > body > main > h3
	// paragraph "Install › Linux": Call the program onc
	//   html > body > main > p:nth-of-type(3)
}
