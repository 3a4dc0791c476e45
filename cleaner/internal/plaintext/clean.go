package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Clean removes the chaff from an article's text that another tool extracted: the repeated headline, residue of broken
// markup, rows of share buttons, the comment form and its notices, "read also" lines, sign-up and consent notices, and
// the menus, tags and footers before and after the text. The text may be that of a whole page.
//
// It removes whole lines, and blank lines that are no longer needed next to them. The remaining lines stay in order and
// unchanged, byte for byte, and text without chaff is returned unchanged. Indented code, fenced code and table rows are
// not touched; if most lines of a text are indented, indentation does not mark code. One copy of the headline stays.
// Bylines and dates stay, because nothing else in the text says who wrote it and when. Captions stay, because in plain
// text they look like paragraphs. Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	lines := strings.Split(s, "\n")
	removed := false
	for range MaxPasses {
		chaff := Chaff(lines)
		if chaff == nil {
			break
		}
		removed = true
		lines = Without(lines, chaff)
	}
	if !removed {
		return s
	}
	return strings.Join(lines, "\n")
}

// MaxPasses is the maximum number of passes. In each pass, the rules run on the output of the previous pass. A pass
// removes all chaff that it sees. New chaff appears only next to removed lines, so two or three passes are enough.
const MaxPasses = 16

// Without removes each line for which the slice chaff has the name of a rule (see Chaff). It keeps one of the blank
// lines around a removed line. At the start of the text, it keeps none. If lines at the end are removed, the result
// ends with one empty line, so that the last kept line keeps its line break.
func Without(lines, chaff []string) []string {
	kept := make([]string, 0, len(lines))
	gap := false // something was removed since the last kept line
	var blank []string
	for i, line := range lines {
		switch {
		case chaff[i] != "":
			gap = true
		case text.IsBlankLine(line):
			blank = append(blank, line)
		default:
			if gap {
				blank = blank[:min(len(blank), 1)]
				if len(kept) == 0 {
					blank = nil
				}
			}
			kept = append(append(kept, blank...), line)
			gap, blank = false, blank[:0]
		}
	}
	switch {
	case !gap:
		kept = append(kept, blank...)
	case len(kept) > 0:
		kept = append(kept, "") // the last kept line keeps its own line break
	}
	return kept
}

// A Rule names one kind of chaff in text that has lost its markup.
type Rule struct {
	Name string // kebab-case; testdata/rules/<name>.txtar has examples of the rule
	Doc  string // why lines of this kind are never content
	mark func(t *page, name string)
	// isEdge means that the rule is about what surrounds the text of a whole page. An article made from HTML has none.
	isEdge bool
}

// Rules lists the rules in the order in which they run. The rule for residue comes first, because residue interrupts
// rows of network names. The rules for the end of the text and for what surrounds it come last, because the other rules
// may expose more chaff there. In the middle of a text, no rule removes a single network name, or a line that is only
// "Comments" or "Name", because these may be headings.
var Rules = []Rule{
	{"text-residue", "the rest of a tag that was cut short by a quotation mark in an attribute", markResidue, false},
	{"text-markup", "code of the page that an extractor took for text", markMarkup, false},
	{"text-head", "what precedes the headline: links to skip to the text, menus, the path to the page", markHead, false},
	{"text-headline-repeated", "the headline is already above the article", markHeadline, false},
	{"text-paragraph-repeated", "the first paragraph is already above, as a summary", markRepeated, false},
	{"text-share-row", "a row of social network names: share buttons that lost their markup", markShareRow, false},
	{"text-notice", "a whole line of a form, a consent dialog, a player or a sign-up box", markNotice, false},
	{"text-related", "a pointer to another article: a label with a colon and a title", markRelated, false},
	{"text-tail", "what follows the last paragraph: comment forms, lists of other articles", markTail, false},
	{
		"text-around", "what surrounds the text of a whole page: menus, lists of other articles, the foot of the page",
		markAround, true,
	},
}

// A page contains one text and the results of the rules that have run on it.
type page struct {
	lines []line
	chaff []string // the name of the rule that removed a line, "" for lines that stay
	any   bool
}

// A line contains what the rules know about one line of the text.
type line struct {
	text     string // without white space and Markdown (see undress); "" for blank lines
	phrase   phrase.Kind
	fixed    bool // code or a row of a table: never removed
	numbered bool // an item of a numbered list
	marked   bool // an item of a list or a heading in Markdown
	linked   bool // a line of links only
}

// Chaff returns, for each line, the name of the rule that removes it, or ""; it returns nil if no line is removed.
func Chaff(lines []string) []string { return chaff(lines, true) }

// ArticleChaff is like Chaff for the lines of an article made from HTML: the rules for menus and page feet do not run.
func ArticleChaff(lines []string) []string { return chaff(lines, false) }

func chaff(lines []string, isPage bool) []string {
	t := page{lines: readLines(lines), chaff: make([]string, len(lines))}
	for _, rule := range Rules {
		if isPage || !rule.isEdge {
			rule.mark(&t, rule.Name)
		}
	}
	if !t.any {
		return nil
	}
	return t.chaff
}

func (t *page) take(i int, name string) {
	t.chaff[i] = name
	t.any = true
}

// stands reports whether line i still has text: it is neither blank nor removed.
func (t *page) stands(i int) bool { return t.chaff[i] == "" && t.lines[i].text != "" }
