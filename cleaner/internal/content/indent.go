package content

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// An indent is the width of the spaces, other than ordinary ones, at the start of a line.
type indent struct {
	// br is the line break before the line. It is nil if the line is the first one of its paragraph.
	br    *html.Node
	width int
}

const (
	minIndent, maxIndent = 2, 24
	// maxVerse is the maximum number of characters in a line of a paragraph whose indents are kept.
	maxVerse = 72
)

// widen adds the width of a space to that of the indent that it may be part of. Ideographic spaces are absent: they
// begin paragraphs of prose.
func (s *inlineNormalizer) widen(r rune) {
	switch {
	case r == '\u00a0', r == '\u2002', r >= '\u2004' && r <= '\u2007':
		s.indent++
	case r == '\u2003', r == '\u2001':
		s.indent += 2
	case r == ' ' && s.indent > 0: // editors write several spaces as no-break and ordinary spaces in turn
		s.indent++
	}
}

// noteIndent records the indent of the line that the next leaf begins after the line break br, or in an empty paragraph
// if br is nil.
func (s *inlineNormalizer) noteIndent(br *html.Node) {
	if s.indent >= minIndent && s.target.DataAtom == atom.P && !s.single {
		s.indents = append(s.indents, indent{br, min(s.indent, maxIndent)})
	}
}

// keepIndents writes the indents of the paragraph that ends, with no-break spaces, if it is verse or another text whose
// lines depend on their indents: some lines are farther in than others, and none is as long as a paragraph of prose.
func (s *inlineNormalizer) keepIndents() {
	indents := s.indents
	s.indents = s.indents[:0]
	if len(indents) == 0 {
		return
	}
	lines, isShort := countLines(s.target)
	if !isShort {
		return
	}
	least := 0
	if len(indents) == lines {
		least = maxIndent
		for _, i := range indents {
			least = min(least, i.width)
		}
	}
	for _, i := range indents {
		if i.width-least < minIndent {
			continue
		}
		at, before := s.target, s.target.FirstChild
		if i.br != nil {
			at, before = i.br.Parent, i.br.NextSibling
		}
		spaces := strings.Repeat("\u00a0", i.width-least)
		if before != nil && before.Type == html.TextNode {
			before.Data = spaces + before.Data
		} else {
			at.InsertBefore(dom.NewText(spaces), before)
		}
	}
}

// countLines counts the lines of a paragraph. It reports whether all of them are short.
func countLines(p *html.Node) (lines int, isShort bool) {
	lines = 1
	length := 0
	for d := range p.Descendants() {
		switch {
		case d.DataAtom == atom.Br:
			lines++
			length = 0
		case d.Type == html.TextNode:
			if length += utf8.RuneCountInString(d.Data); length > maxVerse {
				return lines, false
			}
		}
	}
	return lines, true
}
