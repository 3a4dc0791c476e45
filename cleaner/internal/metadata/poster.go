package metadata

import (
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	// maxPosterName is the maximum length of a poster's name, in bytes, and maxPosterWords that in words. Longer lines
	// have other text, too.
	maxPosterName  = 60
	maxPosterWords = 6
)

// Poster returns a poster's name without the words around it: "Ada Pell" for "Posted by: Ada Pell at", "3. Ada Pell
// said..." and "Ada Pell schrieb am". It returns "" if nothing is left, as of "at".
func Poster(name string) string {
	name = withoutOrdinal(Clean(name))
	if prefix := byPrefix(name); prefix != "" && !nobleParticles.Has(prefix) {
		name = name[len(prefix):]
	}
	for {
		name = phrase.WithoutSaying(strings.TrimSuffix(strings.Trim(name, " \u00A0,:;…·•|»«-–—"), "..."))
		last := lastWord(name)
		if !endsName(last) {
			return strings.TrimSpace(name)
		}
		name = name[:len(name)-len(last)]
	}
}

// PosterInLine returns the name in the line that has the date of a post: "Ada Pell" for "Posted by: Ada Pell at May 3,
// 2026 5:11 pm" and "Ada Pell — 3 May 2026". It returns "" if the line has no date, or other text.
func PosterInLine(line string, style dates.Style) string {
	line = Clean(line)
	found, ok := dates.Find(line, style)
	if !ok {
		return ""
	}
	name := Poster(line[:found.Start])
	if !strings.ContainsFunc(name, unicode.IsLetter) || endsName(strings.ToLower(name)) {
		name = Poster(line[found.End:])
	}
	if len(name) > maxPosterName || text.CountWords(name) > maxPosterWords || strings.ContainsAny(name, ":#/") ||
		!strings.ContainsFunc(name, unicode.IsLetter) {
		return ""
	}
	return name
}

// withoutOrdinal removes the number of a post from the start of a line: "3.", "3)" or "#3".
func withoutOrdinal(line string) string {
	rest := strings.TrimLeft(strings.TrimPrefix(line, "#"), "0123456789")
	if len(rest) == len(line) || rest == "" || line[0] != '#' && rest[0] != '.' && rest[0] != ')' {
		return line
	}
	return strings.TrimLeft(rest, ".) :")
}
