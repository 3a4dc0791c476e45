package cleaner

import (
	"math/bits"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// maxDecoration is the maximum width or height of an icon in pixels.
const maxDecoration = 24

// isDecoration recognizes tracking pixels and icons by the size in their markup. One small dimension is enough.
func isDecoration(img *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if size, ok := pixels(img, key); ok && size <= maxDecoration {
			return true
		}
	}
	_, height, found := strings.Cut(dom.Attr(img, "style"), ";height:") // badges have their height in their style
	height, _, isPixels := strings.Cut(height, "px")
	if !found || !isPixels {
		return false
	}
	size, err := strconv.ParseFloat(height, 64)
	return err == nil && size <= maxDecoration
}

// pixels reads a length in pixels from an attribute. The second result is false if the attribute is not such a length.
func pixels(n *html.Node, key string) (float64, bool) {
	value := strings.TrimSuffix(dom.Attr(n, key), "px")
	if value == "" { // most pictures have no size, and the error would be an allocation
		return 0, false
	}
	size, err := strconv.ParseFloat(value, 64)
	return size, err == nil
}

// shortPage is the number of words that a rule may always remove. Otherwise a rule may only remove a limited share of a
// page, and on a page of three sentences, a headline is a large share.
const shortPage = 15

// isShort reports whether a block has at most 25 words, so that it may be a label or a link.
func isShort(b *block.Block) bool { return b.Words <= 25 }

// plainHost returns the host of a simple absolute address without the cost of parsing it. It returns false for all
// other addresses, such as those with a port or a user.
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

// visibleBytes counts the bytes of a text that are not white space or control characters.
func visibleBytes(s string) int32 {
	n, i := 0, 0
	// The loop tests eight bytes at a time. A byte is above the space character if its high bit is set, or if adding
	// 0x5F to its lower bits sets the high bit.
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

// neverVisible reports whether browsers never show the text of an element while scripts are enabled. A title element is
// always the document's: the title of an svg is not in the tree, because drawings are leaves.
func neverVisible(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title, atom.Noframes, atom.Noembed,
		atom.Datalist:
		return true
	}
	return false
}
