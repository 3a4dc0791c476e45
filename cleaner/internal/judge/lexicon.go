package judge

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The lexicon says of words that stand on many sites how much they speak for content or against it: words of the text,
// and words of the names that elements bear. It is learned with the judge's trees (internal/judge/train), and holds
// nothing that fewer sites than a handful have.

// A tokenKind is where a word stands.
type tokenKind uint8

const (
	tokenWord   tokenKind = iota // a word of the text, or two neighbours
	tokenLine                    // all of a short text; the first or the last word
	tokenOwn                     // a word of the names of the block's element
	tokenNear                    // of the three elements around
	tokenFar                     // of the four around those
	tokenInline                  // of inline elements around the block's first text
	tokenProp                    // itemprop, role, aria-label, of the block's element and the three around
	tokenKinds
)

// Bounds of what is looked up.
const (
	maxTokenWords = 24 // of a text
	maxPairWords  = 8  // of a text, whose neighbours are looked up as pairs
	maxLineWords  = 6  // of a text that is looked up as a whole
	maxTokenBytes = 24 // of a word
	nearLevels    = 3
	farLevels     = 7
)

// A token is its kind in the upper half and a hash of kind and word in the lower.
type token = uint64

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// hashToken is FNV-1a of a kind, a mark and a word (Fowler, Noll and Vo; RFC 9923).
func hashToken[word string | []byte](kind tokenKind, mark byte, w word) token {
	h := startToken(kind, mark)
	for i := range len(w) {
		h = h.add(w[i])
	}
	return h.token(kind)
}

// A tokenHash is the hash of what a token begins with.
type tokenHash uint32

func startToken(kind tokenKind, mark byte) tokenHash {
	h := (tokenHash(fnvOffset) ^ tokenHash(kind)) * fnvPrime
	return (h ^ tokenHash(mark)) * fnvPrime
}

func (h tokenHash) add(c byte) tokenHash { return (h ^ tokenHash(c)) * fnvPrime }

func (h tokenHash) addWord(w []byte) tokenHash {
	for _, c := range w {
		h = h.add(c)
	}
	return h
}

// token ends the hash.
func (h tokenHash) token(kind tokenKind) token { return uint64(kind)<<32 | uint64(h) }

// textTokens appends the tokens of a text.
func textTokens(tokens []token, text string, words int32) []token {
	var buffer, first, last [maxTokenBytes]byte
	firstLen, lastLen := 0, 0
	pair := startToken(tokenWord, '2') // of the word before, and a space
	line, lineLen := startToken(tokenLine, 't'), 0
	count := 0
	for i := 0; i < len(text) && count < maxTokenWords; {
		word, next := nextWord(text, i, buffer[:0])
		if i = next; len(word) == 0 {
			continue
		}
		count++
		tokens = append(tokens, startToken(tokenWord, 'w').addWord(word).token(tokenWord))
		if count == 1 {
			firstLen = copy(first[:], word)
		} else if count <= maxPairWords {
			tokens = append(tokens, pair.addWord(word).token(tokenWord))
		}
		pair = startToken(tokenWord, '2').addWord(word).add(' ')
		if words <= maxLineWords && lineLen < 8*maxTokenBytes {
			line = line.add(' ').addWord(word)
			lineLen += 1 + len(word)
		}
		lastLen = copy(last[:], word)
	}
	if count == 0 {
		return tokens
	}
	tokens = append(tokens, hashToken(tokenLine, 'f', first[:firstLen]), hashToken(tokenLine, 'l', last[:lastLen]))
	if words <= maxLineWords {
		tokens = append(tokens, line.token(tokenLine))
	}
	return tokens
}

