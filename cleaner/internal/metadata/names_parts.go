package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// withoutCredits cuts a line of names before the first credit of a photographer, an editor, a translator or a source.
// It returns "" for a line that begins with such a credit.
func withoutCredits(line string) string {
	lower := strings.ToLower(line)
	if len(lower) != len(line) {
		lower = line // the length changes in lower case
	}
	before := ' '
	for i, r := range lower {
		if (!unicode.IsLetter(before) || before >= 0x2E80) && creditsBegin(lower[i:], r) {
			return line[:i]
		}
		before = r
	}
	return line
}

// creditsBegin reports whether a text begins with one of phrase.OtherCredits. The argument first is the text's first
// letter.
func creditsBegin(lower string, first rune) bool {
	for _, word := range otherCredits.StartingWith(first) {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// otherCredits indexes phrase.OtherCredits.
var otherCredits = text.IndexPrefixes(phrase.OtherCredits)

// isCreditLabel reports whether a text in lower case is one of phrase.OtherCredits, with or without a colon.
func isCreditLabel(label string) bool {
	first, _ := utf8.DecodeRuneInString(label)
	for _, word := range otherCredits.StartingWith(first) {
		if strings.TrimRight(word, " :") == label {
			return true
		}
	}
	return false
}

// uninvertedLine returns "Ada Pell" for the line "Pell, Ada", and "" for a line that is not an inverted name.
func uninvertedLine(line string) string {
	last, first, ok := strings.Cut(line, ", ")
	if !ok || !isCapitalized(last) || !isCapitalized(first) {
		return ""
	}
	if Classify(last) != account || Classify(first) != account {
		return ""
	}
	return first + " " + last
}

// isCapitalized reports whether a text is one word of at least three letters that begins with a capital and also has
// lowercase letters.
func isCapitalized(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && utf8.RuneCountInString(word) > 2 && !strings.Contains(word, " ") &&
		strings.ContainsFunc(word[size:], unicode.IsLower)
}

// splitConjunction replaces words for "and" between names with commas if the words can also be part of a name. Spanish
// "y", Portuguese "e" and Polish "i" join surnames, and "a" is "and" in Czech but a preposition in other languages. So
// there must be names of two words, or organizations, on both sides. Arabic and Hebrew write "and" as the first letter
// of the next name. In Chinese, spaces separate names.
func splitConjunction(line, language string) string {
	for _, and := range [...]string{" y ", " e ", " i ", " a ", " Y ", " E ", " I "} {
		if strings.Contains(line, and) {
			line = splitAround(line, and)
		}
	}
	if and := andIn(language); and != "" {
		line = splitAround(line, and)
	}
	for _, and := range [...]string{" و", " ו"} {
		i := strings.LastIndex(line, and)
		if i < 0 {
			continue
		}
		before, after := line[:i], line[i+len(and):]
		if strings.Contains(strings.TrimSpace(before), " ") && strings.Contains(strings.TrimSpace(after), " ") {
			line = before + "," + after
		}
	}
	if language == "zh" && text.UnspacedLength(line) > 0 {
		line = strings.ReplaceAll(line, " ", ",")
	}
	return line
}

// andIn returns the language's word for "and" if that word means something else in other languages, or else "".
func andIn(language string) string {
	switch language {
	case "sl":
		return " in "
	case "lv":
		return " un "
	case "lt":
		return " ir "
	case "sw":
		return " na "
	case "tl", "fil":
		return " at "
	case "az":
		return " və "
	}
	return ""
}

// splitAround replaces a word with a comma wherever there are names before it and after it (see isJoined).
func splitAround(line, and string) string {
	parts := strings.Split(line, and)
	joined := parts[0]
	for i, part := range parts[1:] {
		before := parts[i]
		before = before[strings.LastIndexByte(before, ',')+1:]
		after, _, _ := strings.Cut(part, ",")
		if isJoined(before) && isJoined(after) {
			joined += "," + part
		} else {
			joined += and + part
		}
	}
	return joined
}

// isJoined reports whether a text can be one of two names joined by "and": it has two words or more, or is an
// organization.
func isJoined(s string) bool {
	s = strings.TrimSpace(s)
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(first) && strings.Contains(s, " ") || isOrganization(strings.ToLower(s))
}

// isInstitution reports whether a line is the name of one organization although it has "and" in it: "Center for Boats
// and Harbors". An organization's word must come before "for" or "of". None may come directly after "and", where it
// would begin the name of another organization.
func isInstitution(line string) bool {
	at := strings.Index(line, " and ")
	if at < 0 || strings.ContainsAny(line, ",;|/") || utf8.RuneCountInString(line) > maxName {
		return false
	}
	for _, word := range [...]string{" for ", " of "} {
		if head, _, ok := strings.Cut(line[:at], word); ok {
			next, _, _ := strings.Cut(line[at+len(" and "):], " ")
			return isOrganization(strings.ToLower(head)) && !isOrganization(strings.ToLower(next))
		}
	}
	return false
}

// withoutBeat removes a reporter's subject and role after the name: it returns "Ada Pell" for "Ada Pell Crime and
// Justice Correspondent".
func withoutBeat(line string) string {
	fields := strings.Fields(line)
	if len(fields) < 4 || !phrase.DeskRoles.Has(strings.ToLower(lastOf(fields))) {
		return line
	}
	for i, word := range fields[2:] {
		if phrase.BeatWords.Has(strings.ToLower(word)) {
			return strings.Join(fields[:i+2], " ")
		}
	}
	return line
}

// offName removes the site's name from the end of a person's name: "Ada Pell da Gazette".
func (n SiteNames) offName(name string) string {
	if len(n.Folded) == 0 || strings.Count(name, " ") < 2 || n.IsName(name) {
		return name
	}
	fields := strings.Fields(name)
	for i := 2; i < len(fields); i++ {
		if !slices.Contains(n.Folded, text.FoldLetters(strings.Join(fields[i:], " "))) {
			continue
		}
		if i > 2 && isNameParticle(strings.ToLower(fields[i-1])) {
			i--
		}
		return strings.Join(fields[:i], " ")
	}
	return name
}

// nameEnd returns the number of words in the name before a role or an agency. It returns 0 if a role comes first, and
// the number of all words, apart from words before a date, if there is no role.
func nameEnd(fields []string) int {
	for len(fields) > 2 && endsName(fields[len(fields)-1]) { // words before a date: "le", "am"
		fields = fields[:len(fields)-1]
	}
	last := strings.ToLower(strings.Trim(lastOf(fields), ".,:;()"))
	if n := jobBegin(fields); n >= 2 {
		return n
	}
	for i, word := range fields {
		if bare := strings.ToLower(strings.Trim(word, "/,.()")); i >= 2 && (phrase.AgencyWords.Has(bare) ||
			phrase.ProfileWords.Has(bare)) {
			return i
		}
		if !isRoleWord(word) {
			continue
		}
		switch {
		case i >= 2 && i == len(fields)-1 && phrase.OrganizationWords.Has(last) &&
			!phrase.RoleWords.Has(strings.ToLower(fields[i-1])):
			return len(fields) // "Harbour Integrated News"
		case i >= 2, i == 0 && len(word) > 3, i == 1 && len(fields) > 2 && !endsInUpper(word):
			return i
		}
	}
	return len(fields)
}

func endsInUpper(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsUpper(last)
}

// jobBegin returns the index at which a job title of several words begins after a name, as in "Ada Pell Product
// Marketing Manager". It returns 0 if there is no job title.
func jobBegin(fields []string) int {
	last := strings.ToLower(strings.Trim(lastOf(fields), ".,:;()"))
	if !phrase.RoleWords.Has(last) && !phrase.Professions.Has(last) {
		return 0
	}
	n := len(fields) - 1
	for n > 0 && phrase.JobWords.Has(strings.ToLower(fields[n-1])) {
		n--
	}
	if n == len(fields)-1 {
		return 0
	}
	return n
}

func lastOf(fields []string) string { return fields[len(fields)-1] }

// afterRole returns the name after a role, as in "Reporter Ada Pell", or nil if there is no name.
func afterRole(fields []string) []string {
	if !phrase.LeadRoles.Has(strings.ToLower(fields[0])) || len(fields) < 3 || len(fields) > 5 ||
		nameEnd(fields[1:]) != len(fields)-1 {
		return nil
	}
	for _, word := range fields[1:] {
		if isRoleWord(word) {
			return nil
		}
	}
	return fields[1:]
}

// hasInitial reports whether a text is an initial and a surname: "E.Pell".
func hasInitial(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	rest, ok := strings.CutPrefix(s[size:], ".")
	return ok && unicode.IsUpper(first) && isCapitalized(strings.TrimLeft(rest, " "))
}

// isLetters reports whether there are at least three words and all of them are single letters. Arabic pages write the
// name of the agency AFP in this way.
func isLetters(words []string) bool {
	if len(words) < 3 {
		return false
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			return false
		}
	}
	return true
}
