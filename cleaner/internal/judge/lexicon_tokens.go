package judge

import (
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A tokenKind says where a word was found.
type tokenKind uint8

const (
	tokenWord   tokenKind = iota // a word of the text, or a pair of adjacent words
	tokenLine                    // a short text as a whole; the first or last word of a text
	tokenOwn                     // a word of the names of the block's element
	tokenNear                    // a word of the names of the three elements around it
	tokenFar                     // a word of the names of the four elements around those three
	tokenInline                  // a word of the names (nameTokens) of inline elements around the block's first text
	tokenProp                    // a tag, itemprop, itemtype, role or aria-label of the element or the three around it
	tokenKinds
)

// Bounds for the words that are looked up.
const (
	maxTokenWords = 24 // words at the start of a text that are looked up
	maxPairWords  = 8  // words at the start of a text that are also looked up as pairs of adjacent words
	maxLineWords  = 6  // maximum number of words in a text that is also looked up as a whole
	maxTokenBytes = 24 // bytes of a word; longer words are cut
	nearLevels    = 3  // number of elements around the block's element whose names are tokenNear
	farLevels     = 7  // number of elements around it whose names are looked up at all
)

// A token consists of its kind, in the upper half, and a hash of the kind, a mark and the word, in the lower half. The
// mark distinguishes words that are found in different ways, such as single words and pairs.
type token = uint64

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// hashToken returns the token with the FNV-1a hash of a kind, a mark and a word (Fowler, Noll and Vo; RFC 9923).
func hashToken[word string | []byte](kind tokenKind, mark byte, w word) token {
	h := startToken(kind, mark)
	for i := range len(w) {
		h = h.add(w[i])
	}
	return h.token(kind)
}

// A tokenHash is the hash of the beginning of a token.
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

// token returns the token with this hash.
func (h tokenHash) token(kind tokenKind) token { return uint64(kind)<<32 | uint64(h) }

// textTokens appends the tokens of a text.
func textTokens(tokens []token, s string, words int32) []token {
	var buffer, first, last [maxTokenBytes]byte
	firstLen, lastLen := 0, 0
	var pair tokenHash // the previous word and a space
	line, lineLen := startToken(tokenLine, 't'), 0
	count := 0
	for i := 0; i < len(s) && count < maxTokenWords; {
		word, next := nextWord(s, i, buffer[:0])
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
		if count < maxPairWords {
			pair = startToken(tokenWord, '2').addWord(word).add(' ')
		}
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

// nextWord reads the word at s[i:] in lower case, or one character of a language that is written without spaces.
// Each run of digits becomes one zero. Between words, it returns an empty word. It also returns the index of the text
// that follows.
func nextWord(s string, i int, word []byte) ([]byte, int) {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
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
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case !text.IsLetter(r):
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
			r = text.LowerRune(r)
		}
		i += size
		if len(word)+utf8.RuneLen(r) <= maxTokenBytes {
			word = utf8.AppendRune(word, r)
		}
	}
	return word, i
}

// nameTokens appends the tokens of an element's names: its class, its id, data-testid and data-component.
func nameTokens(tokens []token, kind tokenKind, n *html.Node) []token {
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id", "data-testid", "data-component":
			tokens = wordTokens(tokens, kind, 'n', a.Val)
		}
	}
	return tokens
}

// propTokens appends the tokens of an element's tag, role, itemtype, itemprop and aria-label.
func propTokens(tokens []token, n *html.Node) []token {
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop", "role", "itemtype":
			tokens = append(tokens, hashToken(tokenProp, 'p', text.Lower(text.AfterSlash(a.Val))))
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
			h = h.add(foldNameByte(word[i]))
		}
		tokens = append(tokens, h.token(kind))
	}
	return tokens
}

// foldNameByte returns a byte of a name's word as it is hashed: letters in lower case, and 0 for every digit.
func foldNameByte(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	case '0' <= c && c <= '9':
		return '0'
	}
	return c
}

// Tokens returns hashes of the words that are looked up in the lexicon for block b. Training uses it.
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
