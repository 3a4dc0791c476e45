package main

import (
	"slices"
	"strings"
	"unicode"
)

// words splits a text into runs of letters, digits and underscores, like Python's \w+.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func bag(list []string) map[string]int {
	counts := make(map[string]int, len(list))
	for _, w := range list {
		counts[w]++
	}
	return counts
}

// overlap returns the size of the intersection of two bags.
func overlap(a, b map[string]int) int {
	both := 0
	for w, n := range a {
		both += min(n, b[w])
	}
	return both
}

// ratio contains precision, recall and their harmonic mean.
type ratio struct{ precision, recall, f1 float64 }

// wordRatio compares the words of a text with those of the truth, as bags and without regard to case. If neither has
// words, the result is 1; if only one has, it is 0.
func wordRatio(text, truth string) ratio {
	p, t := words(strings.ToLower(text)), words(strings.ToLower(truth))
	switch {
	case len(t) == 0 && len(p) == 0:
		return ratio{1, 1, 1}
	case len(t) == 0 || len(p) == 0:
		return ratio{}
	}
	both := float64(overlap(bag(p), bag(t)))
	return ratio{both / float64(len(p)), both / float64(len(t)), 2 * both / float64(len(p)+len(t))}
}

const shingleWords = 4

func shingles(s string) []string {
	w := words(s)
	if len(w) == 0 {
		return nil
	}
	list := make([]string, 0, len(w))
	for i := range max(1, len(w)-shingleWords+1) {
		list = append(list, strings.Join(w[i:min(i+shingleWords, len(w))], " "))
	}
	return list
}

// squeeze replaces each run of white space with one space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// foldWords returns the words of a text in lower case, separated by spaces.
func foldWords(s string) string { return strings.Join(words(strings.ToLower(s)), " ") }

// nameSet returns the different names in a byline, in lower case.
func nameSet(s string) []string {
	s = strings.TrimSpace(s)
	if first, rest, ok := strings.Cut(s, " "); ok {
		switch strings.ToLower(first) {
		case "by", "von", "par", "por", "da":
			s = rest
		}
	}
	fields := strings.Fields(s)
	for i, f := range fields {
		switch f {
		case "and", "und", "et":
			fields[i] = ";"
		}
	}
	var names []string
	for name := range strings.FieldsFuncSeq(strings.Join(fields, " "),
		func(r rune) bool { return strings.ContainsRune(";,|&/", r) }) {
		if name = foldWords(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// A tally adds up the scores of pages. f1, precision and recall are sums of word scores. found counts the snippets that
// must be in a text and are, lost those that must be but are not, and unwanted those that must not be but are. titled
// and dated count the pages whose truth has a title or a date; titles and days count those of them whose answer has the
// same title or date. namesRight, namesWrong and namesLost count author names.
type tally struct {
	pages, missing                        int
	judged                                int // pages whose truth has a text
	f1, precision, recall                 float64
	shinglePages                          [2]int // number of pages with a 4-gram precision, and with a 4-gram recall
	shinglePrecision, shingleRecall       float64
	found, unwanted, lost, titles, titled int
	days, dated                           int
	namesRight, namesWrong, namesLost     int
	posts                                 postTally
	comments                              float64 // sum of word F1
	commented                             int     // pages whose truth has comments
}

// add adds the scores of one page.
func (t *tally) add(truth *entry, got *answer) {
	t.pages++
	if got.missing {
		t.missing++
	}
	if truth.Text != nil {
		r := wordRatio(got.text, *truth.Text)
		t.judged++
		t.f1 += r.f1
		t.precision += r.precision
		t.recall += r.recall
		t.addShingles(*truth.Text, got.text)
	}
	text := squeeze(got.text)
	for _, s := range truth.With {
		if strings.Contains(text, squeeze(s)) {
			t.found++
		} else {
			t.lost++
		}
	}
	for _, s := range truth.Without {
		if strings.Contains(text, squeeze(s)) {
			t.unwanted++
		}
	}
	if truth.Title != "" {
		t.titled++
		if foldWords(truth.Title) == foldWords(got.title) {
			t.titles++
		}
	}
	if truth.Date != "" {
		t.dated++
		if truth.Date[:min(len(truth.Date), 10)] == got.date {
			t.days++
		}
	}
	if truth.Author != "" {
		want, have := nameSet(truth.Author), nameSet(got.author)
		right := 0
		for _, name := range have {
			if slices.Contains(want, name) {
				right++
			}
		}
		t.namesRight += right
		t.namesWrong += len(have) - right
		t.namesLost += len(want) - right
	}
	t.posts.add(truth.Posts, got.posts)
	if truth.Comments != "" {
		var all strings.Builder
		for k := range got.comments {
			all.WriteString(got.comments[k].Text() + "\n")
		}
		t.commented++
		t.comments += wordRatio(all.String(), truth.Comments).f1
	}
}

func (t *tally) addShingles(truth, text string) {
	a, b := shingles(truth), shingles(text)
	both := float64(overlap(bag(a), bag(b)))
	score := func(whole, other int) float64 {
		switch {
		case whole == 0 && other == 0:
			return 1
		case whole == 0:
			return 0
		}
		return both / float64(whole)
	}
	if len(a) > 0 || len(b) > 0 {
		if len(b) > 0 {
			t.shinglePages[0]++
			t.shinglePrecision += score(len(b), len(a))
		}
		if len(a) > 0 {
			t.shinglePages[1]++
			t.shingleRecall += score(len(a), len(b))
		}
	}
}

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

func per(a float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return a / float64(n)
}

// f1Of returns F1 from counts of right, wrong and missing results.
func f1Of(right, wrong, lost int) float64 { return per(2*float64(right), 2*right+wrong+lost) }

// A score is a measured number with its name.
type score struct {
	name  string
	value float64
}

// scores lists the scores that were measured.
func (t *tally) scores() []score {
	var list []score
	if t.judged > 0 {
		n := t.judged
		list = append(list, score{"word F1", per(t.f1, n)}, score{"word precision", per(t.precision, n)},
			score{"word recall", per(t.recall, n)},
			score{"4-gram F1", harmonic(per(t.shinglePrecision, t.shinglePages[0]), per(t.shingleRecall, t.shinglePages[1]))})
	}
	if t.found+t.lost > 0 {
		list = append(list, score{"snippet F1", f1Of(t.found, t.unwanted, t.lost)})
	}
	if t.titled > 0 {
		list = append(list, score{"title", per(float64(t.titles), t.titled)})
	}
	if t.namesRight+t.namesLost > 0 {
		list = append(list, score{"author F1", f1Of(t.namesRight, t.namesWrong, t.namesLost)})
	}
	if t.dated > 0 {
		list = append(list, score{"date", per(float64(t.days), t.dated)})
	}
	if t.commented > 0 {
		list = append(list, score{"comments F1", per(t.comments, t.commented)})
	}
	return append(list, t.posts.scores()...)
}
