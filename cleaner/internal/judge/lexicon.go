package judge

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The lexicon maps words that occur on many sites to weights. A weight is a number by which a word raises or lowers the
// log-odds that a block is content. The words are from texts and from the names and properties of elements (see
// tokenKind). The lexicon is learned together with the judge's trees (internal/train) and contains only words that
// occur on at least a handful of sites.

// A lexicon holds the weights, in log-odds, in a table with open addressing.
type lexicon struct {
	entries []lexiconEntry
	mask    uint32
	// maybe is a bit set of the upper halves of the hashes in the table. Most words are not in the table, and this
	// small set rules them out quickly.
	maybe [1 << 16 / 64]uint64
}

// A lexiconEntry is empty if its weight is 0.
type lexiconEntry struct {
	hash   uint32
	weight float32
}

// errLexicon means that the bytes are not a lexicon.
var errLexicon = errors.New("judge: not a usable lexicon")

const lexiconMagic = "dechafflex\x01"

// loadLexicon reads a lexicon in this format: the magic, the CRC-32 of the rest, the number of words (uint32), and for
// each word its hash (uint32) and its weight in hundredths (int16), little-endian.
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

// weight returns the weight of a token, or 0 if it is not in the lexicon.
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

// appendNameWeights appends the weights of a name's words. Each word is looked up once for each kind of token that
// names have.
func (l *lexicon) appendNameWeights(weights []nameWeight, name string) []nameWeight {
	kinds := [...]tokenKind{tokenOwn, tokenNear, tokenFar, tokenInline}
	var starts [len(kinds)]tokenHash
	for k, kind := range kinds {
		starts[k] = startToken(kind, 'n')
	}
	for word := range text.NameWords(name, maxNameTokens) {
		hashes := starts
		for i := range min(len(word), maxTokenBytes) {
			c := foldNameByte(word[i])
			for k := range hashes {
				hashes[k] = hashes[k].add(c)
			}
		}
		for k, kind := range kinds {
			if w := l.weight(hashes[k].token(kind)); w != 0 {
				weights = append(weights, nameWeight{kind, w})
			}
		}
	}
	return weights
}
