package cleaner

import (
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var fitOpinions = flag.String("opinions", "", "the `folder` that train.py wrote to: fits the weights of a Site's evidence to its opinions of pages whose site it never saw")

// A fitRow is a block as the regressions see it.
type fitRow struct {
	row    [siteFeatures]float64
	label  bool
	weight float64
}

// rowsOf describes the blocks of a page beside others.
func rowsOf(pg *labelledPage, snap *Snapshot) (rows [2][]fitRow) {
	c := New(Options{Prior: &pg.prior})
	p := c.page(pg.doc, snap)
	p.read()
	p.compare(snap, nil)
	p.note()
	p.judgeFirst()
	p.vote(c.extractor)
	p.label()
	p.judgeAgain()
	p.site.hear(p, p.probabilities)
	defer p.release()
	labels := fitLabels(p, pg.Text)
	sum := 0.0
	for b := range p.blocks {
		if bl := &p.blocks[b]; bl.Words > 0 && !isField(bl.Kind) {
			sum += math.Sqrt(float64(bl.Words))
		}
	}
	for b := range p.blocks {
		if bl := &p.blocks[b]; bl.Words > 0 && !isField(bl.Kind) {
			which, row := p.site.siteRow(bl, b, pg.prior.Blocks[b])
			rows[which] = append(rows[which], fitRow{row, labels[b], math.Sqrt(float64(bl.Words)) / sum})
		}
	}
	return rows
}

// fit finds the weights by Newton's method, with a penalty on their squares.
func fit(rows []fitRow, base [siteFeatures]float64) [siteFeatures]float64 {
	const penalty = 0.05
	w := base
	for range 25 {
		var gradient [siteFeatures]float64
		var hessian [siteFeatures][siteFeatures]float64
		for i := range w {
			gradient[i], hessian[i][i] = penalty*(base[i]-w[i]), penalty
		}
		for r := range rows {
			x := &rows[r].row
			sum, y := 0.0, 0.0
			for i := range w {
				sum += w[i] * x[i]
			}
			if rows[r].label {
				y = 1
			}
			p := 1 / (1 + math.Exp(-sum))
			for i := range w {
				gradient[i] += rows[r].weight * (y - p) * x[i]
				for k := range w {
					hessian[i][k] += rows[r].weight * p * (1 - p) * x[i] * x[k]
				}
			}
		}
		step := solve(hessian, gradient)
		for i := range w {
			w[i] += step[i]
		}
	}
	return w
}

// solve is Gaussian elimination.
func solve(a [siteFeatures][siteFeatures]float64, b [siteFeatures]float64) [siteFeatures]float64 {
	for i := range b {
		best := i
		for k := i + 1; k < len(b); k++ {
			if math.Abs(a[k][i]) > math.Abs(a[best][i]) {
				best = k
			}
		}
		a[i], a[best], b[i], b[best] = a[best], a[i], b[best], b[i]
		for k := i + 1; k < len(b); k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < len(b); j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		for j := i + 1; j < len(b); j++ {
			b[i] -= a[i][j] * b[j]
		}
		b[i] /= a[i][i]
	}
	return b
}

func loss(rows []fitRow, w [siteFeatures]float64) (sum, weight float64) {
	for r := range rows {
		z := 0.0
		for i, x := range rows[r].row {
			z += w[i] * x
		}
		if !rows[r].label {
			z = -z
		}
		sum += rows[r].weight * math.Log1p(math.Exp(-z))
		weight += rows[r].weight
	}
	return sum, weight
}

const fitFolds = 5

func foldOf(host string) int {
	h := fnv.New32a()
	_, _ = io.WriteString(h, host)
	return int(h.Sum32() % fitFolds)
}

// weightsOf fits both regressions to the rows of all hosts but those of a fold.
func weightsOf(rows *[fitFolds][2][]fitRow, fold int) (w [2][siteFeatures]float64) {
	for which := range w {
		var list []fitRow
		for f := range rows {
			if f != fold {
				list = append(list, rows[f][which]...)
			}
		}
		w[which] = fit(list, judgeAlone)
	}
	return w
}

// judgeAlone are the weights by which nothing changes.
var judgeAlone = [siteFeatures]float64{1}

// rowsOfHosts describes each page of each host twice: beside all others, and beside a few, as early in a crawl.
func rowsOfHosts(names []string, hosts map[string][]*labelledPage) *[fitFolds][2][]fitRow {
	random := rand.New(rand.NewPCG(1, 2))
	rows := new([fitFolds][2][]fitRow)
	for _, host := range names {
		pages := hosts[host]
		if len(pages) < minSitePages {
			continue
		}
		whole := NewSite()
		for _, p := range pages {
			whole.Observe(p.doc)
		}
		snap := whole.Snapshot()
		for i, p := range pages {
			few := NewSite()
			for _, k := range random.Perm(len(pages))[:min(len(pages), minSitePages+random.IntN(6))] {
				if k != i {
					few.Observe(pages[k].doc)
				}
			}
			few.Observe(p.doc)
			for _, s := range []*Snapshot{snap, few.Snapshot()} {
				for which, list := range rowsOf(p, s) {
					rows[foldOf(host)][which] = append(rows[foldOf(host)][which], list...)
				}
			}
		}
	}
	return rows
}

// TestFitSite fits the weights of the two regressions and prints them, to be copied into site_decide.go; then it says, cross-validated by
// host, what they are worth. It needs DECHAFF_CORPUS and the folder that train.py wrote to:
//
//	DECHAFF_CORPUS=CORPORA go test ./cleaner -run FitSite -v -opinions DIR
func TestFitSite(t *testing.T) {
	if *fitOpinions == "" {
		t.Skip("there are no opinions to fit to: -opinions")
	}
	hosts := make(map[string][]*labelledPage)
	var names []string
	for _, p := range readLabelled(t, filepath.Join(os.Getenv("DECHAFF_CORPUS"), "sites"), *fitOpinions) {
		if hosts[p.Host] == nil {
			names = append(names, p.Host)
		}
		hosts[p.Host] = append(hosts[p.Host], p)
	}
	slices.Sort(names)
	rows := rowsOfHosts(names, hosts)
	var before, after, weight [2]float64
	var weights [fitFolds][2][siteFeatures]float64
	for fold := range fitFolds {
		weights[fold] = weightsOf(rows, fold)
		for which := range before {
			b, n := loss(rows[fold][which], judgeAlone)
			a, _ := loss(rows[fold][which], weights[fold][which])
			before[which], after[which], weight[which] = before[which]+b, after[which]+a, weight[which]+n
		}
	}
	for which, w := range weightsOf(rows, -1) {
		fmt.Printf("%s: log loss %.4f, was %.4f, weight %.1f\n", []string{"does not repeat", "repeats"}[which], after[which]/weight[which], before[which]/weight[which], weight[which])
		for i := range w {
			fmt.Printf("%8.2f  %s\n", w[i], siteFeatureNames[i])
		}
	}
	compareSite(t, names, hosts, weights)
}

// minEvaluated is how many pages a host has at least on which Site is evaluated.
const minEvaluated = 5

// A siteScore sums up pages: first without, then with.
type siteScore struct {
	pages                      int
	f1                         [2]float64
	unwanted, lost             [2]int
	better, worse, worsePoints int
}

func (s *siteScore) add(f1 [2]float64, unwanted, lost [2]int) {
	s.pages++
	for i := range f1 {
		s.f1[i] += f1[i]
		s.unwanted[i] += unwanted[i]
		s.lost[i] += lost[i]
	}
	switch {
	case f1[1] > f1[0]:
		s.better++
	case f1[1] < f1[0]:
		s.worse++
	}
	if f1[1] < f1[0]-0.02 {
		s.worsePoints++
	}
}

// compareSite cleans with and without a Site, each host by weights that were fitted to the others.
func compareSite(t *testing.T, names []string, hosts map[string][]*labelledPage, weights [fitFolds][2][siteFeatures]float64) {
	t.Helper()
	shipped := siteWeights
	defer func() { siteWeights = shipped }()
	scores := map[string]*siteScore{"all": {}}
	for _, host := range names {
		if len(hosts[host]) < minEvaluated {
			continue
		}
		siteWeights = weights[foldOf(host)]
		site := NewSite()
		for _, p := range hosts[host] {
			site.Observe(p.doc)
		}
		snap := site.Snapshot()
		for _, p := range hosts[host] {
			var f1 [2]float64
			var unwanted, lost [2]int
			for i, s := range []*Snapshot{nil, snap} {
				f1[i], unwanted[i], lost[i] = bagScore(textWithTitle(p, s), p.Text)
			}
			if scores[p.Lang] == nil {
				scores[p.Lang] = &siteScore{}
			}
			scores["all"].add(f1, unwanted, lost)
			scores[p.Lang].add(f1, unwanted, lost)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(scores)) {
		s := scores[g]
		n := float64(s.pages)
		fmt.Printf("%-8s %d pages: word F1 %.4f, without %.4f; unwanted words %d, without %d; lost words %d, without %d; better %d, worse %d, by more than 0.02 %d\n",
			g, s.pages, s.f1[1]/n, s.f1[0]/n, s.unwanted[1], s.unwanted[0], s.lost[1], s.lost[0], s.better, s.worse, s.worsePoints)
	}
}

// textWithTitle is a page's text by the opinions of a judge that never saw its site, with its title before it, as the truth has it.
func textWithTitle(p *labelledPage, s *Snapshot) string {
	a, err := New(Options{Prior: &p.prior}).CleanDocumentOf(s, p.doc)
	if err != nil {
		return ""
	}
	text := a.Text()
	start := []rune(text)
	if start = start[:min(len(start), len([]rune(a.Title))+200)]; a.Title != "" && !strings.Contains(foldLetters(string(start)), foldLetters(a.Title)) {
		text = a.Title + "\n" + text
	}
	return text
}

func bagScore(text, truth string) (f1 float64, unwanted, lost int) {
	bag := make(map[string]int)
	split := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	got, want := split(text), split(truth)
	for _, w := range want {
		bag[w]++
	}
	both := 0
	for _, w := range got {
		if bag[w] > 0 {
			bag[w]--
			both++
		}
	}
	if len(got)+len(want) == 0 {
		return 1, 0, 0
	}
	return 2 * float64(both) / float64(len(got)+len(want)), len(got) - both, len(want) - both
}
