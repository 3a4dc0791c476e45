package cleaner

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// keyKind says what a key identifies.
type keyKind uint64

const (
	keyHere  keyKind = iota + 1 // a block's text at its place
	keyPlace                    // a block's place: its kind and the path to it, see page.places
	keyImage                    // an image's address
	keyTitle                    // the beginning or the end of a title
	keyPage                     // a page as a whole, by its blocks, its story or its address
)

// Constants of the FNV-1a hash (Fowler, Noll, Vo).
const (
	hashStart = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

// mix combines a kind and values into one key, which is never 0. It uses the constants of SplitMix64 (Steele, Lea,
// Flood, OOPSLA 2014).
func mix(kind keyKind, values ...uint64) uint64 {
	h := uint64(kind) * 0x9E3779B97F4A7C15
	for _, v := range values {
		h = (h ^ v) * 0xBF58476D1CE4E5B9
		h ^= h >> 29
	}
	h = (h ^ h>>27) * 0x94D049BB133111EB
	if h ^= h >> 31; h == 0 {
		return 1
	}
	return h
}

// hashMasked hashes a text with every run of digits replaced by 0, so that a page is recognized although its counters
// have changed. A run of white space counts as one space. The result letters reports whether the text has at least two
// letters, which are enough to recognize it.
func hashMasked(text string) (hash uint64, letters bool) { return hashFolded(text, true) }

// hashText hashes a text including its digits: numbers are content, and texts that differ in them are different texts.
func hashText(text string) (hash uint64, letters bool) { return hashFolded(text, false) }

// hashFolded hashes a text with ASCII case and white space folded, and also with digits masked if masked is true.
func hashFolded(text string, masked bool) (hash uint64, letters bool) {
	h, last, count := uint64(hashStart), byte(' '), 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case '0' <= c && c <= '9':
			if masked {
				c = '0'
			}
		case c <= ' ':
			c = ' '
		case 'A' <= c && c <= 'Z':
			c |= 0x20
			count++
		case c >= 'a' && c <= 'z' || c >= 0xC3 && c != 0xE2: // 0xE2 begins dashes, quotes, bullets and arrows
			count++
		}
		if (c == '0' && masked || c == ' ') && c == last {
			continue
		}
		h, last = (h^uint64(c))*hashPrime, c
	}
	return h, count >= 2
}

// known returns the keys by which the page as a whole is recognized.
func (f *fingerprint) known() []uint64 {
	keys := make([]uint64, 0, 3)
	for _, k := range [...]uint64{f.page, f.story, f.address} {
		if k != 0 {
			keys = append(keys, k)
		}
	}
	return keys
}

func hashExact(s string) uint64 {
	h := uint64(hashStart)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}

func bitsMixed(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	return h ^ h>>27
}

// all returns the page's keys, each once and in order, but not more than maxPageKeys of its blocks and images.
func (f *fingerprint) all() []uint64 {
	keys := make([]uint64, 0, 2*len(f.blocks)+len(f.images)+len(f.titles)+3)
	for b := range f.blocks {
		k := &f.blocks[b]
		keys = append(keys, k.place)
		if k.letters {
			keys = append(keys, k.here)
		}
	}
	for _, k := range f.images {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if keys = slices.Compact(keys); len(keys) > maxPageKeys {
		keys = keys[:maxPageKeys] // the smallest, so that the choice is the same for every page
	}
	keys = append(append(keys, f.titles...), f.known()...)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// maxPageKeys is the maximum number of keys of blocks and images that are counted for one page. The limit keeps one
// page from pushing out the keys of many others.
const maxPageKeys = 1 << 13

// maxTitleEnds is the maximum number of names at the end of a title: a section, a channel, the site.
const maxTitleEnds = 3

// titleEnds returns the parts of a title that may be names of the site or of its sections. For each kind of separator
// that the title contains, these are the first part and up to maxTitleEnds of the last parts.
func titleEnds(title string) []string {
	var ends []string
	for _, sep := range metadata.CutSeparators {
		if !strings.Contains(title, sep) {
			continue
		}
		parts := strings.Split(title, sep)
		for n := range min(len(parts)-1, maxTitleEnds) {
			ends = append(ends, parts[len(parts)-1-n])
		}
		ends = append(ends, parts[0])
	}
	return ends
}

func titleKey(part string) uint64 { return mix(keyTitle, hashExact(text.FoldLetters(part))) }