// nextWord reads a word in lower case, or one character of a script without spaces; digits become zeros. It is empty
// between words.
func nextWord(text string, i int, word []byte) ([]byte, int) {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			switch {
			case 'a' <= c && c <= 'z':
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case '0' <= c && c <= '9':
				c = '0'
				if len(word) > 0 && word[len(word)-1] == '0' {
					i++
					continue
				}
			default:
				if len(word) > 0 {
					return word, i
				}
				return word, i + 1
			}
			i++
			if len(word) < maxTokenBytes {
				word = append(word, c)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case !unicode.IsLetter(r):
			if len(word) > 0 {
				return word, i
			}
			return word, i + size
		case r >= 0x2E80 && r < 0xAC00 || r >= 0xF900 && r < 0xFB00 || r >= 0x0E00 && r < 0x0E80:
			if len(word) > 0 {
				return word, i
			}
			return utf8.AppendRune(word, r), i + size
		default:
			r = unicode.ToLower(r)
		}
		i += size
		if len(word)+utf8.RuneLen(r) <= maxTokenBytes {
			word = utf8.AppendRune(word, r)
		}
	}
	return word, i
}

// nameTokens appends the tokens of an element's class and id.
func nameTokens(tokens []token, kind tokenKind, n *html.Node) []token {
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-testid", "data-component":
			tokens = wordTokens(tokens, kind, 'n', a.Val)
		}
	}
	return tokens
}

// propTokens appends the tokens of what an element says that it is.
func propTokens(tokens []token, n *html.Node) []token {
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop", "role", "itemtype":
			tokens = append(tokens, hashToken(tokenProp, 'p', strings.ToLower(a.Val[strings.LastIndexByte(a.Val, '/')+1:])))
		case "aria-label":
			tokens = wordTokens(tokens, tokenProp, 'a', a.Val)
		}
	}
	return append(tokens, hashToken(tokenProp, 'g', n.Data))
}

const maxNameTokens = 12

func wordTokens(tokens []token, kind tokenKind, mark byte, name string) []token {
	for word := range text.NameWords(name, maxNameTokens) {
		h := startToken(kind, mark)
		for i := range min(len(word), maxTokenBytes) {
			c := word[i]
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case '0' <= c && c <= '9':
				c = '0'
			}
			h = h.add(c)
		}
		tokens = append(tokens, h.token(kind))
	}
	return tokens
}

// Tokens lists what is looked up for a block.
func (p *Page) Tokens(b int) []token {
	bl := &p.Blocks[b]
	tokens := textTokens(nil, bl.Text, bl.Words)
	at := bl.Elem
	for level := 0; level <= farLevels && at != block.None; level++ {
		n := p.Tree.Nodes[at].HTML
		switch {
		case level == 0:
			tokens = propTokens(nameTokens(tokens, tokenOwn, n), n)
		case level <= nearLevels:
			tokens = propTokens(nameTokens(tokens, tokenNear, n), n)
		default:
			tokens = nameTokens(tokens, tokenFar, n)
		}
		at = p.Tree.Nodes[at].Parent
	}
	for i := p.Tree.Nodes[bl.First].Parent; i != block.None && i > bl.Elem; i = p.Tree.Nodes[i].Parent {
		tokens = nameTokens(tokens, tokenInline, p.Tree.Nodes[i].HTML)
	}
	return tokens
}

// lexicalPerKind are the numbers of each kind of token: the sum, the most and the least of their weights.
const lexicalPerKind = 3

// A lexicalSum sums up weights.
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

// A lexicon holds the weights, in log-odds, in a table with open addressing.
type lexicon struct {
	entries []lexiconEntry
	mask    uint32
	// maybe has a bit set for the upper half of each hash in the table: most words are not, and it fits the nearest cache.
	maybe [1 << 16 / 64]uint64
}

// A lexiconEntry is empty where its weight is 0.
type lexiconEntry struct {
	hash   uint32
	weight float32
}

// errLexicon means bytes that are no lexicon.
var errLexicon = errors.New("cleaner: not a usable lexicon")

const lexiconMagic = "dechafflex\x01"

