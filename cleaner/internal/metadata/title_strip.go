package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// CutSeparators are the separators at which a title is cut. boldSeparators are the separators that headlines hardly
// ever contain.
var (
	CutSeparators = []string{
		" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « ", " • ", " / ", "｜", "|", " ‹ ",
		" › ", " >> ", "_", " ~ ", " -- ", " : ",
	}
	boldSeparators = []string{" | ", " :: ", " » ", " • ", "｜", " ‹ ", " › ", " >> "}
)

// titleLabels are labels for the kind of text. A label comes before the headline, separated from it by a bar.
var titleLabels = text.SetOf("opinion", "op ed", "editorial", "analysis", "perspective", "review", "exclusive",
	"watch", "live", "video", "kommentar", "meinung", "analyse", "opinión", "opinião", "opinie", "opinione", "tribune",
	"análisis", "análise", "analisi", "köşe yazısı", "мнение", "колонка", "думка", "opinia", "komentář", "názor",
	"vélemény")

// maxCuts is the maximum number of names that are cut from a title: a section, a channel, the site.
const maxCuts = 3

// Strip removes the names of the site and the section from a title. If the text before a separator is one of the
// headings, it returns that heading. If no name of the site is known, it also removes a last part of at most four
// words, unless there is exactly one heading. For titles in Chinese or Japanese, see stripHan.
func (n SiteNames) Strip(title string, headings []string) string {
	for _, h := range headings {
		if folded := text.FoldLetters(h); folded != "" && len(folded) < len(title) {
			for _, sep := range CutSeparators {
				if head, _, ok := strings.Cut(title, sep); ok && text.FoldLetters(head) == folded {
					return strings.TrimSpace(head)
				}
			}
		}
	}
	cut, named := n.stripKnown(title)
	if text.UnspacedLength(cut) >= minHanHead {
		return stripHan(cut)
	}
	if n.Declared || named || len(headings) == 1 {
		return cut
	}
	for _, sep := range CutSeparators[:4] { // a short part after a bar is a site's name
		if head, tail, ok := text.CutLast(cut, sep); ok && strings.Count(strings.TrimSpace(tail), " ") <= 3 &&
			strings.Count(head, " ") >= 2 {
			return n.ofHeading(strings.TrimSpace(head)) // "Headline | The Gazette - all the news"
		}
	}
	return cut
}

// Limits for the parts of a title in Chinese or Japanese, in characters.
const (
	minHanHead = 8  // the headline before a separator
	maxHanTail = 10 // a name after a separator
)

// stripHan removes the names after the separators of a title in Chinese or Japanese. A text longer than maxHanTail is
// part of the headline, unless it contains a full stop, which shows that it describes the site.
func stripHan(title string) string {
	for range maxCuts {
		shorter := title
		for _, sep := range [...]string{" | ", "｜", "|", "_", " - ", " – ", " — ", "-"} {
			head, tail, ok := text.CutLast(title, sep)
			tail = strings.TrimSpace(tail)
			if !ok || text.UnspacedLength(head) < minHanHead {
				continue
			}
			if length := utf8.RuneCountInString(tail); length > maxHanTail && !strings.Contains(tail, "。") ||
				sep == "-" && !isHanSite(tail) {
				continue
			}
			shorter = strings.TrimRight(head, " -–—_|｜") // "标题--新闻网"
			break
		}
		if shorter == title {
			break
		}
		title = shorter
	}
	return title
}

// isHanSite reports whether a text ends in the way that the names of sites and sections do. After a hyphen, this is
// required, because headlines also have hyphens.
func isHanSite(s string) bool {
	for _, end := range [...]string{"网", "網", "报", "報", "频道", "頻道", "新闻", "新聞", "在线", "在線", "资讯", "資訊", "电视台", "社"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// stripKnown removes up to maxCuts parts from a title, as cutOnce does. It also removes the site's name in brackets at
// the end. It reports whether the title contained a name of the site or of a section.
func (n SiteNames) stripKnown(title string) (cut string, named bool) {
	cut = title
	for _, bracket := range [...]string{" [", " ("} { // "The tide is late (from The Gazette)"
		head, tail, ok := text.CutLast(title, bracket)
		name := strings.TrimRight(tail, "])")
		if ok && len(name) == len(tail)-1 && (n.IsName(name) || n.isSiteSuffix(name) && strings.Contains(name, " ")) {
			cut, named = strings.TrimSpace(head), true
		}
	}
	for range maxCuts {
		shorter, site := n.cutOnce(cut, named)
		if shorter == cut {
			break
		}
		cut, named = shorter, named || site
	}
	return cut, named
}

// ofHeading is like Strip, but for a text that is a heading of the page: it does only what stripKnown does.
func (n SiteNames) ofHeading(heading string) string {
	cut, _ := n.stripKnown(heading)
	return cut
}

// cutOnce removes one part from the end or the start of a title: a name of the site or of a section, a label such as
// "Opinion", a date, a byline, or one or two words after a bold separator if the site's name is known. It reports
// whether the part was a name of the site or of a section; the argument named is that result for the parts removed so
// far.
func (n SiteNames) cutOnce(title string, named bool) (string, bool) {
	for _, sep := range CutSeparators {
		head, tail, ok := text.CutLast(title, sep)
		if !ok || strings.TrimSpace(head) == "" {
			continue
		}
		if n.isSiteSuffix(tail) && !n.isSiteSuffix(head) {
			return strings.TrimSpace(head), true
		}
		if first, rest, _ := strings.Cut(title, sep); !n.front && !strings.Contains(first, " : ") &&
			(sep != " - " && n.isSiteSuffix(first) || n.IsName(first)) && !n.isSiteSuffix(rest) {
			return strings.TrimSpace(rest), true
		}
		if first, rest, _ := strings.Cut(title, sep); sep == " | " && titleLabels.Has(text.FoldLetters(first)) &&
			strings.Contains(strings.TrimSpace(rest), " ") {
			return strings.TrimSpace(rest), false
		}
		if tail = strings.TrimSpace(tail); strings.Count(strings.TrimSpace(head), " ") >= 1 &&
			(isDay(tail) && unicode.IsLetter(lastRune(strings.TrimSpace(head))) ||
				strings.HasPrefix(tail, "by ") && len(BylineNames(tail)) > 0) {
			return strings.TrimSpace(head), false
		}
		bold := slices.Contains(boldSeparators, sep)
		if words := strings.Count(strings.TrimSpace(tail), " ") + 1; bold && words <= 2 &&
			strings.Count(strings.TrimSpace(head), " ") >= 2 && (named || n.Declared) {
			return strings.TrimSpace(head), false
		}
	}
	return title, false
}
