package thread

import (
	"math"
	"slices"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A span is the nodes of a post: an element with all below it, or a row of siblings, from the first to before the last.
type span struct{ from, to int32 }

// A group is the posts that the boxes of one look make, and how well they serve as such.
type group struct {
	spans []span
	// words are those outside links, full how many of the spans have both a name and a time.
	words int32
	full  float64
	score float64
}

const (
	minPosts = 2
	// minValid is the share of a group's boxes that have a time or a name, and text.
	minValid = 0.6
	// usualEvidence is how many times and names a post has at most, as a rule.
	usualEvidence = 8
	// maxHead is the share of the text in rows of siblings that may be in the first of each.
	maxHead = 0.5
)

// choose returns the group of posts, nil if no boxes are.
func (f *finder) choose() *group {
	var best *group
	for _, boxes := range f.alike() {
		g := f.rate(f.wholes(boxes))
		if rows := f.rows(boxes); rows != nil {
			if r := f.rate(rows); r.score > g.score && f.headShare(r) < maxHead {
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

// alike returns the boxes of each look that several have.
func (f *finder) alike() [][]int32 {
	number := make(map[uint64]int)
	var all [][]int32
	var keys []uint64
	for i := int32(1); i < int32(len(f.Tree.Nodes)); i++ {
		n := &f.Tree.Nodes[i]
		if n.Form != block.Element || f.unseen[i] || f.sums[i].blocks == 0 {
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
	return slices.DeleteFunc(all, func(boxes []int32) bool { return len(boxes) < minPosts })
}

// around returns the group whose posts the best one's are parts of, or itself: cells that make up a post, or comments
// on answers.
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

// minInside is the share of the comments that are inside of posts.
const minInside = 0.6

// holders returns for each inner span the innermost of the outer ones that holds it and is larger, -1 for none. Both
// are in page order.
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

// findOpening returns the question above the answers, or the first post that looks unlike the others.
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
	if found.from < 0 {
		return nil
	}
	return []span{found}
}

// chooseReplies returns a group of comments inside of posts: each has a name and a time, and they are named so.
func (f *finder) chooseReplies(groups [][]span) []span {
	var best []span
	words := int32(0)
	for _, g := range f.groups {
		if g.full < minFull*float64(len(g.spans)) || g.words <= words || !f.isNamed(g.spans[0].from, replyWords) {
			continue
		}
		if areReplies(groups, g.spans) {
			best, words = g.spans, g.words
		}
	}
	return best
}

// minFull is the share of comments that have both a name and a time.
const minFull = 0.8

// areReplies reports whether each span is a part of one of the groups', and not its first element. Where nearly all
// posts have the same number of them, they are parts of the posts.
func areReplies(groups [][]span, spans []span) bool {
	inside := make([]bool, len(spans))
	for _, outer := range groups {
		times := make(map[int]int)
		for k, o := range holders(outer, spans) {
			if o >= 0 && outer[o].from != spans[k].from {
				inside[k] = true
				times[o]++
			}
		}
		usual := make(map[int]int)
		for _, n := range times {
			if usual[n]++; float64(usual[n]) > maxUsual*float64(len(outer)) && len(outer) > 1 {
				return false
			}
		}
	}
	return !slices.Contains(inside, false)
}

// maxUsual is the share of posts that may have the same number of replies.
const maxUsual = 0.5

// maxPieces is how many boxes of one look a post is made of at most.
const maxPieces = 3

// isCutInto reports whether each of the outer spans holds the same number of the inner ones, a few, and all of them are
// in one: the inner are cells of posts, who wrote in one and the text in another.
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

// minAlike is the share of boxes that look alike.
const minAlike = 0.75

// postWords are words of names of posts.
var postWords = text.SetOf(
	"post", "posts", "comment", "message", "reply", "answer", "question", "msg", "postbit", "response", "topic",
	"review", "note", "discussion",
)

// replyWords are those of posts below another.
var replyWords = text.SetOf("comment", "reply", "answer", "response")

// commentWords are those of readers' comments.
var commentWords = text.SetOf("comment", "comments", "commentlist", "reply", "answer", "response", "review", "opinion",
	"usercomments", "kommentar", "commentaire", "comentario", "discussion")

// isNamed reports whether an element's names or its type have one of some words. Its own name may: "forum-post".
func (f *finder) isNamed(i int32, words *text.Set) bool {
	n := f.Tree.Nodes[i].HTML
	return hasWord(words, dom.Attr(n, "class"), dom.Attr(n, "id"), dom.Attr(n, "itemtype"), n.Data)
}

// widen returns the boxes around the spans, if each has one of its own and nearly all look alike: what says who wrote
// may be beside the text.
func (f *finder) widen(spans []span) []span {
	nodes := f.Tree.Nodes
	for {
		wider := make([]span, len(spans))
		looks := make(map[uint64]int)
		most := 0
		for k, s := range spans {
			up := nodes[s.from].Parent
			if up == block.None || nodes[s.from].End != s.to || nodes[up].Tag == atom.Body ||
				k > 0 && wider[k-1].from >= up {
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

// wholes are the boxes themselves.
func (f *finder) wholes(boxes []int32) []span {
	spans := make([]span, 0, len(boxes))
	for _, box := range boxes {
		if f.sums[box].blocks > 1 {
			spans = append(spans, span{box, f.Tree.Nodes[box].End})
		}
	}
	return spans
}

// maxRow is how many siblings a post is made of at most, texts between them included.
const maxRow = 60

// rows are the boxes with their siblings up to the next: forums made of tables give a post several rows. nil if the
// boxes are not siblings.
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

// headShare is the share of the text in rows of siblings that is in their first ones.
func (f *finder) headShare(g *group) float64 {
	head, all := 0.0, 0.0
	for _, s := range g.spans {
		all += float64(f.sumOf(s).words)
		head += float64(f.sums[s.from].words)
	}
	return head / all
}

// sumOf sums up a span.
func (f *finder) sumOf(s span) sum {
	var all sum
	for at := s.from; at < s.to; at = f.Tree.Nodes[at].End {
		all.add(f.sums[at], 1)
	}
	return all
}

// rate returns the group of those spans that have a time or a name of their own, and text. Its score is their words
// outside links, less as far as the spans have neither, are few, or hold several posts.
func (f *finder) rate(spans []span) *group {
	g := &group{}
	own := make([]sum, len(spans))
	var open []int // spans around, by their numbers
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
	for k, s := range own {
		if s.stamps+s.names == 0 || s.words-s.links < 1 {
			continue
		}
		g.spans = append(g.spans, spans[k])
		g.words += s.words - s.links
		evidence += math.Max(1, float64(s.stamps+s.names)/usualEvidence)
		if s.stamps > 0 && s.names > 0 {
			g.full++
		}
		if s.stamps > 0 {
			found += 0.5
		}
		if s.names > 0 {
			found += 0.5
		}
	}
	n := float64(len(g.spans))
	if len(g.spans) < minPosts || n < minValid*float64(len(spans)) {
		return g
	}
	if n == minPosts && found < n && !f.isNamed(g.spans[0].from, postWords) {
		return g // two columns, two sections
	}
	g.score = float64(g.words) * n / float64(len(spans)) * n / (n + 1) * found / evidence
	return g
}
