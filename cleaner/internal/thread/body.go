package thread

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	// bodyShare is a share of a path's weight. If the paths that are chosen below it together have at least this share,
	// they are the body, and the path is not.
	bodyShare = 0.75
	// shortBlock is the minimum number of words of a block that counts in full, unless it ends like a sentence. The
	// weight of a shorter block is multiplied by shortWeight, because the block is probably a field.
	shortBlock  = 8
	shortWeight = 0.3
	// minProbability is added to the probability of each block. Without it, comments below an article would count for
	// almost nothing, because the judge does not expect them to be content.
	minProbability = 0.1
	// mostShare is the share above which a path counts as having most of the posts or most of their text.
	mostShare = 0.8
	// maxRepeats is a share of the number of posts. A text that is repeated in more blocks than that is a label.
	maxRepeats = 0.3
)

// findBody finds the paths of the posts' bodies: those with most of the text.
func (t *template) findBody() {
	for b := range t.Blocks {
		bl := &t.Blocks[b]
		id := t.pathOf[bl.Elem]
		if id < 0 || t.isField(bl) {
			continue
		}
		plain := float64(bl.Words - bl.LinkWords)
		weight := plain * (minProbability + float64(t.Probabilities[b]))
		if bl.Words < shortBlock && !text.EndsSentence(bl.Text) {
			weight *= shortWeight
		}
		if t.repeats[b] > 1 {
			weight /= float64(t.repeats[b])
		}
		for ; id >= 0; id = t.paths[id].parent {
			t.paths[id].weight += weight
			t.paths[id].plain += plain
		}
	}
	for id := range t.paths {
		n := &t.Tree.Nodes[t.paths[id].node]
		if up := t.paths[id].parent; up >= 0 {
			t.paths[id].quoted = t.paths[up].quoted || isQuote(&t.Tree.Nodes[t.paths[up].node])
		}
		if id > 0 && roleOf(n, t.paths[id].quoted) == roleExtra && !t.isMost(int32(id)) {
			t.discount(int32(id))
		} else if up := t.paths[id].parent; up >= 0 && t.paths[up].extra {
			t.paths[id].extra, t.paths[id].weight = true, 0
		}
	}
	children := make([][]int32, len(t.paths))
	for id := 1; id < len(t.paths); id++ {
		n := &t.Tree.Nodes[t.paths[id].node]
		inAll := float64(len(t.paths[id].in)) > mostShare*float64(len(t.spans)) // some forums quote every post
		if n.Form == block.Element && (!isRun(n.Tag) || n.Tag == atom.Blockquote && inAll) {
			up := t.paths[id].parent
			children[up] = append(children[up], int32(id))
		}
	}
	t.isBody = make([]bool, len(t.paths))
	t.descend(0, children)
}

// setBody makes the given nodes the body.
func (t *template) setBody(nodes []int32) {
	clear(t.isBody)
	for _, i := range nodes {
		if t.pathOf[i] >= 0 {
			t.isBody[t.pathOf[i]] = true
		}
	}
}

// descend marks the body at or below a path. The body is the part with most of the text, or several parts that together
// have most of it, no two of them in the same post. For example, the body of a question has a different class name than
// the body of an answer.
func (t *template) descend(at int32, children [][]int32) {
	if t.Tree.Nodes[t.paths[at].node].Tag == atom.Blockquote {
		t.isBody[at] = true
		return
	}
	parts := children[at]
	slices.SortStableFunc(parts, func(a, b int32) int { return cmp.Compare(t.paths[b].weight, t.paths[a].weight) })
	var chosen []int32
	weight := 0.0
	for _, id := range parts {
		if len(chosen) == maxBodies || weight >= bodyShare*t.paths[at].weight &&
			t.paths[id].weight < minBody*float64(len(t.paths[id].in)) {
			break
		}
		if !slices.ContainsFunc(chosen, func(other int32) bool { return t.meet(id, other) }) {
			chosen = append(chosen, id)
			weight += t.paths[id].weight
		}
	}
	if len(chosen) == 0 || weight < bodyShare*t.paths[at].weight || weight <= 0 {
		t.isBody[at] = true
		return
	}
	for _, id := range chosen {
		t.descend(id, children)
	}
}

// minBody is the minimum weight, per post, of each further part of the body once the chosen parts have bodyShare.
const minBody = 2

// maxBodies is the maximum number of paths below one path that can be parts of the body.
const maxBodies = 3

// meet reports whether some post has both paths.
func (t *template) meet(a, b int32) bool {
	for _, post := range t.paths[a].in {
		if _, ok := slices.BinarySearch(t.paths[b].in, post); ok {
			return true
		}
	}
	return false
}

// isMost reports whether a path has most of the posts' text. The class names of such a path are ignored.
func (t *template) isMost(id int32) bool { return t.paths[id].plain > mostShare*t.paths[0].plain }

