package judge

import "math"

// signalNames are the names of the Signals.
var signalNames = [...]string{
	"expected F1", "expected precision", "words kept", "words", "share kept", "extractor ran", "links", "words a block",
	"headline seen", "outside the voted text",
}

// Signals are numbers about a page and about the part of it that was kept. The confidence in the article is computed
// from them.
type Signals [len(signalNames)]float32

// ReadSignals sets p.Signals. The function kept reports whether block b is in the article.
func (p *Page) ReadSignals(kept func(b int) bool) {
	var words, right, all, links, outside, blocks float32
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if IsField(bl.Kind) {
			continue
		}
		w := float32(bl.Words)
		if all += w; !kept(b) {
			continue
		}
		blocks++
		words += w
		right += w * p.Probabilities[b]
		links += float32(bl.LinkWords)
		if p.OutsideText(b) {
			outside += w
		}
	}
	p.Signals = Signals{
		p.Threshold.F1, mean(right, words), logOf(words), logOf(all), mean(words, all), one(p.ExtractorRan),
		mean(links, words), logOf(mean(words, blocks)), one(p.headlineBlock() >= 0), mean(outside, words),
	}
}

// Confidence returns the probability, 0 to 1, that the article has a word F1 of 0.9 or more. It is computed by logistic
// regression. train/confidence.py fits the weights, and tests them on collections that were left out of training.
func (p *Page) Confidence() float64 {
	z := confidenceBias
	for k, weight := range confidenceWeights {
		z += weight * float64(p.Signals[k])
	}
	return 1 / (1 + math.Exp(-z))
}

// confidenceBias is the bias of the logistic regression.
const confidenceBias = -6.336

// confidenceWeights are the weights of the Signals.
var confidenceWeights = [len(signalNames)]float64{
	2.722, 3.416, 0.139, 0.105, 0.661, 0.392, -1.185, 0.177, -0.180, -0.379,
}

func logOf(x float32) float32 { return float32(math.Log1p(float64(x))) }

func one(is bool) float32 {
	if is {
		return 1
	}
	return 0
}
