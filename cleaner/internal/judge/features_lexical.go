package judge

import (
	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// lexicalPerKind is the number of columns for each kind of token: the three fields of a lexicalSum.
const lexicalPerKind = 3

// A lexicalSum is a sum of weights. most is the largest of the weights, or 0 if all are negative. least is the smallest
// of the weights, or 0 if all are positive.
type lexicalSum struct{ sum, most, least float32 }

func (s *lexicalSum) add(weight float32) {
	s.sum += weight
	s.most = max(s.most, weight)
	s.least = min(s.least, weight)
}

func (s *lexicalSum) merge(o *lexicalSum) {
	s.sum += o.sum
	s.most = max(s.most, o.most)
	s.least = min(s.least, o.least)
}

// lexicalCount is the number of columns of each block: three for each kind of token, two for the heading above, and one
// each for the blocks directly above and below.
const lexicalCount = int(tokenKinds)*lexicalPerKind + 4

// blockWeights are a block's sums, one for each kind of token.
type blockWeights [tokenKinds]lexicalSum

// namedWeights are the sums for the kinds of tokens that come from elements: an element's names, once for each of the
// kinds tokenOwn, tokenNear, tokenFar and tokenInline, and its properties (tokenProp).
type namedWeights [tokenKinds - tokenOwn]lexicalSum

func (n *namedWeights) of(kind tokenKind) *lexicalSum { return &n[kind-tokenOwn] }

// nameWeights adds up the lexicon's weights for the names and the properties of node i.
func (p *Page) nameWeights(l *lexicon, i int32) (sums namedWeights) {
	n := p.Tree.Nodes[i].HTML
	for k := range n.Attr {
		var f *nameFacts
		switch a := &n.Attr[k]; a.Key {
		case "class":
			f = p.Names.Of(a.Val, p.Names.Classes, i)
		case "id", "data-testid", "data-component":
			f = p.Names.Of(a.Val, p.Names.Ids, i)
		default:
			continue
		}
		for _, w := range p.Names.weigh(f, l) {
			sums.of(w.kind).add(w.weight)
		}
	}
	var buffer [2 * maxNameTokens]token
	for _, t := range propTokens(buffer[:0], n) {
		if w := l.weight(t); w != 0 {
			sums.of(tokenProp).add(w)
		}
	}
	return sums
}

// lexical returns every block's sums of weights.
func (p *Page) lexical(l *lexicon) []blockWeights {
	s := p.Memory
	all := s.weights.Take(len(p.Blocks))
	named := append(s.named[:0], namedWeights{}) // sums for the elements around blocks; the first is empty
	namedOf := s.Int32s.Take(len(p.Tree.Nodes))  // the index of each element's sums, 0 if not yet computed
	var tokens []token
	nameOf := func(i int32) *namedWeights {
		if namedOf[i] == 0 {
			namedOf[i] = int32(len(named))
			named = arena.Push(named, p.nameWeights(l, i))
		}
		return &named[namedOf[i]]
	}
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		w := &all[b]
		tokens = textTokens(tokens[:0], bl.Text, bl.Words)
		for _, t := range tokens {
			if weight := l.weight(t); weight != 0 {
				w[t>>32].add(weight)
			}
		}
		at := bl.Elem
		for level := 0; level <= farLevels && at != block.None; level++ {
			names := nameOf(at)
			switch {
			case level == 0:
				w[tokenOwn].merge(names.of(tokenOwn))
				w[tokenProp].merge(names.of(tokenProp))
			case level <= nearLevels:
				w[tokenNear].merge(names.of(tokenNear))
				w[tokenProp].merge(names.of(tokenProp))
			default:
				w[tokenFar].merge(names.of(tokenFar))
			}
			at = p.Tree.Nodes[at].Parent
		}
		for i := p.Tree.Nodes[bl.First].Parent; i != block.None && i > bl.Elem; i = p.Tree.Nodes[i].Parent {
			w[tokenInline].merge(nameOf(i).of(tokenInline))
		}
	}
	s.named = named
	return all
}

// putLexical writes the columns about block b. They stay 0 when a model is trained without the lexicon.
func (d *describer) putLexical(w *writer, b int) {
	all := d.weights
	if all == nil {
		w.at += lexicalCount
		return
	}
	for _, s := range all[b] {
		w.put(s.sum, s.most, s.least)
	}
	if h := d.heading[b]; h >= 0 {
		w.put(all[h][tokenWord].sum, all[h][tokenLine].sum)
	} else {
		w.put(0, 0)
	}
	sum := func(b int) float32 {
		if b < 0 || b >= len(all) {
			return 0
		}
		return all[b][tokenWord].sum
	}
	w.put(sum(b-1), sum(b+1))
}
