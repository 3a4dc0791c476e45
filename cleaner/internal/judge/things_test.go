package judge

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// choose calls Page.Choose for a page and returns the first word of each kept block. The first characters of a block's
// text give its log-odds: "+" means content, "-" means chaff, and a doubled sign means near certainty. Other blocks
// have log-odds of 0.
func choose(t *testing.T, markup string) (texts []string) {
	t.Helper()
	p := judged(t, markup)
	opinion, alone := make([]float32, len(p.Blocks)), make([]bool, len(p.Blocks))
	for b := range p.Blocks {
		switch text := p.Blocks[b].Text; {
		case strings.HasPrefix(text, "++"):
			opinion[b] = 4
		case strings.HasPrefix(text, "--"):
			opinion[b] = -4
		case strings.HasPrefix(text, "+"):
			opinion[b] = 1
		case strings.HasPrefix(text, "-"):
			opinion[b] = -0.5
		}
	}
	for b, kept := range p.Choose(opinion, alone, false) {
		if kept {
			texts = append(texts, strings.Fields(strings.TrimLeft(p.Blocks[b].Text, "+- "))[0])
		}
	}
	return texts
}

func TestThingsAreKeptWhole(t *testing.T) {
	const article = `<html><body><article><p>++ one of several paragraphs with words</p>%s<p>++ two of several paragraphs</p></article>
<div class="more"><p>-- other things of the page</p></div></body></html>`
	for name, test := range map[string]struct {
		markup string
		want   string
	}{
		"a table": {
			`<table><tr><td>+ a</td><td>+ b</td></tr><tr><td>- c</td><td>+ d</td></tr></table>`, "one a b c d two",
		},
		"a table that is not part of the article": {
			`<table><tr><td>-- a</td><td>-- b</td></tr><tr><td>+ c</td><td>-- d</td></tr></table>`, "one two",
		},
		"items of a list":                         {`<ul><li>+ a</li><li>- b</li><li>++ c</li></ul>`, "one a b c two"},
		"a heading with its section":              {`<h2>- a</h2><p>++ b of the section</p>`, "one a b two"},
		"the heading of a dropped list":           {`<div><h2>+ a</h2><ul><li>-- b of other stories</li><li>-- c too</li></ul></div>`, "one two"},
		"a list with the line that introduces it": {`<p>+ these:</p><ul><li>- a</li><li>- b</li></ul>`, "one these: a b two"},
		"a caption with its figure":               {`<figure><img src=x><figcaption>a of the picture</figcaption></figure>`, "one a two"},
		"a heading in a header": {
			`<div><header><time>-- noon</time><h2>- a</h2></header><div><p>++ b of the section</p></div></div>`, "one a b two",
		},
		"a heading in a box":                {`<div><div><h2>- a</h2></div><div><p>++ b of the section</p></div></div>`, "one a b two"},
		"a block that is clearly different": {`<div><p>-- a line of advertising in the middle of it all</p></div>`, "one two"},
		"symbols between paragraphs":        {`<p>* * *</p>`, "one * two"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, strings.Join(choose(t, fmt.Sprintf(article, test.markup)), " "))
		})
	}
}

// cost returns the value that Choose minimizes.
func cost(all *Things, opinion []float32, kept []bool) (sum float32) {
	for i, t := range all.list {
		if t.block >= 0 && t.bond != bondCaption {
			if x := opinion[t.block] * all.weights[t.block]; (x > 0) != kept[i] {
				sum += max(x, -x)
			}
		}
		if t.parent < 0 || t.bond == bondNone || kept[t.parent] == kept[i] {
			continue
		}
		if kept[i] {
			sum += all.keepPrice(i, &bonds)
		} else {
			sum += bonds.Drop[t.bond]
		}
	}
	return sum
}

// On small pages, no choice is cheaper than that of Choose. The test tries all choices.
func TestChoiceIsTheCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		p := judged(t, "<body>"+randomMarkup(r, 3)+"<p>last words</p></body>")
		opinion, alone := make([]float32, len(p.Blocks)), make([]bool, len(p.Blocks))
		for b := range opinion {
			opinion[b] = r.Float32()*4 - 2
		}
		all := p.Things(alone)
		things := all.list
		if len(things) > 16 {
			continue
		}
		best := float32(1e9)
		for choice := range 1 << len(things) {
			kept := make([]bool, len(things))
			for i := range kept {
				kept[i] = choice&(1<<i) != 0
			}
			best = min(best, cost(all, opinion, kept))
		}
		chosen := p.Choose(opinion, alone, false)
		// Choose returns choices for the blocks only. For the other things, find the cheapest choices that are
		// consistent with the choices for the blocks.
		found := float32(1e9)
		for choice := range 1 << len(things) {
			kept := make([]bool, len(things))
			fits := true
			for i := range kept {
				kept[i] = choice&(1<<i) != 0
				fits = fits && (things[i].block < 0 || kept[i] == chosen[things[i].block])
			}
			if fits {
				found = min(found, cost(all, opinion, kept))
			}
		}
		require.InDelta(t, best, found, 1e-3)
	}
}

// randomMarkup writes a few nested elements.
func randomMarkup(r *rand.Rand, depth int) string {
	var s strings.Builder
	for range 1 + r.IntN(2) {
		switch tag := [...]string{"div", "p", "ul", "h2", "table", "section"}[r.IntN(6)]; {
		case tag == "p" || tag == "h2" || depth == 0:
			fmt.Fprintf(&s, "<%s>some words %d</%s>", tag, r.IntN(100), tag)
		case tag == "ul":
			s.WriteString("<ul><li>item</li><li>another item</li></ul>")
		case tag == "table":
			s.WriteString("<table><tr><td>1</td><td>2</td></tr></table>")
		default:
			fmt.Fprintf(&s, "<%s>%s</%s>", tag, randomMarkup(r, depth-1), tag)
		}
	}
	return s.String()
}
