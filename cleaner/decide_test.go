package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	decideA = "The ferry to Skerra leaves when Magnus is ready, and that is what the timetable on the pier has said since the war."
	decideB = "On Monday he was ready at ten past eight, with two of us aboard, and a wardrobe that belonged to the schoolteacher."
	decideC = "He stood it upright by the wheelhouse, closed the door on his good coat, and for an hour we looked at the sea."
	decideD = "The coat, when it came out again at the other end, smelt of moths, of peat and a little of the schoolteacher."
)

// What the engine drops is kept where the page itself says that it belongs to kept text, and only there.
func TestDecideTakesBack(t *testing.T) {
	for _, c := range []struct{ name, body, kept, left string }{
		{
			"paragraphs of the text's own shape in the same section",
			`<section><div id="kept"><p class="body-text">` + decideA + `</p><p class="body-text">` + decideB + `</p><p class="body-text">` + decideC + `</p></div><hr><div><p class="body-text">` + decideD + `</p></div></section>`,
			decideD, "",
		},
		{
			"a heading with its section",
			`<div><p>Winter</p><h2 class="header">How he came back</h2><div id="kept"><p>` + decideA + `</p><p>` + decideB + `</p></div></div>`,
			"How he came back", "Winter",
		},
		{
			"a list that is announced",
			`<div><div id="kept"><p>` + decideA + `</p><p>He took with him three things, in this order:</p></div><ul><li>the wardrobe</li><li>the coat</li></ul><ul><li><a href="/elsewhere">Elsewhere</a></li></ul></div>`,
			"- the wardrobe\n- the coat", "Elsewhere",
		},
		{
			"a note that the text refers to",
			`<div id="kept"><p>` + decideA + `<a href="#n1">1</a></p><p>` + decideB + `</p><p>` + decideC + `</p></div><div class="footer"><p id="n1">It was his second coat, strictly.</p><p id="n2">Nobody asked about this one at all.</p></div>`,
			"It was his second coat, strictly.", "Nobody asked",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			article, err := New(Options{Extractor: onlyElement("kept")}).Clean(strings.NewReader("<title>The wardrobe</title><h1>The wardrobe</h1>"+c.body), "https://skerra.example/")
			require.NoError(t, err)
			text := article.Text()
			assert.Contains(t, text, decideA)
			if c.kept != "" {
				assert.Contains(t, text, c.kept)
			}
			if c.left != "" {
				assert.NotContains(t, text, c.left)
			}
		})
	}
}
