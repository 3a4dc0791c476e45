package htmldoc

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// The rest of a page is text inside a <title>, a <script> or a comment that nothing closes (WHATWG HTML, "RCDATA
// state", "script data state", "comment state"), and browsers show none of it. Some saved pages were damaged so. Before
// HTML5, browsers closed such a comment at its first ">".

// Limits on the search for such an element.
const (
	maxUnclosed = 4   // how many of them a page may have
	minRest     = 256 // the minimum length of the rest of a page, in bytes
)

// closeRest closes the element or the comment that contains the rest of a page, including the end tag of <body> or
// <html>, and returns the page. It returns nil if there is none. The argument root is the page's tree.
func closeRest(page []byte, root *html.Node) []byte {
	name, rest := restOf(root)
	if len(rest) < minRest || !endsPage(page, rest) {
		return nil
	}
	start, end := "<"+name, "</"+name
	if name == comment {
		end = "-->"
	}
	from := 0 // after the last end
	for n := indexTag(page, end); n >= 0; n = indexTag(page[from:], end) {
		from += n + len(end)
	}
	at := indexTag(page[from:], start)
	if at < 0 {
		return nil
	}
	if at = resumes(page, from+at+len(start), name); at < 0 {
		return nil
	}
	if name != comment {
		end += ">"
	}
	return append(append(append(make([]byte, 0, len(page)+len(end)), page[:at]...), end...), page[at:]...)
}

const comment = "!--"

// restOf returns the name and the content of the last node in the tree if that is a comment or the text of an element
// whose content is not markup.
func restOf(root *html.Node) (name, rest string) {
	last := lastLeaf(root)
	if last.Data == "body" && last.PrevSibling != nil { // in the head
		last = lastLeaf(last.PrevSibling)
	}
	switch {
	case last.Type == html.CommentNode:
		return comment, last.Data
	case last.Type == html.TextNode && last.Parent != nil && kindOf(last.Parent.Data) == rawText:
		return last.Parent.Data, last.Data
	}
	return "", ""
}

func lastLeaf(n *html.Node) *html.Node {
	for n.LastChild != nil {
		n = n.LastChild
	}
	return n
}

// endsPage reports whether a page ends with a text that contains the end tag of <body> or <html>.
func endsPage(page []byte, rest string) bool {
	const compared = 16 // bytes; in the text, some line breaks and references are replaced
	rest = strings.TrimSpace(rest)
	if !bytes.HasSuffix(bytes.TrimSpace(page), []byte(rest[max(len(rest)-compared, 0):])) {
		return false
	}
	for {
		at := strings.LastIndex(rest, "</")
		if at < 0 {
			return false
		}
		tag := rest[at:min(at+len("</body"), len(rest))]
		if strings.EqualFold(tag, "</body") || strings.EqualFold(tag, "</html") {
			return true
		}
		rest = rest[:at]
	}
}

// indexTag returns the index of the first "<name", "</name", "<!--" or "-->" in a page, or -1. Upper case counts as
// lower case, and the name of the tag does not go on after it.
func indexTag(page []byte, tag string) int {
	for from := 0; ; from++ {
		at := bytes.IndexByte(page[from:], tag[0])
		if from += at; at < 0 || len(page)-from < len(tag) {
			return -1
		}
		if !bytes.EqualFold(page[from:from+len(tag)], []byte(tag)) {
			continue
		}
		rest := page[from+len(tag):]
		if !isASCIILetter(tag[len(tag)-1]) || len(rest) == 0 || !isASCIILetter(rest[0]) {
			return from
		}
	}
}

// resumes returns where markup begins again after a start tag or the start of a comment that nothing closes, or -1: at
// the next tag, in a script or a style sheet at the next line that begins with a tag, and after the first ">" of a
// comment.
func resumes(page []byte, from int, name string) int {
	end := bytes.IndexByte(page[from:], '>')
	if end < 0 {
		return -1
	}
	from += end + 1
	switch name {
	case comment:
		return from
	case "script", "style":
		for {
			line := bytes.IndexByte(page[from:], '\n')
			if line < 0 {
				return -1
			}
			from += line + 1
			if begin := bytes.TrimLeft(page[from:], " \t\r"); len(begin) > 1 && begin[0] == '<' && isTagStart(begin[1]) {
				return from
			}
		}
	}
	if end = bytes.IndexByte(page[from:], '<'); end < 0 {
		return -1
	}
	return from + end
}

// isTagStart reports whether a byte after "<" makes it a tag or a comment.
func isTagStart(c byte) bool { return isASCIILetter(c) || c == '/' || c == '!' }
