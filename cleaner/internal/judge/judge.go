package judge

import (
	"embed"
	"math"
	"slices"
	"strconv"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/forest"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// The judge estimates each block's probability of being content, with decision trees that were trained on labeled pages
// (internal/train). It makes two passes. The first reads only the page. The second also reads the first opinions about
// the block and its neighbors, the rules' labels and the extractor's vote. The page's kind is estimated before both.

//go:embed model
var modelFiles embed.FS

// models loads the models when the first page is cleaned.
var models = sync.OnceValue(func() *judgeModels {
	load := func(name string, features, outputs int, hash string) *forest.Model {
		data, err := modelFiles.ReadFile("model/" + name + ".forest")
		if err != nil {
			panic(err) // the file is embedded
		}
		m, err := forest.Load(data, features, outputs, hash)
		if err != nil {
			panic(err) // a test loads all models
		}
		return m
	}
	data, err := modelFiles.ReadFile("model/lexicon")
	if err != nil {
		panic(err)
	}
	words, err := loadLexicon(data)
	if err != nil {
		panic(err)
	}
	return &judgeModels{
		lexicon: words,
		kind:    load("kind", kindRowCount, pageKinds, KindFeatureHash()),
		first:   load("first", secondStart, 1, FeatureHash()),
		second:  load("second", featureCount, 1, FeatureHash()),
	}
})

type judgeModels struct {
	kind, first, second *forest.Model
	lexicon             *lexicon
}

// judgeKind estimates the kind of page from the page's own row, unless the caller or training has given the kind, or
// the page says that it is part of a manual.
func (p *Page) judgeKind(row []float32) {
	p.KindRow = row
	switch prior := p.prior(); {
	case p.Options.Kind != KindUnknown && int(p.Options.Kind) <= pageKinds:
		p.kinds[p.Options.Kind-1] = 1
	case p.Meta.Claims.DeclareManual():
		p.kinds[KindDocumentation-1] = 1
	case prior != nil:
		copy(p.kinds[:], prior.Kinds)
	default:
		models().kind.Probabilities(row, p.kinds[:])
	}
	for k, probability := range p.kinds {
		if probability > p.KindProbability {
			p.Kind, p.KindProbability = Kind(k+1), probability
		}
	}
}

// KindOf returns the probability that the page is of a kind, 0 to 1. The kind must not be KindUnknown.
func (p *Page) KindOf(k Kind) float32 { return p.kinds[k-1] }

// For a block, the first pass stops after earlyTrees trees if its log-odds are above earlyMargin or below -earlyMargin,
// which is a probability of 0.97 or 0.03.
const (
	earlyTrees  = 50
	earlyMargin = 3.5
)

// JudgeFirst runs the first pass. From the page alone, it sets Features, KindRow, Kind, KindProbability, First and
// FirstThreshold.
func (p *Page) JudgeFirst() {
	p.describe()
	p.First = p.Memory.Float32s.Take(len(p.Blocks))
	switch prior := p.prior(); {
	case prior == nil:
		all, found := p.Memory.Int32s.Take(p.Features.rows()), p.Memory.Float32s.Take(p.Features.rows())
		for row := range all {
			all[row] = int32(row)
		}
		models().first.FillEarly(found, p.Features.Table.rows(), all, earlyTrees, earlyMargin)
		p.Features.spread(p.First, found)
	case len(prior.Blocks) == len(p.Blocks):
		copy(p.First, prior.Blocks)
	default:
		for b := range p.First {
			p.First[b] = 0.5
		}
	}
	p.FirstThreshold = p.bestThreshold(p.First)
}

// undoubted is how near to 0 or 1 a first opinion must be to be final. A block with a final opinion skips the second
// pass. In cross-validation, skipping the pass for such blocks makes no difference.
const undoubted = 0.05

// isClear reports whether the first opinion of a block is final.
func (p *Page) isClear(b int) bool {
	return p.prior() == nil && (p.First[b] < undoubted || p.First[b] > 1-undoubted)
}

// JudgeAgain runs the second pass. It sets Probabilities and Threshold. The final probability of a block is the mean of
// the two passes, which is better than the probability of either pass. For a block whose first opinion is final, it is
// that opinion.
func (p *Page) JudgeAgain() {
	p.secondPass()
	p.Probabilities, p.Threshold = p.First, p.FirstThreshold
	if p.prior() != nil {
		p.setThreshold()
		return
	}
	m := models().second
	d := p.Features
	p.Probabilities = p.Memory.Float32s.Take(len(p.Blocks))
	found, doubted := p.Memory.Float32s.Take(d.rows()), p.Memory.Int32s.Take(d.rows())[:0]
	for row := range found {
		b := d.representative(row)
		if found[row] = p.First[b]; !p.isClear(b) {
			doubted = append(doubted, int32(row))
		}
	}
	m.Fill(found, d.Table.rows(), doubted)
	for _, row := range doubted {
		found[row] = (p.First[d.representative(int(row))] + found[row]) / 2
	}
	d.spread(p.Probabilities, found)
	p.setThreshold()
}

// setThreshold computes the page's threshold from its probabilities, its kind and Options.Favored.
func (p *Page) setThreshold() {
	p.Threshold = p.bestThreshold(p.Probabilities)
	p.Threshold.At *= 1 + articleScale*p.kinds[KindArticle-1]
	if p.Meta.Claims.DeclareManual() {
		p.Threshold.At *= 1 - manualScale
	}
	p.Threshold.At = max(p.Threshold.At+p.Options.Favored, minFavored)
}

// A threshold is the probability above which blocks are kept, with the F1 that is expected from it.
type threshold struct{ At, F1 float32 }

const (
	// minThreshold and maxThreshold bound the threshold that bestThreshold returns.
	minThreshold = 0.2
	maxThreshold = 0.6

	// articleScale raises a page's threshold in proportion to the probability that the page is an article. The text
	// around an article is mostly chaff, while the content of a listing, a product page or a thread is all over the
	// page. On pages of collections that the judge had not seen, this gains 0.003 and 0.006 word F1 on two collections
	// of news, and loses nothing on other kinds of page except 0.001 on threads. A single higher threshold for all
	// kinds would lose on other pages what it gains on news.
	articleScale = 0.12

	// manualScale lowers the threshold of pages that say that they are part of a manual. Such pages are nearly all
	// content, much of which looks like menus to a judge that learned from articles: lists of functions, tables of
	// options, signatures. On 816 pages of 61 manuals, to be taken for documentation gains 0.006 word F1, and the lower
	// threshold 0.003.
	manualScale = 0.2

	// minFavored is the lowest threshold to which Options.Favored can lead.
	minFavored = 0.05
)

// bestThreshold returns the threshold with the best expected F1. The threshold is half of that F1 (Lipton, Elkan and
// Narayanaswamy: Optimal Thresholding of Classifiers to Maximize F1 Measure, ECML 2014). It keeps the threshold between
// minThreshold and maxThreshold. The threshold is near 0.5 if all probabilities are near 0 or 1. It is lower if many of
// them are not. Blocks that are fields of the article (see IsField) do not count.
func (p *Page) bestThreshold(probabilities []float32) threshold {
	// An element of order is the number of a block, below the inverted bits of its probability. Sorting integers is fast,
	// and probabilities, which are not negative, are in the same order as their bits.
	order := p.Memory.order.Take(len(p.Blocks))[:0]
	expected := float32(0)
	for b := range p.Blocks {
		// a block without words would change nothing
		if !IsField(p.Blocks[b].Kind) && p.Blocks[b].Words > 0 {
			order = append(order, uint64(^math.Float32bits(probabilities[b]))<<32|uint64(b))
			expected += probabilities[b] * float32(p.Blocks[b].Words)
		}
	}
	slices.Sort(order)
	best, right, kept := float32(0), float32(0), float32(0)
	for _, o := range order {
		b := uint32(o)
		words := float32(p.Blocks[b].Words)
		right += probabilities[b] * words
		kept += words
		if kept > 0 {
			best = max(best, 2*right/(kept+expected))
		}
	}
	return threshold{At: min(max(best/2, minThreshold), maxThreshold), F1: best}
}

// IsField reports whether blocks of a kind are separate fields, such as the byline, and so not part of the article's
// text.
func IsField(k block.Kind) bool {
	return k == block.Headline || k == block.Byline || k == block.Caption
}

// minJudgedWords is how many words a page must have for the judge to decide. Few pages in the training set had fewer.
const minJudgedWords = 90

// IsSmall reports whether a page has too few words for the judge to decide.
func (p *Page) IsSmall() bool {
	words := int32(0)
	for b := range p.Blocks {
		if words += p.Blocks[b].Words; words >= minJudgedWords {
			return false
		}
	}
	return true
}

// JudgedAny reports whether the judge found content: at least MinFallbackWords words, on a page that is not small. If
// not, the extractor's vote decides.
func (p *Page) JudgedAny() bool {
	if p.IsSmall() {
		return false
	}
	words := int32(0)
	for b := range p.Blocks {
		if p.Probabilities[b] > p.Threshold.At && !IsField(p.Blocks[b].Kind) {
			words += p.Blocks[b].Words
		}
	}
	return words >= MinFallbackWords
}

// maxReasons is how many reasons Reasons mentions at most. The others are bounds: Reasons mentions the share of links
// only if it is at least tellingLinks, and the weights and the opinions only if they are below tellingWeight and
// tellingOpinion.
const (
	maxReasons     = 3
	tellingLinks   = 0.5  // share of a block's words in links
	tellingWeight  = -1.5 // sum of the lexicon's weights, in log-odds
	tellingOpinion = 0.2  // mean opinion in a box around the block
)

// zoneReasons are the zones that Reasons mentions, and their descriptions.
var zoneReasons = []struct {
	zone zone.Zone
	name string
}{
	{zone.Nav, "navigation"},
	{zone.Related, "related pages"},
	{zone.Comments | zone.CommentType, "comments"},
	{zone.Share, "sharing"},
	{zone.Newsletter | zone.Signup, "subscribing"},
	{zone.Ad, "advertising"},
	{zone.Pager, "previous and next pages"},
	{zone.Breadcrumb, "breadcrumbs"},
	{zone.Tags, "topics"},
	{zone.AuthorBox, "author information"},
	{zone.Form, "a form"},
}

// Reasons returns the probability that block b is chaff and up to three reasons, in words, for dropping it. JudgeAgain
// must have run before.
func (p *Page) Reasons(b int) string {
	d, bl := p.Features, &p.Blocks[b]
	list := make([]string, 0, 8)
	if share := bl.LinkDensity(); share >= tellingLinks {
		list = append(list, "link density "+strconv.FormatFloat(share, 'f', 1, 64))
	}
	for _, z := range zoneReasons {
		if p.RawZones[bl.First]&z.zone != 0 {
			list = append(list, "inside a box for "+z.name)
			break
		}
	}
	s, depth := d.around(bl.Elem)
	for t, tag := range nearTags[:5] { // nav, aside, footer, header, form
		if distance(depth, s.tags[t]) < farAway {
			list = append(list, "inside "+article(tag.String()))
			break
		}
	}
	if p.ExtractorRan && !p.IsVoted(b) {
		list = append(list, "not kept by "+p.Source)
	}
	placed := p.placeReason(b)
	if placed != "" {
		list = append(list, placed)
	}
	if d.weights != nil {
		w := &d.weights[b]
		if w[tokenWord].sum+w[tokenLine].sum < tellingWeight {
			list = append(list, "worded like chaff")
		}
		if w[tokenOwn].sum+w[tokenNear].sum+w[tokenFar].sum < tellingWeight {
			list = append(list, "in boxes whose names suggest chaff")
		}
	}
	if mean := p.boxOpinion(b); mean < tellingOpinion {
		list = append(list, "its box is "+percentage(1-mean)+" chaff")
	}
	if len(list) == 0 {
		list = append(list, "because of its position and its neighbors")
	}
	if p.Probabilities[b] > p.Threshold.At {
		if list = list[:0]; placed == "" {
			placed = "decided together with its neighbors"
		}
		list = append(list, placed)
	}
	all := append(append(make([]byte, 0, 160), percentage(1-p.Probabilities[b])...), " chaff: "...)
	for i, reason := range list[:min(len(list), maxReasons)] {
		if i > 0 {
			all = append(all, ", "...)
		}
		all = append(all, reason...)
	}
	return string(all)
}

// percentage formats a share. The usual results are made in advance, because most blocks of a page have reasons.
func percentage(share float32) string {
	if n := math.RoundToEven(float64(100 * share)); 0 <= share && n < float64(len(percentages)) {
		return percentages[int(n)]
	}
	return strconv.FormatFloat(float64(100*share), 'f', 0, 32) + "%"
}

var percentages = func() (list [101]string) {
	for n := range list {
		list[n] = strconv.Itoa(n) + "%"
	}
	return list
}()

// boxOpinion returns the mean first opinion in the second-innermost box around a block (see levels).
func (p *Page) boxOpinion(b int) float32 {
	node := p.Blocks[b].Elem
	p.Features.level(&node)
	box, _ := p.Features.level(&node)
	return mean(p.opinions.kept[box], p.opinions.mass[box])
}

// article returns the name of an element with its indefinite article.
func article(tag string) string {
	if tag == "aside" {
		return "an " + tag
	}
	return "a " + tag
}
