package htmldoc

import (
	"bytes"
	"strings"
)

// Tools that save a page as XML write an element without content as <i class="icon"/>. A parser of HTML ignores the
// slash (WHATWG HTML, "Self-closing start tag state": it is for void and foreign elements), so that all that follows is
// inside the icon.

// closeEmpty returns a page that was saved as XML with end tags for its empty elements, and any other page as it is.
// Such a page closes all void elements with a slash and quotes all attributes, which nearly no other page does.
func closeEmpty(page []byte) []byte {
	s := tagScanner{rest: page}
	var out []byte
	written, empty, drawings := 0, 0, 0
	for s.next() {
		switch kind := kindOf(s.name); {
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
			out = append(out, bytes.TrimRight(page[written:at-len("/>")], " \t\r\n")...)
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

// A tagScanner goes through the tags of a page as XML has them.
type tagScanner struct {
	rest []byte
	// name is the tag's in lower case; isEnd and isClosed report whether it is an end tag or ends with "/>".
	name            string
	isEnd, isClosed bool
	// isHTML reports whether something was found that XML does not allow. Then next returned false.
	isHTML bool
}

// next goes to the next tag.
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
			s.isHTML = true // XML escapes it
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

// readTag reads a tag from its name on.
func (s *tagScanner) readTag() bool {
	s.isEnd = s.rest[0] == '/'
	if s.isEnd {
		s.rest = s.rest[1:]
	}
	end := 0
	for end < len(s.rest) && !strings.ContainsRune(" \t\r\n/>", rune(s.rest[end])) {
		end++
	}
	s.name, s.rest = strings.ToLower(string(s.rest[:end])), s.rest[end:]
	for {
		at := bytes.IndexAny(s.rest, `="'>`)
		if at < 0 {
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

// skipRaw goes to the end tag of an element whose content is no markup.
func (s *tagScanner) skipRaw() {
	for {
		at := bytes.Index(s.rest, []byte("</"))
		if at < 0 {
			s.rest = nil
			return
		}
		if name := s.rest[at+2:]; len(name) >= len(s.name) && strings.EqualFold(string(name[:len(s.name)]), s.name) {
			s.rest = s.rest[at:]
			return
		}
		s.rest = s.rest[at+2:]
	}
}
