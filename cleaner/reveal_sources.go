package cleaner

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits of the search for hidden content.
const (
	maxBareWords  = 40      // words of running text on a page that counts as without visible content
	maxBareTotal  = 120     // all words on such a page: a list of cards is content, but has no running text
	maxEmptyTotal = 40      // all words on a page that is so empty that any text in its data may be content
	maxStateBytes = 8 << 20 // bytes of embedded data that are searched
	maxStateTexts = 4096    // strings that are read from one script
	minStateWords = 12      // words of a string that may be content

	// The level below the root up to which streamed parts are moved. Each part may contain the place of the next one,
	// so a page could make a tree of any depth.
	maxStreamedLevel = 512
)

// streamedTrees moves streamed parts of a page into place, as React's scripts do: <div hidden id="S:1"> replaces
// <template id="B:1"> or <template id="P:1">, and may itself contain such templates. Each part is copied once. The
// result is the map all with these substitutes added.
func streamedTrees(hidden *metadata.Concealed, all, copies substitutes) substitutes {
	if len(hidden.Awaiting) == 0 || hidden.Body == nil {
		return all
	}
	streamed := make(map[string]*html.Node)
	for n := range hidden.Body.Descendants() {
		if n.DataAtom == atom.Div && dom.HasAttr(n, "hidden") {
			if id := metadata.StreamID(n, "S:"); id != "" {
				streamed[id] = n
			}
		}
	}
	if all == nil {
		all = make(substitutes, 2*len(streamed))
	}
	for pending := hidden.Awaiting; len(pending) > 0; {
		place := pending[0]
		pending = pending[1:]
		from := streamed[metadata.AwaitedID(place)]
		if from == nil || all[from] != nil || isStreamed(place, streamed) || isStreamed(from, streamed) ||
			levelOf(place) > maxStreamedLevel {
			continue // a part inside another part is copied with that part
		}
		box := placeholderFor(place)
		copyChildren(box, from, all, copies)
		all[place], all[from] = box, placeholderFor(from) // the moved part leaves an empty element
		for n := range box.Descendants() {
			if n.DataAtom == atom.Template && metadata.AwaitedID(n) != "" {
				pending = append(pending, n)
			}
		}
	}
	return all
}

// levelOf returns how many levels a node is below its root.
func levelOf(n *html.Node) (level int) {
	for ; n.Parent != nil; n = n.Parent {
		level++
	}
	return level
}

// isStreamed reports whether a template or a part is inside a part that is itself moved. If so, only the template's
// copy is replaced.
func isStreamed(n *html.Node, streamed map[string]*html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if id := metadata.StreamID(n, "S:"); id != "" && streamed[id] == n {
			return true
		}
	}
	return false
}

// substitutes maps nodes to the nodes that replace them.
type substitutes map[*html.Node]*html.Node

// placeholderFor returns a div that can replace n: it has n's attributes, parent and siblings, but no children.
func placeholderFor(n *html.Node) *html.Node {
	return &html.Node{
		Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: n.Attr,
		Parent: n.Parent, PrevSibling: n.PrevSibling, NextSibling: n.NextSibling,
	}
}

// shadowTrees returns, for each template, a visible element with a copy of its content. A template inside another one
// is a visible element in the other's copy, so its own element stays empty. So each node is copied once, however deep
// the templates are nested.
func shadowTrees(templates []*html.Node, copies substitutes) substitutes {
	if len(templates) == 0 {
		return nil
	}
	all := make(substitutes, len(templates))
	for _, t := range templates {
		all[t] = placeholderFor(t)
	}
	for _, t := range templates {
		if !isInside(t, all) {
			copyChildren(all[t], t, all, copies)
		}
	}
	return all
}

// isInside reports whether a node is inside a template that is replaced.
func isInside(n *html.Node, replaced substitutes) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Template && replaced[n] != nil {
			return true
		}
	}
	return false
}

// copyChildren copies everything below one node (from) to another (to), without recursion. Nodes that have an entry in
// the map within are copied as plain divs. If the map copies is not nil, it then maps each copy to its original.
func copyChildren(to, from *html.Node, within, copies substitutes) {
	at := to
	for n := from.FirstChild; n != nil; {
		c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: n.Attr}
		if within[n] != nil {
			c.Data, c.DataAtom = "div", atom.Div
		}
		if copies != nil {
			copies[c] = n
		}
		at.AppendChild(c)
		if n.FirstChild != nil {
			at, n = c, n.FirstChild
			continue
		}
		for n.NextSibling == nil && n.Parent != from {
			at, n = at.Parent, n.Parent
		}
		n = n.NextSibling
	}
}

// readMarkup returns, for each noscript element, an element with its parsed content. The HTML parser keeps that content
// as text, as browsers do when scripts are enabled. Once all of them together have too many nodes for one page, the
// others stay empty.
func readMarkup(elements []*html.Node) substitutes {
	all := make(substitutes)
	left := htmldoc.DefaultMaxNodes
	for _, n := range elements {
		if n.FirstChild.Type == html.TextNode {
			all[n] = placeholderFor(n)
			if left > 0 {
				fill(all[n], n.FirstChild.Data, left)
				for range all[n].Descendants() {
					left--
				}
			}
		}
	}
	return all
}

