package cleaner

import (
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/plaintext"
	"github.com/dechaff/dechaff/cleaner/internal/render"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// dropChaffLines runs the text rules over the rendered text and removes the lines that they match from the content. It
// repeats this until no rule matches, but at most plaintext.MaxPasses times, so that CleanText changes nothing in the
// article's text. The lines of the given removals are removed too, whether or not a rule matches them. Lines that a
// site rule keeps stay. Headings whose sections become empty are removed as well. The locator, which may be nil, finds
// the lines on the page. dropChaffLines reports whether any line is left.
func (a *Article) dropChaffLines(also []Removal, at *locator) bool {
	var lines []render.Line
	var texts []string
	for range plaintext.MaxPasses {
		lines = render.AppendLines(lines[:0], a.content, a.rendering(nil, ToggleHide))
		texts = texts[:0]
		for i := range lines {
			texts = append(texts, lines[i].Text)
		}
		chaff := alsoChaff(plaintext.ArticleChaff(texts), texts, also)
		also = nil
		if chaff == nil {
			return len(lines) > 0
		}
		dropped, heads := false, headsOf(a.content)
		for i, name := range chaff {
			if name == "" || at.isRuled(lines[i].Nodes...) {
				continue
			}
			for _, n := range lines[i].Nodes {
				dom.Detach(n)
				dropped = true
			}
			if len(lines[i].Nodes) > 0 {
				a.Removed = arena.Push(a.Removed, at.ofContent(Removal{
					Rule: name, Stage: textStage, Reason: textRuleDoc(name), Text: lines[i].Text,
				}, lines[i].Nodes...))
			}
		}
		if !dropped {
			return len(lines) > 0
		}
		content.Tidy(a.content, at.origins())
		for _, h := range heads {
			if headsNothing(h) && !at.isRuled(h) && text.CountWords(dom.RawText(h)) <= maxHeadingLeft {
				dom.Detach(h)
				a.Removed = arena.Push(a.Removed, at.ofContent(headingLeft.removal(dom.RawText(h)), h))
			}
		}
	}
	return len(render.AppendLines(lines[:0], a.content, a.rendering(nil, ToggleHide))) > 0
}

// headingLeft is the rule that removes a heading because text rules have removed its section.
var headingLeft = namedRule{textStage, "heading-left", "the heading of lines that text rules removed"}

// maxHeadingLeft is the maximum number of words of such a heading. A longer one is a paragraph in large type.
const maxHeadingLeft = 25

// headsOf returns the headings directly below the root of an article that have a section: the next node exists and is
// not a heading of the same or a higher level.
func headsOf(article *html.Node) []*html.Node {
	var heads []*html.Node
	for c := article.FirstChild; c != nil; c = c.NextSibling {
		if dom.IsHeadingNode(c) && !headsNothing(c) {
			heads = append(heads, c)
		}
	}
	return heads
}

// headsNothing reports whether a heading has no section: nothing follows it, or the next node is a heading of the same
// or a higher level. It reports false for a heading that has been detached.
func headsNothing(h *html.Node) bool {
	next := h.NextSibling
	if h.Parent == nil || next == nil {
		return h.Parent != nil
	}
	return dom.IsHeadingNode(next) && dom.HeadingLevel(next.DataAtom) <= dom.HeadingLevel(h.DataAtom)
}

// alsoChaff adds the rule names of extra removals to the slice chaff and returns it. The slice contains, for each text,
// the name of the rule that matched the text, or "". It is nil if no rule matched any text. Of several equal texts, the
// last one without a name gets the name.
func alsoChaff(chaff, texts []string, also []Removal) []string {
	for _, r := range also {
		for i := len(texts) - 1; i >= 0; i-- {
			if texts[i] != r.Text || chaff != nil && chaff[i] != "" {
				continue
			}
			if chaff == nil {
				chaff = make([]string, len(texts))
			}
			chaff[i] = r.Rule
			break
		}
	}
	return chaff
}

func textRuleDoc(name string) string {
	for _, r := range plaintext.Rules {
		if r.Name == name {
			return r.Doc
		}
	}
	return ""
}
