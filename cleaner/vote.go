package cleaner

import (
	"net/url"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// Limits of the vote. The extractor does not run on pages beyond maxVoteNodes or maxVoteBytes: extractors that rescore
// the whole tree several times would take far longer than all other stages, and no page of the corpora is that large.
// Elements such as div and span that are deeper than maxVoteDepth are left out of the extractor's copy, but their
// content is not: collecting text recursively at every ancestor is quadratic in the depth (6 s for 1 MB at depth 490).
// On the corpora, a limit of 16 does no more harm than a limit of 100.
const (
	maxVoteNodes = 30_000
	maxVoteBytes = 200_000 // bytes of text
	maxVoteAttr  = 16_000  // bytes of an attribute; longer ones are left out of the copy
	maxVoteDepth = 24
)

// vote runs the extractor, if it is needed, and records what share of each block the extractor kept. If the extractor
// is not needed, the blocks that the judge considers content are voted. If the extractor or the judge finds nothing,
// fallback chooses the blocks. An extractor's vote that misses the article is corrected: see voteBelowHeadline.
func (p *page) vote() {
	p.ExtractorRan = p.needsExtractor()
	p.Votes = p.scratch().Float32s.Take(len(p.Blocks))
	switch {
	case !p.ExtractorRan && p.voteOfJudge():
		p.Source = "judge"
	case p.ExtractorRan && p.voteOf(p.extractor):
		p.Source = "readability"
		if _, ok := p.extractor.(readabilityExtractor); !ok {
			p.Source = "extractor"
		}
		if p.voteBelowHeadline() {
			p.Source = "below the headline"
		}
	default:
		p.Source = p.fallback()
	}
}

// The judge's first opinions are considered sure if their expected F1 is at least sureF1, and are considered to agree
// with the region if the F1 between the two is at least agreedF1. Both are over words. On labeled pages, the vote of an
// extractor gains nothing in these cases.
const (
	sureF1   = 0.6
	agreedF1 = 0.5
)

// disagrees reports whether the judge is not sure of its first opinions and they differ from the region.
func (p *page) disagrees() bool {
	if p.FirstThreshold.F1 >= sureF1 {
		return false
	}
	region, judged, both := int32(0), int32(0), int32(0)
	for b := range p.Blocks {
		words := p.Blocks[b].Words
		inside, content := p.IsInRegion(b), p.First[b] > p.FirstThreshold.At
		if inside {
			region += words
		}
		if content {
			judged += words
		}
		if inside && content {
			both += words
		}
	}
	return float64(2*both) < agreedF1*float64(region+judged)
}

// needsExtractor reports whether the extractor runs. It never runs on a page that is too large. On other pages, it
// always runs with VoteAlways, and never with VoteNever. With VoteWhenUnsure, it runs if the caller provided it, if the
// region and an unsure judge disagree, or if the page is smaller than those that the judge was trained on.
func (p *page) needsExtractor() bool {
	if len(p.Tree.Nodes) > maxVoteNodes || len(p.weight) > 0 && p.weight[0] > maxVoteBytes {
		return false
	}
	switch p.opts.Vote {
	case VoteAlways:
		return true
	case VoteNever:
		return false
	}
	return p.opts.Extractor != nil || p.IsSmall() || p.disagrees()
}

// voteOfJudge uses the judge's first opinions as a vote, so that the rules can tell what is text. If no block of text
// is then voted, it returns false and there are no votes.
func (p *page) voteOfJudge() bool {
	found := false
	for b := range p.Blocks {
		if p.First[b] > p.FirstThreshold.At {
			p.Votes[b] = 1
			found = found || !judge.IsField(p.Blocks[b].Kind) && p.Blocks[b].Words > 0
		}
	}
	if !found {
		clear(p.Votes)
	}
	return found
}

// voteOf runs the extractor on a private copy of the page, and computes the votes from its result. It returns false if
// the extractor fails, or if its result is empty or only a menu.
func (p *page) voteOf(e Extractor) bool {
	root, texts := p.copyForVote()
	if root == nil {
		return false
	}
	kept, err := extract(e, root, p.Doc.URL)
	if err != nil || len(kept) == 0 {
		return false
	}
	keptBytes, allBytes := p.scratch().Int32s.Take(len(p.Blocks)), p.scratch().Int32s.Take(len(p.Blocks))
	for _, i := range texts {
		if b := p.Tree.Nodes[i].Block; b != block.None {
			allBytes[b] += visibleBytes(p.Tree.Nodes[i].Text)
		}
	}
	found := false
	for _, n := range kept {
		i, ok := texts[n]
		if !ok {
			continue
		}
		delete(texts, n) // a node that is returned twice counts once
		if b := p.Tree.Nodes[i].Block; b != block.None {
			keptBytes[b] += visibleBytes(p.Tree.Nodes[i].Text)
			found = true
		}
	}
	for b := range p.Blocks {
		if allBytes[b] > 0 {
			p.Votes[b] = float32(keptBytes[b]) / float32(allBytes[b])
		}
	}
	return found && !p.votedForMenu()
}

// minLinks is the minimum number of words that a list of links must have to be content.
const minLinks = 25

// votedForMenu reports whether the vote is only for a few links. If so, it clears the vote. Extractors choose a menu if
// a page has nothing else.
func (p *page) votedForMenu() bool {
	words := int32(0)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; p.IsVoted(i) {
			if words += b.Words; b.LinkWords < b.Words || words >= minLinks {
				return false
			}
		}
	}
	clear(p.Votes)
	return true
}

