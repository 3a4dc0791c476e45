package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The variants of pages. They teach the judge not to rely on features that a page may lack, and to recognize added
// teasers and comments. moreCards2 is the same as moreCards, and moreComments2 is the same as moreComments. This makes
// these two twice as frequent as each of the others. The last constant is the number of variants.
const (
	withoutURL = iota
	wrongURL
	hashedNames
	withoutNames
	moreCards
	moreCards2
	moreComments
	moreComments2
	variants
)

// random returns a random number generator that is seeded with the page's ID.
func random(e *entry) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(e.ID))
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

// variantOf returns a page's variant and a generator for its other random choices.
func variantOf(e *entry) (int, *rand.Rand) {
	r := random(e)
	return r.IntN(variants), r
}

// variantURL returns the address under which a page is described. For withoutURL, it is "". For wrongURL, it is another
// page's address, or an invented one if that page has none. For the other variants, it is "" for a third of the pages,
// and the page's own address for the rest.
func (d *describer) variantURL(e *entry) string {
	variant, r := variantOf(e)
	switch {
	case variant == withoutURL || variant != wrongURL && r.IntN(3) == 0:
		return ""
	case variant == wrongURL:
		other := d.entries[r.IntN(len(d.entries))].URL
		if other == "" {
			return fmt.Sprintf("https://example.org/%s/%d", [...]string{"news", "tag", "a/b", "forum", "p"}[r.IntN(5)],
				r.IntN(9999))
		}
		return other
	}
	return e.URL
}

// variant changes a page's tree according to the page's variant.
func (d *describer) variant(e *entry, root *html.Node) {
	variant, r := variantOf(e)
	switch variant {
	case hashedNames:
		changeNames(root, func(name string) string {
			h := fnv.New32a()
			h.Write([]byte(name + e.ID))
			return fmt.Sprintf("_%x", h.Sum32()&0xffffff)
		})
	case withoutNames:
		changeNames(root, func(string) string { return "" })
	case moreCards, moreCards2:
		addBox(r, root, d.cards(r, e), r.IntN(4) == 0)
	case moreComments, moreComments2:
		if e.Type == "article" || e.Type == "" {
			addBox(r, root, d.comments(r, e), false)
		}
	}
}

// changeNames changes the class names and ids of all elements and removes empty ones.
func changeNames(root *html.Node, change func(string) string) {
	for n := range root.Descendants() {
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			if a.Key == "class" || a.Key == "id" {
				var names []string
				for name := range strings.FieldsSeq(a.Val) {
					if other := change(name); other != "" {
						names = append(names, other)
					}
				}
				if a.Val = strings.Join(names, " "); a.Val == "" {
					continue
				}
			}
			kept = append(kept, a)
		}
		n.Attr = kept
	}
}

// addBox inserts a box next to or into one of the elements around the page's longest paragraph. If above is true, the
// box is inserted before that element; otherwise after it or as its last child.
func addBox(r *rand.Rand, root, box *html.Node, above bool) {
	var longest *html.Node
	length := 0
	for n := range root.Descendants() {
		if n.Type == html.TextNode && len(n.Data) > length && n.Parent != nil && n.Parent.DataAtom == atom.P {
			longest, length = n.Parent, len(n.Data)
		}
	}
	if box == nil || longest == nil || longest.Parent == nil {
		return
	}
	at := longest
	for range 1 + r.IntN(4) {
		if at.Parent == nil || at.Parent.DataAtom == atom.Body || at.Parent.DataAtom == atom.Html {
			break
		}
		at = at.Parent
	}
	if at.DataAtom == atom.P || at.Parent == nil {
		return
	}
	switch {
	case above:
		at.Parent.InsertBefore(box, at)
	case r.IntN(3) == 0:
		at.AppendChild(box)
	default:
		at.Parent.InsertBefore(box, at.NextSibling)
	}
}

func element(tag atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag.String(), DataAtom: tag}
	for _, c := range children {
		if c != nil {
			n.AppendChild(c)
		}
	}
	return n
}

func textNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func link(children ...*html.Node) *html.Node { return linkTo("/2019/05/another-story", children...) }

func linkTo(address string, children ...*html.Node) *html.Node {
	a := element(atom.A, children...)
	a.Attr = []html.Attribute{{Key: "href", Val: address}}
	return a
}

// boxTags chooses two tags at random: outer for a box, and item for each of the similar boxes in it. One of the choices
// is the given tag of a list, with li for its items.
func boxTags(r *rand.Rand, list atom.Atom) (outer, item atom.Atom) {
	switch r.IntN(4) {
	case 0:
		return list, atom.Li
	case 1:
		return atom.Div, atom.Article
	}
	return atom.Div, atom.Div
}

// otherPage chooses a page of the corpus at random and returns its lines. It returns no lines if it chose the page of e
// or a page without text.
func (d *describer) otherPage(r *rand.Rand, e *entry) (*entry, []string) {
	other := &d.entries[r.IntN(len(d.entries))]
	if other.Text == nil || other.ID == e.ID {
		return other, nil
	}
	return other, strings.FieldsFunc(*other.Text, func(c rune) bool { return c == '\n' })
}

