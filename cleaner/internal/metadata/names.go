package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A nameClass says whether a name belongs to a person, an organization or an account.
type nameClass uint8

// The classes of names, in order of increasing reliability.
const (
	notName      nameClass = iota
	handle                 // an account with digits or underscores
	account                // a nickname or a first name
	organization           // a newsroom, an agency or a company
	Person                 // a full name: two or more words or, in East Asia, the usual number of characters
)

// MaxAuthors is the maximum length of the list of authors. maxName is the maximum length of a name in characters.
const (
	MaxAuthors = 16
	maxName    = 60
)

// withoutAddresses removes email addresses, handles, and brackets with their content.
func withoutAddresses(line string) string {
	if strings.ContainsAny(line, "([（【") {
		line = withoutBrackets(line)
	}
	if !strings.Contains(line, "@") {
		return line
	}
	kept := strings.Fields(line)
	kept = slices.DeleteFunc(kept, func(word string) bool { return strings.Contains(word, "@") })
	return strings.Join(kept, " ")
}

// withoutBrackets removes brackets with their content: "(AP)", "(text)". If nothing is left, it removes only the
// brackets at both ends.
func withoutBrackets(line string) string {
	var b strings.Builder
	depth := 0
	for _, r := range line {
		switch r {
		case '(', '[', '（', '【':
			depth++
		case ')', ']', '）', '】':
			depth = max(depth-1, 0)
			b.WriteByte(' ')
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	if kept := strings.TrimSpace(b.String()); kept != "" {
		return kept
	}
	return strings.Trim(line, "()[]（）【】 ")
}

// cleanName removes everything that does not belong to a name: "by", punctuation, a role, or a title after the name. It
// returns "" if no name is left.
func cleanName(s string) string {
	const signs = " .:-–—*•|,;=·\u00A0\"“”„«»'‘’>＝●■▲＿_"
	point := strings.HasSuffix(strings.TrimSpace(s), ".")
	s = strings.Trim(StripBy(strings.Trim(s, signs)), signs)
	if s == "" || len(s) > 4*maxName {
		return ""
	}
	for _, title := range nameTitles {
		s = strings.TrimRight(strings.TrimSuffix(s, title), " ")
	}
	if fields := strings.Fields(s); len(fields) > 1 {
		if len(fields) > 2 && isPossessive(fields[0]) {
			fields = fields[1:] // "AP's Ada Pell"
		}
		end := nameEnd(fields)
		if end == 0 {
			if fields = afterRole(fields); fields == nil {
				return ""
			}
			end = nameEnd(fields)
		}
		s = strings.TrimRight(strings.Join(fields[:end], " "), signs)
		if end < len(fields) {
			return StripBy(s) // "von ada am"
		}
	}
	if initial := lastRune(s); point && (unicode.IsUpper(initial) && strings.HasSuffix(s, " "+string(initial)) ||
		strings.HasSuffix(s, " Jr") || strings.HasSuffix(s, " Sr")) {
		s += "." // the period belongs to a name like "Juan Muñoz C." but was removed as the end of the line
	}
	return s
}

// isPossessive reports whether a word is the short name of an organization before that of a person: "NBC's".
func isPossessive(word string) bool {
	name, ok := strings.CutSuffix(strings.ReplaceAll(word, "’", "'"), "'s")
	return ok && len(name) > 1 && strings.ToUpper(name) == name
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

// nameTitles are words that come after names: titles and verbs such as "reports" in Korean, Chinese and Japanese, and
// words for writing in Icelandic and Hungarian.
var nameTitles = []string{
	" 報導", " 报道", " 報道", "報導", "报道", " 摄", " 攝", " 综合", " 撰文", " skrifar", " írása", " 기자", "기자",
	" 특파원", "특파원", " 선임기자", "선임", " 논설위원", " 인턴", "记者", "記者", " 特派员", "さん", "氏",
	"教授", "博士", "先生", "女士", "老师", "老師",
}

func isRoleWord(word string) bool {
	return phrase.RoleWords.Has(strings.ToLower(strings.Trim(word, ".,:;()"))) ||
		phrase.RoleWords.Has(strings.ToLower(word))
}

// Classify returns the class of a name, judging by its words and spelling.
func Classify(s string) nameClass {
	runes := utf8.RuneCountInString(s)
	if s == "" || runes > maxName || strings.ContainsAny(s, "@\\<>{}[]#=?!|+%$:：") || strings.Contains(s, "://") {
		return notName
	}
	lower := strings.ToLower(s)
	if phrase.AccountNames.Has(lower) || !strings.ContainsFunc(s, unicode.IsLetter) {
		return notName
	}
	words := strings.Fields(s)
	if len(words) <= 6 && isOrganization(lower) ||
		len(words) == 2 && phrase.DeskRoles.Has(strings.ToLower(words[1])) || isLetters(words) {
		return organization
	}
	if phrase.Places.Has(lower) {
		return notName
	}
	begin := strings.ToLower(words[0])
	if len(words) > 6 || len(words) > 1 && (phrase.NotFirst.Has(begin) || phrase.ProfileWords.Has(begin)) ||
		phrase.NotLast.Has(strings.ToLower(words[len(words)-1])) || len(words) > 2 &&
		phrase.Professions.Has(strings.ToLower(words[len(words)-1])) {
		return notName
	}
	if strings.ContainsAny(s, "_/0123456789") || hasDomain(lower) {
		if hasDomain(lower) {
			return organization
		}
		if len(words) > 2 {
			return notName
		}
		return handle
	}
	first, _ := utf8.DecodeRuneInString(s)
	if block := text.UnspacedLength(s); block > 0 {
		return classifyUnspaced(s, first, block, runes)
	}
	if len(words) == 1 {
		if hasInitial(s) {
			return Person
		}
		if isRoleWord(s) || isNameParticle(lower) || isMonthWord(words) && weekdays.Has(lower) {
			return notName // "Sun" of a date
		}
		return account
	}
	if !isCased(first) {
		return Person
	}
	return classifyCased(words)
}

// classifyCased classifies names in writing systems that have capital letters. A full name must be capitalized.
func classifyCased(words []string) nameClass {
	capitals := 0
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’\"„“(-"))
		switch {
		case unicode.IsUpper(first) || unicode.IsTitle(first) || !isCased(first) && unicode.IsLetter(first):
			capitals++
		case isNameParticle(w):
		case strings.ContainsAny(w, "'’") && i > 0: // d'Arc
			capitals++
		case len(words) == 2:
			return account // "ada pell" may be a signature, "in the morning" is not a name
		default:
			return notName
		}
	}
	if capitals < 1 || isRoleWord(words[0]) && len(words[0]) > 3 {
		return notName
	}
	if isMonthWord(words) {
		return notName
	}
	return Person
}

