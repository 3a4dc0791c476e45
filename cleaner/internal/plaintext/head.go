package plaintext

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// headWindow is the number of lines with text at the start that are searched for the path to the page.
const headWindow = 10

// markHead removes the run of listed lines with which a text begins, if one of them can only be chaff, the path to the
// page near the start, and the labels above Markdown (see takeReaderHead).
func markHead(t *page, name string) {
	t.takeReaderHead(name)
	end, certain := 0, false
	for i := range t.lines {
		if !t.stands(i) {
			continue
		}
		if !t.isListed(i) {
			certain = certain && end > 0
			break
		}
		end = i + 1
		certain = certain || t.isCertain(i)
	}
	if !certain || !t.anyStandsFrom(end) {
		end = 0
	}
	for i := range end {
		if t.stands(i) {
			t.take(i, name)
		}
	}
	for i, seen := end, 0; i < len(t.lines) && seen < headWindow; i++ {
		if !t.stands(i) {
			continue
		}
		seen++
		if l := &t.lines[i]; !l.fixed && phrase.IsBreadcrumb(l.text) {
			t.take(i, name)
		}
	}
}

// takeReaderHead removes the labels that services for language models put above the Markdown of a page: the address,
// and "Markdown Content:". The title goes, too, if the page has the headline above the text. The date stays.
func (t *page) takeReaderHead(name string) {
	title, source := -1, -1
	for i, seen := 0, 0; i < len(t.lines) && seen < headWindow; i++ {
		if !t.stands(i) {
			continue
		}
		l := t.lines[i].text
		switch {
		case seen == 0 && strings.HasPrefix(l, readerTitle):
			title = i
		case strings.HasPrefix(l, "URL Source: "):
			source = i
		case l == "Markdown Content:" && source >= 0:
			t.take(source, name)
			t.take(i, name)
			if title >= 0 && t.hasHeadline(i+1, t.lines[title].text[len(readerTitle):]) {
				t.take(title, name)
			}
			return
		}
		seen++
	}
}

const readerTitle = "Title: "

// hasHeadline reports whether one of the lines from i to the start of the body is the given headline.
func (t *page) hasHeadline(i int, headline string) bool {
	start := t.findBody().start
	headline = text.FoldLetters(headline)
	for ; i < start; i++ {
		if t.stands(i) && !t.lines[i].fixed && text.EqualFolded(t.lines[i].text, headline) {
			return true
		}
	}
	return false
}

// anyStandsFrom reports whether any text is left from line i on.
func (t *page) anyStandsFrom(i int) bool {
	for ; i < len(t.lines); i++ {
		if t.stands(i) {
			return true
		}
	}
	return false
}

// headlineWindow is the number of lines with text below the headline that are searched for a repetition of it.
const headlineWindow = 4

func markHeadline(t *page, name string) {
	first := -1
	for i, seen := 0, 0; i < len(t.lines) && seen <= headlineWindow; i++ {
		if !t.stands(i) || t.lines[i].fixed {
			if t.lines[i].fixed && t.chaff[i] == "" {
				return
			}
			continue
		}
		switch {
		case first < 0:
			if !t.isHeadline(i) {
				return
			}
			first = i
		case text.FoldLetters(t.lines[first].text) == text.FoldLetters(t.lines[i].text) &&
			text.CountWords(t.lines[i].text) >= 3 && !t.beginsStanza(i):
			t.take(i, name)
			continue // a removed line does not count toward the window
		}
		seen++
	}
}

// isHeadline reports whether line i can be a headline: it must be short, must not end in a period, a comma or a
// semicolon, and must not be a line of a longer paragraph or a poem.
func (t *page) isHeadline(i int) bool {
	line := t.lines[i].text
	if len(line) > 300 || strings.HasSuffix(line, ".") || strings.HasSuffix(line, ",") ||
		strings.HasSuffix(line, "。") || strings.HasSuffix(line, ";") {
		return false
	}
	if i+1 == len(t.lines) || t.lines[i+1].text == "" || t.chaff[i+1] != "" || t.lines[i+1].text == line {
		return true
	}
	return !t.hasParagraphs() && t.hasProse() // in a text with paragraphs, a blank line would follow
}

// hasParagraphs reports whether blank lines separate the paragraphs of the text. Those at its ends do not count.
func (t *page) hasParagraphs() bool {
	begun, blank := false, false
	for _, l := range t.lines {
		switch {
		case l.text == "":
			blank = begun
		case blank:
			return true
		default:
			begun = true
		}
	}
	return false
}

// minProse is the minimum number of words of a line that is certainly not a verse.
const minProse = 15

// hasProse reports whether the text has a line that is too long for a poem.
func (t *page) hasProse() bool {
	return slices.ContainsFunc(t.lines, func(l line) bool { return text.CountWords(l.text) >= minProse })
}

// beginsStanza reports whether line i is directly followed by two lines of verse. A poem may begin with its title.
// Between a headline and the text, there are listed lines and dates instead.
func (t *page) beginsStanza(i int) bool {
	for j := i + 1; j <= i+2; j++ {
		if j >= len(t.lines) || !t.stands(j) || t.lines[j].phrase != phrase.None || len(t.lines[j].text) > 100 ||
			strings.ContainsFunc(t.lines[j].text, text.IsDigit) {
			return false
		}
	}
	return i > 0 && t.lines[i-1].text == ""
}

// minRepeated is the number of words of a paragraph that nobody writes twice in a row. The refrains of songs are
// shorter.
const minRepeated = 20

// markRepeated removes the copies of the first long paragraph directly below it. Pages have this paragraph as a
// summary, too. Other copies may be quotations, as in a thread, or the wording of a law.
func markRepeated(t *page, name string) {
	first := -1
	for i := range t.lines {
		switch l := &t.lines[i]; {
		case !t.stands(i):
		case first >= 0:
			if l.fixed || l.text != t.lines[first].text {
				return
			}
			t.take(i, name)
		case len(l.text) >= minRepeated && text.CountWords(l.text) >= minRepeated:
			first = i
		}
	}
}