// loadLexicon reads the format: the magic, the CRC-32 of what follows, the number of words (uint32), and for each its
// hash (uint32) and its weight in hundredths (int16), little-endian.
func loadLexicon(data []byte) (*lexicon, error) {
	rest, ok := strings.CutPrefix(string(data), lexiconMagic)
	if !ok || len(rest) < 8 {
		return nil, errLexicon
	}
	body := []byte(rest[4:])
	count := int(binary.LittleEndian.Uint32(body))
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32([]byte(rest)) || len(body) != 4+6*count {
		return nil, errLexicon
	}
	size := 16
	for size < 2*count {
		size *= 2
	}
	l := &lexicon{entries: make([]lexiconEntry, size), mask: uint32(size - 1)}
	for i := range count {
		entry := body[4+6*i:]
		l.put(binary.LittleEndian.Uint32(entry), float32(int16(binary.LittleEndian.Uint16(entry[4:])))/100)
	}
	return l, nil
}

func (l *lexicon) put(hash uint32, weight float32) {
	at := hash & l.mask
	for l.entries[at].weight != 0 {
		at = (at + 1) & l.mask
	}
	l.entries[at] = lexiconEntry{hash, weight}
	l.maybe[hash>>22] |= 1 << (hash >> 16 % 64)
}

// weight is a token's, 0 if it is not in the lexicon.
func (l *lexicon) weight(t token) float32 {
	hash := uint32(t)
	if l.maybe[hash>>22]>>(hash>>16%64)&1 == 0 {
		return 0
	}
	for at := hash & l.mask; ; at = (at + 1) & l.mask {
		if e := &l.entries[at]; e.hash == hash || e.weight == 0 {
			return e.weight
		}
	}
}

// appendNameWeights appends what the lexicon says of the words of a name, as a name of each kind.
func (l *lexicon) appendNameWeights(weights []nameWeight, name string) []nameWeight {
	var buffer [maxNameTokens]token
	for _, kind := range [...]tokenKind{tokenOwn, tokenNear, tokenFar, tokenInline} {
		for _, t := range wordTokens(buffer[:0], kind, 'n', name) {
			if w := l.weight(t); w != 0 {
				weights = append(weights, nameWeight{kind, w})
			}
		}
	}
	return weights
}

// LexicalCount are the columns of every block: for each kind of token three sums, then those of the heading above and
// of the neighbours.
const LexicalCount = int(tokenKinds)*lexicalPerKind + 4

type blockWeights [tokenKinds]lexicalSum

// namedWeights are the sums of an element's names, if they were a block's own, near it or far, and of its properties.
type namedWeights [tokenKinds - tokenOwn]lexicalSum

// of are the sums of a kind.
func (n *namedWeights) of(kind tokenKind) *lexicalSum { return &n[kind-tokenOwn] }

// nameWeights sums up what the lexicon says of node i's names.
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

// lexical sums up the weights of every block.
func (p *Page) lexical(l *lexicon) []blockWeights {
	s := p.Notes
	all := s.weights.Take(len(p.Blocks))
	named := append(s.named[:0], namedWeights{}) // of the elements around blocks, the first of none
	namedOf := s.Int32s.Take(len(p.Tree.Nodes))  // where each element's are, 0 if nobody asked
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

// PutLexical writes a block's columns.
func (d *describer) PutLexical(w *Writer, b int) {
	all := d.weights
	if all == nil {
		w.At += LexicalCount
		return
	}
	for _, s := range all[b] {
		w.Put(s.sum, s.most, s.least)
	}
	if h := d.heading[b]; h >= 0 {
		w.Put(all[h][tokenWord].sum, all[h][tokenLine].sum)
	} else {
		w.Put(0, 0)
	}
	sum := func(b int) float32 {
		if b < 0 || b >= len(all) {
			return 0
		}
		return all[b][tokenWord].sum
	}
	w.Put(sum(b-1), sum(b+1))
}
