package region

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

const (
	topCandidates  = 5    // elements to compare
	nearBest       = 0.75 // candidates count if they have at least this share of the best score
	minAlternative = 3    // how many other candidates must be inside an ancestor of the best one that replaces it
)

// best returns the element that is the article. It starts from the element with the best score, goes up to an ancestor
// that several good candidates share, if there is one (see shared), and then to an ancestor with a higher score (see
// rising). As long as the result is the only child of its parent, the parent replaces it. best returns the body if no
// element has a score or if the body has the best one.
func (f *finder) best() int32 {
	order := slices.Clone(f.scored)
	slices.SortStableFunc(order, func(a, b int32) int {
		switch {
		case f.scores[a] > f.scores[b]:
			return -1
		case f.scores[a] < f.scores[b]:
			return 1
		}
		return 0
	})
	body := f.body()
	if len(order) == 0 || order[0] == body {
		f.begin(body)
		return body
	}
	top := f.shared(order[:min(len(order), topCandidates)], body)
	f.begin(top)
	top = f.rising(top, body)
	for up := f.tree.Nodes[top].Parent; f.isInside(up, body) && f.children(up) == 1; up = f.tree.Nodes[top].Parent {
		top = up
	}
	f.begin(top)
	return top
}

// body returns the body, or the root if the page has no body.
func (f *finder) body() int32 {
	for i := range f.tree.Nodes {
		if f.tree.Nodes[i].Tag == atom.Body {
			return int32(i)
		}
	}
	return 0
}

// isInside reports whether a node is below the body.
func (f *finder) isInside(i, body int32) bool {
	return i != block.None && i != body && f.tree.Contains(body, i)
}

// shared returns the nearest ancestor of the best candidate that is also an ancestor of at least three other candidates
// with nearly the same score. If there is none, it returns the best candidate.
func (f *finder) shared(order []int32, body int32) int32 {
	top := order[0]
	var others []int32
	for _, i := range order[1:] {
		if f.scores[top] > 0 && f.scores[i]/f.scores[top] >= nearBest {
			others = append(others, i)
		}
	}
	if len(others) < minAlternative {
		return top
	}
	for up := f.tree.Nodes[top].Parent; f.isInside(up, body); up = f.tree.Nodes[up].Parent {
		around := 0
		for _, i := range others {
			if i != up && f.tree.Contains(up, i) {
				around++
			}
		}
		if around >= minAlternative {
			return up
		}
	}
	return top
}

// rising goes up from the element with the index top and returns the first ancestor whose score is higher than that of
// the previous element with a score. If it first reaches an ancestor whose score is less than a third of the element's
// own score, or finds none, it returns top.
func (f *finder) rising(top, body int32) int32 {
	last := f.scores[top]
	least := last / 3
	for up := f.tree.Nodes[top].Parent; f.isInside(up, body); up = f.tree.Nodes[up].Parent {
		if !f.isScored[up] {
			continue
		}
		score := f.scores[up]
		if score < least {
			break
		}
		if score > last {
			return up
		}
		last = score
	}
	return top
}

// children counts the child elements of a node that have not been removed.
func (f *finder) children(i int32) int {
	n := 0
	nodes := f.tree.Nodes
	for c := i + 1; c < nodes[i].End; c = nodes[c].End {
		if nodes[c].Form != block.Text && !f.removed[c] {
			n++
		}
	}
	return n
}

const (
	minSiblingScore  = 10   // minimum score of a sibling that joins the best element
	siblingShare     = 0.2  // minimum score of a sibling that joins, as a share of the best score
	minSiblingLength = 80   // characters; a shorter paragraph joins only if it has a period and no links
	maxSiblingLinks  = 0.25 // the link density of a longer paragraph must be lower for it to join
)

// join returns the best element and the siblings that belong to it, in page order: those with a high enough score, and
// paragraphs (see joins). A sibling with the same class needs a lower score. Runs of text next to these elements may
// join too, as text nodes.
func (f *finder) join(top int32) []int32 {
	nodes := f.tree.Nodes
	parent := nodes[top].Parent
	if parent == block.None || nodes[top].Tag == atom.Body {
		return []int32{top}
	}
	least := max(minSiblingScore, f.scores[top]*siblingShare)
	class := dom.Attr(nodes[top].HTML, "class")
	var roots []int32
	for i := parent + 1; i < nodes[parent].End; i = nodes[i].End {
		switch {
		case f.removed[i]:
		case i == top:
			roots = append(roots, i)
		case nodes[i].Form == block.Element && dom.IsBlockElement(nodes[i].Tag):
			bonus := 0.0
			if class != "" && dom.Attr(nodes[i].HTML, "class") == class {
				bonus = f.scores[top] * siblingShare
			}
			if f.isScored[i] && f.scores[i]+bonus >= least || f.isParagraph(i) && f.joins(&f.facts[i], i) {
				roots = append(roots, i)
			}
		case nodes[parent].Tag == atom.Div && nodes[i].Block != block.None:
			if b := nodes[i].Block; f.runs[parent] > 0 && f.joinsRun(b) {
				roots = append(roots, i)
			}
		}
	}
	return roots
}

// isParagraph reports whether an element is a paragraph: a p, or a div with at most one run of text, at most one
// paragraph and few links.
func (f *finder) isParagraph(i int32) bool {
	switch f.tree.Nodes[i].Tag {
	case atom.P:
		return true
	case atom.Div:
		return f.runs[i] <= 1 && f.facts[i].paragraphs <= 1 && f.facts[i].linkDensity() < maxCollapsed
	}
	return false
}

func (f *finder) joins(s *facts, i int32) bool {
	density := s.linkDensity()
	if s.chars > minSiblingLength {
		return density < maxSiblingLinks
	}
	return s.chars > 0 && s.chars < minSiblingLength && density == 0 && f.hasPeriod(i)
}

// hasPeriod reports whether the text of an element contains a period that is at the end or before a space.
func (f *finder) hasPeriod(i int32) bool {
	nodes := f.tree.Nodes
	for k := i; k < nodes[i].End; k++ {
		if nodes[k].Form == block.Text && !f.removed[k] {
			if s := strings.TrimSpace(nodes[k].Text); strings.HasSuffix(s, ".") || strings.Contains(s, ". ") {
				return true
			}
		}
	}
	return false
}

// joinsRun reports whether a run of text joins the best element.
func (f *finder) joinsRun(b int32) bool {
	bl := &f.blocks[b]
	chars, _ := textLength(bl.Text)
	if chars > minSiblingLength {
		return bl.LinkDensity() < maxSiblingLinks
	}
	return chars > 0 && bl.LinkWords == 0 && (strings.HasSuffix(bl.Text, ".") || strings.Contains(bl.Text, ". "))
}
