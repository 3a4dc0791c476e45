package cleaner

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
)

var (
	fitOpinions = flag.String("opinions", "", "the `folder` that train.py wrote to: fits the weights of a Site's evidence to its opinions of pages whose site it never saw")
	fitVerbose  = flag.Bool("fit-pages", false, "with -opinions, also print what Site changes on each page")
)

// A labelledPage is a page of a corpus, with the judge's opinions by models that never saw its site.
type labelledPage struct {
	ID, URL, Text, Lang, Host string
	doc                       *htmldoc.Document
	prior                     Prior
}

// readLabelled reads the corpus named sites, and the opinions of it.
func readLabelled(t *testing.T, corpus, opinions string) []*labelledPage {
	t.Helper()
	name := filepath.Base(corpus)
	var counts []int
	eachLine(t, filepath.Join(opinions, "first", name+".jsonl"), func(d *json.Decoder) error {
		var p struct{ Blocks []struct{} }
		err := d.Decode(&p)
		if err == nil {
			counts = append(counts, len(p.Blocks))
		}
		return err
	})
	kinds, blocks := floats(t, filepath.Join(opinions, "first", name+".kinds.f32")), floats(t, filepath.Join(opinions, name+".out.f32"))
	var pages []*labelledPage
	eachLine(t, filepath.Join(corpus, "truth.jsonl"), func(d *json.Decoder) error {
		p := &labelledPage{}
		if err := d.Decode(p); err != nil {
			return err
		}
		n := counts[len(pages)]
		p.prior = Prior{Kinds: kinds[:pageKinds], Blocks: blocks[:n]}
		kinds, blocks = kinds[pageKinds:], blocks[n:]
		f, err := os.Open(filepath.Join(corpus, "pages", p.ID+".html.gz"))
		require.NoError(t, err)
		defer f.Close()
		z, err := gzip.NewReader(f)
		require.NoError(t, err)
		p.doc, err = htmldoc.Parse(z, htmldoc.Source{URL: p.URL})
		require.NoError(t, err)
		pages = append(pages, p)
		return nil
	})
	return pages
}

func eachLine(t *testing.T, name string, one func(*json.Decoder) error) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(data)))
	for {
		if err := one(d); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			require.NoError(t, err)
		}
	}
}

func floats(t *testing.T, name string) []float32 {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

// fitTokens are words, or single characters of scripts without spaces, as train.py cuts them.
func fitTokens(s string) []string {
	var list []string
	start := -1
	s = strings.ToLower(s)
	for i, r := range s {
		word := r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
		single := r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7AF || r >= 0xF900 && r <= 0xFAFF
		if start >= 0 && (!word || single) {
			list = append(list, s[start:i])
			start = -1
		}
		if word && single {
			list = append(list, string(r))
		} else if word && start < 0 {
			start = i
		}
	}
	if start >= 0 {
		list = append(list, s[start:])
	}
	return list
}

// fitLabels says of each block whether it is content, as train.py does: half of its word trigrams are in the truth; a shorter one is a line
// there, or makes such a trigram with its neighbours.
func fitLabels(p *page, truth string) []bool {
	tokens := fitTokens(truth)
	triples, lines := make(map[[3]string]bool), make(map[string]bool)
	for i := 2; i < len(tokens); i++ {
		triples[[3]string(tokens[i-2:i+1])] = true
	}
	for line := range strings.SplitSeq(truth, "\n") {
		lines[strings.Join(fitTokens(line), " ")] = true
	}
	words := make([][]string, len(p.blocks))
	for b := range words {
		words[b] = fitTokens(p.blocks[b].Text)
	}
	labels := make([]bool, len(words))
	for b, own := range words {
		found := 0
		for i := 2; i < len(own); i++ {
			if triples[[3]string(own[i-2:i+1])] {
				found++
			}
		}
		switch {
		case len(own) >= 3:
			labels[b] = 2*found >= len(own)-2
		case len(own) > 0:
			labels[b] = lines[strings.Join(own, " ")]
			var near []string
			if b > 0 {
				near = append(near, words[b-1][max(0, len(words[b-1])-2):]...)
			}
			above := len(near)
			near = append(near, own...)
			if b+1 < len(words) {
				near = append(near, words[b+1][:min(2, len(words[b+1]))]...)
			}
			for i := 2; i < len(near); i++ {
				labels[b] = labels[b] || triples[[3]string(near[i-2:i+1])] && i-2 < above+len(own) && i >= above
			}
		}
	}
	return labels
}

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
	p.compare(snap)
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
	random := rand.New(rand.NewPCG(1, 2))
	var rows [fitFolds][2][]fitRow
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
			few := NewSite() // a few other pages, as early in a crawl
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
	base := siteWeights
	for which := range base {
		base[which] = [siteFeatures]float64{1}
	}
	fitted := func(fold int) (w [2][siteFeatures]float64) {
		for which := range w {
			var list []fitRow
			for f := range rows {
				if f != fold {
					list = append(list, rows[f][which]...)
				}
			}
			w[which] = fit(list, base[which])
		}
		return w
	}
	var before, after, weight [2]float64
	var weights [fitFolds][2][siteFeatures]float64
	for fold := range fitFolds {
		weights[fold] = fitted(fold)
		for which := range base {
			b, n := loss(rows[fold][which], base[which])
			a, _ := loss(rows[fold][which], weights[fold][which])
			before[which], after[which], weight[which] = before[which]+b, after[which]+a, weight[which]+n
		}
	}
	for which, what := range [...]string{"does not repeat", "repeats"} {
		fmt.Printf("%s: log loss %.4f, was %.4f, weight %.1f\n", what, after[which]/weight[which], before[which]/weight[which], weight[which])
	}
	all := fitted(-1)
	for which := range all {
		for i, w := range all[which] {
			fmt.Printf("%8.2f %s\n", w, siteFeatureNames[i])
		}
		fmt.Println(strings.Trim(strings.ReplaceAll(fmt.Sprintf("%.2f", all[which]), " ", ", "), "[]"))
	}
	compareSite(t, names, hosts, weights)
}

