package cleaner

import (
	"fmt"
	"math"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// The judge does not know other pages. What they say of a block comes after it, in two small logistic regressions: of blocks whose
// text stands on three pages or more, and of all others. They were fitted on labelled pages by TestFitSite (site_fit_test.go), to
// opinions of judges that had never seen the host. The second is the reverse: what is unique at a place that most pages have, where the
// judge keeps what else stands there, is sooner content.

const siteFeatures = 10

// siteFeatureNames are what siteRow computes.
var siteFeatureNames = [siteFeatures]string{
	"judge, log-odds", "always", "pages with it of those with its place", "pages with it", "pages with it and its neighbour",
	"of its place on this page repeats", "of its box repeats", "words, logarithm", "links that repeat", "links that do not",
}

// siteWeights are the weights of the two regressions: [0] of what does not repeat, which asks for three things alone, and [1]
// of what does.
var siteWeights = [2][siteFeatures]float64{
	{0.99, 0, 2.08, 0, 0, 0, -0.99},
	{0.79, -1.39, -0.41, -0.48, -0.89, -0.51, -0.59, -0.57, -0.28, -0.34},
}

// maxOpinion bounds the judge's opinion, in log-odds, so that the other pages can have a say.
const maxOpinion = 5

func logOdds(p float32) float64 {
	const least = 1e-4
	q := min(max(float64(p), least), 1-least)
	return min(max(math.Log(q/(1-q)), -maxOpinion), maxOpinion)
}

// siteRow describes a block for the regression that is asked of it. Shares of pages are those that are sure (surely).
func (v *siteView) siteRow(bl *block.Block, b int, opinion float32) (which int, row [siteFeatures]float64) {
	e := &v.blocks[b]
	row[0] = logOdds(opinion)
	if !e.repeats() || e.amid {
		if !e.repeats() && opinion >= minTakenBack && e.kept >= 0.5 && e.times == 1 && e.opening < minSitePages-1 {
			row[2] = surely(e.place, v.pages)
		}
		if !e.repeats() {
			row[6] = max(float64(e.box)-0.5, 0)
		}
		return 0, row
	}
	row[1], row[2], row[3], row[4] = 1, surely(e.here, e.place), surely(e.text, v.pages), surely(e.pair, v.pages)
	row[5], row[6] = float64(e.around)-0.5, float64(e.box)-0.5
	row[7], row[8] = math.Log1p(float64(bl.Words))/4, float64(e.links)
	if len(v.sighting.blocks[b].links) > 0 {
		row[9] = 1 - row[8]
	}
	return 1, row
}

// reconsider changes the judge's opinions by what other pages of the host say.
func (p *page) reconsider() {
	v := p.site
	if v == nil {
		return
	}
	v.hear(p, p.probabilities)
	p.probabilities = make([]float32, len(p.blocks))
	for b := range p.blocks {
		p.probabilities[b] = v.opinion(&p.blocks[b], b)
	}
	before := p.threshold
	p.setThreshold()
	p.threshold.at = min(p.threshold.at, before.at) // what is better known of other blocks is no reason to drop one of which nothing new is
	if left, taken := p.besideSite(before.at); taken > shortPage && left < minBesideSite {
		p.declineSite(left, before.at)
		p.probabilities, p.threshold = v.before, before
	}
}

// minBesideSite is how many words must be left of what the judge would keep. A page of which less is its own is the same story at another
// address, or a notice that the site shows in the place of stories.
const minBesideSite = 20

// besideSite counts the words that the judge would keep, by a threshold: those that other pages leave, and those that they take.
func (p *page) besideSite(threshold float32) (left, taken int32) {
	for b := range p.blocks {
		switch {
		case p.site.before[b] <= threshold || isField(p.blocks[b].Kind):
		case p.isTaken(b):
			taken += p.blocks[b].Words
		default:
			left += p.blocks[b].Words
		}
	}
	return left, taken
}

// isTaken reports whether other pages make chaff of a block.
func (p *page) isTaken(b int) bool {
	e := &p.site.blocks[b]
	return (e.repeats() && !e.amid || p.site.isSlot(&p.blocks[b], e)) && p.probabilities[b] < p.site.before[b] && p.probabilities[b] <= p.threshold.at
}

// declineSite leaves the page as the judge has it, and says so.
func (p *page) declineSite(left int32, threshold float32) {
	for b := range p.blocks {
		if p.isTaken(b) && p.site.before[b] > threshold {
			p.declined = append(p.declined, Removal{
				Rule: siteRuleName, Stage: "site", Text: p.blocks[b].Text,
				Reason: fmt.Sprintf("%s; declined: %d words would be left", p.site.reason(b), left),
			})
		}
	}
}

// What stands with the same neighbour on so large a share of the pages that have anything at its place, surely, is furniture whatever it
// reads like, and content with so small a probability. Six other pages that agree are enough.
const (
	furnitureShare = 0.6
	furniture      = 0.05
)

func (v *siteView) opinion(bl *block.Block, b int) float32 {
	if bl.Words == 0 {
		return v.before[b]
	}
	which, row := v.siteRow(bl, b, v.before[b])
	sum := 0.0
	for i, x := range row {
		sum += x * siteWeights[which][i]
	}
	p := float32(1 / (1 + math.Exp(-sum)))
	if e := &v.blocks[b]; which == 1 && surely(e.pair, e.place) >= furnitureShare || v.isSlot(bl, e) {
		p = min(p, furniture)
	}
	return p
}

// isSlot reports whether a block is what changes in furniture: the title of the next page beside the word for it, the name of the chapter
// in a line of links.
func (v *siteView) isSlot(bl *block.Block, e *evidence) bool {
	if bl.Kind == block.Cell && e.labels {
		return false // "Weight: 12 kg"
	}
	return !e.long && !e.amid && e.box > 0.5 && (bl.Kind == block.Cell || bl.LinkDensity() >= slotLinks) && surely(e.place, v.pages) >= slotShare
}

// Bounds of such a block: the share of its words that are a link, where it is no cell of a table, and on what share of the pages, surely,
// something stands at its place.
const (
	slotLinks = 0.8
	slotShare = 0.3
)

// siteRule is the place in rules that stands for the other pages of the host; siteRuleName is its name.
const (
	siteRule     = -1
	siteRuleName = "site-repeated"
)

// labelRepeated puts a label on blocks that other pages make chaff, so that nothing takes them back.
func (p *page) labelRepeated() {
	v := p.site
	if v == nil {
		return
	}
	for b := range p.blocks {
		if p.labels[b].reason == "" && p.isTaken(b) {
			p.labels[b] = label{siteRule, v.reason(b)}
		}
	}
}
