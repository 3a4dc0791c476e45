package cleaner

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// assemble builds the article from the nodes that were kept. There is no article if the page would have none without a
// Site, if the text rules, which run last, leave no line, or if all that is left says that the page is loading. The
// last condition does not apply to pages with site rules.
func (p *page) assemble() {
	p.applyRules()
	p.releaseFeatures()
	a := &Article{
		Canonical: p.Meta.Canonical, Title: p.Meta.Title, Byline: p.Meta.Byline, Authors: p.Meta.Authors,
		Publisher: p.Meta.Publisher,
		SiteName:  p.Meta.SiteName, Excerpt: p.Meta.Excerpt, Image: p.Meta.Image, Language: p.Meta.Language,
		Section: p.Meta.Section, Tags: p.Meta.Tags, Paywalled: p.Meta.Paywalled,
		Published: Date(p.Meta.Published), Modified: Date(p.Meta.Modified), Provenance: p.Meta.Provenance,
		Kind: Kind(p.Kind), KindProbability: round2(p.KindProbability), Declined: p.declined,
	}
	if p.Meta.Dish != "" && p.Meta.Dish != a.Title {
		a.Title, a.Provenance["title"] = p.Meta.Dish, "json-ld"
	}
	if p.Doc.URL != nil {
		a.URL = p.Doc.URL.String()
	}
	if p.opts.Product {
		a.Product = p.readProduct()
	}
	if p.opts.Recipe {
		a.Recipe = p.readRecipe()
	}
	if p.Source != "" {
		a.Provenance["content"] = p.Source
	}
	if p.Revealed != "" && (p.ruled == nil || !p.ruled.hasContent) {
		a.Provenance["content"] = p.Revealed
	}
	if a.content = p.content(p.keep); p.isStopped() {
		return
	}
	p.ReadSignals(func(b int) bool { return p.verdicts[b].keep })
	a.Confidence = round2(float32(p.Confidence()))
	p.report(a)
	p.findEntries(a)
	if p.emptyAlone || !a.dropChaffLines(p.siteLines, p.locator) || p.ruled == nil && a.isWaiting() {
		a.content = nil
		p.failure = &NoArticleError{About: a}
		return
	}
	p.addRecipe(a)
	p.findPosts(a)
	p.locator.ofBlocks(a)
	a.findLeadImage()
	a.findExcerpt()
	p.article = a
}

// isWaiting reports whether the article only says that the page is still loading, because its scripts have not run.
func (a *Article) isWaiting() bool {
	size := 0
	for n := range a.content.Descendants() {
		if n.Type == html.TextNode {
			if size += len(n.Data); size > maxWaitingText {
				return false
			}
		}
	}
	for line := range strings.SplitSeq(a.Text(), "\n") {
		if line != "" && !phrase.IsWaiting(line) {
			return false
		}
	}
	return true
}

// maxWaitingText is the maximum length, in bytes, of a text that only says that the page is loading.
const maxWaitingText = 300

// findLeadImage uses the first picture of the content as the lead image if the page's metadata names none. It skips
// icons and placeholders.
func (a *Article) findLeadImage() {
	if a.Image != "" || a.content == nil {
		return
	}
	for n := range a.content.Descendants() {
		if n.DataAtom == atom.Img {
			if src := dom.Attr(n, "src"); strings.HasPrefix(src, "http") && !metadata.IsNoPicture(src) && !isIcon(n) {
				a.Image, a.Provenance["image"] = src, "content"
				return
			}
		}
	}
}

// isIcon reports whether a picture declares a width or height that is too small for a lead image.
func isIcon(n *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if side, err := strconv.Atoi(dom.Attr(n, key)); err == nil && side < minLeadImage {
			return true
		}
	}
	return false
}

// minLeadImage is the minimum width and height of a lead image, in pixels.
const minLeadImage = 100

// report lists in Removed the visible text, the pictures and the frames that are not in the article, in page order.
// Text is listed by block, according to the verdicts, or by marked element.
func (p *page) report(a *Article) {
	nodes := p.Tree.Nodes
	removed := 0
	for b := range p.verdicts {
		if !p.verdicts[b].keep {
			removed++
		}
	}
	if removed > 0 {
		a.Removed = make([]Removal, 0, removed+8)
	}
	next := 0
	p.locator.ofDeclined(a.Declined)
	media := p.newMediaReport()
	for i := int32(0); i < int32(len(nodes)); {
		for next < len(p.Blocks) && p.Blocks[next].First <= i {
			if v := &p.verdicts[next]; !v.keep && !p.IsFolded(next) {
				a.Removed = append(a.Removed, p.locator.ofBlock(next, Removal{
					Rule: v.by, Stage: v.stage, Reason: v.reason,
					Probability: round2(v.probability), Text: p.Blocks[next].Text,
				}))
			}
			next++
		}
		if nodes[i].Form == block.Image || p.marks[i] == markEmbed || p.ruled != nil { // leftOutAt is slower than this
			if r, ok := media.leftOutAt(i); ok {
				a.Removed = append(a.Removed, p.locator.ofNode(i, nodes[i].HTML, r))
			}
		}
		for _, part := range p.plain.LeftOut(nodes[i].HTML) {
			if line := lineOf(part.Node); line != "" {
				a.Removed = append(a.Removed, p.locator.ofNode(i, part.Node, partRules[part.Kind].removal(line)))
			}
		}
		if p.marks[i] == unmarked {
			i++
			continue
		}
		if r := p.marked(i); r.Rule != "" && p.weight[i] > 0 {
			if r.Text = lineOf(nodes[i].HTML); r.Text != "" {
				a.Removed = append(a.Removed, p.locator.ofNode(i, nodes[i].HTML, r))
			}
		}
		if p.marks[i] == markRule {
			a.Removed = append(a.Removed, media.inRuledOut(i)...)
		}
		i = nodes[i].End
	}
}

// marked returns the removal that reports a marked node, without its text. For a hidden node, which is not reported,
// the removal has no rule.
func (p *page) marked(i int32) Removal {
	if p.marks[i] == markRule {
		by := p.ruled.nodes[i].by
		return Removal{Rule: by.Rule, Stage: rulesStage, Reason: by.Reason}
	}
	return markRules[p.marks[i]].removal("")
}

// lineOf returns the text of an element on one line.
func lineOf(n *html.Node) string { return text.FoldSpace(dom.Printable(metadata.TextOf(n))) }

// round2 rounds a probability to hundredths: further digits would change with every model.
func round2(p float32) float64 { return math.Round(100*float64(p)) / 100 }
