package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/canon"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/pagestate"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// Some pages show their content only after scripts have run. Without scripts they are almost empty, and the content is
// in elements that browsers do not show, such as noscript, template and script. The reveal stage finds that content.

// segmentPage cuts the page into blocks. If the visible part has almost no text, it also tries the hidden sources of
// content, and uses the first that has enough. If the visible part has some text, only an article in the page's data
// can replace it: see revealState. Revealing, marking and segmenting are one stage, since the blocks of the visible
// part decide whether anything is revealed.
func (p *page) segmentPage() {
	hidden := &p.Meta.Concealed
	p.build(p.visibleTrees())
	if p.isStopped() || len(hidden.Noscripts)+len(hidden.Templates)+len(hidden.Frames)+len(hidden.LinkedData)+
		len(hidden.States) == 0 {
		return
	}
	shown, all := p.runningWords()
	bare := shown <= maxBareWords && all <= maxBareTotal
	if !bare {
		p.revealState(p.ownWords(), false)
		return
	}
	show := func(source string, replaced substitutes) bool { return p.showHidden(source, replaced, shown) }
	own, isEmpty := p.ownWords(), all <= maxEmptyTotal
	if show("frame", readFrames(hidden.Frames)) || // visible in browsers
		show("noscript", readMarkup(hidden.Noscripts)) ||
		show("template", shadowTrees(hidden.Templates, p.locator.copies())) ||
		p.revealState(own, isEmpty) || // an article with its structure
		show("json-ld", readData(hidden.Body, hidden.LinkedData, ldTexts, p.locator.copies())) ||
		isEmpty && show("page state", readData(hidden.Body, hidden.States, stateTexts, p.locator.copies())) {
		return
	}
	p.build(p.visibleTrees())
}

// visibleTrees returns the substitutes for parts that browsers show although they are in templates or hidden elements:
// declarative shadow roots, and the streamed parts that scripts move into place.
func (p *page) visibleTrees() substitutes {
	copies := p.locator.copies()
	return streamedTrees(&p.Meta.Concealed, shadowTrees(p.Meta.Concealed.ShadowRoots, copies), copies)
}

// showHidden builds the page with the substitutes that make a hidden source of content visible, and reports whether to
// use the result. The result is used if it has at least metadata.MinRevealedWords words of running text, and at least
// three times as many as the visible page has (shown). It is also used if cleaning is stopped.
func (p *page) showHidden(source string, replaced substitutes, shown int32) bool {
	if len(replaced) == 0 {
		return false
	}
	if p.build(replaced); p.isStopped() {
		return true
	}
	words, _ := p.runningWords()
	if words < metadata.MinRevealedWords || words < 3*shown {
		return false
	}
	p.Revealed = source
	p.findPlaceholders(replaced)
	return true
}

// maxStateShown limits the search for the article in a page's data. If the page shows more words of its own running
// text than this, its data is not searched. Readers' comments and teasers of other stories, recognized by the class
// names and ids of their boxes, do not count.
const maxStateShown = 100

// revealState shows the article in the page's data in place of everything that the page shows, and reports whether it
// did. The article must not be visible already. Unless the page shows almost nothing (empty), mayHaveStory must hold
// for the page, and isStory for the article. own is the result of ownWords. If cleaning is stopped, the result is true.
func (p *page) revealState(own int, empty bool) bool {
	hidden := &p.Meta.Concealed
	if len(hidden.States) == 0 || hidden.Body == nil || own > maxStateShown || !empty && !p.mayHaveStory() {
		return false
	}
	found := pagestate.Article(hidden.States, p.Meta.Title)
	if found.Content == nil || found.Words < metadata.MinRevealedWords ||
		!empty && !p.isStory(found, own) || p.shows(found.Content) {
		return false
	}
	box := placeholderFor(hidden.Body)
	box.Data, box.DataAtom = "body", atom.Body
	copyChildren(box, hidden.Body, nil, p.locator.copies())
	box.AppendChild(found.Content)
	replaced := substitutes{hidden.Body: box}
	if p.build(replaced); p.isStopped() {
		return true
	}
	p.Revealed, p.revealed = "page state", found.Content
	if p.Meta.Byline == "" && len(found.Authors) > 0 {
		p.Meta.Byline, p.Meta.Authors = strings.Join(found.Authors, ", "), found.Authors
		p.Meta.Provenance["byline"] = "page state"
	}
	p.findPlaceholders(replaced)
	return true
}

// mayHaveStory reports whether reading the page's data may be worthwhile. The page must not declare that it sells or
// lists something. The scripts with the data must together be longer than minStateBytes, and one of them must contain
// the longest word of the page's title. If the word has a non-ASCII letter, the scripts are not checked, because they
// may contain the word with escapes. Without a title, the result is false.
func (p *page) mayHaveStory() bool {
	if p.Meta.Product || p.Meta.ListPage {
		return false
	}
	longest := ""
	for word := range strings.FieldsFuncSeq(p.Meta.Title, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) > len(longest) {
			longest = word
		}
	}
	if longest == "" || strings.ContainsFunc(longest, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return longest != ""
	}
	size, found := 0, false
	for _, n := range p.Meta.Concealed.States {
		size += len(n.FirstChild.Data)
		found = found || strings.Contains(n.FirstChild.Data, longest)
		if found && size > minStateBytes {
			return true
		}
	}
	return false
}

