package thread

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	// openingShare is the share of the prose above the posts that the text of the opening has.
	openingShare = 0.75
	// minOpening is the minimum weight of the text of the opening.
	minOpening = 2
	// maxBesides is the maximum number of siblings before and after the text of the opening that are searched for its
	// author and date.
	maxBesides = 8
)

// findOpening returns the question above the answers, or a first post that looks different from the others. Of the
// elements before the given posts that have a time, a name and a class name of posts, it is the one with the most
// words. If there is none, or if it has little of the text above the posts, findOpening uses findText.
func (f *finder) findOpening(posts []span) []span {
	nodes := f.Tree.Nodes
	first := posts[0].from
	found := span{-1, -1}
	for i := int32(1); i < first; i++ {
		n := &nodes[i]
		if n.End > first || n.Form != block.Element {
			continue
		}
		s := &f.sums[i]
		if f.unseen[i] || n.Tag == atom.Nav || n.Tag == atom.Aside || s.stamps == 0 || s.names == 0 || 2*s.links > s.words ||
			!f.isNamed(i, postWords) {
			if f.unseen[i] || n.Tag == atom.Nav || n.Tag == atom.Aside {
				i = n.End - 1
			}
			continue
		}
		if found.from < 0 || s.words > f.sums[found.from].words {
			found = span{i, n.End}
		}
		i = n.End - 1
	}
	if weights := f.weighProse(first); !f.isNamed(first, firstWords) && (found.from < 0 ||
		weights[found.from] < (1-openingShare)*weights[0]) {
		if opening := f.findText(weights, first); opening != nil {
			return opening
		}
	}
	if found.from < 0 {
		return nil
	}
	return []span{found}
}

// firstWords are words in the class names of posts among which the first is like the others.
var firstWords = text.SetOf("post", "posts", "message", "msg", "postbit")

// findText returns the opening of a thread whose template has no box for it: the text above the posts, and the author
// and the date near it, as in issue trackers, where they are in the properties of a ticket. It sets f.text to the boxes
// with the text. The result is nil if there is no such text, or no author and date near it.
func (f *finder) findText(weights []float64, posts int32) []span {
	nodes := f.Tree.Nodes
	at := int32(0)
	for {
		next := block.None
		for i := at + 1; i < nodes[at].End && i < posts; i = max(nodes[i].End, i+1) {
			if nodes[i].Form == block.Element && weights[i] >= openingShare*weights[at] {
				next = i
				break
			}
		}
		if next == block.None || isRun(nodes[next].Tag) {
			break
		}
		at = next
	}
	if weights[at] < minOpening {
		return nil
	}
	s := span{at, nodes[at].End}
	body := []int32{at}
	if nodes[at].End > posts { // the text and the posts are in one box
		s, body = span{-1, -1}, nil
		for i := at + 1; i < posts; i = max(nodes[i].End, i+1) {
			if weights[i] == 0 || nodes[i].End > posts {
				continue
			}
			if s.from < 0 {
				s.from = i
			}
			s.to = nodes[i].End
			body = append(body, i)
		}
		if s.from < 0 {
			return nil
		}
	}
	if s = f.withByline(s, posts); s.to == 0 {
		return nil
	}
	f.text = body
	return []span{s}
}

// weighProse returns, for each node, the number of words of prose at or below it and before the posts, weighted by the
// judge's probabilities.
func (f *finder) weighProse(posts int32) []float64 {
	nodes := f.Tree.Nodes
	weights := make([]float64, len(nodes))
	for b := range f.Blocks {
		bl := &f.Blocks[b]
		if bl.First >= posts {
			break
		}
		if bl.Kind == block.Headline || bl.Kind == block.Heading || 2*bl.LinkWords > bl.Words ||
			bl.Words < shortBlock && !text.EndsSentence(bl.Text) || f.isBeside(bl.Elem) {
			continue
		}
		weights[bl.Elem] += float64(bl.Words-bl.LinkWords) * float64(f.Probabilities[b])
	}
	for i := len(nodes) - 1; i > 0; i-- {
		if up := nodes[i].Parent; up != block.None {
			weights[up] += weights[i]
		}
	}
	return weights
}

