package plaintext

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The features of a paragraph by itself.
const (
	words    = iota // at most maxWords
	letters         // characters per word
	score           // see page.score
	listed          // see page.isListed
	chrome          // see page.isChrome
	section         // the name of a section, such as "Sport"
	links           // a row of links
	marked          // an item of a list or a heading in Markdown
	fixed           // code or a row of a table
	ending          // the class of the last character, see endingOf
	opening         // the class of the first character, see openingOf
	digits          // the share of the characters that are digits
	capitals        // the share of the words that begin with a capital letter
	commas          // commas per word
	times           // has a time of day or a date in digits
	copies          // how often the text has the same line
	known           // how many of its words the body has, at most maxKnown
	share           // the share of its words that the body has
	title           // the title of the page begins or ends with it
	spaced          // has a blank line above it
	maximal         // the score of the maximal run (see maximalRuns) that contains it
	paragraphFeatures
)

var paragraphNames = [paragraphFeatures]string{
	"words", "letters", "score", "listed", "chrome", "section", "links", "marked", "fixed", "ending", "opening", "digits",
	"capitals", "commas", "times", "copies", "known", "share", "title", "spaced", "maximal",
}

const maxWords, maxKnown = 100, 10

// The features of a paragraph's place.
var placeNames = [...]string{
	"inside the body", "after the start of the body", "after the end of the body", "after the start", "before the end",
	"position",
}

// The features of the whole text.
var pageNames = [...]string{
	"page: paragraphs", "page: words", "page: share of the body", "page: share below the body", "page: prose per word",
	"page: share of short paragraphs", "page: listed above the body", "page: listed below the body", "page: chrome",
	"page: removed", "page: body",
}

// Some features of the paragraphs next to a paragraph are features of it, too.
var neighborFeatures = [...]int{words, ending, score, share}

const neighbors = 3 // on each side

// Sums over the paragraphs above and below a paragraph are features of it.
const (
	sumWords = iota
	sumProse
	sumShort
	sumListed
	sumChrome
	sumTimes
	sumTopical
	sumCount
)

var sumNames = [sumCount]string{"words", "prose", "short", "listed", "chrome", "times", "topical"}

// windows are the numbers of paragraphs over which sums are taken.
var windows = [...]int{2, 5, 12, 30}

// FeatureNames returns the names of the features, in order.
func FeatureNames() []string {
	var names []string
	names = append(names, paragraphNames[:]...)
	names = append(names, placeNames[:]...)
	names = append(names, pageNames[:]...)
	for n := 1; n <= neighbors; n++ {
		for _, side := range [...]string{"above", "below"} {
			for _, f := range neighborFeatures {
				names = append(names, fmt.Sprintf("%s of the %d. paragraph %s", paragraphNames[f], n, side))
			}
		}
	}
	for _, n := range windows {
		for _, side := range [...]string{"above", "below"} {
			for _, s := range sumNames {
				names = append(names, fmt.Sprintf("%s of %d paragraphs %s", s, n, side))
			}
		}
	}
	return names
}

var featureCount = len(FeatureNames())

