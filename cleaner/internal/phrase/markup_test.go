package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIsMarkup(t *testing.T) {
	for _, line := range []string{
		`{"@context":"https://schema.org"}`, `[{"a": 1}, {"b": 2}]`, `{"cut":"sho`, "<br />", "<!-- more -->", `<div class="x"></div><p>`,
		".side{display:none}", "@media print { .side { display:none } }", "#ad, #side > p { margin: 0 }", "window.x = 1;",
		"gtag('config', 'x');", "{{ title }}", "{% endif %}", "[object Object]", "undefined",
	} {
		assert.True(t, IsMarkup(line), line)
	}
	for _, line := range []string{
		"", "x", "{late again}", "[1] The first count", "[hens only]", "<Any boat>", "<https://gazette.example/>", "< 5 hens",
		"Windows and doors;", "The hens {twelve of them: all late}", "#harbour #hens", ".", "@ada: come at 7 {or later}", "undefined behavior",
	} {
		assert.False(t, IsMarkup(line), line)
	}
}