// isBeside reports whether a node is in a part of the page beside the thread.
func (f *finder) isBeside(i int32) bool {
	return f.Tree.Ancestor(i, atom.Nav, atom.Aside, atom.Form, atom.Footer) != block.None
}

// withByline extends a span to the siblings with the author and the date: those before it, those after it, or those of
// the boxes around it. It does not extend it to the posts. If they are not there, the result is empty.
func (f *finder) withByline(s span, posts int32) span {
	nodes := f.Tree.Nodes
	for {
		for _, wider := range [...]span{f.before(s), f.after(s, posts)} {
			if all := f.sumOf(wider); all.stamps > 0 && all.names > 0 {
				return wider
			}
		}
		up := nodes[s.from].Parent
		if up == block.None || nodes[up].Tag == atom.Body || nodes[up].End > posts {
			break
		}
		s = span{up, nodes[up].End}
	}
	return span{}
}

// before extends a span backward, at most by maxBesides siblings, until it has a time and a name.
func (f *finder) before(s span) span {
	nodes := f.Tree.Nodes
	up := nodes[s.from].Parent
	if up == block.None {
		return s
	}
	var siblings []int32
	for i := up + 1; i < s.from; i = max(nodes[i].End, i+1) {
		siblings = append(siblings, i)
	}
	for k := len(siblings) - 1; k >= max(0, len(siblings)-maxBesides); k-- {
		if all := f.sumOf(s); all.stamps > 0 && all.names > 0 {
			break
		}
		if i := siblings[k]; nodes[i].Tag == atom.Nav || nodes[i].Tag == atom.Aside {
			break
		}
		s.from = siblings[k]
	}
	return s
}

// after extends a span forward in the same way.
func (f *finder) after(s span, posts int32) span {
	nodes := f.Tree.Nodes
	up := nodes[s.from].Parent
	for k := 0; up != block.None && s.to < nodes[up].End && nodes[s.to].End <= posts && k < maxBesides; k++ {
		if all := f.sumOf(s); all.stamps > 0 && all.names > 0 {
			break
		}
		s.to = max(nodes[s.to].End, s.to+1)
	}
	return s
}

// arePeers reports whether the first post and at least half of the others link to profiles in the same folder, and
// their texts are in boxes of the same class. In that case, the first post is not an article but one of its kind: the
// authors and texts of articles look different from those of comments.
func (f *finder) arePeers(posts []Post) bool {
	folder, class, peers := f.profileFolder(&posts[0]), f.classOfBody(&posts[0]), 0
	if folder == "" || class == "" {
		return false
	}
	for k := range posts {
		if f.profileFolder(&posts[k]) == folder && f.classOfBody(&posts[k]) == class {
			peers++
		}
	}
	return 2*(peers-1) >= len(posts)-1 && peers > 1
}

// classOfBody returns the class of the innermost box around the text of a post that has a class.
func (f *finder) classOfBody(p *Post) string {
	if len(p.Body) == 0 {
		return ""
	}
	for i := p.Body[0]; i >= p.From; i = f.Tree.Nodes[i].Parent {
		if n := &f.Tree.Nodes[i]; n.Form == block.Element && dom.IsBlockElement(n.Tag) && n.Tag != atom.P {
			if class := dom.Attr(n.HTML, "class"); class != "" {
				return class
			}
		}
	}
	return ""
}

// profileFolder returns the address of the first profile that a post links to, without its last part, or "" if it links
// to none.
func (f *finder) profileFolder(p *Post) string {
	for i := p.From; i < p.To; i++ {
		if f.people[i].profile {
			href := dom.Attr(f.Tree.Nodes[i].HTML, "href")
			return href[:strings.LastIndexAny(strings.TrimRight(href, "/"), "/=")+1]
		}
	}
	return ""
}
