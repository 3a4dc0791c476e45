package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A section of an article may be titled "Comments". Text after the next heading does not belong to that section, even
// if each heading is in a box of its own.
func TestSectionTitledComments(t *testing.T) {
	const text = "<p>The harbor board of Holm has rebuilt the %[1]s pier after the storm took its planks and two of its " +
		"lamps in the last winter.</p><p>The work took eleven weeks, and the divers found that the old piles were sound " +
		"below the water, so that only the deck of the %[1]s pier had to be replaced.</p><p>The board thanks everybody " +
		"who has lent a boat, a rope or a hand, and the school whose pupils painted the railing in white and blue.</p>"
	for _, heading := range []string{"<h2>%s</h2>", `<div class="heading"><h2>%s</h2></div>`} {
		page := "<!DOCTYPE html><title>The piers</title><main><article><h1>The piers</h1>" + fmt.Sprintf(text, "eastern") +
			fmt.Sprintf(heading, "Comments") + "<p>The board heard three comments on 3 May 2021.</p>" +
			"<p>It answered them on 17 May 2021, in writing.</p>" +
			fmt.Sprintf(heading, "Findings") + fmt.Sprintf(text, "western") + "</article></main>"
		a, err := Clean(strings.NewReader(page), "https://holm.example/piers")
		require.NoError(t, err)
		assert.Contains(t, a.Text(), "western", heading)
	}
}
