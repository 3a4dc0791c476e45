package cleaner

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// Some pages show their content only after scripts ran: what a crawler gets is an empty shell, and the content beside
// it in a form that no browser shows. reveal finds it there.

// segmentPage cuts the page into blocks: what it shows or, where that is no content, what is next to it. It reveals,
// marks and segments in one stage, since whether something is revealed depends on the blocks of what is shown.
func (p *page) segmentPage() {
	hidden := &p.Meta.Concealed
	p.build(streamedTrees(hidden, shadowTrees(hidden.ShadowRoots)))
	if p.isStopped() || len(hidden.Noscripts)+len(hidden.Templates)+len(hidden.LinkedData)+len(hidden.States) == 0 {
		return
	}
	shown, all := p.runningWords()
	if shown > maxBareWords || all > maxBareTotal {
		return
	}
	for _, source := range [...]struct {
		name string
		read func() substitutes
	}{
		{"noscript", func() substitutes { return readMarkup(hidden.Noscripts) }},
		{"template", func() substitutes { return shadowTrees(hidden.Templates) }},
		{"json-ld", func() substitutes { return readData(hidden.Body, hidden.LinkedData, ldTexts) }},
		{"page state", func() substitutes { return readData(hidden.Body, hidden.States, stateTexts) }},
	} {
		if source.name == "page state" && all > maxEmptyTotal {
			continue
		}
		replaced := source.read()
		if len(replaced) == 0 {
			continue
		}
		p.build(replaced)
		if p.isStopped() {
			return
		}
		if words, _ := p.runningWords(); words >= metadata.MinRevealedWords && words >= 3*shown {
			p.Revealed = source.name
			p.findPlaceholders(replaced)
			return
		}
	}
	p.build(streamedTrees(hidden, shadowTrees(hidden.ShadowRoots)))
}

// findPlaceholders notes the blocks that stand on the page while scripts fetch its content: all that are not in a
// revealed box.
func (p *page) findPlaceholders(replaced substitutes) {
	shown := make(map[*html.Node]bool, len(replaced))
	for _, box := range replaced {
		if box.DataAtom == atom.Body { // the content is its last child
			box = box.LastChild
		}
		shown[box] = true
	}
	p.placeholders = make([]bool, len(p.Blocks))
	for b := range p.Blocks {
		at := p.Blocks[b].Elem
		for at != block.None && !shown[p.Tree.Nodes[at].HTML] {
			at = p.Tree.Nodes[at].Parent
		}
		p.placeholders[b] = at == block.None
	}
}

// build makes the tree, with some nodes replaced by others, and cuts it into blocks.
func (p *page) build(replaced substitutes) {
	s := p.scratch()
	p.Tree = block.NewTreeIn(s.nodes[:0], p.Doc.Root, replaced)
	s.nodes = p.Tree.Nodes
	if p.mark(); p.isStopped() {
		p.Blocks = nil // an earlier tree's
		return
	}
	p.segment()
}

// runningWords counts the words of running text, and all words, of what the page shows.
func (p *page) runningWords() (running, all int32) {
	for b := range p.Blocks {
		if p.IsFolded(b) {
			continue
		}
		all += p.Blocks[b].Words
		if plain := p.Blocks[b].Words - p.Blocks[b].LinkWords; plain >= metadata.MinSentenceWords {
			running += plain
		}
	}
	return running, all
}

// segment cuts what is not marked into blocks.
func (p *page) segment() {
	skip := p.scratch().Bools.Take(len(p.marks))
	for i, m := range p.marks {
		skip[i] = m != unmarked
	}
	p.Blocks = p.scratch().segmenter.Segment(p.Tree, skip)
}
