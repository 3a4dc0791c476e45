package explain

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
)

// A Verdict is the decision about an item, in one word.
type Verdict string

// The verdicts.
const (
	Kept    Verdict = "kept"
	ByRule  Verdict = "rule"   // removed by a rule
	ByJudge Verdict = "judge"  // removed by the judge or the extractor's vote
	Hidden  Verdict = "hidden" // hidden by the page, and not in the article
)

// An Item is a part of a page that was kept or removed: a block of text, or a picture, a frame or a control.
type Item struct {
	// ID names the item in the page's view: "b7" is the block with index 7, "n33" the element at position 33. An ID
	// such as "x5" names an item that is not on the page.
	ID string `json:"id"`
	// Verdict is the decision. Stage, Rule and Reason explain it.
	Verdict Verdict `json:"verdict"`
	Stage   string  `json:"stage,omitempty"`
	Rule    string  `json:"rule,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	// Kind is the kind of the block. For other items, it is "picture", "frame" or "part".
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Words int    `json:"words"`
	// IsBlock reports whether the item is a block, which the judge sees. First, Probability and Vote are as in
	// cleaner.BlockTrace. For other items, they are 0.
	IsBlock     bool    `json:"block,omitempty"`
	First       float64 `json:"first"`
	Probability float64 `json:"probability"`
	Vote        float64 `json:"vote,omitempty"`
	// Label is the rule that labels the item as chaff. Pages is the number of pages of the host, including this one,
	// that have the item's text in the same place; 0 if no other page is known to have it.
	Label string `json:"label,omitempty"`
	Pages int    `json:"pages,omitempty"`
	// Path is the list of headings above the item. CSS and XPath select the item's element.
	Path  string `json:"path,omitempty"`
	CSS   string `json:"css,omitempty"`
	XPath string `json:"xpath,omitempty"`

	// At is the position of the item's element among the nodes of the page, or -1 if the item is not on the page.
	At int `json:"at"`

	first int // the position of the item's first node
}

// Explanation says why an item was kept or removed, in words.
func (it *Item) Explanation() string {
	switch {
	case it.Rule == "" && it.Reason == "":
		return string(it.Verdict)
	case it.Rule == "" || it.Reason == "":
		return it.Rule + it.Reason
	}
	return it.Rule + ": " + it.Reason
}

// collect makes the items: the traced blocks, the removals that are not blocks, the article's pictures, and the hidden
// parts.
func (p *Page) collect() {
	steps := newStepper(p.doc.Root)
	at := 0
	blocks := make(map[string][]int) // indexes of removed and kept blocks, by removalKey
	for b := range p.Trace.Blocks {
		t := &p.Trace.Blocks[b]
		element := -1
		if n := steps.find(t.XPath); n != nil {
			element = p.order[n]
			at = element
		}
		if first, ok := p.position(t.Nodes); ok {
			at = first
		}
		p.Items = append(p.Items, Item{
			ID: "b" + strconv.Itoa(b), Verdict: verdictOf(t), Stage: t.Stage, Rule: t.Rule, Reason: t.Reason, Kind: t.Kind,
			Text: t.Text, Words: t.Words, IsBlock: true, First: t.First, Probability: t.Probability, Vote: t.Vote,
			Label: t.Label, Pages: t.Pages, Path: t.Path, CSS: t.CSS, XPath: t.XPath, At: element, first: at,
		})
		key := removalKey(t.Rule, t.Text)
		if t.Kept {
			key = removalKey("", t.Text)
		}
		blocks[key] = append(blocks[key], b)
	}
	for i := range p.Article.Removed {
		p.addRemoval(&p.Article.Removed[i], blocks, steps)
	}
	if p.Failure == nil {
		for b := range p.Article.Blocks() {
			if n := steps.find(b.XPath); n != nil && b.Kind == cleaner.BlockImage {
				p.addElement(n, Item{Verdict: Kept, Text: b.Text, Path: b.Path, CSS: b.CSS, XPath: b.XPath})
			}
		}
	}
	for _, n := range p.Trace.Hidden {
		if text := fold(textOf(n)); text != "" {
			p.addElement(n, Item{Verdict: Hidden, Stage: "mark", Reason: "always hidden from readers", Text: text})
		}
	}
	slices.SortStableFunc(p.Items, func(a, b Item) int { return cmp.Compare(a.first, b.first) })
}

// position returns the position of the first of the given nodes, or false if there is none or it is not on the page.
func (p *Page) position(nodes []*html.Node) (at int, ok bool) {
	if len(nodes) > 0 {
		at, ok = p.order[nodes[0]]
	}
	return at, ok
}

func verdictOf(t *cleaner.BlockTrace) Verdict {
	switch {
	case t.Kept:
		return Kept
	case t.Hidden:
		return Hidden
	case t.Stage == "judge" || t.Stage == "vote":
		return ByJudge
	}
	return ByRule
}

func removalKey(rule, text string) string { return rule + "\x00" + fold(text) }

// addRemoval adds an item for a removal, unless it matches the item of a block. If a rule of CleanText removed the text
// of a kept block, addRemoval corrects the verdict of that block's item.
func (p *Page) addRemoval(r *cleaner.Removal, blocks map[string][]int, steps *stepper) {
	rule := r.Rule
	if r.Stage == "text" {
		rule = ""
	}
	key := removalKey(rule, strings.TrimPrefix(r.Text, "- "))
	if of := blocks[key]; len(of) > 0 {
		blocks[key] = of[1:]
		if it := &p.Items[of[0]]; r.Stage == "text" {
			it.Verdict, it.Stage, it.Rule, it.Reason = ByRule, r.Stage, r.Rule, r.Reason
		}
		return
	}
	it := Item{
		Verdict: ByRule, Stage: r.Stage, Rule: r.Rule, Reason: r.Reason, Text: r.Text, Path: r.Path, CSS: r.CSS,
		XPath: r.XPath,
	}
	p.addElement(steps.find(r.XPath), it)
}

// addElement adds an item for an element of the page. n is nil if the item is not on the page.
func (p *Page) addElement(n *html.Node, it Item) {
	it.Kind, it.Words, it.At, it.first = "part", len(strings.Fields(it.Text)), -1, len(p.order)
	if n != nil {
		it.At, it.first = p.order[n], p.order[n]
		it.ID = "n" + strconv.Itoa(it.At)
		it.Kind = kindOf(n)
	} else {
		it.ID = "x" + strconv.Itoa(len(p.Items))
	}
	if it.Kind == "picture" {
		it.Words = 0
	}
	p.Items = append(p.Items, it)
}

func kindOf(n *html.Node) string {
	switch n.Data {
	case "img", "picture", "svg":
		return "picture"
	case "iframe", "frame", "object", "embed", "video", "audio":
		return "frame"
	}
	return "part"
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return b.String()
}