// discount marks a path as extra and sets its weight to 0. Unless its parent is already extra, the weight is also
// subtracted from all paths above it.
func (t *template) discount(id int32) {
	if up := t.paths[id].parent; t.paths[up].extra {
		t.paths[id].extra, t.paths[id].weight = true, 0
		return
	}
	weight := t.paths[id].weight
	t.paths[id].extra = true
	for up := t.paths[id].parent; up >= 0; up = t.paths[up].parent {
		t.paths[up].weight -= weight
	}
	t.paths[id].weight = 0
}

// isRun reports whether an element is part of a text, such as a paragraph or a list, rather than a box that may contain
// a whole text.
func isRun(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Blockquote, atom.Pre, atom.Ul, atom.Ol, atom.Dl:
		return true
	case atom.Td, atom.Tr, atom.Tbody, atom.Span, 0:
		return false
	}
	return !dom.IsBlockElement(tag)
}

// isField reports whether a block is, or belongs to, the post's author or date.
func (t *template) isField(bl *block.Block) bool {
	if bl.Words > maxStampWords {
		return false
	}
	for i := bl.First; i < bl.End; i++ {
		for at := i; at != block.None && t.pathOf[at] >= 0; at = t.Tree.Nodes[at].Parent {
			if t.isFieldNode(at) {
				return true
			}
		}
	}
	return false
}

// countRepeats sets t.repeats.
func (t *template) countRepeats() {
	times := make(map[string]*int, len(t.Blocks))
	all := make([]*int, len(t.Blocks))
	for b := range t.Blocks {
		bl := &t.Blocks[b]
		key := withoutNumbers(bl.Text)
		if all[b] = times[key]; all[b] == nil {
			all[b] = new(int)
			times[key] = all[b]
		}
		if t.pathOf[bl.Elem] >= 0 {
			*all[b]++
		}
	}
	t.repeats = make([]int, len(all))
	for b := range all {
		t.repeats[b] = *all[b]
	}
}

// withoutNumbers returns a text without its digits, or the whole text if it has no letters.
func withoutNumbers(s string) string {
	if !strings.ContainsFunc(s, text.IsDigit) {
		return s
	}
	letters := strings.Map(func(r rune) rune {
		if text.IsDigit(r) {
			return -1
		}
		return r
	}, s)
	if !strings.ContainsFunc(letters, text.IsWordRune) {
		return s
	}
	return letters
}

// bodies sets the field Body of each post, and marks the nodes of the bodies in t.inBody.
func (t *template) bodies(posts []Post) {
	nodes := t.Tree.Nodes
	inside, out := make([]bool, len(nodes)), make([]bool, len(nodes))
	signed := int32(0) // the post whose signature has begun
	for i := range nodes {
		n := &nodes[i]
		id := t.pathOf[i]
		if id < 0 {
			continue
		}
		isTop := t.isTop(int32(i))
		if up := n.Parent; !isTop {
			inside[i], out[i] = inside[up] || t.pathOf[up] >= 0 && t.isBody[t.pathOf[up]], out[up]
		} else if t.isBody[0] && t.spans[t.postOf[i]-1].to != n.End { // one of several siblings that form the post
			inside[i] = true
		}
		if t.isBody[id] {
			out[i] = false
		} else if inside[i] && (t.paths[id].extra || t.isFieldNode(int32(i)) || t.isScore(int32(i))) {
			out[i] = true
		}
		if !inside[i] || out[i] || n.Block != block.None && t.isRepeated(t.repeats[n.Block]) {
			continue
		}
		if n.Form == block.Text && isSignatureRule(n.Text) {
			signed = t.postOf[i]
		}
		if signed == t.postOf[i] || n.Block != block.None && (t.isEditOrControl(int32(i)) || t.isOrdinal(n)) {
			continue
		}
		t.inBody[i] = true
		post := &posts[t.postOf[i]-1]
		if t.isBody[id] && n.Tag == atom.Blockquote {
			continue
		}
		if len(post.Body) == 0 || nodes[post.Body[len(post.Body)-1]].End <= int32(i) {
			if t.tops[n.End] == t.tops[i+1] { // no other post is below the node
				post.Body = append(post.Body, int32(i))
			}
		}
	}
}

// isOrdinal reports whether a text is the number of a post, on the line of its author or date.
func (t *template) isOrdinal(n *block.Node) bool {
	return n.Form == block.Text && strings.ContainsFunc(n.Text, text.IsDigit) &&
		!strings.ContainsFunc(n.Text, unicode.IsLetter) && t.isField(&t.Blocks[n.Block])
}

// isRepeated reports whether a text that occurs in the given number of blocks is a label.
func (t *template) isRepeated(times int) bool {
	return times > 2 && float64(times) > maxRepeats*float64(len(t.spans))
}

// isFieldNode reports whether a node contains the author or the date, and little else.
func (t *template) isFieldNode(i int32) bool {
	id := t.pathOf[i]
	return (len(t.authors) > 0 && t.authors[0] == id || len(t.dates) > 0 && t.dates[0] == id) &&
		t.sums[i].words <= maxStampWords
}
