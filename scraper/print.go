package scraper

import (
	"encoding/binary"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Print contains hashes of a page's text for comparison with other pages. Its internal format is the same for all
// versions of a program that share a crawl. It has at most 300 bytes.
type Print []byte

// The first byte of a Print is 1 if the page names itself by rel=canonical, and 0 otherwise. The Print ends with a
// sketch of the text: the smallest hashes of its word sequences (Broder, "On the resemblance and containment of
// documents", 1997). A page without a rel=canonical has no sketch, because only its whole text is compared.
const (
	printText   = 1  // offset of the hash of the text
	printTitle  = 9  // offset of the hash of the title and the first heading
	printSketch = 17 // offset of the sketch
	sketchSize  = 64 // the maximum number of hashes in the sketch
	sketchWords = 4  // the number of words in a sequence
)

// print returns the page's Print. The argument is the result of p.words.
func (p *Page) print(words []word) Print {
	var text, title textHash
	sketch := newSketch()
	for _, w := range words {
		text.add(w)
		if p.Canonical != "" {
			sketch.add(w)
		}
	}
	for _, w := range titleWords(p.Root) {
		title.add(w)
	}
	b := make(Print, printSketch, printSketch+4*len(sketch.least))
	if p.Canonical != "" && DedupKey(p.Canonical) == DedupKey(p.Request.URL) {
		b[0] = 1
	}
	binary.LittleEndian.PutUint64(b[printText:], uint64(text))
	binary.LittleEndian.PutUint64(b[printTitle:], uint64(title))
	for _, h := range sketch.least {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return b
}

// short returns the Print without its sketch.
func (p Print) short() Print { return p[:min(len(p), printSketch)] }

// repeats compares a page with the page that it names by rel=canonical, whose Print is target. It reports whether the
// page has hardly any text that the other page lacks. That is the case if both have the same text. It is also the case
// if the other page names itself, has the same title and first heading, and has, according to the sketches, at least
// 95 % of the page's word sequences.
func (p Print) repeats(target Print) bool {
	if len(p) < printSketch || len(target) < printSketch {
		return false
	}
	if string(p[printText:printTitle]) == string(target[printText:printTitle]) {
		return true
	}
	if target[0] == 0 || string(p[printTitle:printSketch]) != string(target[printTitle:printSketch]) {
		return false
	}
	own, others := p.sketch(), target.sketch()
	limit := ^uint32(0) // up to this limit, both sketches contain all hashes of their texts
	for _, sketch := range [...][]uint32{own, others} {
		if len(sketch) == sketchSize {
			limit = min(limit, sketch[sketchSize-1])
		}
	}
	compared, missing := 0, 0
	for _, h := range own {
		if h > limit {
			break
		}
		compared++
		if _, found := slices.BinarySearch(others, h); !found {
			missing++
		}
	}
	return compared >= min(len(own), sketchSize/4) && compared > 0 && 20*missing <= compared
}

func (p Print) sketch() []uint32 {
	list := make([]uint32, 0, sketchSize)
	for rest := p[printSketch:]; len(rest) >= 4; rest = rest[4:] {
		list = append(list, binary.LittleEndian.Uint32(rest))
	}
	return list
}

// sketch collects the smallest hashes of the word sequences of a text.
type sketch struct {
	least []uint32 // sorted
	words rolling  // hash of the last sketchWords words
	n     int      // number of words so far
}

func newSketch() *sketch {
	return &sketch{least: make([]uint32, 0, sketchSize), words: newRolling(sketchWords)}
}

func (s *sketch) add(w word) {
	h := uint32(s.words.add(w) >> 32)
	if s.n++; s.n < sketchWords || len(s.least) == sketchSize && h >= s.least[sketchSize-1] {
		return
	}
	at, found := slices.BinarySearch(s.least, h)
	if found {
		return
	}
	if len(s.least) == sketchSize {
		s.least = s.least[:sketchSize-1]
	}
	s.least = slices.Insert(s.least, at, h)
}

// rolling is a rolling hash (Karp and Rabin, 1987) of the last words of a text, at most eight.
type rolling struct {
	ring      [8]word
	at, size  int    // at is the index of the oldest word in ring, and size is the number of words
	hash, out uint64 // out is rollingBase to the power of size
}

const rollingBase = 0x9E3779B97F4A7C15

func newRolling(size int) rolling {
	r := rolling{size: size, out: 1}
	for range size {
		r.out *= rollingBase
	}
	return r
}

// add adds a word, and returns the hash of the last r.size words.
func (r *rolling) add(w word) uint64 {
	r.hash = r.hash*rollingBase + uint64(w) - uint64(r.ring[r.at])*r.out
	r.ring[r.at] = w
	if r.at++; r.at == r.size {
		r.at = 0
	}
	h := (r.hash ^ r.hash>>31) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// textHash is the hash of a sequence of words. It does not change between processes.
type textHash uint64

func (t *textHash) add(w word) {
	*t = (*t ^ textHash(w)) * 0x9E3779B97F4A7C15
	*t ^= *t >> 29
}

// word is the hash (FNV-1a) of a word. ASCII punctuation and the case of ASCII letters are ignored. The lowest bit is
// set if the word has an ASCII digit.
type word uint64

const (
	wordStart = word(14695981039346656037)
	wordPrime = 1099511628211
)

// wordBytes maps the bytes of words to the bytes that are hashed; 0 means that the byte is left out.
var wordBytes = func() (table [256]byte) {
	for c := range table {
		switch c := byte(c); {
		case 'A' <= c && c <= 'Z':
			table[c] = c | 0x20
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', c >= 0x80:
			table[c] = c
		}
	}
	return table
}()

// newWord returns the hash of a text as if the whole text were one word.
func newWord(s string) word {
	h, digit := wordStart, word(0)
	for i := range len(s) {
		if c := wordBytes[s[i]]; c != 0 {
			h = (h ^ word(c)) * wordPrime
			if c <= '9' {
				digit = 1
			}
		}
	}
	return h<<1 | digit
}

// appendWords appends the words of a text. Each character that takes three or more bytes in UTF-8 begins a word,
// because many scripts with such characters are written without spaces.
func appendWords(words []word, text string) []word {
	start := -1
	for i := range len(text) {
		c := text[i]
		if start >= 0 && (c <= ' ' || c >= 0xe0) {
			words = append(words, newWord(text[start:i]))
			start = -1
		}
		if start < 0 && c > ' ' {
			start = i
		}
	}
	if start >= 0 {
		words = append(words, newWord(text[start:]))
	}
	return words
}

// next returns the node that follows n in document order, or nil if n is the last node below root.
func next(root, n *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != root && n.NextSibling == nil {
		n = n.Parent
	}
	if n == root {
		return nil
	}
	return n.NextSibling
}

// isShown reports whether the text directly inside the element n is part of the page's visible text. The text of a
// <textarea> is not.
func isShown(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Title, atom.Noframes, atom.Textarea:
		return false
	}
	return true
}

func fileName(src string) string {
	if strings.HasPrefix(src, "data:") {
		return ""
	}
	src, _, _ = strings.Cut(src, "?")
	return src[strings.LastIndexByte(src, '/')+1:]
}

// titleWords returns the words of a page's title and of its first <h1>.
func titleWords(root *html.Node) (words []word) {
	hasTitle, hasHeading := false, false
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Title && !hasTitle && n.FirstChild != nil:
			hasTitle = true
			words = appendWords(words, n.FirstChild.Data)
		case n.DataAtom == atom.H1 && !hasHeading:
			hasHeading = true
			for child := range n.Descendants() {
				if child.Type == html.TextNode {
					words = appendWords(words, child.Data)
				}
			}
		}
		if hasTitle && hasHeading {
			break
		}
	}
	return words
}

// variantAddress returns an address without the parts that rarely select another page: the scheme, "www.", a trailing
// slash, and the name of an index file. It also sorts the query. Pages whose addresses differ only in these parts are
// one page if they have the same text.
func variantAddress(u *url.URL) string {
	path := u.EscapedPath()
	if slash := strings.LastIndexByte(path, '/'); strings.HasPrefix(path[slash+1:], "index.") {
		path = path[:slash]
	}
	address := siteOf(u) + strings.TrimRight(path, "/")
	if u.RawQuery != "" {
		address += "?" + sortQuery(u.RawQuery)
	}
	return address
}

// siteOf returns the host of an address without "www.", and its port unless that is the default of the scheme.
func siteOf(u *url.URL) string { return strings.TrimPrefix(u.Host, "www.") }
