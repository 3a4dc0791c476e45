package plaintext

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/forest"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

//go:embed model/paragraphs.forest
var modelFile []byte

var model = sync.OnceValue(func() *forest.Model {
	m, err := forest.Load(modelFile, featureCount, 1, FeatureHash())
	if err != nil {
		panic(err) // a test loads the model
	}
	return m
})

// A run of paragraphs is removed if each of them is content with a probability below maxContent, and one of them is
// sure: it has a probability below sureChaff, or below maxListed if it is one that many sites have around their text.
// So a list goes as a whole.
const maxContent, sureChaff, maxListed = 0.2, 0.05, 0.25

const (
	// A text is that of a whole page if at least minAround paragraphs, and one in partAround of all, would be removed. If
	// several of them are ones that many sites have (see countKnown), each of these counts as listedCount, and the part of
	// the whole does not matter.
	minAround, partAround, listedCount = 10, 3, 3
	// minListed paragraphs that many sites have are evidence, if one has several words: single words may be a list of
	// commands. So are minSections different names of sections.
	minListed, minSections = 3, 5
	// maxView is the maximum number of paragraphs of a text that the model reads. It bounds memory and time.
	maxView = 20_000
	// The headline is at most maxHeader paragraphs above the body.
	maxHeader = 12
)

// markAround removes what surrounds the text of a whole page: menus, lists of other articles, boxes, the foot of the
// page. Neither the headline nor what is between it and the body is removed, and no single paragraph between two that
// stay.
func markAround(t *page, name string) {
	v, opinions := t.opinions()
	if v == nil {
		return
	}
	header := v.header()
	var around []int
	for i := 0; i < len(opinions); i++ {
		start, isSure := len(around), false
		for ; i < len(opinions) && (i < header || i >= v.start) && v.values[i][fixed] == 0; i++ {
			p, isListed := withNeighbors(opinions, i), v.values[i][chrome]+v.values[i][section] > 0
			if p >= maxContent && !(isListed && p < maxListed) {
				break
			}
			around = append(around, i)
			isSure = isSure || isListed || p < sureChaff
		}
		if !isSure {
			around = around[:start]
		}
	}
	known := t.countKnown(v, around)
	if len(around)+(listedCount-1)*known < minAround || known == 0 && partAround*len(around) < len(opinions) {
		return
	}
	for _, i := range around {
		for k := v.runs[i].start; k < v.runs[i].end; k++ {
			t.take(k, name)
		}
	}
}

// withNeighbors returns the opinion on paragraph i, or that on the less probable of its neighbors if it is higher.
func withNeighbors(opinions []float32, i int) float32 {
	if i == 0 || i == len(opinions)-1 {
		return opinions[i]
	}
	return max(opinions[i], min(opinions[i-1], opinions[i+1]))
}

// countKnown returns how many different lines that many sites have around their text are among some paragraphs and the
// lines that other rules removed. It returns 0 if they are no evidence.
func (t *page) countKnown(v *view, around []int) int {
	known, sections := make(map[string]bool), make(map[string]bool)
	phrases := false
	count := func(line string) {
		known[line] = true
		phrases = phrases || text.CountWords(line) > 1
	}
	for i := range t.lines {
		if t.chaff[i] != "" && t.lines[i].phrase != phrase.None && len(known) < minAround {
			count(t.lines[i].text)
		}
	}
	for _, i := range around {
		line := t.lines[v.runs[i].start].text
		switch f := &v.values[i]; {
		case f[section] > 0:
			sections[line] = true
		case f[chrome] > 0:
			count(line)
		}
	}
	if all := len(known) + len(sections); all >= minListed && phrases || len(sections) >= minSections {
		return all
	}
	return 0
}

// opinions returns the paragraphs of a text with a body, and how probable it is that each is content.
func (t *page) opinions() (*view, []float32) {
	v := t.view()
	n := len(v.runs)
	if v.end == 0 || n > maxView {
		return nil, nil
	}
	table := forest.Table{Values: make([]float32, 0, n*featureCount), Length: featureCount}
	rows := make([]int32, n)
	for i := range n {
		table.Values = v.appendRow(table.Values, i)
		rows[i] = int32(i)
	}
	opinions := make([]float32, n)
	model().Fill(opinions, table, rows)
	return v, opinions
}

// header returns the index of the first paragraph of the header: the headline, if there is one above the body.
func (v *view) header() int {
	header := v.start
	for i := v.start - 1; i >= max(v.start-maxHeader, 0); i-- {
		if f := &v.values[i]; f[title] > 0 || f[share] >= 0.5 && f[known] >= 2 {
			header = i
		}
	}
	return header
}

// A Paragraph is a paragraph of a text as the model sees it.
type Paragraph struct {
	Text     string
	Row      []float32 // its features, see FeatureNames
	IsHeader bool      // the headline, or between it and the body
}

// Describe returns the paragraphs that remain of a text after all rules but the model's. It is for training.
func Describe(s string) []Paragraph {
	lines := strings.Split(s, "\n")
	t := page{lines: readLines(lines), chaff: make([]string, len(lines))}
	for _, rule := range Rules {
		if !rule.isEdge {
			rule.mark(&t, rule.Name)
		}
	}
	v := t.view()
	header := v.header()
	paragraphs := make([]Paragraph, len(v.runs))
	for i, r := range v.runs {
		var b strings.Builder
		for _, l := range t.lines[r.start:r.end] {
			b.WriteString(l.text + "\n")
		}
		paragraphs[i] = Paragraph{b.String(), v.appendRow(nil, i), i >= header && i < v.start}
	}
	return paragraphs
}
