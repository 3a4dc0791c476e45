package cleaner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// boxWords returns the same sums as comparing every node with every block.
func TestBoxWords(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(fillerBefore+`<div class="related"><p>one <a href="/">two</a></p><ul><li><a href="/">three four</a><li>five</ul>six</div><p>seven`+fillerAfter), htmldoc.Source{})
	require.NoError(t, err)
	p := &page{Page: judge.Page{Doc: doc, Tree: block.NewTree(doc.Root, nil)}}
	p.mark()
	p.segment()
	boxes := p.boxWords()
	for i := range boxes {
		var want block.Count
		for _, b := range p.Blocks {
			if p.Tree.Contains(int32(i), b.Elem) {
				want.Words += b.Words
				want.Links += b.LinkWords
			}
		}
		assert.Equal(t, want, boxes[i], "node %d", i)
	}
	assert.Equal(t, int32(3), boxes[0].Links)
}
