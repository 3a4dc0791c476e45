package main

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// relinkMarkdown replaces addresses in a Markdown file that this package wrote. It replaces those of links and pictures
// in the text, and those of pictures in front matter.
func relinkMarkdown(text []byte, to rewriter) []byte {
	front, body := cutMatter(text)
	var out bytes.Buffer
	out.Grow(len(text) + 256)
	out.Write(frontAddress.ReplaceAllFunc(front, func(address []byte) []byte {
		return []byte(to(string(address), true))
	}))
	done := 0
	eachLink(body, func(from, end int, isPicture bool) {
		old := string(body[from:end])
		if address := plainAddress(old); address != "" {
			if replaced := to(address, isPicture); replaced != address {
				out.Write(body[done:from])
				out.WriteString(replaced)
				done = end
			}
		}
	})
	out.Write(body[done:])
	return out.Bytes()
}

// frontAddress finds addresses in front matter.
var frontAddress = regexp.MustCompile(`https?://[^\s"'<>\\` + "`" + `]+`)

// eachLink finds the inline links and pictures in Markdown, and calls a function with the position of each address. The
// Markdown must be in the form that the cleaner renders: code is in fences or backticks, and there are no reference
// links.
func eachLink(text []byte, each func(from, end int, isPicture bool)) {
	s := linkScanner{each: each}
	at := 0
	for line := range bytes.Lines(text) {
		s.line(text, at, at+len(line))
		at += len(line)
	}
}

// A linkScanner scans Markdown line by line.
type linkScanner struct {
	each func(from, end int, isPicture bool)
	// fence is the fence of the code block that contains the line; "" outside code blocks.
	fence string
	// open lists the open brackets in the paragraph. A value is true for the bracket of a picture.
	open []bool
}

// line scans text[from:end], which is one line.
func (s *linkScanner) line(text []byte, from, end int) {
	body := strings.TrimRight(strings.TrimLeft(string(text[from:end]), " >\t"), "\r\n")
	if s.fence != "" {
		if strings.HasPrefix(body, s.fence) && strings.Trim(body, s.fence[:1]+" ") == "" {
			s.fence = ""
		}
		return
	}
	if body == "" {
		s.open = s.open[:0]
		return
	}
	if s.fence = fenceOf(listMarker.ReplaceAllString(body, "")); s.fence != "" {
		s.open = s.open[:0]
		return
	}
	s.inline(text, from, end)
}

// fenceOf returns the fence of the code block that a line starts, or "" if the line does not start one.
func fenceOf(line string) string {
	for _, sign := range [...]string{"`", "~"} {
		fence := line[:len(line)-len(strings.TrimLeft(line, sign))]
		if len(fence) >= 3 && (sign == "~" || !strings.Contains(line[len(fence):], sign)) {
			return fence
		}
	}
	return ""
}

// listMarker matches the marker of a list item, and the markers of nested items on the same line.
var listMarker = regexp.MustCompile(`^(?:(?:[-*+]|\d{1,9}[.)]|:)\s+(?:\[[ x]\]\s+)?[ >]*)+`)

// inline scans the inline content of a line.
func (s *linkScanner) inline(text []byte, from, end int) {
	for i := from; i < end; i++ {
		switch text[i] {
		case '\\':
			i++
		case '`':
			run := 1
			for i+run < end && text[i+run] == '`' {
				run++
			}
			i = skipCode(text[:end], i+run, run) - 1
		case '[':
			isPicture := i > from && text[i-1] == '!' && (i < from+2 || text[i-2] != '\\')
			s.open = append(s.open, isPicture)
		case ']':
			if len(s.open) == 0 {
				continue
			}
			isPicture := s.open[len(s.open)-1]
			s.open = s.open[:len(s.open)-1]
			if i+1 < end && text[i+1] == '(' {
				length := bytes.IndexAny(text[i+2:end], " )\n")
				if length > 0 {
					s.each(i+2, i+2+length, isPicture)
					i += 1 + length
				}
			}
		}
	}
}

// skipCode returns the offset after a code span. The parameter from is the offset after the opening backticks, and run
// is their number. If the span never ends, skipCode returns the offset from.
func skipCode(line []byte, from, run int) int {
	for i := from; i < len(line); i++ {
		if line[i] != '`' {
			continue
		}
		length := 1
		for i+length < len(line) && line[i+length] == '`' {
			length++
		}
		if length == run {
			return i + run
		}
		i += length - 1
	}
	return from
}

// plainAddress returns the unescaped address in a Markdown link, or "" if it is not a web address.
func plainAddress(address string) string {
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return ""
	}
	return escapedReference.ReplaceAllString(address, "&$1;")
}

// escapedReference matches the renderer's output for text that looks like a character reference.
var escapedReference = regexp.MustCompile(`&amp;(#?[0-9A-Za-z]+);`)

// sourceMark is the attribute that marks the link to the article's original page. relinkTag does not change that link.
const sourceMark = "data-source"

// linkKeys maps each element to the attribute that contains its address.
var linkKeys = map[atom.Atom]string{
	atom.A: "href", atom.Img: "src", atom.Source: "src", atom.Video: "src", atom.Audio: "src",
}

// relinkHTML replaces addresses in HTML.
func relinkHTML(text []byte, to rewriter) []byte {
	var out bytes.Buffer
	out.Grow(len(text) + 256)
	for z := html.NewTokenizer(bytes.NewReader(text)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		raw := bytes.Clone(z.Raw())
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			token := z.Token()
			if relinkTag(&token, to) {
				raw = []byte(token.String())
			}
		}
		out.Write(raw)
	}
}

// relinkTag replaces the address in a tag, and reports whether the address has changed.
func relinkTag(token *html.Token, to rewriter) bool {
	key := linkKeys[token.DataAtom]
	for _, a := range token.Attr {
		if a.Key == sourceMark {
			return false
		}
	}
	for i, a := range token.Attr {
		if key == "" || a.Key != key || plainAddress(a.Val) == "" {
			continue
		}
		replaced := to(a.Val, token.DataAtom == atom.Img)
		changed := replaced != a.Val
		token.Attr[i].Val = replaced
		return changed
	}
	return false
}
