package judge

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// A BodyText is a long text that is searched for many short texts: the article's body in JSON-LD is searched for each
// of the page's blocks. Searching the whole text for each block would take quadratic time, which BodyText avoids.
type BodyText struct {
	// Text must not change after the first call of Contains.
	Text string
	// windows is a set of hashes of all substrings of eight bytes of the text. It is nil until the first search.
	windows []uint64
	shift   int
	at      int // where the last part was found: the next one is usually nearby
}

// A window is a substring of bodyWindow bytes. Before a part is searched for, bodyLooks of its windows are looked up in
// the set. That rules out most parts that share only some words with the text.
const (
	bodyWindow = 8
	bodyLooks  = 6
)

func (t *BodyText) read() {
	size := max(bits.Len(uint(8*len(t.Text))), 6) // at most one bit in eight is set
	t.windows = make([]uint64, 1<<(size-6))
	t.shift = 64 - size
	for i := 0; i+bodyWindow <= len(t.Text); i++ {
		h := t.hash(t.Text[i:])
		t.windows[h/64] |= 1 << (h % 64)
	}
}

func (t *BodyText) hash(s string) uint64 {
	return binary.LittleEndian.Uint64([]byte(s[:bodyWindow])) * 0x9E3779B97F4A7C15 >> t.shift
}

// Contains reports whether the text contains the given part. It is not safe for concurrent use.
func (t *BodyText) Contains(part string) bool {
	if len(part) < bodyWindow || len(part) > len(t.Text) {
		return strings.Contains(t.Text, part)
	}
	if t.windows == nil {
		t.read()
	}
	last := len(part) - bodyWindow
	for look := range bodyLooks {
		if h := t.hash(part[last*look/(bodyLooks-1):]); t.windows[h/64]>>(h%64)&1 == 0 {
			return false
		}
	}
	for near := 4 << 10; ; near *= 4 {
		from, to := max(t.at-near, 0), min(t.at+near+len(part), len(t.Text))
		if i := strings.Index(t.Text[from:to], part); i >= 0 {
			t.at = from + i
			return true
		}
		if from == 0 && to == len(t.Text) {
			return false
		}
	}
}
