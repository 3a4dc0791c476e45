package cleaner_test

import (
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

const threadPage = `<html lang="en"><body class="viewtopic"><h1>The kiln trips the breaker</h1>
<div class="post" id="p41"><p class="author">by <a class="username" href="/member/7">Quill</a> <time
datetime="2026-03-02T18:10:00Z">2 March</time></p><div class="content"><p>My small kiln trips the breaker after ten
minutes, always at the same temperature. The element looks fine.</p></div><div class="signature">Clay and
coffee</div></div>
<div class="post" id="p42"><p class="author">by <a class="username" href="/member/9">Hob</a> <time
datetime="2026-03-02T20:45:00Z">2 March</time></p><div class="content"><blockquote><p>always at the same
temperature</p></blockquote><p>Then it is the thermocouple lead: measure it against the case while it is
hot.</p></div></div>
<div class="post" id="p43"><p class="author">by <a class="username" href="/member/7">Quill</a> <time
datetime="2026-03-03T07:05:00Z">3 March</time></p><div class="content"><p>That was it. Two ohms to ground, and only
when it is warm. Thank you!</p></div><div class="signature">Clay and coffee</div></div></body></html>`

// The posts of a thread, with author and time.
func ExampleOptions_posts() {
	c := cleaner.New(cleaner.Options{Posts: true})
	a, err := c.Clean(strings.NewReader(threadPage), "https://kilns.example/topic/5")
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range a.Posts {
		p := &a.Posts[i]
		fmt.Printf("%s, %s, %s\n%s\n", p.Author, p.Published, p.URL, p.Markdown())
	}
	// Output:
	// Quill, 2026-03-02T18:10:00Z, https://kilns.example/topic/5#p41
	// My small kiln trips the breaker after ten minutes, always at the same temperature. The element looks fine.
	// Hob, 2026-03-02T20:45:00Z, https://kilns.example/topic/5#p42
	// > always at the same temperature
	//
	// Then it is the thermocouple lead: measure it against the case while it is hot.
	// Quill, 2026-03-03T07:05:00Z, https://kilns.example/topic/5#p43
	// That was it. Two ohms to ground, and only when it is warm. Thank you!
}
