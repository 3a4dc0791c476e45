package plaintext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A run is a run of lines with a score: the lines of one paragraph, or of several.
type run struct {
	start, end int // lines[start:end]
	score      int
}

// A paragraph of prose scores as many points as it has words, but at most maxScore. A line that may be a title scores
// titleScore, and another line outsideScore. So ten short lines weigh as much as one paragraph, and headings, captions
// and short lists do not divide the text.
const maxScore, titleScore, outsideScore = 60, -3, -6

// The minimum number of words of a paragraph that ends like a sentence, and of another one.
const minSentence, minUnended = 8, 25

// The body of a text scores at least minBody. Another run belongs to it if it has 1/partOfBody of the score of the
// best, and below the first run at least minPart. Any run that is at most maxGap lines above the body belongs to it,
// too.
const minBody, minPart, partOfBody, maxGap = 80, 40, 4, 8

// findBody returns the lines from the first to the last paragraph of the text proper: the run of paragraphs with the
// highest score, and other runs with a high score, such as comments. It returns an empty run if no run has a high
// score, as in a list of products or a poem.
func (t *page) findBody() (body run) {
	runs := maximalRuns(t.paragraphs())
	best := 0
	for _, r := range runs {
		best = max(best, r.score)
	}
	if best < minBody {
		return run{}
	}
	first := -1
	for i, r := range runs {
		switch {
		case first < 0 && (r.score >= minBody || partOfBody*r.score >= best):
			first = i
			body.start, body.end = r.start, r.end
		case first >= 0 && r.score >= minPart && partOfBody*r.score >= best:
			body.end = r.end
		}
	}
	for i := first - 1; i >= 0 && body.start-runs[i].end <= maxGap; i-- {
		body.start = runs[i].start
	}
	return body
}

// paragraphs returns the paragraphs of the text with their scores. In wrapped text, a paragraph has several lines.
func (t *page) paragraphs() []run {
	var all []run
	width := t.wrappedWidth()
	for i := 0; i < len(t.lines); {
		if !t.stands(i) {
			i++
			continue
		}
		p := run{start: i, end: i + 1}
		for width > 0 && p.end < len(t.lines) && t.continues(p.end, width) {
			p.end++
		}
		p.score = t.score(p)
		all = append(all, p)
		i = p.end
	}
	return all
}

func (t *page) score(p run) int {
	if t.lines[p.start].fixed {
		return 0 // code and tables are in the text as well as around it
	}
	words, signs := 0, 0
	for _, l := range t.lines[p.start:p.end] {
		words += countProse(l.text)
		signs += countSigns(l.text)
	}
	if words < minSentence || signPer*signs > words {
		return outsideScore
	}
	ends := isProse(t.lines[p.end-1].text)
	links := t.lines[p.start].isLinks()
	switch {
	case words < minUnended && !ends && !links:
		return titleScore
	case words < minUnended && !ends || links || t.isListed(p.start):
		return outsideScore
	}
	return min(words, maxScore)
}

// countProse counts the words of a line that are not parts of addresses.
func countProse(line string) int {
	if !strings.Contains(line, "/") {
		return text.CountWords(line)
	}
	words := 0
	for field := range strings.FieldsSeq(line) {
		if strings.Count(field, "/") < 2 {
			words += text.CountWords(field)
		}
	}
	return words
}

// A paragraph with a sign of code for every few words is a script or a row of a menu.
const signPer = 3

// countSigns counts the signs that scripts and styles have.
func countSigns(line string) int {
	signs := 0
	for i := range len(line) {
		switch line[i] {
		case '{', '}', '=', '<', '>', ';', '_', '|', '\\':
			signs++
		}
	}
	return signs
}

// isLinks reports whether a line is a row of links: a line of links in Markdown, or of short parts with signs between
// them.
func (l *line) isLinks() bool {
	if l.linked {
		return true
	}
	signs := strings.Count(l.text, "|") + strings.Count(l.text, " · ") + strings.Count(l.text, " • ")
	return signs >= 3 && text.CountWords(l.text) < 6*signs
}

// maxColumns is the width of the longest line of a text that was wrapped.
const maxColumns = 100

// wrappedWidth returns the width of the longest line if the paragraphs of the text are wrapped into lines of at most
// maxColumns. Otherwise, it returns 0.
func (t *page) wrappedWidth() int {
	long, all, width := 0, 0, 0
	for i := range t.lines {
		l := &t.lines[i]
		if !t.stands(i) || l.fixed {
			continue
		}
		all++
		switch n := columns(l.text); {
		case n <= maxColumns:
			width = max(width, n)
		case countProse(l.text) >= minProse:
			long++
		}
	}
	if 50*long > all {
		return 0
	}
	return width
}

// columns returns the width of a line on a terminal, where a Chinese character takes two columns.
func columns(line string) int { return utf8.RuneCountInString(line) + text.UnspacedLength(line) }

// continues reports whether line i continues the line above it in text that is wrapped to a width. That line must be
// nearly as wide, links and indentation not counted. Line i must begin with a small letter, or the line above it must
// have punctuation. So the titles in a list do not continue each other.
func (t *page) continues(i, width int) bool {
	l, above := &t.lines[i], &t.lines[i-1]
	if !t.stands(i) || l.fixed || l.marked || above.fixed || l.phrase != phrase.None ||
		columns(above.text) < max(minWrapped, width*3/5) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return unicode.IsLower(first) || strings.ContainsAny(above.text, ".?!,。！？，।؟،、")
}

// maximalRuns returns all maximal runs of paragraphs, in order. A run is maximal if no shorter or longer run around it
// has a higher score (W. L. Ruzzo and M. Tompa, "A linear time algorithm for finding all maximal scoring subsequences",
// 1999).
func maximalRuns(paragraphs []run) []run {
	type sums struct {
		before, after int // the sums of all scores up to the start and the end of a run
		lower         int // the index of the last earlier run with a smaller before, or -1
	}
	var runs []run
	var of []sums // parallel to runs
	sum := 0
	for _, r := range paragraphs {
		s := sums{before: sum, after: sum + r.score}
		sum = s.after
		if r.score <= 0 {
			continue
		}
		for {
			s.lower = len(runs) - 1
			for s.lower >= 0 && of[s.lower].before >= s.before {
				s.lower = of[s.lower].lower
			}
			if s.lower < 0 || of[s.lower].after >= s.after {
				break
			}
			r.start, s.before = runs[s.lower].start, of[s.lower].before
			runs, of = runs[:s.lower], of[:s.lower]
		}
		r.score = s.after - s.before
		runs, of = append(runs, r), append(of, s)
	}
	return runs
}