// extract runs an extractor. If it panics, extract returns nothing and no error.
func extract(e Extractor, root *html.Node, pageURL *url.URL) (kept []*html.Node, err error) {
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	return e.Extract(root, pageURL)
}

// copyForVote builds the page for the extractor: the nodes that are neither marked nor folded, with formulas and emoji
// as text. The result texts maps each text node of the copy to the index of its original in the tree.
func (p *page) copyForVote() (root *html.Node, texts map[*html.Node]int32) {
	nodes := p.Tree.Nodes
	if len(nodes) == 0 {
		return nil, nil
	}
	copies := make([]*html.Node, len(nodes))
	slab := newNodeSlab(len(nodes))
	depth := make([]int16, len(nodes))
	texts = make(map[*html.Node]int32)
	for i := int32(0); i < int32(len(nodes)); {
		n := &nodes[i]
		if p.marks[i] != unmarked || p.Folds[i] != 0 { // extractors drop hidden elements, each in its own way
			i = n.End
			continue
		}
		var parent *html.Node
		if n.Parent != block.None {
			parent = copies[n.Parent]
			depth[i] = depth[n.Parent] + 1
			if depth[i] > maxVoteDepth && isPlainWrapper(n) {
				copies[i], depth[i] = parent, depth[n.Parent]
				i++
				continue
			}
		}
		c := slab.copy(n)
		if c.Type == html.TextNode {
			texts[c] = i
		}
		if parent != nil {
			parent.AppendChild(c)
		}
		copies[i] = c
		i++
	}
	addTitle(copies[0], p.Meta.Title)
	return copies[0], texts
}

func isPlainWrapper(n *block.Node) bool {
	switch n.Tag {
	case atom.Div, atom.Span, atom.Section, atom.Font, atom.Center, atom.B, atom.I, atom.Em, atom.Strong, atom.Small,
		atom.Big:
		return true
	}
	return false
}

// nodeSlab allocates the nodes and attributes of a copy in large pieces, because they are freed together.
type nodeSlab struct {
	nodes []html.Node
	attrs []html.Attribute
}

func newNodeSlab(nodes int) *nodeSlab {
	return &nodeSlab{nodes: make([]html.Node, nodes), attrs: make([]html.Attribute, 0, nodes)}
}

func (s *nodeSlab) node() *html.Node {
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	return n
}

// attributes copies a list without very long attributes. Appending to the copy allocates a new one.
func (s *nodeSlab) attributes(list []html.Attribute) []html.Attribute {
	if len(list) > cap(s.attrs)-len(s.attrs) {
		s.attrs = make([]html.Attribute, 0, max(len(list), 512))
	}
	from := len(s.attrs)
	for _, a := range list {
		if len(a.Val) <= maxVoteAttr {
			s.attrs = append(s.attrs, a)
		}
	}
	return s.attrs[from:len(s.attrs):len(s.attrs)]
}

func (s *nodeSlab) copy(n *block.Node) *html.Node {
	c := s.node()
	switch {
	case n.Form == block.Text || n.Form == block.Formula || n.Form == block.Glyph:
		c.Type, c.Data = html.TextNode, n.Text
	case n.Tag == atom.Button: // an unmarked button, such as a question of an accordion; extractors drop buttons
		c.Type, c.Data, c.DataAtom = html.ElementNode, "span", atom.Span
	default:
		c.Type, c.Data, c.DataAtom, c.Namespace = n.HTML.Type, n.HTML.Data, n.HTML.DataAtom, n.HTML.Namespace
		c.Attr = s.attributes(n.HTML.Attr)
	}
	return c
}

// addTitle gives the copy a head with the page's title, which extractors use to drop the headline.
func addTitle(root *html.Node, title string) {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Html {
			head, t := dom.NewElement(atom.Head), dom.NewElement(atom.Title)
			t.AppendChild(dom.NewText(title))
			head.AppendChild(t)
			n.InsertBefore(head, n.FirstChild)
			return
		}
	}
}