// minEvaluated is how many pages a host has at least on which Site is evaluated.
const minEvaluated = 5

// A siteScore sums up pages.
type siteScore struct {
	pages                      int
	f1                         [2]float64
	unwanted, lost             [2]int
	better, worse, worsePoints int
	repeated                   [2]int // words kept of chaff that stands on three pages
}

// compareSite cleans with and without a Site, each host by weights that were fitted to the others.
func compareSite(t *testing.T, names []string, hosts map[string][]*labelledPage, weights [fitFolds][2][siteFeatures]float64) {
	t.Helper()
	shipped := siteWeights
	defer func() { siteWeights = shipped }()
	scores := make(map[string]*siteScore)
	for _, host := range names {
		pages := hosts[host]
		if len(pages) < minEvaluated {
			continue
		}
		siteWeights = weights[foldOf(host)]
		site := NewSite()
		for _, p := range pages {
			site.Observe(p.doc)
		}
		snap := site.Snapshot()
		for _, p := range pages {
			repeats, kept := []bool(nil), [2][]bool{}
			var words []int
			var chaff []bool
			c := New(Options{Prior: &p.prior, Explain: func(trace *PageTrace) {
				which := 0
				if chaff == nil {
					texts := &page{}
					for _, b := range trace.Blocks {
						texts.blocks = append(texts.blocks, block.Block{Text: b.Text})
						words = append(words, b.Words)
					}
					for b, content := range fitLabels(texts, p.Text) {
						chaff = append(chaff, !content && trace.Blocks[b].Kind != "caption")
					}
				} else {
					which = 1
				}
				for _, b := range trace.Blocks {
					kept[which] = append(kept[which], b.Kept)
					if which == 1 {
						repeats = append(repeats, b.Pages >= minSitePages)
					}
				}
			}})
			var f1 [2]float64
			var texts [2]string
			var counts [2][2]int
			for i, s := range []*Snapshot{nil, snap} {
				if a, err := c.CleanDocumentOf(s, p.doc); err == nil {
					texts[i] = a.Text()
					if a.Title != "" && !strings.Contains(foldLetters(string([]rune(texts[i])[:min(len([]rune(texts[i])), len(a.Title)+200)])), foldLetters(a.Title)) {
						texts[i] = a.Title + "\n" + texts[i]
					}
				}
				f1[i], counts[i][0], counts[i][1] = bagScore(texts[i], p.Text)
			}
			groups := []string{"all", p.Lang}
			if *fitVerbose {
				groups = append(groups, "host "+host)
			}
			for _, group := range groups {
				s := scores[group]
				if s == nil {
					s = &siteScore{}
					scores[group] = s
				}
				s.pages++
				for b := range chaff {
					for i := range kept {
						if chaff[b] && repeats[b] && kept[i][b] {
							s.repeated[i] += words[b]
						}
					}
				}
				for i := range f1 {
					s.f1[i] += f1[i]
					s.unwanted[i] += counts[i][0]
					s.lost[i] += counts[i][1]
				}
				if f1[1] > f1[0] {
					s.better++
				} else if f1[1] < f1[0] {
					s.worse++
				}
				if f1[1] < f1[0]-0.02 {
					s.worsePoints++
				}
			}
			if *fitVerbose {
				folded := foldLetters(p.Text)
				for l := range strings.SplitSeq(texts[1], "\n") {
					if f := foldLetters(l); f != "" && !strings.Contains(folded, f) {
						fmt.Printf("LEFT %s %s\n", p.ID, l[:min(len(l), 160)])
					}
				}
			}
			if *fitVerbose && f1[0] != f1[1] {
				fmt.Printf("PAGE %+.4f %s %s (%d pages)\n", f1[1]-f1[0], p.ID, host, len(pages))
				printChanges(texts[0], texts[1], p.Text)
			}
		}
	}
	groups := make([]string, 0, len(scores))
	for g := range scores {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, cmp.Compare)
	for _, g := range groups {
		s := scores[g]
		n := float64(s.pages)
		fmt.Printf("%-8s %d pages: word F1 %.4f, without %.4f; unwanted words %d, without %d; repeated chaff kept %d, without %d; lost words %d, without %d; better %d, worse %d, by more than 0.02 %d\n",
			g, s.pages, s.f1[1]/n, s.f1[0]/n, s.unwanted[1], s.unwanted[0], s.repeated[1], s.repeated[0], s.lost[1], s.lost[0], s.better, s.worse, s.worsePoints)
	}
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

func printChanges(without, with, truth string) {
	a, b := strings.Split(without, "\n"), strings.Split(with, "\n")
	folded := foldLetters(truth)
	show := func(sign string, from, to []string) {
		for _, l := range from {
			if l != "" && !slices.Contains(to, l) {
				in := " chaff  "
				if strings.Contains(folded, foldLetters(l)) {
					in = " CONTENT"
				}
				fmt.Printf("   %s%s %s\n", sign, in, l[:min(len(l), 150)])
			}
		}
	}
	show("-", a, b)
	show("+", b, a)
}