// readFrames returns, for each frame with its document in the attribute srcdoc, an element with the content of that
// document: previews, viewers of mail and some archives show a page so. All of them together have at most as many nodes
// as a page.
func readFrames(frames []*html.Node) substitutes {
	all := make(substitutes)
	left := htmldoc.DefaultMaxNodes
	for _, n := range frames {
		box := placeholderFor(n)
		fill(box, dom.Attr(n, "srcdoc"), left)
		for range box.Descendants() {
			left--
		}
		if all[n] = box; left <= 0 {
			break
		}
	}
	return all
}

// fill parses markup and appends it to a box. It appends nothing if the markup has more than limit nodes.
func fill(box *html.Node, markup string, limit int) {
	doc, err := htmldoc.ParseBytes([]byte(markup), htmldoc.Source{
		ContentType: "text/html; charset=utf-8", MaxBytes: int64(len(markup)) + 1, MaxNodes: limit,
	})
	if err != nil {
		return // not markup, or too much: nothing to reveal
	}
	for body := range doc.Root.Descendants() {
		if body.DataAtom == atom.Body {
			for c := body.FirstChild; c != nil; c = body.FirstChild {
				body.RemoveChild(c)
				box.AppendChild(c)
			}
			break
		}
	}
}

// A stateText is a string in JSON data. The field key is the name of the nearest member whose value is the string or
// contains it.
type stateText struct{ key, text string }

// readData turns strings in embedded data into paragraphs, and adds them at the end of a copy of the body. The function
// choose selects the strings. If it selects none, the result is nil.
func readData(body *html.Node, scripts []*html.Node, choose func([]stateText) []string,
	copies substitutes,
) substitutes {
	rest := maxStateBytes
	var all []stateText
	for _, n := range scripts {
		data := metadata.TextOf(n)
		if rest -= len(data); rest < 0 {
			break
		}
		all = append(all, stringsOf(data)...)
	}
	texts := choose(all)
	if len(texts) == 0 || body == nil {
		return nil
	}
	var b strings.Builder
	seen := make(map[string]bool, len(texts))
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			writeParagraphs(&b, text)
		}
	}
	box := placeholderFor(body)
	box.Data, box.DataAtom = "body", atom.Body
	copyChildren(box, body, nil, copies)
	content := dom.NewElement(atom.Div)
	box.AppendChild(content)
	fill(content, b.String(), htmldoc.DefaultMaxNodes)
	return substitutes{body: box}
}

// writeParagraphs writes a text as markup: unchanged if it has tags, otherwise each line as a paragraph.
func writeParagraphs(b *strings.Builder, text string) {
	if hasMarkup(text) {
		b.WriteString("<div>" + text + "</div>\n")
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(html.UnescapeString(line)) + "</p>\n")
		}
	}
}

// hasMarkup reports whether a text has an end tag or a line break tag.
func hasMarkup(text string) bool {
	i := strings.Index(text, "</")
	return i >= 0 && i+2 < len(text) && ('a' <= text[i+2]|0x20 && text[i+2]|0x20 <= 'z') || strings.Contains(text, "<br")
}

// stringsOf lists the prose strings in a script's data, in order. The data is the object or array with which the script
// begins, or the one after the first "=", if that is near the beginning. Other scripts have none.
func stringsOf(script string) []stateText {
	script = strings.TrimSpace(script)
	if script == "" {
		return nil
	}
	if script[0] != '{' && script[0] != '[' {
		equals := strings.IndexByte(script[:min(len(script), 300)], '=')
		if equals < 0 {
			return nil
		}
		script = strings.TrimSpace(script[equals+1:])
		if script == "" || script[0] != '{' && script[0] != '[' {
			return nil
		}
	}
	d := json.NewDecoder(strings.NewReader(script))
	var texts []stateText
	type level struct {
		// object is true in an object and false in an array. value is true if the next token is the value of a member.
		object, value bool
		key           string
	}
	stack := []level{{}}
	for {
		token, err := d.Token()
		if err != nil || len(texts) >= maxStateTexts {
			return texts
		}
		top := &stack[len(stack)-1]
		switch t := token.(type) {
		case json.Delim:
			switch t {
			case '{', '[':
				key := top.key
				top.value = false
				stack = append(stack, level{object: t == '{', key: key})
			default:
				stack = stack[:len(stack)-1]
			}
			if len(stack) <= 1 {
				return texts // the rest is code
			}
			continue
		case string:
			if top.object && !top.value {
				top.key, top.value = t, true
				continue
			}
			if isProse(t) {
				texts = append(texts, stateText{top.key, t})
			}
		}
		top.value = false
	}
}

// isProse reports whether a string may be content: it has at least minStateWords words and does not begin like code.
func isProse(s string) bool {
	return utf8.ValidString(s) && text.CountWords(s) >= minStateWords && strings.ContainsAny(s, " \u3001\u3002\uff0c") &&
		!strings.ContainsAny(s[:min(len(s), 40)], "{}[]=;")
}

// ldTexts returns the texts under the keys that schema.org defines for the content of an article, a post or a review.
func ldTexts(all []stateText) []string {
	var texts []string
	for _, t := range all {
		switch t.key {
		case "articleBody", "text", "reviewBody":
			texts = append(texts, t.text)
		}
	}
	return texts
}

// stateTexts returns the texts under one key, the one whose texts have the most words in total. They may be the posts
// of a thread or the paragraphs of a story.
func stateTexts(all []stateText) []string {
	words := make(map[string]int)
	best := ""
	for _, t := range all {
		words[t.key] += text.CountWords(t.text)
		if words[t.key] > words[best] {
			best = t.key
		}
	}
	var texts []string
	for _, t := range all {
		if t.key == best {
			texts = append(texts, t.text)
		}
	}
	return texts
}
