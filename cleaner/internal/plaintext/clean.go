package plaintext

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Clean removes the chaff from an article's text that another tool extracted: the repeated headline, residue of broken
// markup, rows of share names, the comment form and its notices, "read also" lines, sign-up and consent notices.
//
// It removes whole short lines and changes no others. Kept lines stay in order and byte for byte the same, and text
// without chaff is returned unchanged. Indented and fenced code and rows of tables are not touched. One copy of the
// headline stays; captions stay, because in text they look like paragraphs. CleanText(CleanText(s)) == CleanText(s).
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

// MaxPasses bounds how often the rules run on their own output. A pass removes all chaff that it sees. New chaff only
// appears next to removed lines, so two or three passes are enough.
const MaxPasses = 16

// Without removes the lines that have a rule's name in chaff. One of the blank lines around a removed line stays, and
// none at the ends of the text.
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
	Name string // kebab-case; also in testdata/rules/<name>.txtar
	Doc  string // why this is never content
	mark func(t *page, name string)
}

// Rules lists the rules in the order in which they run. Residue comes first, because it interrupts rows of share
// names. The end of the text comes last, because the other rules expose it. No rule removes lone share names,
// "Comments" or "Name" in the middle of a text: they may be headings.
var Rules = []Rule{
	{"text-residue", "the rest of a tag that a quote in an attribute ended early", markResidue},
	{"text-headline-repeated", "the headline stands above the article already", markHeadline},
	{"text-share-row", "names of networks in a row are buttons that lost their markup", markShareRow},
	{"text-notice", "a whole line of a form, a consent dialog, a player or a sign-up box", markNotice},
	{"text-related", "a pointer to another article: a label with a colon and a title", markRelated},
	{"text-tail", "what stands under the last paragraph: comment forms, lists of other articles", markTail},
}

// A page is the state of the rules on one text.
type page struct {
	lines []line
	chaff []string // the name of the rule that removed a line, "" for lines that stay
	any   bool
}

// A line holds what the rules know about a line.
type line struct {
	text   string // without its list marker and white space; "" for blank lines
	phrase phrase.Kind
	fixed  bool // code or a row of a table: never changed
}

// Chaff returns, for each line, the name of the rule that removes it, or ""; it returns nil if no line is removed.
func Chaff(lines []string) []string {
	t := page{lines: readLines(lines), chaff: make([]string, len(lines))}
	for _, rule := range Rules {
		rule.mark(&t, rule.Name)
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

// stands reports whether line i is still there: not blank and not removed.
func (t *page) stands(i int) bool { return t.chaff[i] == "" && t.lines[i].text != "" }
