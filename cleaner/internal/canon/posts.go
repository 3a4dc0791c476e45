package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// postOf returns the form of a quoted post. For services whose quotes contain the text of the post, it is the quote
// without tracking parameters. For other services, it is a frame with the address of the post. postOf returns nil for
// other quotes, and for posts that need no change.
func (w *Writer) postOf(n *html.Node, class string) *html.Node {
	switch {
	case strings.Contains(class, " instagram-media "):
		line := w.lineWith(
			n,
			"A post shared by",
			"Ein Beitrag geteilt von",
			"Une publication partagée par",
			"Una publicación compartida",
		)
		if dom.HasAttr(n, "data-instgrm-captioned") {
			return nil
		}
		return in(frameOf(dom.Attr(n, "data-instgrm-permalink"), "", strings.TrimPrefix(line, "A post shared by ")), n)
	case strings.Contains(class, " text-post-media "):
		address := dom.Attr(n, "data-text-post-permalink")
		return in(frameOf(address, "", handleIn(address)), n)
	case strings.Contains(class, " tiktok-embed "):
		address := dom.Attr(n, "cite")
		title := ""
		for d := w.next(n, n, false); d != nil && title == ""; d = w.next(d, n, false) {
			if d.DataAtom == atom.P {
				title = text.FoldSpace(w.rawText(d))
			}
		}
		author := ""
		if title != "" {
			author = handleIn(address)
		}
		return in(frameOf(address, title, author), n)
	case strings.Contains(class, " reddit-embed-bq ") || strings.Contains(class, " reddit-card "):
		return w.redditOf(n)
	case strings.Contains(class, " mastodon-embed ") && dom.HasAttr(n, "data-embed-url"):
		line := w.lineWith(n, "Post by ", "Toot by ")
		author, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(line, "Post by "), "Toot by "), " View on ")
		return in(frameOf(strings.TrimSuffix(dom.Attr(n, "data-embed-url"), "/embed"), "", author), n)
	case strings.Contains(class, " twitter-tweet ") || strings.Contains(class, " twitter-video ") ||
		strings.Contains(class, " bluesky-embed "):
		return w.quotedPostOf(n)
	case strings.Contains(class, " wp-embedded-content "):
		if a := w.firstLink(n); a != nil {
			return in(frameOf(dom.Attr(a, "href"), text.FoldSpace(w.rawText(a)), ""), n)
		}
	}
	return nil
}

// handleIn returns the user's handle in the path of an address, including the @, or "".
func handleIn(address string) string {
	_, rest, found := strings.Cut(address, "/@")
	if !found {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return "@" + name
}

// lineWith returns the text of the first element that is shorter than 200 bytes and begins with one of the given
// strings, or "".
func (w *Writer) lineWith(n *html.Node, starts ...string) string {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type != html.ElementNode || d.FirstChild == nil || d.FirstChild.Type != html.TextNode {
			continue
		}
		line := text.FoldSpace(w.rawText(d))
		for _, start := range starts {
			if strings.HasPrefix(line, start) && len(line) < 200 {
				return line
			}
		}
	}
	return ""
}

func (w *Writer) firstLink(n *html.Node) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.DataAtom == atom.A && dom.Attr(d, "href") != "" {
			return d
		}
	}
	return nil
}

// redditOf returns the frame for a quoted Reddit post, with the title and, if there is one, the author in the quote. It
// returns nil if the quote has no link.
func (w *Writer) redditOf(n *html.Node) *html.Node {
	a := w.firstLink(n)
	if a == nil {
		return nil
	}
	author := ""
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.DataAtom == atom.A && strings.Contains(dom.Attr(d, "href"), "/user/") {
			author = text.FoldSpace(w.rawText(d))
		}
	}
	return in(frameOf(dom.Attr(a, "href"), text.FoldSpace(w.rawText(a)), author), n)
}

// quotedPostOf returns the quote of a post without the tracking parameters in its addresses and without the links in
// place of images. If the quote has no text besides its first link, it returns a frame.
func (w *Writer) quotedPostOf(n *html.Node) *html.Node {
	line := text.FoldSpace(w.rawText(n))
	if a := w.firstLink(n); a != nil && len(line) <= len(text.FoldSpace(w.rawText(a))) {
		return in(frameOf(withoutQuery(dom.Attr(a, "href")), "", ""), n)
	}
	form := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	w.copyChildren(form, n, nil)
	var gone []*html.Node
	for d := range form.Descendants() {
		if d.DataAtom != atom.A {
			continue
		}
		if line := dom.RawText(d); line == "[image or embed]" {
			gone = append(gone, d)
		}
		d.Attr = append([]html.Attribute(nil), d.Attr...)
		for i := range d.Attr {
			if d.Attr[i].Key == "href" && strings.Contains(d.Attr[i].Val, "ref_src=") {
				d.Attr[i].Val = withoutQuery(d.Attr[i].Val)
			}
		}
	}
	for _, g := range gone {
		dom.Detach(g)
	}
	return in(form, n)
}

func withoutQuery(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}
