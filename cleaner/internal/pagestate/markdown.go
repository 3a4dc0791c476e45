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

// isMarkdown reports whether a text is written in Markdown: it has several lines, and at least two signs of Markdown,
// such as a blank line, "## " or "**".
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

// maxMarkdown is the maximum number of bytes of a Markdown text that are read. The rest is dropped.
const maxMarkdown = 1 << 20

// markdownReader reads CommonMark without extensions. Extensions would cost every program that imports this package
// more than half a millisecond at startup. HTML passes through: unsafe parts are removed when content is built.
var markdownReader = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithRendererOptions(gmhtml.WithUnsafe()))
})

// fromMarkdown converts Markdown to HTML. A picture that has a title and is alone in a paragraph becomes a figure, with
// the title as its caption.
func fromMarkdown(s string) *html.Node {
	box := dom.NewElement(atom.Div)
	var b bytes.Buffer
	if err := markdownReader().Convert([]byte(s[:min(len(s), maxMarkdown)]), &b); err != nil {
		return box // a bytes.Buffer never returns an error
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
