package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// TitleParts are the parts of a page's titles that may be its headline, folded: what is between separators, or between
// a separator and an end. A line of the page that is one of them is the headline, such as "The tide is late" if the
// title is "Gazette > News - The tide is late".
type TitleParts []string

// Limits for the parts of a title that may be the headline.
const (
	minTitleWords  = 3 // words
	minTitleChars  = 6 // or characters, in writing systems without spaces
	maxTitlePieces = 8 // pieces between separators that are considered
	minEndWords    = 4 // words of a heading that is the end of a piece
)

// TitleParts returns the parts of the page's titles. There are none if a heading of the page has settled the title, or
// on the site's front page, whose title is that of the site.
func (m *Fields) TitleParts() TitleParts {
	if from := m.Provenance["title"]; from == "h1" || from == "h2" || m.Found.isFront() {
		return nil
	}
	isHome := func(part string) bool {
		return slices.ContainsFunc(m.Found.homes, func(name string) bool { return text.EqualFolded(name, part) })
	}
	var parts TitleParts
	for _, title := range m.Headlines {
		pieces := titlePieces(title)
		for i := range pieces {
			for j := i; j < len(pieces) && j-i+1 < len(pieces); j++ {
				part := text.FoldLetters(title[pieces[i].from:pieces[j].to])
				if isTitleLong(part) && !m.Names.isSiteSuffix(part) && !isHome(part) && !slices.Contains(parts, part) {
					parts = append(parts, part)
				}
			}
		}
	}
	return parts
}

// RestOfTitle returns what the page's titles have besides the title itself, if that is an h1 and begins or ends one of
// them: for the title "Quay Diary" and "Quay Diary: The tide is late", it is "the tide is late". Single words and names
// of the site do not count. It returns nothing on the site's front page.
func (m *Fields) RestOfTitle() TitleParts {
	if m.Provenance["title"] != "h1" || m.Found.isFront() {
		return nil
	}
	var rests TitleParts
	for _, title := range m.Headlines {
		pieces := titlePieces(title)
		if m.Found.isHeading(title, m.Found.h1, nil) {
			continue // an h1 with more than the headline in it
		}
		for i := 1; i < len(pieces); i++ {
			head, tail := title[:pieces[i-1].to], title[pieces[i].from:]
			rest := text.FoldLetters(head)
			if text.EqualFolded(m.Title, rest) {
				rest = text.FoldLetters(tail)
			} else if !text.EqualFolded(m.Title, text.FoldLetters(tail)) {
				continue
			}
			if strings.Contains(rest, " ") && !m.Names.isSiteSuffix(rest) && !slices.Contains(rests, rest) {
				rests = append(rests, rest)
			}
		}
	}
	return rests
}

type span struct{ from, to int }

// titlePieces returns the pieces of a title between its separators and brackets. A hyphen within a word is no
// separator.
func titlePieces(title string) (pieces []span) {
	from := 0
	for i, r := range title {
		if !isDivider(r) && !strings.ContainsRune("()[]", r) || r == '-' && isInWord(title, i) {
			continue
		}
		if len(pieces) == maxTitlePieces-1 {
			break
		}
		if i > from {
			pieces = append(pieces, span{from, i})
		}
		from = i + utf8.RuneLen(r)
	}
	return append(pieces, span{from, len(title)})
}

// isInWord reports whether the ASCII sign at byte i is between two letters or digits.
func isInWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return (unicode.IsLetter(before) || unicode.IsDigit(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after))
}

// isTitleLong reports whether a folded text is long enough to be the headline.
func isTitleLong(folded string) bool {
	return strings.Count(folded, " ")+1 >= minTitleWords || text.UnspacedLength(folded) >= minTitleChars
}

// Has reports whether a line of the page is one of the parts.
func (t TitleParts) Has(line string) bool {
	return slices.ContainsFunc(t, func(part string) bool { return text.EqualFolded(line, part) })
}

// End reports whether a heading of at least minEndWords words is the end of one of the parts, with a name of two words
// or more before it: "Bay News Network Ferry is back with hens".
func (t TitleParts) End(heading string) bool {
	folded := text.FoldLetters(heading)
	return strings.Count(folded, " ")+1 >= minEndWords && slices.ContainsFunc(t, func(part string) bool {
		name, ok := strings.CutSuffix(part, " "+folded)
		return ok && strings.Contains(name, " ") && 3*len(folded) >= len(part)
	})
}

// ShowTitle makes a line of the page its title.
func (m *Fields) ShowTitle(line string) {
	m.Found.shown = Clean(m.Found.Undoubled(line))
	m.resolveTitle(m.Found)
}

// IsTitleDoubtful reports whether the title may be that of the site or of a section: it is missing, names the site, or
// only <title> or a single heading has it. The title of a front page is that of the site.
func (m *Fields) IsTitleDoubtful() bool {
	switch m.Provenance["title"] {
	case "title", "meta":
		return !m.Found.isFront()
	case "h1":
		return m.Found.Title == ""
	}
	return m.Title == "" || m.Names.isSiteSuffix(m.Title) && !m.Found.isFront()
}
