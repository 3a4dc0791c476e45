package pagestate

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// isMarkdown reports whether a text is written in Markdown: two of its signs, and paragraphs.
func isMarkdown(s string) bool {
	if !strings.Contains(s, "\n") {
		return false
	}
	signs := 0
	for _, sign := range [...]string{"\n\n", "\n# ", "\n## ", "\n### ", "\n- ", "\n* ", "](", "**", "\n> ", "\n1. "} {
		if strings.Contains(s, sign) {
			signs++
		}
	}
	return signs >= 2
}

// maxMarkdown is the longest text in bytes that is read as Markdown.
const maxMarkdown = 1 << 20

// markdownReader reads CommonMark, without extensions, which cost every program that imports this more than half a
// millisecond when it starts. HTML in it passes: what is unsafe goes where content is built.
var markdownReader = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithRendererOptions(gmhtml.WithUnsafe()))
})

// fromMarkdown writes Markdown in HTML. A picture in a paragraph of its own becomes a figure, with its title as
// caption.
func fromMarkdown(s string) *html.Node {
	box := dom.NewElement(atom.Div)
	var b bytes.Buffer
	if err := markdownReader().Convert([]byte(s[:min(len(s), maxMarkdown)]), &b); err != nil {
		return box // a bytes.Buffer does not fail
	}
	appendMarkup(box, b.String())
	for _, p := range dom.Children(box) {
		img := p.FirstChild
		if p.DataAtom != atom.P || img == nil || img != p.LastChild || img.DataAtom != atom.Img ||
			dom.Attr(img, "title") == "" {
			continue
		}
		figure, caption := dom.NewElement(atom.Figure), dom.NewElement(atom.Figcaption)
		caption.AppendChild(dom.NewText(dom.Attr(img, "title")))
		p.RemoveChild(img)
		figure.AppendChild(img)
		figure.AppendChild(caption)
		box.InsertBefore(figure, p)
		box.RemoveChild(p)
	}
	return box
}
