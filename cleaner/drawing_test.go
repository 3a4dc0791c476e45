package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRemovedListsDrawings(t *testing.T) {
	const page = `<!doctype html><html lang=en><title>How the lock works</title><article><h1>How the lock works</h1>
<p>The old lock has two chambers, and the water moves between them through a valve that was made in 1893.</p>
%
<p>When the valve opens, the water runs down for eleven minutes, and the keeper goes to have his tea.</p>
<p>Nobody has counted the boats. There is a book for it, but it got wet, and since then he has them in his head.</p></article>`
	for _, c := range []struct{ name, drawing, want string }{
		{"a diagram", `<figure><svg viewBox="0 0 400 200" role="img" aria-label="The lock"><defs><text>no</text></defs><rect/><g><text>Upper <tspan>chamber</tspan></text></g><text>Valve</text></svg><figcaption>From the side.</figcaption></figure>`, "The lock · Upper chamber · Valve"},
		{"a graph whose size its style tells", `<svg viewBox="0 0 90 90"><foreignObject><div>Open</div></foreignObject><text>Shut</text></svg>`, "Open · Shut"},
		{"a drawing with a title", `<p><svg width="300px"><title>Levels in a day</title><g><title>a bar</title><rect/></g></svg></p>`, "Levels in a day"},
		{"an icon with a name", `<p>It leaks. <svg viewBox="0 0 512 512"><title>Drop</title><path d=""/></svg></p>`, ""},
		{"an icon with a letter", `<p><svg width="16" viewBox="0 0 400 200"><title>Lock</title><text>L</text></svg> It leaks.</p>`, ""},
		{"a drawing without words", `<svg viewBox="0 0 400 200"><rect/></svg>`, ""},
		{"one beside the text", `<nav><a href="/">Start</a><svg viewBox="0 0 400 200"><text>Quay</text><text>Pier</text></svg><a href="/boats">Boats</a></nav>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(strings.Replace(page, "%", c.drawing, 1)), "https://quay.example/lock")
			require.NoError(t, err)
			got := ""
			for _, r := range a.Removed {
				if r.Rule == drawingRule.name {
					got += r.Text
				}
			}
			assert.Equal(t, c.want, got)
			assert.NotContains(t, a.HTML(RenderOptions{}), "<svg")
		})
	}
}

func TestPicturesOfControlsAreLeftOut(t *testing.T) {
	const page = `<!doctype html><html lang=en><title>How the lock works</title><article><h1>How the lock works</h1>
<p>The old lock has two chambers, and the water moves between them through a valve that was made in 1893.</p>
%
<p>When the valve opens, the water runs down for eleven minutes, and the keeper goes to have his tea.</p></article>`
	for name, control := range map[string]string{
		"an icon in a button": `<button aria-label="Share"><img src="/i/share.svg" alt="Share"></button>`,
		"stars":               `<div role="img" aria-label="4 of 5"><img src="/i/star.png" alt=""><img src="/i/half.png" alt=""></div>`,
		"an icon in a box":    `<div role="img" aria-label="Quay"><img src="/i/quay.svg" width="24" alt="Quay"></div>`,
	} {
		a, err := Clean(strings.NewReader(strings.Replace(page, "%", control, 1)), "https://quay.example/lock")
		require.NoError(t, err, name)
		assert.NotContains(t, a.Markdown(RenderOptions{}), "![", name)
	}
}
