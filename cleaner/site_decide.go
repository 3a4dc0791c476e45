package cleaner

import (
	"math"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// The judge does not know other pages. What they say of a block comes after it, in two small logistic regressions: of blocks whose
// text stands on three pages or more, and of all others. They were fitted on labelled pages by TestFitSite (site_fit_test.go), to
// opinions of judges that had never seen the host.

const siteFeatures = 10

// siteFeatureNames are what siteRow computes.
var siteFeatureNames = [siteFeatures]string{
	"judge, log-odds", "always", "here", "anywhere", "with its neighbour", "around", "box", "words", "links repeated", "links of its own",
}

// siteWeights are the weights of the two regressions: [0] of what does not repeat, [1] of what does.
var siteWeights = [2][siteFeatures]float64{
	{1},
	{1},
}

// maxOpinion bounds the judge's opinion, in log-odds, so that the other pages can have a say.
const maxOpinion = 5

func logOdds(p float32) float64 {
	const least = 1e-4
	q := min(max(float64(p), least), 1-least)
	return min(max(math.Log(q/(1-q)), -maxOpinion), maxOpinion)
}

// siteRow describes a block for the regression that is asked of it. All but the judge's opinion is 0 where the other pages say nothing.
func (v *siteView) siteRow(bl *block.Block, b int, opinion float32) (which int, row [siteFeatures]float64) {
	e := &v.blocks[b]
	own := 0.0
	if len(v.sighting.blocks[b].links) > 0 {
		own = 1 - float64(e.links)
	}
	row = [siteFeatures]float64{logOdds(opinion), 0, 0, 0, 0, float64(e.around) - 0.5, float64(e.box) - 0.5, 0, float64(e.links), 0}
	if !e.repeats() {
		row[2] = surely(e.place, v.pages)
		return 0, row
	}
	row[1], row[2], row[3], row[4] = 1, surely(e.here, e.place), surely(e.text, v.pages), surely(e.pair, v.pages)
	row[7], row[9] = math.Log1p(float64(bl.Words))/4, own
	return 1, row
}

// reconsider changes the judge's opinions by what other pages of the host say.
func (p *page) reconsider() {
	v := p.site
	if v == nil {
		return
	}
	v.before = p.probabilities
	p.probabilities = make([]float32, len(p.blocks))
	for b := range p.blocks {
		p.probabilities[b] = v.opinion(&p.blocks[b], b)
	}
	p.setThreshold()
}

func (v *siteView) opinion(bl *block.Block, b int) float32 {
	if bl.Words == 0 {
		return v.before[b]
	}
	which, row := v.siteRow(bl, b, v.before[b])
	sum := 0.0
	for i, x := range row {
		sum += x * siteWeights[which][i]
	}
	return float32(1 / (1 + math.Exp(-sum)))
}

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
		if p.labels[b].reason == "" && v.blocks[b].repeats() && p.probabilities[b] < v.before[b] && p.probabilities[b] <= p.threshold.at {
			p.labels[b] = label{siteRule, v.reason(b)}
		}
	}
}

