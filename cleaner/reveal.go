package cleaner

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/canon"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/pagestate"
)

// Some pages show their content only after scripts have run: a crawler gets an empty shell, with the content next to it
// in a form that no browser shows. reveal finds it there.

// segmentPage cuts the page into blocks: the visible part or, if that has no content, the hidden sources of content.
// Revealing, marking and segmenting are one stage, since the blocks of the visible part decide whether anything is
// revealed.
func (p *page) segmentPage() {
	hidden := &p.Meta.Concealed
	p.build(streamedTrees(hidden, shadowTrees(hidden.ShadowRoots)))
	if p.isStopped() || len(hidden.Noscripts)+len(hidden.Templates)+len(hidden.LinkedData)+len(hidden.States) == 0 {
		return
	}
	shown, all := p.runningWords()
	bare := shown <= maxBareWords && all <= maxBareTotal
	if p.revealState(shown, bare) || p.isStopped() || !bare {
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

// maxStateShown is how many words of running text a page shows at most whose data is searched for the article: readers'
// comments, teasers of other stories.
const maxStateShown = 600

// revealState shows the article in the page's data, in place of all that the page shows, and reports whether there is
// one. A page that shows some text must give the article its own title, and must not show the article's text too.
func (p *page) revealState(shown int32, bare bool) bool {
	hidden := &p.Meta.Concealed
	if len(hidden.States) == 0 || hidden.Body == nil || shown > maxStateShown {
		return false
	}
	found := pagestate.Article(hidden.States, p.Meta.Title)
	if found.Content == nil || found.Words < metadata.MinRevealedWords || found.Words < int(shown) ||
		!bare && (!found.Titled || found.Words < 100) || p.shows(found.Content) {
		return false
	}
	box := placeholderFor(hidden.Body)
	box.Data, box.DataAtom = "body", atom.Body
	copyChildren(box, hidden.Body, nil)
	box.AppendChild(found.Content)
	replaced := substitutes{hidden.Body: box}
	if p.build(replaced); p.isStopped() {
		return true
	}
	p.Revealed, p.revealed = "page state", found.Content
	if p.Meta.Byline == "" && len(found.Authors) > 0 {
		p.Meta.Byline, p.Meta.Authors = strings.Join(found.Authors, ", "), found.Authors
		p.Meta.Provenance["byline"] = "page state"
	}
	p.findPlaceholders(replaced)
	return true
}

// shows reports whether the page shows the text of some content already.
func (p *page) shows(content *html.Node) bool {
	visible := make(map[string]bool, len(p.Blocks))
	for b := range p.Blocks {
		if !p.IsFolded(b) {
			visible[p.Blocks[b].Text] = true
		}
	}
	all, known := 0, 0
	for n := range content.Descendants() {
		if n.DataAtom != atom.P && n.DataAtom != atom.Li {
			continue
		}
		if line := lineOf(n); len(line) >= 30 {
			all++
			if visible[line] {
				known++
			}
		}
	}
	return 4*known > all
}

// findPlaceholders records the blocks that the page shows while scripts fetch its content: all blocks outside the
// revealed elements.
func (p *page) findPlaceholders(replaced substitutes) {
	shown := make(map[*html.Node]bool, len(replaced))
	for _, box := range replaced {
		if box.DataAtom == atom.Body { // readData appends the content as its last child
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

// build builds the tree, with some nodes replaced by substitutes and widgets by their plain forms, and cuts it into
// blocks.
func (p *page) build(replaced substitutes) {
	s := p.scratch()
	p.plain = canon.NewWriter(&s.canon)
	p.Tree = block.NewTreeIn(s.nodes[:0], p.Doc.Root, func(n *html.Node) *html.Node {
		other := replaced[n]
		if other == nil {
			return p.plain.Of(n)
		}
		if form := p.plain.Of(other); form != nil {
			return form
		}
		return other
	})
	s.nodes = p.Tree.Nodes
	if p.mark(); p.isStopped() {
		p.Blocks = nil // they belong to an earlier tree
		return
	}
	p.segment()
}

// runningWords counts the visible words in running text, and all visible words.
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

// segment cuts the unmarked nodes into blocks.
func (p *page) segment() {
	skip := p.scratch().Bools.Take(len(p.marks))
	for i, m := range p.marks {
		skip[i] = m != unmarked
	}
	p.Blocks = p.scratch().segmenter.Segment(p.Tree, skip)
}
