package cleaner

import (
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// fallback votes in place of an extractor that found nothing. It uses the first source that has enough text, in order
// of trust: the article's body in schema.org markup, the main content in HTML, the densest part of the page. It returns
// the source's name, or "" if none has enough text.
func (p *page) fallback() string {
	if p.voteForBody(p.Meta.ArticleBody) {
		return "articleBody"
	}
	for _, source := range []struct {
		name string
		is   func(n *block.Node) bool
	}{
		{"articleBody", func(n *block.Node) bool { return dom.Attr(n.HTML, "itemprop") == "articleBody" }},
		{"main", func(n *block.Node) bool { return n.Tag == atom.Article }},
		{"main", func(n *block.Node) bool { return n.Tag == atom.Main || dom.Attr(n.HTML, "role") == "main" }},
	} {
		if p.voteForElement(p.heaviest(source.is)) {
			return source.name
		}
	}
	if p.voteForElement(p.densest()) {
		return "densest"
	}
	return ""
}

// voteForBody votes for the blocks of at least four words whose text is in the body of the article in JSON-LD. If they
// contain less than half of the body's words, or the body is too short, it returns false and there are no votes.
func (p *page) voteForBody(body string) bool {
	body = text.FoldSpace(body)
	if text.CountWords(body) < judge.MinFallbackWords {
		return false
	}
	found := 0
	folded := judge.BodyText{Text: body}
	for i := range p.Blocks {
		if p.Blocks[i].Words >= 4 && folded.Contains(text.FoldSpace(p.Blocks[i].Text)) {
			p.Votes[i] = 1
			found += int(p.Blocks[i].Words)
		}
	}
	if 2*found < text.CountWords(body) { // the body in the markup is truncated, or is a different text
		clear(p.Votes)
		return false
	}
	return true
}

// heaviest returns the unmarked element with the most words outside links, or None. Only elements that pass the given
// test are compared.
func (p *page) heaviest(is func(n *block.Node) bool) int32 {
	best, most := block.None, int32(0)
	plain := p.plainWords()
	for i := range p.Tree.Nodes {
		n := &p.Tree.Nodes[i]
		if n.Form != block.Element || n.Parent == block.None || p.marks[i] != unmarked || !is(n) {
			continue
		}
		if plain[i] > most {
			best, most = int32(i), plain[i]
		}
	}
	return best
}

// plainWords counts, for every node, the words outside links in the blocks at or below it. Labels and folded blocks do
// not count.
func (p *page) plainWords() []int32 {
	plain := p.scratch().Int32s.Take(len(p.Tree.Nodes))
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind != block.Label && !p.IsFolded(i) {
			plain[b.Elem] += b.Words - b.LinkWords
		}
	}
	block.AddUp(p.Tree, plain)
	return plain
}

// densest descends from the root as long as one child contains at least 70 % of its parent's words outside links. It
// returns the node where no child does: the text spreads over its children, so the node is the content.
func (p *page) densest() int32 {
	plain := p.plainWords()
	at := int32(0)
	for {
		next := block.None
		for c := at + 1; c < p.Tree.Nodes[at].End; c = p.Tree.Nodes[c].End {
			if 10*plain[c] >= 7*plain[at] && plain[c] > 0 {
				next = c
				break
			}
		}
		if next == block.None {
			return at
		}
		at = next
	}
}

// voteForElement votes for all blocks below an element that are not clearly navigation. If they have too few words, it
// returns false and there are no votes.
func (p *page) voteForElement(elem int32) bool {
	if elem == block.None {
		return false
	}
	words := int32(0)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !p.Tree.Contains(elem, b.Elem) || b.Kind == block.Label || b.LinkDensity() > 0.6 || p.IsFolded(i) ||
			p.Tree.Ancestor(b.Elem, atom.Nav, atom.Footer, atom.Aside) != block.None {
			continue
		}
		p.Votes[i] = 1
		words += b.Words - b.LinkWords
	}
	if words < judge.MinFallbackWords {
		clear(p.Votes)
		return false
	}
	return true
}

// Limits of the search below the headline for an article that the extractor missed.
const (
	belowHeadline  = 12   // blocks below the headline that are searched
	minLeadWords   = 10   // words in a block of text
	minMissedWords = 30   // words in the blocks of text, together
	maxMissedLinks = 0.25 // maximum share of the words in links, in a block and in the whole box
)

// voteBelowHeadline corrects a vote that missed the article, and reports whether it did. If there is one headline, text
// follows it directly, and nothing near the headline has a vote, the box of that text is the content, unless the voted
// text is longer. On short pages, extractors that count commas and lengths mistake a long list of news or a legal
// notice for the article.
func (p *page) voteBelowHeadline() bool {
	headline := block.None
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; bl.Kind != block.Label && bl.LinkWords == 0 && phrase.SameHeadline(bl.Text, p.Meta.Title) {
			if headline != block.None {
				return false
			}
			headline = int32(b)
		}
	}
	if headline == block.None {
		return false
	}
	first, words := -1, int32(0)
	for b := int(headline) + 1; b < min(int(headline)+1+belowHeadline, len(p.Blocks)); b++ {
		bl := &p.Blocks[b]
		if p.Votes[b] > 0 && bl.Words >= minLeadWords {
			return false
		}
		if bl.Words >= minLeadWords && bl.LinkDensity() < maxMissedLinks && bl.Kind != block.Item {
			if words += bl.Words; first < 0 {
				first = b
			}
		}
	}
	if words < minMissedWords {
		return false
	}
	voted := p.votedWords()
	box := block.None
	boxes := p.boxWords()
	for i := p.Blocks[first].Elem; i != block.None; i = p.Tree.Nodes[i].Parent {
		if voted[i] > 0 || float64(boxes[i].Links) > maxMissedLinks*float64(boxes[i].Words) {
			break
		}
		box = i
	}
	if box == block.None || boxes[box].Words-boxes[box].Links < p.votedText() {
		return false // a standfirst; the article is below it
	}
	clear(p.Votes)
	return p.voteForElement(box)
}

// votedText counts the words outside links in voted blocks that are not list items.
func (p *page) votedText() int32 {
	words := int32(0)
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; p.IsVoted(b) && bl.Kind != block.Item {
			words += bl.Words - bl.LinkWords
		}
	}
	return words
}
