package cleaner

import (
	"math/bits"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// isDecoration recognizes pixels and icons by the size that their markup gives them.
func isDecoration(img *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		switch dom.Attr(img, key) {
		case "0", "1", "2", "8", "10", "12", "14", "16", "18", "20", "24":
			return true
		}
	}
	return false
}

// shortPage is how many words a rule may take whatever its share: on a page of three sentences a
// headline is a large share.
const shortPage = 15

// isShort reports whether a block is no longer than labels and links are.
func isShort(b *block.Block) bool { return b.Words <= 25 }

// plainHost reads the host of an absolute address without anything special in it, which spares parsing it.
func plainHost(href string) (string, bool) {
	rest, ok := strings.CutPrefix(href, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(href, "http://"); !ok {
			return "", false
		}
	}
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '/' || c == '?' || c == '#':
			return rest[:i], i > 0
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '-':
		default:
			return "", false
		}
	}
	return rest, rest != ""
}

func visibleBytes(s string) int32 {
	n, i := 0, 0
	// Eight at a time: the high bit of a byte is set, or becomes set when 0x5F is added to the others.
	for ; i+8 <= len(s); i += 8 {
		const high = 0x8080808080808080
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		n += bits.OnesCount64((w&^high + 0x5F5F5F5F5F5F5F5F | w) & high)
	}
	for ; i < len(s); i++ {
		if s[i] > ' ' {
			n++
		}
	}
	return int32(n)
}

// neverVisible lists the elements whose text no browser shows when scripts run. Title is here because it
// stands in the head; svg's title does not reach this far, as drawings are leaves of the tree.
func neverVisible(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title, atom.Noframes, atom.Noembed,
		atom.Datalist:
		return true
	}
	return false
}

// maxButtonWords is how many words a button's label has at most.
const maxButtonWords = 6

// Bounds of the look below the headline: how many blocks, how long a block of text is, how many words are an article's,
// how large a share of them may be links.
const (
	belowHeadline  = 12
	minLeadWords   = 10
	minMissedWords = 30
	maxMissedLinks = 0.25
)

// maxHeadingGap is how many elements a heading may stand away from its section, counted up from the heading.
const maxHeadingGap = 4

// maxNoteWords is how many words a note at the foot of a text has at most.
const maxNoteWords = 200

// maxReadingTimeWords is how many words a line about the time to read has at most.
const maxReadingTimeWords = 12
