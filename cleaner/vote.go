package cleaner

import (
	"net/url"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// Bounds of the vote: beyond maxVoteNodes and maxVoteBytes the extractor does not run, since engines that rescore the
// whole tree a few times take far longer than all the rest there, and no page of the corpora has as much; beyond
// maxVoteDepth anonymous wrappers are left out of the engine's copy, since getting text by recursion at every ancestor
// is quadratic in depth (6 s for 1 MB at depth 490). On the corpora 16 costs as little as 100.
const (
	maxVoteNodes = 30_000
	maxVoteBytes = 200_000 // of text
	maxVoteAttr  = 16_000  // of an attribute; a longer one is left out of the copy
	maxVoteDepth = 24
)

// vote runs the extractor and notes the share of each block that it kept. Where it finds nothing, the page's own claims
// about its content are used instead.
func (p *page) vote() {
	e := p.extractor
	p.Voted = p.needsExtractor()
	p.Votes = p.scratch().Float32s.Take(len(p.Blocks))
	if !p.Voted {
		if p.voteOfJudge() {
			p.Source = "judge"
			return
		}
		p.Source = p.fallback()
		return
	}
	if p.voteOf(e) {
		p.Source = "readability"
		if _, ok := e.(readabilityExtractor); !ok {
			p.Source = "extractor"
		}
		if p.voteBelowHeadline() {
			p.Source = "below the headline"
		}
		return
	}
	p.Source = p.fallback()
}

// Where the judge's first opinions promise an F1 of sureF1, or agree with the region with an F1 of agreedF1, both over
// words, the extractor does not run: on labeled pages its vote brings nothing there.
const (
	sureF1   = 0.6
	agreedF1 = 0.5
)

// disagrees reports whether the judge doubts its first opinions, and the region is not what they choose.
func (p *page) disagrees() bool {
	if p.FirstThreshold.F1 >= sureF1 {
		return false
	}
	region, judged, both := int32(0), int32(0), int32(0)
	for b := range p.Blocks {
		words := p.Blocks[b].Words
		inside, content := p.Votes[b] >= 0.5, p.First[b] > p.FirstThreshold.At
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

// needsExtractor reports whether the extractor runs: by Options.Vote, or else where the caller set one, or the region
// and
// the judge disagree, or the page is smaller than those that the judge knows. It never runs on a page that is too
// large.
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

// voteOfJudge takes the judge's first opinions for a vote, by which the rules see what is text.
func (p *page) voteOfJudge() bool {
	found := false
	for b := range p.Blocks {
		if p.First[b] > p.FirstThreshold.At {
			p.Votes[b] = 1
			found = found || !judge.IsField(p.Blocks[b].Kind) && p.Blocks[b].Words > 0
		}
	}
	return found
}

// voteOf runs the engine on a private copy and counts its answer. It is false when there is none.
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
		delete(texts, n) // named twice is still kept once
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

// minLinks is how many words a list of nothing but links must have to be content.
const minLinks = 25

// votedForMenu reports whether all that was voted for is a few links: engines take a menu where a page has nothing
// else.
func (p *page) votedForMenu() bool {
	words := int32(0)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; p.Votes[i] >= 0.5 {
			if words += b.Words; b.LinkWords < b.Words || words >= minLinks {
				return false
			}
		}
	}
	clear(p.Votes)
	return true
}

// extract shields the cleaner from an engine that panics on a page: its answer is then "nothing found".
func extract(e Extractor, root *html.Node, pageURL *url.URL) (kept []*html.Node, err error) {
	defer func() {
		if recover() != nil {
			kept = nil
		}
	}()
	return e.Extract(root, pageURL)
}

// copyForVote builds the page that the engine sees: what is not marked, with formulas and emoji as text. texts gives
// the tree's index of each text node of the copy.
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
		if p.marks[i] != unmarked || p.Folds[i] != 0 { // engines drop what is hidden, in ways of their own
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

// nodeSlab allocates a copy's nodes and attributes in large pieces: they live and die together.
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

// attributes copies a list; who appends to the copy gets a new one.
func (s *nodeSlab) attributes(list []html.Attribute) []html.Attribute {
	if len(list) > cap(s.attrs)-len(s.attrs) {
		s.attrs = make([]html.Attribute, 0, max(len(list), 512))
	}
	from := len(s.attrs)
	for _, a := range list {
		if len(a.Val) <= maxVoteAttr || a.Key == "src" || a.Key == "srcset" {
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
	case n.Tag == atom.Button: // unmarked: the question of an accordion. Engines drop buttons
		c.Type, c.Data, c.DataAtom = html.ElementNode, "span", atom.Span
	default:
		c.Type, c.Data, c.DataAtom, c.Namespace = n.HTML.Type, n.HTML.Data, n.HTML.DataAtom, n.HTML.Namespace
		c.Attr = s.attributes(n.HTML.Attr)
	}
	return c
}

// addTitle gives the copy a head with the page's title, by which engines drop the headline.
func addTitle(root *html.Node, title string) {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Html {
			head := &html.Node{Type: html.ElementNode, Data: "head", DataAtom: atom.Head}
			t := &html.Node{Type: html.ElementNode, Data: "title", DataAtom: atom.Title}
			t.AppendChild(&html.Node{Type: html.TextNode, Data: title})
			head.AppendChild(t)
			n.InsertBefore(head, n.FirstChild)
			return
		}
	}
}
