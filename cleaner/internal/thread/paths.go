package thread

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A path is a position within posts, given by what each element from a post's box down to it looks like.
type path struct {
	parent int32
	depth  int32
	// node is the first node with this path.
	node int32
	// The field in lists the posts that have the path.
	in []int32
	// plain is the number of words outside links at or below the path. weight is a similar number, but words in short,
	// repeated or improbable blocks count less.
	weight, plain float64
	// quoted reports whether the path is in a quote of another post.
	quoted bool
	// extra reports whether the path is about the post rather than part of its text.
	extra bool
	// person is the sum of hints that the path has the author's name. profiles counts the links to profiles.
	person, profiles int
	// texts are the short texts at this path, with their posts. alts are the tooltips and alternative texts.
	texts, alts []said
	// stamps are the times at this path.
	stamps []timed
}

type said struct {
	post int32
	text string
}

type timed struct {
	post, node int32
	stamp
}

type pathKey struct {
	parent int32
	place  uint64
}

// own sets t.postOf and t.tops. Each node belongs to the innermost post around it.
func (t *template) own() {
	t.postOf, t.tops = make([]int32, len(t.Tree.Nodes)), make([]int32, len(t.Tree.Nodes)+1)
	for k, s := range t.spans {
		for i := s.from; i < s.to; i++ {
			if t.groupOf[i] == t.group {
				t.postOf[i] = int32(k + 1)
			}
		}
	}
	for i := range t.Tree.Nodes {
		t.tops[i+1] = t.tops[i]
		if up := t.Tree.Nodes[i].Parent; up != block.None && t.postOf[i] != t.postOf[up] {
			t.tops[i+1]++
		}
	}
}

// isTop reports whether a node is a post's element, or one of the siblings that form the post.
func (t *template) isTop(i int32) bool {
	s := t.spans[t.postOf[i]-1]
	up := t.Tree.Nodes[i].Parent
	return i == s.from || up == t.Tree.Nodes[s.from].Parent
}

const (
	maxSaid      = 48 // maximum number of bytes of a name
	maxSaidWords = 5  // maximum number of words of a name
)

// readPaths gives each node in a post its path, and records the node's content. It skips invisible nodes, except meta
// and time elements.
func (t *template) readPaths() {
	nodes := t.Tree.Nodes
	t.pathOf = make([]int32, len(nodes))
	t.paths = []path{{parent: -1, node: t.spans[0].from}}
	known := make(map[pathKey]int32)
	seen := places{before: make(map[siblingKey]int), classes: make(map[siblingKey]string)}
	for i := range nodes {
		n := &nodes[i]
		t.pathOf[i] = -1
		post := t.postOf[i]
		if post == 0 || t.unseen[i] && n.Tag != atom.Meta && n.Tag != atom.Time {
			continue
		}
		id := int32(0)
		if t.spans[post-1] != (span{int32(i), n.End}) {
			up, parent := int32(0), -post
			if !t.isTop(int32(i)) {
				up, parent = t.pathOf[n.Parent], n.Parent
			}
			if up < 0 {
				continue
			}
			key := pathKey{up, seen.of(n, parent)}
			var ok bool
			if id, ok = known[key]; !ok {
				id = int32(len(t.paths))
				known[key] = id
				t.paths = append(t.paths, path{parent: up, depth: t.paths[up].depth + 1, node: int32(i)})
			}
		}
		t.pathOf[i] = id
		t.add(int32(i), id, post)
	}
}

// add adds the content of node i, which is in the given post, to the path with the given id.
func (t *template) add(i, id, post int32) {
	n := &t.Tree.Nodes[i]
	at := &t.paths[id]
	if len(at.in) == 0 || at.in[len(at.in)-1] != post {
		at.in = append(at.in, post)
	}
	if st, ok := t.stamps[i]; ok {
		at.stamps = append(at.stamps, timed{post, i, st})
	}
	switch n.Form {
	case block.Text:
		s := text.FoldSpace(n.Text)
		if s != "" && len(s) <= maxSaid && text.CountWords(s) <= maxSaidWords {
			t.say(t.alone(i), post, s)
		}
	case block.Element:
		if n.Tag == atom.Meta {
			if dom.Attr(n.HTML, "itemprop") == "name" {
				t.say(id, post, text.FoldSpace(dom.Attr(n.HTML, "content")))
				at.person += 2
			}
			return
		}
		at.person += int(t.people[i].hint)
		if t.people[i].profile {
			at.profiles++
			t.sayAlt(id, post, dom.Attr(n.HTML, "title"))
		}
	case block.Image:
		t.sayAlt(id, post, dom.Attr(n.HTML, "alt"))
	}
}

// alone returns the path of the outermost element that contains only the given text. This gives the names of guests and
// members the same path, although guests' names have no link and some names are colored. The hints of the elements
// inside are added to the path.
func (t *template) alone(i int32) int32 {
	nodes := t.Tree.Nodes
	hint, profiles := 0, 0
	for range maxAlone {
		up := nodes[i].Parent
		if t.isTop(i) || t.postOf[up] != t.postOf[i] || t.texts[nodes[up].End]-t.texts[up] != 1 {
			break
		}
		hint = max(hint, int(t.people[i].hint))
		if t.people[i].profile {
			profiles = 1
		}
		i = up
	}
	at := &t.paths[t.pathOf[i]]
	at.person += hint
	at.profiles += profiles
	return t.pathOf[i]
}

// maxAlone is the maximum number of elements around a short text that alone checks.
const maxAlone = 6

func (t *template) sayAlt(id, post int32, s string) {
	if s != "" && len(s) <= maxSaid && text.CountWords(s) <= maxSaidWords {
		t.paths[id].alts = append(t.paths[id].alts, said{post, s})
	}
}

func (t *template) say(id, post int32, s string) {
	if !strings.ContainsFunc(s, text.IsWordRune) {
		return
	}
	t.paths[id].texts = append(t.paths[id].texts, said{post, s})
}

// isBelow reports whether path a is path b or below it.
func (t *template) isBelow(a, b int32) bool {
	for ; a >= 0; a = t.paths[a].parent {
		if a == b {
			return true
		}
	}
	return false
}