// isMonthWord reports whether all words are months or weekdays. "Sat Mar" and "March" are what remains of a date when
// its numbers are removed.
func isMonthWord(words []string) bool {
	for _, w := range words {
		if w = strings.ToLower(strings.Trim(w, ".")); dates.MonthOf(w) == 0 && !weekdays.Has(w) {
			return false
		}
	}
	return true
}

var weekdays = text.SetOf("mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
	"sonntag", "mo", "di", "mi", "do", "fr", "sa", "so")

// hasDomain reports whether a name in lower case ends with a domain: "gazette.example".
func hasDomain(lower string) bool {
	i := strings.LastIndexByte(lower, '.')
	if i < 2 || len(lower)-i < 3 || len(lower)-i > 8 || strings.Contains(lower[i:], " ") {
		return false
	}
	for _, r := range lower[i+1:] {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	before := lower[i-1]
	space := strings.LastIndexByte(lower[:i], ' ')
	return before != ' ' && before != '.' && i-space > 3
}

// isOrganization reports whether a name in lower case is that of a newsroom, an agency or a company, judging by one of
// its words or by an article before it.
func isOrganization(lower string) bool {
	for word := range strings.FieldsFuncSeq(lower, func(r rune) bool { return r == ' ' || r == '/' || r == '\u00A0' }) {
		if phrase.OrganizationWords.Has(strings.Trim(word, "()\"'’.,:")) || phrase.OrganizationWords.Has(word) {
			return true
		}
	}
	return strings.HasPrefix(lower, "the ") || strings.HasPrefix(lower, "die ") && strings.Count(lower, " ") == 1
}

// classifyUnspaced classifies Chinese, Japanese, Korean and Thai names, mostly by their length.
func classifyUnspaced(s string, first rune, unspaced, runes int) nameClass {
	if strings.ContainsFunc(s, isNoHanName) || strings.HasSuffix(s, "摄") || strings.HasSuffix(s, "攝") {
		return notName // a photo credit
	}
	if isHanLabel(s, first, runes) || endsWithParticle(s) || runes > maxHanName && text.ContainsAny(s, hanDegrees) {
		return notName
	}
	if isHanOffice(s, first, runes) {
		return organization
	}
	letters := runes - strings.Count(s, " ") - strings.Count(s, "·") - strings.Count(s, "・")
	switch {
	case unicode.Is(unicode.Katakana, first) && !strings.ContainsAny(s, " ·・") && !strings.ContainsFunc(s, notKatakana):
		return account // a nickname or a city: names of foreigners have a middle dot
	case unspaced < letters:
		return account // two writing systems in one name
	case unicode.Is(unicode.Thai, first):
		return Person
	case unicode.Is(unicode.Hangul, first):
		if letters >= 2 && letters <= 5 {
			return Person
		}
	case letters >= 2 && letters <= 6, letters <= 16 && strings.ContainsAny(s, "·・"):
		return Person
	case letters > 6 && letters <= maxPoster && unspaced == runes && !text.ContainsAny(s, reporterWords):
		return account // 海湾城市旧书交换所
	}
	return notName
}

// isHanLabel reports whether a text of one or several words is a label, a heading or a place, and not a name.
func isHanLabel(s string, first rune, runes int) bool {
	if phrase.HanPlaces.Has(s) {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if phrase.HanLabels.Has(word) {
			return true
		}
	}
	if runes == maxHanName-1 && strings.ContainsRune(phrase.HanSurnames, first) {
		return false
	}
	return slices.ContainsFunc(phrase.HanLabelEnds, func(end string) bool { return strings.HasSuffix(s, end) })
}

// isHanOffice recognizes newsrooms, agencies and offices by a part of their names or by their last character: 宣传部.
func isHanOffice(s string, first rune, runes int) bool {
	if slices.ContainsFunc(phrase.OrganizationParts, func(part string) bool { return strings.Contains(s, part) }) {
		return true
	}
	return runes >= maxHanName-1 && strings.ContainsRune("部处處局厅廳科委办辦", lastRune(s)) &&
		!(runes == maxHanName-1 && strings.ContainsRune(phrase.HanSurnames, first))
}

// hanDegrees are words that describe a person without giving a name.
var hanDegrees = []string{
	"硕士", "碩士", "博士", "学士", "教授", "讲师", "講師", "研究员", "研究員", "创始人", "創辦人", "博主", "从业者", "爱好者",
	"工程师", "工程師", "エンジニア",
}

// endsWithParticle reports whether a text is part of a Japanese sentence and not a name: it ends with a particle after
// a Chinese character, as in "本記事は", with the copula, or with the ending of a polite or past verb.
func endsWithParticle(s string) bool {
	last, size := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("はがをにでともへ", last) && unicode.Is(unicode.Han, lastRune(s[:len(s)-size])) ||
		strings.HasSuffix(s, "です") || strings.HasSuffix(s, "ます") || strings.HasSuffix(s, "した")
}

// isCased reports whether a letter has a capital form that is used at the start of names. Georgian has capitals
// (Unicode 11), but does not use them at the start of names.
func isCased(r rune) bool {
	return (unicode.ToUpper(r) != r || unicode.ToLower(r) != r) && !unicode.Is(unicode.Georgian, r)
}

// isNoHanName reports whether a character is a sign that does not occur in East Asian names.
func isNoHanName(r rune) bool {
	return (unicode.IsPunct(r) || unicode.IsSymbol(r)) && r != '·' && r != '・' && r != '.' && r != '-' && r != '＝'
}

func notKatakana(r rune) bool { return !unicode.Is(unicode.Katakana, r) && r != 'ー' }
