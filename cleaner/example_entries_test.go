package cleaner_test

import (
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

const shopPage = `<html lang="en"><body><nav><a href="/lamps">Lamps</a><a href="/rugs">Rugs</a></nav><main><h1>Lamps</h1>
<ul><li class="product"><a href="/p/7"><img src="/7.jpg"><h2>Desk lamp in brass</h2></a><p>Folds flat for a drawer, and opens again
without a tool.</p><p class="price">$48.00</p></li>
<li class="product"><a href="/p/11"><img src="/11.jpg"><h2>Clip lamp with a cork base</h2></a><p>Holds on
to a shelf as thin as a finger.</p><p class="price">$36.50</p></li>
<li class="product"><a href="/p/15"><img src="/15.jpg"><h2>Wall lamp, oak</h2></a><p>Swings over the bed and stays where it was left,
even on a bad wall.</p><p class="price">$95.00</p></li></ul></main>
</body></html>`

// The entries of a list page, each with its address.
func ExampleOptions_entries() {
	c := cleaner.New(cleaner.Options{Entries: true, Kind: cleaner.KindCollection})
	a, err := c.Clean(strings.NewReader(shopPage), "https://lamps.example/lamps")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range a.Entries {
		fmt.Println(e.Title, e.Price, e.URL)
	}
	// Output:
	// Desk lamp in brass $48.00 https://lamps.example/p/7
	// Clip lamp with a cork base $36.50 https://lamps.example/p/11
	// Wall lamp, oak $95.00 https://lamps.example/p/15
}