// minStateBytes is the size in bytes that a page's data must exceed to be searched for an article: see mayHaveStory.
const minStateBytes = 1500

// isStory reports whether an article in a page's data may replace the visible content: it has the page's title, at
// least twice as many words as the visible content (own), and enough words and paragraphs to be an article.
func (p *page) isStory(found pagestate.Found, own int) bool {
	if !found.Titled || found.Words < minStateStory || found.Words < 2*own {
		return false
	}
	paragraphs := 0
	for n := range found.Content.Descendants() {
		if n.DataAtom == atom.P && len(lettersOf(lineOf(n), shownStart)) >= shownStart {
			paragraphs++
		}
	}
	return paragraphs >= minStateParagraphs
}

// minStateStory is the minimum number of words in an article that replaces visible content. minStateParagraphs is the
// minimum number of paragraphs in it that have at least shownStart bytes of letters and digits.
const minStateStory, minStateParagraphs = 100, 3

// ownWords counts the visible words of running text, except in boxes that their class or id marks as comments or
// related stories.
func (p *page) ownWords() int {
	words := 0
	for b := range p.Blocks {
		plain := int(p.Blocks[b].Words - p.Blocks[b].LinkWords)
		if p.IsFolded(b) || plain < metadata.MinSentenceWords {
			continue
		}
		beside := false
		for at := p.Blocks[b].Elem; at != block.None && !beside; at = p.Tree.Nodes[at].Parent {
			of := p.Names.Facts[p.Names.Classes[at]].Zone | p.Names.Facts[p.Names.Ids[at]].Zone
			beside = of&(zone.Comments|zone.Related) != 0
		}
		if !beside {
			words += plain
		}
	}
	return words
}

// shows reports whether the page already shows more than a fifth of the paragraphs and list items of some content. It
// compares only their beginnings, and ignores very short ones.
func (p *page) shows(content *html.Node) bool {
	var visible strings.Builder
	for b := range p.Blocks {
		visible.WriteString(lettersOf(p.Blocks[b].Text, len(p.Blocks[b].Text)))
	}
	all, known := 0, 0
	for n := range content.Descendants() {
		if n.DataAtom != atom.P && n.DataAtom != atom.Li {
			continue
		}
		if start := lettersOf(lineOf(n), shownStart); len(start) >= shownStart/2 {
			all++
			if strings.Contains(visible.String(), start) {
				known++
			}
		}
	}
	return 5*known > all
}

// shownStart is the maximum number of bytes of a paragraph's letters and digits that are compared.
const shownStart = 40

// lettersOf returns the letters and digits of a text in lower case. It stops when the result has at least the given
// number of bytes.
func lettersOf(s string, most int) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= most {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// findPlaceholders marks all blocks outside the revealed elements as placeholders, which a page shows until its scripts
// have run.
func (p *page) findPlaceholders(replaced substitutes) {
	shown := make(map[*html.Node]bool, len(replaced))
	for _, box := range replaced {
		if box.DataAtom == atom.Body { // readData appends the content as its last child
			box = box.LastChild
		}
		shown[box] = true
	}
	p.placeholders = make([]bool, len(p.Blocks))
	for b := range p.Blocks {
		at := p.Blocks[b].Elem
		for at != block.None && !shown[p.Tree.Nodes[at].HTML] {
			at = p.Tree.Nodes[at].Parent
		}
		p.placeholders[b] = at == block.None
	}
}

// build builds the tree, with some nodes replaced by substitutes and widgets by their plain forms, and cuts it into
// blocks. If cleaning is stopped, there are no blocks.
func (p *page) build(replaced substitutes) {
	s := p.scratch()
	p.plain = canon.NewWriter(&s.canon)
	p.plain.Copies = p.locator.copies()
	p.Tree = block.NewTreeIn(s.nodes[:0], p.Doc.Root, func(n *html.Node) *html.Node {
		other := replaced[n]
		if other == nil {
			return p.plain.Of(n)
		}
		if form := p.plain.Of(other); form != nil {
			return form
		}
		return other
	})
	s.nodes = p.Tree.Nodes
	if p.mark(); p.isStopped() {
		p.Blocks = nil // they belong to an earlier tree
		return
	}
	p.segment()
}

// runningWords counts the visible words. running is the number of words outside links in the blocks that have at least
// metadata.MinSentenceWords of them; all is the number of all words.
func (p *page) runningWords() (running, all int32) {
	for b := range p.Blocks {
		if p.IsFolded(b) {
			continue
		}
		all += p.Blocks[b].Words
		if plain := p.Blocks[b].Words - p.Blocks[b].LinkWords; plain >= metadata.MinSentenceWords {
			running += plain
		}
	}
	return running, all
}

// segment cuts the unmarked nodes into blocks.
func (p *page) segment() {
	skip := p.scratch().Bools.Take(len(p.marks))
	for i, m := range p.marks {
		skip[i] = m != unmarked
	}
	p.Blocks = p.scratch().segmenter.Segment(p.Tree, skip)
}
