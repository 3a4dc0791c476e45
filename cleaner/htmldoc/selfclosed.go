package htmldoc

import (
	"bytes"
)

// Tools that save a page as XML write an element without content as <i class="icon"/>. HTML parsers ignore the slash
// (WHATWG HTML, "Self-closing start tag state": the slash is for void and foreign elements), so everything that follows
// would be inside the icon.

// closeEmpty adds end tags to the empty elements of a page that was saved as XML, and returns any other page
// unchanged. A page saved as XML closes all void elements with a slash and quotes all attributes, which almost no
// other page does.
func closeEmpty(page []byte) []byte {
	s := tagScanner{rest: page}
	var out []byte
	written, empty, drawings := 0, 0, 0
	for s.next() {
		switch kind := kindOf(string(s.name)); {
		case kind == foreign && s.isEnd:
			drawings--
		case s.isEnd:
		case kind == void:
			if !s.isClosed {
				return page
			}
		case kind == foreign && !s.isClosed:
			drawings++
		case !s.isClosed:
			if kind == rawText {
				s.skipRaw()
			}
		case drawings <= 0 && kind != foreign && kind != skeleton:
			at := len(page) - len(s.rest)
			out = append(out, bytes.TrimRight(page[written:at-len("/>")], " \t\r\n/")...)
			out = append(append(append(out, "></"...), s.name...), '>')
			written = at
			empty++
		}
	}
	if s.isHTML || empty == 0 {
		return page
	}
	return append(out, page[written:]...)
}

// A tagScanner reads the tags of a page in XML syntax.
type tagScanner struct {
	rest []byte
	// name is the tag's name in lower case. isEnd reports whether the tag is an end tag. isClosed reports whether it
	// ends with "/>".
	name            []byte
	isEnd, isClosed bool
	// isHTML reports whether the scanner found something that XML does not allow. If so, the method next has returned
	// false.
	isHTML bool
}

// next advances to the next tag. It returns false if there is none, or if the page is not XML.
func (s *tagScanner) next() bool {
	for {
		at := bytes.IndexByte(s.rest, '<')
		if at < 0 || at+1 >= len(s.rest) {
			return false
		}
		s.rest = s.rest[at+1:]
		switch c := s.rest[0]; {
		case bytes.HasPrefix(s.rest, []byte("!--")):
			s.skipTo("-->")
		case c == '!' || c == '?':
			s.skipTo(">")
		case c == '/' || 'a' <= c|0x20 && c|0x20 <= 'z':
			return s.readTag()
		default:
			s.isHTML = true // XML would have escaped the "<"
			return false
		}
	}
}

func (s *tagScanner) skipTo(end string) {
	if at := bytes.Index(s.rest, []byte(end)); at >= 0 {
		s.rest = s.rest[at+len(end):]
	} else {
		s.rest = nil
	}
}

// readTag reads a tag from the byte after its "<". It returns false if the tag is incomplete or not XML.
func (s *tagScanner) readTag() bool {
	s.isEnd = s.rest[0] == '/'
	if s.isEnd {
		s.rest = s.rest[1:]
	}
	end := 0
	for end < len(s.rest) && !endsName[s.rest[end]] {
		end++
	}
	s.name, s.rest = s.rest[:end], s.rest[end:]
	if bytes.ContainsFunc(s.name, func(r rune) bool { return r < 'a' || r > 'z' }) { // XML is in lower case
		s.name = bytes.ToLower(s.name)
	}
	for {
		at := 0
		for at < len(s.rest) && !endsAttribute[s.rest[at]] {
			at++
		}
		if at == len(s.rest) {
			return false
		}
		c := s.rest[at]
		if c == '>' {
			s.isClosed = at > 0 && s.rest[at-1] == '/'
			s.rest = s.rest[at+1:]
			return true
		}
		s.rest = bytes.TrimLeft(s.rest[at+1:], " \t\r\n")
		if c != '=' || len(s.rest) == 0 || s.rest[0] != '"' && s.rest[0] != '\'' {
			s.isHTML = true
			return false
		}
		quote := bytes.IndexByte(s.rest[1:], s.rest[0])
		if quote < 0 {
			return false
		}
		s.rest = s.rest[quote+2:]
	}
}

// endsName contains the characters that end the name of a tag, and endsAttribute those that end the name of an
// attribute or are not allowed before its value.
var (
	endsName      = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '/': true, '>': true}
	endsAttribute = [256]bool{'=': true, '"': true, '\'': true, '>': true}
)

// skipRaw advances to the end tag of an element whose content is not markup.
func (s *tagScanner) skipRaw() {
	for {
		at := bytes.Index(s.rest, []byte("</"))
		if at < 0 {
			s.rest = nil
			return
		}
		if name := s.rest[at+2:]; len(name) >= len(s.name) && bytes.EqualFold(name[:len(s.name)], s.name) {
			s.rest = s.rest[at:]
			return
		}
		s.rest = s.rest[at+2:]
	}
}
