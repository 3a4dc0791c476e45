package thread

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// rateAuthor rates a path's texts as names.
func (t *template) rateAuthor(id int32) (score float64, posts int) {
	at := &t.paths[id]
	n := float64(len(t.spans))
	last := int32(0)
	distinct := make(map[string]bool)
	odd := 0.0
	for _, s := range at.texts {
		if s.post == last {
			continue
		}
		last = s.post
		posts++
		distinct[s.text] = true
		if t.isNoName(s.text) {
			odd++
		}
	}
	if posts == 0 || len(at.stamps) > posts/2 {
		return 0, 0
	}
	all := float64(posts)
	hint, profile := t.hintsOf(id)
	score = all/n + 0.8*float64(hint) - 2*odd/all - 0.3
	if profile {
		score++
	}
	switch {
	case len(distinct) == 1 && n > 2 && posts > 1 && hint > 0:
		score -= 0.7 // one person may write all
	case len(distinct) == 1 && n > 2 && posts > 1:
		score -= 1.5
	default:
		score += 0.5 * float64(len(distinct)) / all
	}
	if hint <= 0 && !profile {
		score -= 0.5 + 0.3*float64(id)/float64(len(t.paths)) // who wrote comes first
		if len(at.texts) > posts*3/2 {
			score -= 0.5
		}
	}
	return score, posts
}

// minSentence is how many words a sentence has at least; names with an initial or a title end in a dot, too.
const minSentence = 4

// isNoName reports whether a short text is no name: a sentence, a number, a label, a day, the thread's title.
func (t *template) isNoName(s string) bool {
	if text.EndsSentence(s) && text.CountWords(s) >= minSentence || text.StartsWithDigit(s) ||
		strings.HasSuffix(s, ":") || isInitial(s) || strings.HasPrefix(s, "#") ||
		t.Title != "" && strings.Contains(s, t.Title) {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if dates.MonthOf(strings.ToLower(strings.Trim(word, ".,"))) > 0 && strings.ContainsAny(s, "0123456789") {
			return true
		}
	}
	return false
}

// isInitial reports whether a text is the letter that stands for a missing picture of somebody.
func isInitial(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.IsUpper(r)
}

// hintsOf says how much the elements around a place say that it holds who wrote, and whether one links to a person.
func (t *template) hintsOf(id int32) (hint int, profile bool) {
	for k := 0; id > 0 && k < 4; id, k = t.paths[id].parent, k+1 {
		p := &t.paths[id]
		if p.person < 0 && hint == 0 {
			if k < 2 {
				hint--
			}
			return hint, profile
		}
		if p.person > 0 {
			hint = max(hint, (p.person+len(p.in)-1)/len(p.in))
		}
		profile = profile || p.profiles*2 > len(p.in)
	}
	return hint, profile
}
