package htmldoc

import (
	"bytes"
	"errors"
	"io"
	"reflect"

	"golang.org/x/net/html"
)

// A parser reopens the formatting elements that a page left open in each block that follows (WHATWG HTML,
// "Reconstruct the active formatting elements"): 240 of them before 20,000 "<p>", 82 KB, became 4.8 million nodes and
// 800 MB. Such a page is flattened instead, since the flattener closes what it opens.

// errReopens ends the parsing of a page that might reopen more elements than it may have nodes.
var errReopens = errors.New("htmldoc: the page leaves too many formatting elements open")

// parseBounded is html.Parse for pages of which the parser makes not many more nodes than limit by reopening elements.
func parseBounded(text []byte, limit int) (*html.Node, error) {
	tags, formatting := countTags(text)
	if tags*(formatting+1) <= limit { // each tag reopens all of them: so it is with most pages
		return html.Parse(bytes.NewReader(text))
	}
	guard := &reopenGuard{text: text, left: limit}
	return html.ParseWithOptions(guard, guard.option())
}

// reopenGuard hands a page to the parser piece by piece, as long as what the parser might make of the next piece is
// bounded.
type reopenGuard struct {
	text   []byte
	left   int           // nodes
	active reflect.Value // the parser's list of active formatting elements
}

// option gives the guard its parser. html has no other way to see how many elements it would reopen; no tokenizer can
// know, since end tags in tables, selects and foreign content are ignored by rules of their own. Reading the length
// of a field that is not exported is all that is done with it, and where a later version has no such field, every tag
// counts as one that stays open.
func (g *reopenGuard) option() html.ParseOption {
	kind := reflect.TypeFor[html.ParseOption]()
	made := reflect.MakeFunc(kind, func(args []reflect.Value) []reflect.Value {
		if len(args) == 1 && args[0].Kind() == reflect.Pointer && args[0].Elem().Kind() == reflect.Struct {
			if field := args[0].Elem().FieldByName("afe"); field.IsValid() && field.Kind() == reflect.Slice {
				g.active = field
			}
		}
		return nil
	})
	return made.Interface().(html.ParseOption)
}

// guardedPiece is small, so that what a piece itself opens does not count for many of its tags.
const guardedPiece = 256

// longestFormatting is how many bytes of a tag tell whether it is a formatting element's.
const longestFormatting = len("<strong>")

func (g *reopenGuard) Read(p []byte) (int, error) {
	if len(g.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), guardedPiece)], g.text)
	if cut := bytes.LastIndexByte(g.text[:n], '<'); cut > 0 && n-cut <= longestFormatting {
		n = cut // the next piece tells what tag this is
	}
	tags, formatting := countTags(g.text[:n])
	open := len(g.text)
	if g.active.IsValid() {
		open = g.active.Len()
	}
	// One more tag, begun in the piece before. The adoption agency makes up to eight copies at an end tag.
	g.left -= (tags + 1) * (open + formatting)
	g.left -= 8 * bytes.Count(g.text[:n], []byte("</")) * min(open, 1)
	if g.left < 0 {
		return 0, errReopens
	}
	g.text = g.text[n:]
	return n, nil
}

// countTags counts what may be tags, and what may be start tags of formatting elements. <a> is none here: it closes
// the one before it.
func countTags(text []byte) (tags, formatting int) {
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return tags, formatting
		}
		text = text[i+1:]
		tags++
		if isFormatting(text) {
			formatting++
		}
	}
}

// isFormatting reports whether a tag's name is that of a formatting element, or is cut off.
func isFormatting(tag []byte) bool {
	end := 0
	for end < len(tag) && isASCIILetter(tag[end]) {
		end++
	}
	if end == len(tag) {
		return true
	}
	if end > len("strong") {
		return false
	}
	switch string(bytes.ToLower(tag[:end])) {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}
