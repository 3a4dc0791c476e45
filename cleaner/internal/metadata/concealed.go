package metadata

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Concealed contains the elements that may have hidden content.
type Concealed struct {
	Body *html.Node
	// ShadowRoots contains the templates of declarative shadow roots, and Templates the other templates. LinkedData
	// contains the scripts with JSON-LD, and States the other scripts that may contain data.
	ShadowRoots, Noscripts, Templates, LinkedData, States []*html.Node
	// Frames contains the frames that have their document in an attribute.
	Frames []*html.Node
	// Awaiting contains placeholders. A script moves content from elsewhere on the page into each of them.
	Awaiting []*html.Node
}

// Add records an element that may have hidden content, or the body. It ignores other elements.
func (c *Concealed) Add(n *html.Node) {
	switch n.DataAtom {
	case atom.Body:
		c.Body = n
	case atom.Noscript:
		if n.FirstChild != nil && n.Parent.DataAtom != atom.Head {
			c.Noscripts = append(c.Noscripts, n)
		}
	case atom.Iframe:
		if dom.Attr(n, "srcdoc") != "" {
			c.Frames = append(c.Frames, n)
		}
	case atom.Template:
		if AwaitedID(n) != "" {
			c.Awaiting = append(c.Awaiting, n)
		} else if dom.HasAttr(n, "shadowrootmode") || dom.HasAttr(n, "shadowroot") {
			// WHATWG HTML, 4.12.3; shadowroot is the older name of shadowrootmode
			c.ShadowRoots = append(c.ShadowRoots, n)
		} else {
			c.Templates = append(c.Templates, n)
		}
	case atom.Script:
		switch kind := strings.ToLower(dom.Attr(n, "type")); {
		case strings.Contains(kind, "ld+json"):
			c.LinkedData = append(c.LinkedData, n)
		case kind == "" || strings.Contains(kind, "json") || strings.Contains(kind, "javascript"):
			if n.FirstChild != nil && // a word has at least one byte
				(len(n.FirstChild.Data) > MinRevealedWords || strings.Contains(n.FirstChild.Data, "__next_f")) {
				c.States = append(c.States, n)
			}
		}
	}
}

// StreamID returns an element's id without the given prefix, or "" if the id does not begin with the prefix.
func StreamID(n *html.Node, prefix string) string {
	id, _ := strings.CutPrefix(dom.Attr(n, "id"), prefix)
	if len(id) == len(dom.Attr(n, "id")) {
		return ""
	}
	return id
}

// AwaitedID returns the id, without its prefix, of the content that a template waits for, or "" if it waits for none.
// In streamed pages, such a template has an id that begins with "B:" or "P:".
func AwaitedID(n *html.Node) string {
	if id := StreamID(n, "B:"); id != "" {
		return id
	}
	return StreamID(n, "P:")
}
