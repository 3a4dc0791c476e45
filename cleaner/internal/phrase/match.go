package phrase

import (
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// MaxBytes is the length in bytes of the longest line that is looked up.
const MaxBytes = 400

// Match returns the kind of a whole short line, judging by its words alone: "Leave a comment" is a CommentHeading. It
// returns None for other lines.
func Match(line string) Kind {
	if len(line) > MaxBytes {
		return None
	}
	x := indexedLines()
	var buf [MaxBytes + 16]byte
	if !x.starts.mayHave(line, buf[:0]) {
		return None
	}
	return x.kinds[string(text.AppendFolded(buf[:0], line))]
}

// A lineIndex maps lines to their kinds.
type lineIndex struct {
	kinds  map[string]Kind // by folded line
	starts startSet
}

// indexedLines is built on first use.
var indexedLines = sync.OnceValue(func() *lineIndex {
	x := &lineIndex{kinds: make(map[string]Kind, 4096)}
	for kind := ShareName; kind < kindCount; kind++ { // in order: a line in two lists gets the first kind
		for _, line := range lists[kind] {
			folded := text.FoldLine(line)
			if x.kinds[folded] != None {
				continue
			}
			x.kinds[folded] = kind
			x.starts.add(folded)
		}
	}
	return x
})

// startBytes is the number of bytes at the start of a folded line that are compared. They are enough to rule out most
// lines. foldedStart is the number of bytes of a line that are folded to get startBytes bytes.
const (
	startBytes  = 4
	foldedStart = 16
)

// A startSet contains the hashes of the first startBytes bytes of phrases, and the phrases that are shorter than
// startBytes.
type startSet struct {
	hashes [1 << 14 / 64]uint64
	short  []string
}

func (s *startSet) add(phrase string) {
	if len(phrase) < startBytes {
		s.short = append(s.short, phrase)
		return
	}
	h := startHash(phrase)
	s.hashes[h/64] |= 1 << (h % 64)
}

// mayHave reports whether a line may be one of the phrases, judging by its start. The slice buf is scratch space.
func (s *startSet) mayHave(line string, buf []byte) bool {
	end := min(len(line), foldedStart)
	for end < len(line) && end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	start := bytes.TrimLeftFunc(text.FoldRunes(buf, line[:end]), text.IsEdge)
	if len(start) < startBytes {
		return true // too short to decide
	}
	h := startHash(start)
	return s.hashes[h/64]>>(h%64)&1 != 0 || slices.ContainsFunc(s.short, func(p string) bool {
		next, _ := utf8.DecodeRune(start[min(len(p), len(start)):])
		// the rest of the line may be punctuation that folding removes
		return len(start) > len(p) && string(start[:len(p)]) == p && text.IsEdge(next)
	})
}

func startHash[text string | []byte](s text) uint32 {
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24) * 0x9E3779B1 >> 18
}
