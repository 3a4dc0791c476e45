package dedup

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"unicode"
	"unicode/utf8"
)

// A method turns texts into signatures.
type method struct {
	size      int // size of a signature in bytes
	signature func(text string, sig []byte)
	// keys returns the keys of a signature. Two pages are compared if they have a key in common.
	keys func(sig []byte) []uint64
	// similarity returns the similarity of two signatures, 0 to 1. If it is at least the value of the field least, one
	// page repeats the other.
	similarity func(a, b []byte) float64
	least      float64
}

// exact compares hashes of the text with its white space collapsed.
var exact = method{
	size: 16,
	signature: func(text string, sig []byte) {
		h := sha256.New()
		eachField(text, func(field string) {
			_, _ = h.Write([]byte(field)) // a hash returns no error
			_, _ = h.Write([]byte{' '})
		})
		copy(sig, h.Sum(nil))
	},
	keys: func(sig []byte) []uint64 { return []uint64{binary.LittleEndian.Uint64(sig)} },
	similarity: func(a, b []byte) float64 {
		if string(a) == string(b) {
			return 1
		}
		return 0
	},
	least: 1,
}

func eachField(text string, use func(string)) {
	start := -1
	for i, r := range text {
		switch space := unicode.IsSpace(r); {
		case space && start >= 0:
			use(text[start:i])
			start = -1
		case !space && start < 0:
			start = i
		}
	}
	if start >= 0 {
		use(text[start:])
	}
}

// The parameters of near: see the package's documentation.
const (
	bands    = 14
	bandSize = 8
	hashes   = bands * bandSize
	shingle  = 5
)

// near compares MinHash signatures.
var near = method{size: hashes * 4, signature: minHash, keys: bandKeys, similarity: shareOfEqual, least: 0.8}

// multipliers and addends define the hash functions x → multiplier·x + addend. The upper 32 bits of their results are
// used (multiply-shift; Dietzfelbinger et al., 1997).
var multipliers, addends = func() (m, a [hashes]uint64) {
	state := uint64(0x6465636861666621)
	for i := range hashes {
		m[i], a[i] = splitMix(&state)|1, splitMix(&state)
	}
	return m, a
}()

// splitMix returns the next number of SplitMix64 (Steele et al., 2014).
func splitMix(state *uint64) uint64 {
	*state += 0x9e3779b97f4a7c15
	return mix(*state)
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// minHash writes the signature of a text to sig. If the text has fewer than five words, they form one sequence.
func minHash(text string, sig []byte) {
	var least [hashes]uint32
	for i := range least {
		least[i] = math.MaxUint32
	}
	add := func(h uint64) {
		for i := range least {
			least[i] = min(least[i], uint32((multipliers[i]*h+addends[i])>>32))
		}
	}
	var last [shingle]uint64 // the hashes of the last words
	words := 0
	eachWord(text, func(word uint64) {
		copy(last[:], last[1:])
		last[shingle-1] = word
		if words++; words >= shingle {
			add(combine(last[:]))
		}
	})
	if 0 < words && words < shingle {
		add(combine(last[shingle-words:]))
	}
	for i, h := range least {
		binary.LittleEndian.PutUint32(sig[4*i:], h)
	}
}

func combine(words []uint64) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h
}

// eachWord calls the function use with the hash of each word. A word is a run of letters and digits in lower case or,
// in scripts without spaces between words, a single character.
func eachWord(text string, use func(uint64)) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h, inside := uint64(offset), false
	flush := func() {
		if inside {
			use(h)
			h, inside = offset, false
		}
	}
	for _, r := range text {
		switch {
		case r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
			unicode.Khmer, unicode.Myanmar):
			flush()
			use(mix(uint64(r)))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			h, inside = (h^uint64(unicode.ToLower(r)))*prime, true
		default:
			flush()
		}
	}
	flush()
}

// bandKeys returns a key for each band of a signature.
func bandKeys(sig []byte) []uint64 {
	keys := make([]uint64, bands)
	for b := range bands {
		h := uint64(b)
		for i := range bandSize {
			h = mix(h ^ uint64(binary.LittleEndian.Uint32(sig[4*(b*bandSize+i):])))
		}
		keys[b] = h
	}
	return keys
}

// shareOfEqual returns the share of entries that two signatures have in common: an estimate of the similarity.
func shareOfEqual(a, b []byte) float64 {
	equal := 0
	for i := 0; i < len(a); i += 4 {
		if binary.LittleEndian.Uint32(a[i:]) == binary.LittleEndian.Uint32(b[i:]) {
			equal++
		}
	}
	return float64(equal) / hashes
}