// FeatureHash returns a hash of the names of the features. A model that was trained with a different hash does not
// load.
func FeatureHash() string {
	h := fnv.New64a()
	for _, name := range FeatureNames() {
		h.Write([]byte(name + "\n"))
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// A view contains the paragraphs of a text and what their features are computed from.
type view struct {
	runs       []run // the paragraphs
	values     [][paragraphFeatures]float32
	start, end int                 // the paragraphs of the body are runs[start:end]
	sums       [sumCount][]float32 // sums[s][i] is the sum over the first i paragraphs
	page       [len(pageNames)]float32
}

// view returns the text's paragraphs with their features.
func (t *page) view() *view {
	v := &view{runs: t.paragraphs()}
	v.values = make([][paragraphFeatures]float32, len(v.runs))
	body := t.findBody()
	about := t.topicOf(body.start, body.end)
	count := make(map[string]float32)
	for _, p := range v.runs {
		count[t.lines[p.start].text]++
	}
	maximals := maximalRuns(v.runs)
	for i, p := range v.runs {
		v.values[i] = t.valuesOf(p, about)
		v.values[i][copies] = count[t.lines[p.start].text]
		for len(maximals) > 0 && maximals[0].end <= p.start {
			maximals = maximals[1:]
		}
		if len(maximals) > 0 && maximals[0].start <= p.start {
			v.values[i][maximal] = float32(maximals[0].score)
		}
		if p.start < body.start {
			v.start = i + 1
		}
		if p.start < body.end {
			v.end = i + 1
		}
	}
	v.addUp()
	n := len(v.runs)
	all := max(v.sum(sumWords, 0, n), 1)
	v.page = [...]float32{
		float32(n), all, v.sum(sumWords, v.start, v.end) / all, v.sum(sumWords, v.end, n) / all, v.sum(sumProse, 0, n) / all,
		v.sum(sumShort, 0, n) / float32(max(n, 1)), v.sum(sumListed, 0, v.start), v.sum(sumListed, v.end, n),
		v.sum(sumChrome, 0, n), float32(t.countRemoved()), number(body.end > 0),
	}
	return v
}

func (t *page) countRemoved() int {
	count := 0
	for _, rule := range t.chaff {
		if rule != "" {
			count++
		}
	}
	return count
}

// valuesOf returns the features of a paragraph by itself, except for copies and maximal.
func (t *page) valuesOf(p run, about *topic) (f [paragraphFeatures]float32) {
	l := &t.lines[p.start]
	f[score] = float32(p.score)
	f[listed], f[chrome] = number(t.isListed(p.start)), number(t.isChrome(p.start))
	f[section] = number(phrase.IsSection(l.text))
	f[links], f[marked], f[fixed] = number(l.isLinks()), number(l.marked), number(l.fixed)
	f[spaced] = number(p.start > 0 && t.lines[p.start-1].text == "")
	f[title] = number(about.isTitle(l.text))
	f[opening], f[ending] = openingOf(l.text), endingOf(t.lines[p.end-1].text)
	var c characters
	count := 0
	for _, l := range t.lines[p.start:p.end] {
		count += text.CountWords(l.text)
		c.read(l.text)
	}
	f[words] = float32(min(count, maxWords))
	f[letters] = float32(c.all) / float32(max(count, 1))
	f[digits] = float32(c.digits) / float32(max(c.all, 1))
	f[capitals] = float32(c.capitals) / float32(max(c.words, 1))
	f[commas] = float32(c.commas) / float32(max(count, 1))
	f[times] = number(c.hasTime)
	both, all := about.share(t.lines[p.start:p.end])
	f[known] = float32(min(both, maxKnown))
	f[share] = float32(both) / float32(max(all, 1))
	return f
}

// isChrome reports whether line i is one that many sites have around their text, such as "Log in". A single name of a
// network and a single word of a form do not count, because they may be part of a list or of code.
func (t *page) isChrome(i int) bool {
	l := &t.lines[i]
	switch {
	case l.text == "" || l.fixed:
		return false
	case l.phrase == phrase.Related:
		return true
	case l.phrase == phrase.CommentForm:
		return text.CountWords(l.text) >= 2
	case phrase.CountShareNames(l.text, l.phrase) > 0:
		return false
	}
	return t.isListed(i)
}

// characters counts the characters of a paragraph by class.
type characters struct {
	all, digits, commas, words, capitals int

	hasTime bool // has two numbers of at most two digits with ':' or '.' between them
}

func (c *characters) read(line string) {
	inWord, inNumber := false, 0
	for i, r := range line {
		c.all++
		isDigit, isLetter := text.IsDigit(r), text.IsLetter(r)
		switch {
		case isDigit:
			c.digits++
		case r == ',', r == '，', r == '،', r == '、':
			c.commas++
		case r == ':', r == '.':
			c.hasTime = c.hasTime || inNumber > 0 && inNumber <= 2 && text.StartsWithDigit(line[i+1:])
		}
		if isLetter && !inWord {
			c.words++
			if text.IsUpper(r) {
				c.capitals++
			}
		}
		inWord = isLetter
		if isDigit {
			inNumber++
		} else {
			inNumber = 0
		}
	}
}

// endingOf returns the class of the last character of a line: 6 for the end of a sentence, lower numbers for others.
func endingOf(line string) float32 {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \"'”’»)]"))
	switch r {
	case '.', '。', '।', '۔':
		if strings.HasSuffix(line, "...") {
			return 4
		}
		return 6
	case '!', '?', '！', '？', '؟':
		return 5
	case '…':
		return 4
	case ':', '：':
		return 3
	case ',', ';', '，', '；':
		return 2
	}
	switch {
	case text.IsDigit(r):
		return 1
	case text.IsLetter(r):
		return 0
	}
	return -1
}

// openingOf returns the class of the first character of a line.
func openingOf(line string) float32 {
	r, _ := utf8.DecodeRuneInString(line)
	switch {
	case text.IsDigit(r):
		return 1
	case text.IsUpper(r):
		return 2
	case text.IsLetter(r):
		return 3
	case r == '"', r == '“', r == '«', r == '„', r == '「':
		return 4
	}
	return 0
}

func number(is bool) float32 {
	if is {
		return 1
	}
	return 0
}

// addUp computes the sums.
func (v *view) addUp() {
	for s := range v.sums {
		v.sums[s] = make([]float32, len(v.runs)+1)
	}
	for i := range v.runs {
		f := &v.values[i]
		for s, value := range [sumCount]float32{
			sumWords: f[words], sumProse: max(f[score], 0), sumShort: number(f[words] <= 4), sumListed: f[listed],
			sumChrome: max(f[chrome], f[section]), sumTimes: number(f[times] > 0 && f[words] < 12),
			sumTopical: number(f[share] >= 0.5 && f[known] >= 2),
		} {
			v.sums[s][i+1] = v.sums[s][i] + value
		}
	}
}

// sum returns a sum over the paragraphs [from:to], as far as they exist.
func (v *view) sum(s, from, to int) float32 {
	n := len(v.runs)
	return v.sums[s][min(max(to, 0), n)] - v.sums[s][min(max(from, 0), n)]
}

// appendRow appends the features of paragraph i.
func (v *view) appendRow(row []float32, i int) []float32 {
	n := len(v.runs)
	row = append(row, v.values[i][:]...)
	row = append(row, number(i >= v.start && i < v.end), float32(i-v.start), float32(i-v.end), float32(i), float32(n-i),
		float32(i)/float32(n))
	row = append(row, v.page[:]...)
	for k := 1; k <= neighbors; k++ {
		for _, at := range [...]int{i - k, i + k} {
			for _, f := range neighborFeatures {
				value := float32(outside)
				if at >= 0 && at < n {
					value = v.values[at][f]
				}
				row = append(row, value)
			}
		}
	}
	for _, w := range windows {
		for _, at := range [...][2]int{{i - w, i}, {i + 1, i + 1 + w}} {
			for s := range sumCount {
				row = append(row, v.sum(s, at[0], at[1]))
			}
		}
	}
	return row
}

// outside is the value of the features of neighbors that do not exist.
const outside = -100