// cards builds a box of teasers, each with a headline and usually a few words.
func (d *describer) cards(r *rand.Rand, e *entry) *html.Node {
	outer, item := boxTags(r, atom.Ul)
	box := element(outer)
	heading := [...]atom.Atom{atom.H3, atom.H4, atom.H2, atom.Div, atom.P, atom.Span}[r.IntN(6)]
	teaser, picture, linked := r.IntN(4) > 0, r.IntN(2) == 0, r.IntN(3)
	long := 12 + r.IntN(60)
	for range 3 + r.IntN(20) {
		other, lines := d.otherPage(r, e)
		if len(lines) == 0 {
			continue
		}
		title := other.Title
		if title == "" {
			title = cut(lines[0], 9)
		}
		head := element(heading, link(textNode(title)))
		var words *html.Node
		if line := lines[r.IntN(len(lines))]; teaser && len(line) > 40 {
			words = element([...]atom.Atom{atom.P, atom.Div}[r.IntN(2)], textNode(cut(line, long)))
		}
		var image *html.Node
		if picture {
			image = element(atom.Img)
			image.Attr = []html.Attribute{{Key: "src", Val: "/images/1.jpg"}}
		}
		card := element(item)
		switch linked {
		case 0:
			card.AppendChild(link(image, element(heading, textNode(title)), words))
		default:
			card = element(item, image, head, words)
		}
		box.AppendChild(card)
	}
	if box.FirstChild == nil {
		return nil
	}
	if r.IntN(2) == 0 {
		name := [...]string{"More stories", "Related", "You may also like", "Latest", "Read more", "Popular"}[r.IntN(6)]
		return element(atom.Section, element([...]atom.Atom{atom.H2, atom.H3, atom.Div, atom.P}[r.IntN(4)], textNode(name)),
			box)
	}
	return box
}

// comments builds a list of readers' comments with a name, usually a date, and lines from other pages. The class names
// of its boxes may or may not identify them as comments.
func (d *describer) comments(r *rand.Rand, e *entry) *html.Node {
	outer, item := boxTags(r, atom.Ol)
	box := element(outer)
	head, link := [...]atom.Atom{atom.Div, atom.P, atom.Cite, atom.H4, atom.Span, atom.Strong}[r.IntN(6)], r.IntN(2) == 0
	pattern, dated, class := r.IntN(len(sayings)), r.IntN(3) > 0, ""
	if r.IntN(3) == 0 {
		class = [...]string{"comment", "reply", "c-item", "response", "post"}[r.IntN(5)]
	}
	for i := range 2 + r.IntN(40) {
		_, lines := d.otherPage(r, e)
		if len(lines) == 0 {
			continue
		}
		name := textNode(fmt.Sprintf(sayings[pattern], readers[r.IntN(len(readers))]))
		if link {
			name = linkTo("https://example.org/", name)
		}
		one := element(item, element(head, name))
		if class != "" {
			one.Attr = []html.Attribute{{Key: "class", Val: class}}
		}
		if dated {
			day := fmt.Sprintf("%d.%d.2014 %02d:%02d", 1+i%28, 1+r.IntN(12), r.IntN(24), r.IntN(60))
			one.AppendChild(element([...]atom.Atom{atom.Span, atom.Div, atom.Small}[pattern%3], textNode(day)))
		}
		for range 1 + r.IntN(3) {
			line := cut(lines[r.IntN(len(lines))], 5+r.IntN(80))
			one.AppendChild(element(atom.P, textNode(line)))
		}
		box.AppendChild(one)
	}
	if box.FirstChild == nil {
		return nil
	}
	if r.IntN(2) == 0 {
		heading := [...]string{"%d comments", "Comments (%d)", "%d Kommentare", "%d commentaires", "%d responses"}[r.IntN(5)]
		box = element(atom.Div, element([...]atom.Atom{atom.H2, atom.H3, atom.Div, atom.P}[r.IntN(4)],
			textNode(fmt.Sprintf(heading, 2+r.IntN(40)))), box)
	}
	return box
}

var (
	sayings = [...]string{"%s", "%s says:", "%s wrote", "Posted by %s", "%s schrieb", "von %s", "@%s"}
	readers = [...]string{
		"Ada", "brun77", "C. Holm", "Dela", "Emil K.", "fenna_v", "Gil", "Hedda", "Ivo", "jules", "Kaj", "Lotte Maas", "mads",
		"王小明", "Анна", "Γιώργος",
	}
)

// cut returns the first words of a line. If the line has fewer than five words, its script may have no spaces, and cut
// returns the first characters.
func cut(line string, words int) string {
	fields := strings.Fields(line)
	if len(fields) < 5 {
		runes := []rune(line)
		return string(runes[:min(len(runes), 2*words)])
	}
	return strings.Join(fields[:min(len(fields), words)], " ")
}
