package htmldoc

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"golang.org/x/net/html"
)

// In every block, a parser reopens the formatting elements that the page has left open before the block (WHATWG HTML,
// "Reconstruct the active formatting elements"). A page of 82 KB, with 240 such elements before 20,000 "<p>", became
// 4.8 million nodes and 800 MB. Such a page is flattened instead: the flattener closes all elements that it opens.

// errReopens stops the parsing of a page if the parser might exceed the limit on nodes by reopening elements.
var errReopens = errors.New("htmldoc: the page leaves too many formatting elements open")

// parseBounded is like html.Parse, but returns errReopens if the parser might create more than reopened nodes by
// reopening elements, and ErrTooLarge if it creates many more than limit nodes.
func parseBounded(text []byte, limit, reopened int) (*html.Node, error) {
	tags := bytes.Count(text, []byte("<"))
	// Most pages stay within the limits even if each tag reopens all formatting elements, or as many as there are tags.
	if tags <= limit && (tags*(tags+1) <= reopened || tags*(countFormatting(text)+1) <= reopened) {
		return html.Parse(bytes.NewReader(text))
	}
	guard := &reopenGuard{text: text, left: reopened, limit: limit}
	return html.ParseWithOptions(guard, guard.option())
}

// reopenGuard is a reader that gives a page to the parser in small pieces. Before each piece it checks how many nodes
// the parser might create for it, and stops with errReopens if that is too many. From time to time it counts the nodes
// of the tree, and stops with ErrTooLarge if there are too many: the tree of a page of 16 MB may take more than 900 MB.
type reopenGuard struct {
	text   []byte
	left   int           // how many nodes the parser may still create by reopening elements
	limit  int           // how many nodes the tree may have; 0 means any number
	tags   int           // how many tags the parser was given since the nodes were counted
	active reflect.Value // the parser's list of active formatting elements
	tree   reflect.Value // the parser's tree, a *html.Node
}

// option returns a parse option that gives the guard access to the parser's unexported list of active formatting
// elements and to its tree. The html package offers no other way to see how many elements it would reopen, or how many
// it has created. A tokenizer cannot know, because end tags in tables, selects and foreign content are ignored by
// separate rules. Only the length of the list is read. If a later version of the package has no such list, the guard
// assumes the worst: as many open elements as there are bytes left. If it has no such tree, nodes are not counted.
func (g *reopenGuard) option() html.ParseOption {
	kind := reflect.TypeFor[html.ParseOption]()
	made := reflect.MakeFunc(kind, func(args []reflect.Value) []reflect.Value {
		if len(args) == 1 && args[0].Kind() == reflect.Pointer && args[0].Elem().Kind() == reflect.Struct {
			if field := args[0].Elem().FieldByName("afe"); field.IsValid() && field.Kind() == reflect.Slice {
				g.active = field
			}
			if field := args[0].Elem().FieldByName("doc"); field.IsValid() && field.Type() == reflect.TypeFor[*html.Node]() {
				g.tree = field
			}
		}
		return nil
	})
	return made.Interface().(html.ParseOption)
}

// guardedPiece is the size of a piece in bytes. It is small, because the method Read assumes that each tag of a piece
// reopens all elements that the piece opens.
const guardedPiece = 256

// longestFormatting is how many bytes of a tag are needed to decide whether it is a formatting element.
const longestFormatting = len("<strong>")

func (g *reopenGuard) Read(p []byte) (int, error) {
	if len(g.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), guardedPiece)], g.text)
	if cut := bytes.LastIndexByte(g.text[:n], '<'); cut > 0 && n-cut <= longestFormatting {
		n = cut // the whole tag is in the next piece
	}
	tags, formatting := bytes.Count(g.text[:n], []byte("<")), countFormatting(g.text[:n])
	open := len(g.text)
	if g.active.IsValid() {
		open = g.active.Len()
	}
	if g.tags += tags; g.tags > g.limit/4 && g.isTooLarge() {
		return 0, ErrTooLarge
	}
	// The + 1 is for a tag that began in the previous piece. At an end tag, the parser's "adoption agency algorithm"
	// creates up to eight copies.
	g.left -= (tags + 1) * (open + formatting)
	g.left -= 8 * bytes.Count(g.text[:n], []byte("</")) * min(open, 1)
	if g.left < 0 {
		return 0, errReopens
	}
	g.text = g.text[n:]
	return n, nil
}

// isTooLarge reports whether the tree has more nodes than the limit. It counts them.
func (g *reopenGuard) isTooLarge() bool {
	g.tags = 0
	if g.limit == 0 || !g.tree.IsValid() {
		return false
	}
	root := (*html.Node)(g.tree.UnsafePointer())
	return root != nil && measure(root, g.limit).nodes > g.limit
}

// countFormatting counts possible start tags of formatting elements. <a> does not count as a formatting element,
// because a second <a> closes the first.
func countFormatting(text []byte) int {
	count := 0
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return count
		}
		text = text[i+1:]
		if isFormatting(text) {
			count++
		}
	}
}

// isFormatting reports whether a tag has the name of a formatting element, or a name that is cut off.
func isFormatting(tag []byte) bool {
	var name [len("strong")]byte
	end := 0
	for end < len(tag) && isASCIILetter(tag[end]) {
		if end == len(name) {
			return false
		}
		name[end] = tag[end] | 0x20
		end++
	}
	if end == len(tag) {
		return true
	}
	switch string(name[:end]) {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}
