package thread

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// rateAuthor rates a path by how likely its texts are the authors' names. The result posts is the number of posts that
// have a text at the path. Both results are 0 if no post has one, or if most of these posts have a time there.
func (t *template) rateAuthor(id int32) (score float64, posts int) {
	at := &t.paths[id]
	n := float64(len(t.spans))
	last := int32(0)
	distinct := make(map[string]bool)
	odd, initials := 0.0, 0
	for _, s := range at.texts {
		if s.post == last {
			continue
		}
		last = s.post
		posts++
		distinct[s.text] = true
		if utf8.RuneCountInString(s.text) == 1 {
			initials++
		}
		if t.isNoName(s.text) {
			odd++
		}
	}
	if posts == 0 || len(at.stamps) > posts/2 {
		return 0, 0
	}
	all := float64(posts)
	if 2*initials > posts { // in scripts without capitals, isNoName does not recognize them
		odd = all
	}
	hint, profile := t.hintsOf(id)
	score = all/n + 0.8*float64(hint) - 2*odd/all - 0.3
	if profile {
		score++
	}
	switch {
	case len(distinct) == 1 && n > 2 && posts > 1 && hint > 0:
		score -= 0.7 // one person may write all posts
	case n == 1 && hint <= 0 && !profile:
		return 0, 0 // there is nothing to compare the text with
	case len(distinct) == 1 && n > 2 && posts > 1:
		score -= 1.5
	default:
		score += 0.5 * float64(len(distinct)) / all
	}
	if hint <= 0 && !profile {
		score -= 0.5 + 0.3*float64(id)/float64(len(t.paths)) // the author usually comes first
		if len(at.texts) > posts*3/2 {
			score -= 0.5
		}
	}
	return score, posts
}

// minSentence is the minimum number of words of a sentence. Shorter texts that end with a period may be names, because
// initials and titles have periods, too.
const minSentence = 4

// isNoName reports whether a short text is not a name: it is a sentence, a label with a colon, a single capital, an
// address or a date, or it begins with a digit or a sign before numbers, or it contains the thread's title.
func (t *template) isNoName(s string) bool {
	if t.inZone != nil { // elsewhere, such lines are often above quotes
		s = phrase.WithoutSaying(s)
	}
	if text.EndsSentence(s) && text.CountWords(s) >= minSentence || text.StartsWithDigit(strings.TrimLeft(s, "(+-")) ||
		strings.HasSuffix(s, ":") || isInitial(s) || strings.HasPrefix(s, "#") || strings.Contains(s, "://") ||
		t.Title != "" && strings.Contains(s, t.Title) {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if dates.MonthOf(strings.ToLower(strings.Trim(word, ".,"))) > 0 && hasNumber(s) {
			return true
		}
	}
	return false
}

// isInitial reports whether a text is a single capital letter, which often replaces a missing avatar.
func isInitial(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && unicode.IsUpper(r)
}

// hintsOf returns how strongly the last elements of a path, at most four, suggest an author, and whether one of them
// usually links to a profile.
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
