package thread

import (
	"math"
	"slices"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A span is the range of the nodes of a post: an element with everything below it, or consecutive siblings with
// everything below them. The field from is the index of its first node, and to is the index of the first node after it.
type span struct{ from, to int32 }

// A group is a set of candidate posts, formed by boxes with the same look, and its score.
type group struct {
	spans []span
	// words is the number of words outside links. full is the number of spans with both a name and a time.
	words int32
	full  float64
	score float64
}

const (
	minPosts = 2
	// minValid is the minimum share of boxes with the same look that must have text, and a time or a name.
	minValid = 0.6
	// usualEvidence is the maximum number of times and names that a single post usually has. The score of a group falls
	// if its boxes have more.
	usualEvidence = 8
	// maxHead limits headShare. If the first siblings of the rows have at least this share of the words, each post is
	// only the first sibling, unless the time and the name are below it.
	maxHead = 0.5
)

// choose returns the group of posts, or nil if there is none.
func (f *finder) choose() *group {
	var best *group
	for _, boxes := range f.alike() {
		g := f.rate(f.wholes(boxes))
		if rows := f.rows(boxes); rows != nil {
			if r := f.rate(rows); r.score > g.score && (g.score == 0 || f.headShare(r) < maxHead) {
				g = r
			}
		}
		if g.score == 0 {
			continue
		}
		if f.groups = append(f.groups, g); best == nil || g.score > best.score {
			best = g
		}
	}
	if best == nil {
		return nil
	}
	best = f.around(best)
	best.spans = f.widen(best.spans)
	return best
}

// alike returns the sets of boxes with the same look. A box whose look is unique is left out.
func (f *finder) alike() [][]int32 {
	number := make(map[uint64]int)
	var all [][]int32
	var keys []uint64
	for i := int32(1); i < int32(len(f.Tree.Nodes)); i++ {
		n := &f.Tree.Nodes[i]
		if n.Form != block.Element || f.unseen[i] || f.sums[i].blocks == 0 || f.isOutside(i) {
			continue
		}
		keys = f.keys(keys[:0], i)
		for _, key := range keys {
			k, ok := number[key]
			if !ok {
				k = len(all)
				number[key] = k
				all = append(all, nil)
			}
			all[k] = append(all[k], i)
		}
	}
	return slices.DeleteFunc(all, func(boxes []int32) bool { return len(boxes) < f.minimum() })
}

// around returns the group whose posts contain those of the best group as parts, such as cells of a post or comments on
// answers. If there is none, it returns the best group.
func (f *finder) around(best *group) *group {
	for _, g := range f.groups {
		if isCutInto(g.spans, best.spans) {
			return g
		}
	}
	found := best
	for _, g := range f.groups {
		if len(g.spans) > len(best.spans) || g.words-best.words < best.words/2 || found != best && g.words <= found.words ||
			!f.isNamed(g.spans[0].from, postWords) {
			continue
		}
		inside := 0
		for _, k := range holders(g.spans, best.spans) {
			if k >= 0 {
				inside++
			}
		}
		if float64(inside) >= minInside*float64(len(best.spans)) {
			found = g
		}
	}
	return found
}

// minInside is the minimum share of the best group's spans that must be inside the posts of the group that replaces it.
const minInside = 0.6

// holders returns, for each inner span, the index of the smallest outer span that contains it and is larger, or -1 if
// there is none. Both lists are in page order.
func holders(outer, inner []span) []int {
	all := make([]int, len(inner))
	var open []int
	next := 0
	for k, s := range inner {
		for ; next < len(outer) && outer[next].from <= s.from; next++ {
			for len(open) > 0 && outer[open[len(open)-1]].to <= outer[next].from {
				open = open[:len(open)-1]
			}
			open = append(open, next)
		}
		for len(open) > 0 && outer[open[len(open)-1]].to <= s.from {
			open = open[:len(open)-1]
		}
		all[k] = -1
		for up := len(open) - 1; up >= 0 && up >= len(open)-2; up-- { // the innermost may be the span itself
			if o := outer[open[up]]; o.to >= s.to && o != s {
				all[k] = open[up]
				break
			}
		}
	}
	return all
}

// maxPieces is the maximum number of boxes with the same look that form a post.
const maxPieces = 3

// isCutInto reports whether each outer span contains the same small number of inner spans, and no inner span is outside
// them. In that case, the inner spans are cells of posts, such as one for the author and one for the text.
func isCutInto(outer, inner []span) bool {
	pieces := len(inner) / max(len(outer), 1)
	if len(outer) < minPosts || pieces < 2 || pieces > maxPieces || pieces*len(outer) != len(inner) {
		return false
	}
	for k, s := range inner {
		if o := outer[k/pieces]; s.from < o.from || s.to > o.to {
			return false
		}
	}
	return true
}

// minAlike is the minimum share of the boxes around the spans that must look alike for widen to use the boxes.
const minAlike = 0.75

// postWords are words in the class names of posts.
var postWords = text.SetOf(
	"post", "posts", "comment", "message", "reply", "answer", "question", "msg", "postbit", "response", "topic",
	"review", "note", "discussion",
)

// commentWords are words in the class names of readers' comments.
var commentWords = text.SetOf("comment", "comments", "commentlist", "reply", "answer", "response", "review", "opinion",
	"usercomments", "kommentar", "commentaire", "comentario", "discussion")

// isNamed reports whether an element's class names, id, itemtype or tag contain one of the words. Custom elements have
// tags such as "forum-post".
func (f *finder) isNamed(i int32, words *text.Set) bool {
	n := f.Tree.Nodes[i].HTML
	return text.HasNameWord(dom.Attr(n, "class"), words) || text.HasNameWord(dom.Attr(n, "id"), words) ||
		text.HasNameWord(dom.Attr(n, "itemtype"), words) || text.HasNameWord(n.Data, words)
}

// widen replaces each span with the box around it. It repeats this as long as each span has its own box and most of the
// boxes look alike. The wider box may contain the author's name, which is often next to the box with the text.
func (f *finder) widen(spans []span) []span {
	nodes := f.Tree.Nodes
	for {
		wider := make([]span, len(spans))
		looks := make(map[uint64]int)
		most := 0
		for k, s := range spans {
			up := nodes[s.from].Parent
			if up == block.None || nodes[s.from].End != s.to || nodes[up].Tag == atom.Body ||
				k > 0 && wider[k-1].from >= up || len(spans) < minPosts || f.isOutside(up) {
				return spans
			}
			wider[k] = span{up, nodes[up].End}
			look := hashOf('w', nodes[up].HTML.Data, firstToken(dom.Attr(nodes[up].HTML, "class")))
			looks[look]++
			most = max(most, looks[look])
		}
		if float64(most) < minAlike*float64(len(spans)) {
			return spans
		}
		spans = wider
	}
}

// wholes returns, as spans, the boxes that contain several blocks.
func (f *finder) wholes(boxes []int32) []span {
	spans := make([]span, 0, len(boxes))
	for _, box := range boxes {
		if f.sums[box].blocks > 1 {
			spans = append(spans, span{box, f.Tree.Nodes[box].End})
		}
	}
	return spans
}

// maxRow is the maximum number of siblings that form a post, including the texts between them.
const maxRow = 60

// rows returns each box with its siblings up to the next box, because forums made of tables give a post several rows.
// The last box gets as many siblings as the longest row before it. rows returns nil if the boxes are not siblings, if
// nothing is between two of them, or if a row has more than maxRow siblings.
func (f *finder) rows(boxes []int32) []span {
	nodes := f.Tree.Nodes
	up := nodes[boxes[0]].Parent
	for k, box := range boxes {
		if nodes[box].Parent != up || k > 0 && nodes[boxes[k-1]].End == box {
			return nil
		}
	}
	spans := make([]span, len(boxes))
	longest := 0
	for k, box := range boxes {
		spans[k].from = box
		siblings, all := 0, 0
		for at := box; at < nodes[up].End; at = nodes[at].End {
			if k+1 < len(boxes) && at == boxes[k+1] || k+1 == len(boxes) && siblings >= longest {
				break
			}
			if all++; all > maxRow {
				return nil
			}
			spans[k].to = nodes[at].End
			if nodes[at].Form == block.Element {
				siblings++
			}
		}
		longest = max(longest, siblings)
	}
	return spans
}

// headShare returns the share of the text of rows that is in the first sibling of each row.
func (f *finder) headShare(g *group) float64 {
	head, all := 0.0, 0.0
	for _, s := range g.spans {
		all += float64(f.sumOf(s).words)
		head += float64(f.sums[s.from].words)
	}
	return head / all
}

// sumOf adds up the counts of a span.
func (f *finder) sumOf(s span) sum {
	var all sum
	for at := s.from; at < s.to; at = f.Tree.Nodes[at].End {
		all.add(f.sums[at], 1)
	}
	return all
}

// rate returns the group of the spans that have text and a time or a name of their own. The score is the number of
// words outside links. The score is lower if spans lack a time or a name, are few, or contain several posts. It is 0 if
// fewer than minPosts spans, or less than the share minValid of them, belong to the group. It is also 0 for two spans
// that do not both have a time and a name, unless they are named like posts.
func (f *finder) rate(spans []span) *group {
	g := &group{}
	own := make([]sum, len(spans))
	var open []int // indexes of the enclosing spans
	for k, s := range spans {
		own[k] = f.sumOf(s)
		for len(open) > 0 && spans[open[len(open)-1]].to <= s.from {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			own[open[len(open)-1]].add(own[k], -1)
		}
		open = append(open, k)
	}
	found, evidence := 0.0, 0.0
	sure := 0 // spans with a time, and boxes that certainly are comments
	for k, s := range own {
		isComment := f.isComment(spans[k].from)
		if s.words-s.links < 1 || !isComment && (s.stamps+s.names == 0 || len(spans) < minPosts) {
			continue
		}
		g.spans = append(g.spans, spans[k])
		g.words += s.words - s.links
		evidence += math.Max(1, float64(s.stamps+s.names)/usualEvidence)
		if s.stamps > 0 || isComment {
			sure++
		}
		if s.stamps > 0 && s.names > 0 {
			g.full++
		}
		if s.stamps > 0 {
			found += 0.5
		}
		if s.names > 0 || isComment {
			found += 0.5
		}
	}
	n := float64(len(g.spans))
	if len(g.spans) < f.minimum() || n < minValid*float64(len(spans)) {
		return g
	}
	if f.inZone != nil && 2*sure < len(g.spans) {
		return g
	}
	if n == minPosts && found < n && !f.isNamed(g.spans[0].from, postWords) {
		return g // two columns or two sections
	}
	g.score = float64(g.words) * n / float64(len(spans)) * n / (n + 1) * found / evidence
	return g
}
