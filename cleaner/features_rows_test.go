package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A page of more blocks than are judged one by one is nearly the article that it is when they are, from a table of bounded size.
func TestBlocksSpeakForOthers(t *testing.T) {
	const paragraphs = 3 * maxRows
	for name, class := range map[string]func(i int) string{
		"one class":          func(int) string { return "entry" },
		"a class of its own": func(i int) string { return fmt.Sprintf("entry e%d", i) },
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("<title>The log of the ferry</title><nav><ul>" + strings.Repeat("<li><a href=/pier>The pier</a>", 50) + "</ul></nav><main><h1>The log of the ferry</h1>")
			for i := range paragraphs {
				fmt.Fprintf(&b, "<p class='%s'>On day %d the ferry left the outer quay at dawn, and it came back with the mail, two sacks of flour and a dog.</p>\n", class(i), i)
			}
			b.WriteString("</main><footer><p>All rights reserved. <a href=/terms>Terms</a> <a href=/privacy>Privacy</a></p></footer>")
			doc, err := htmldoc.Parse(strings.NewReader(b.String()), htmldoc.Source{URL: "https://quay.example/log/ferry"})
			require.NoError(t, err)
			p := New(Options{}).page(doc, nil)
			p.read()
			p.note()
			p.judgeFirst()
			require.Greater(t, len(p.blocks), paragraphs)
			assert.LessOrEqual(t, p.features.rows(), maxRows)
			for row := range p.features.rows() {
				assert.True(t, p.features.speaks(p.features.speaker(row)))
			}

			count := func(o Options) int {
				article, err := New(o).CleanDocument(doc)
				require.NoError(t, err)
				text := article.Text()
				assert.NotContains(t, text, "The pier")
				assert.NotContains(t, text, "All rights reserved")
				return strings.Count(text, "the ferry left the outer quay")
			}
			each := count(Options{Explain: func(*PageTrace) {}}) // one by one
			require.Greater(t, each, paragraphs/2)
			assert.InEpsilon(t, each, count(Options{}), 0.01)
		})
	}
}
