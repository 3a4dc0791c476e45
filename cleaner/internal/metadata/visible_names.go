package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// readNames reads names from the rest of a line, after the dates have been removed from it.
func (r *lineReader) readNames(line string, hint hint, b int, dated bool) {
	if line = withoutCount(strings.Trim(line, " ,;")); byPrefix(line) != "" {
		line = withoutAge(line)
	}
	if line == "" || len(line) > 300 {
		return
	}
	if r.readLabel(line) || r.readOther(line, b) {
		return
	}
	if names := r.authorInSentence(line, b); names != "" {
		r.addNames(names, trustNamed, b, false)
		return
	}
	if hint&hintAuthor != 0 && text.EndsSentence(line) && text.CountWords(line) > maxDescription {
		line = leadingName(line) // "Ada Pell has been with the harbor watch since …"
	}
	prefix := byPrefix(line)
	if isBylineLabel(line, prefix) {
		r.label.author = true
		return
	}
	trust := 0
	switch {
	case len(BylineNames(line)) > 0,
		prefix != "" && !phrase.WeakPrefixes.Has(prefix) && hint&hintAuthor != 0:
		trust = trustNamed
	case r.label.author && text.CountWords(line) <= 12 && !isUncapitalized(line):
		trust = trustNamed
	case (dated || isWrittenBy(line) && r.isDayLine(b) || r.isBetweenHeadlineAndText(b)) &&
		isBySomebody(line, prefix), isReporter(line):
		trust = trustNamed
	case hint&hintAuthor != 0:
		trust = trustMarked
	case dated && (isFullName(line) || r.line.isNear() && r.isNameAndSection(line) || isHanPerson(line)),
		hint&hintProfile != 0,
		hint&hintUser != 0 && allNames(line) && !r.inText() && r.isAboveDay(b),
		allNames(line) && r.isBelowHeadline(b) && (r.isAboveDay(b) || r.isDay(b-1) && r.isAboveProse(b)):
		trust = trustLine
	}
	isCredit := r.Blocks[b].Kind == block.Caption && strings.Contains(r.Blocks[b].Text, "©")
	if trust == trustLine && (!mayBeHanNames(line) || isCredit) ||
		trust == trustMarked && isHanCount(line) {
		return
	}
	r.label.author = r.label.author && !strings.ContainsFunc(line, unicode.IsLetter)
	if trust > 0 {
		accounts := hint&hintPerson != 0 || r.ofThread ||
			hint&hintAuthor != 0 && (hint&hintProfile != 0 || !r.inText() && r.isAccount(b))
		r.addNames(line, trust, b, accounts)
	} else if strings.HasPrefix(line, "@") && !r.inText() && r.isAccount(b) {
		r.addNames(line[1:], trustLine, b, true)
	}
}

// maxDescription is the maximum number of words of a byline that ends like a sentence. A longer one describes the
// author.
const maxDescription = 8

// isFullName reports whether a line is a name of two to four words.
func isFullName(line string) bool {
	return allNames(line) && strings.Count(strings.TrimSpace(line), " ") <= 3
}

// isAccount reports whether a block is only a link without spaces, such as the name of an account, above a date.
func (p *View) isAccount(b int) bool {
	bl := &p.Blocks[b]
	return bl.LinkWords == bl.Words && !strings.Contains(bl.Text, " ") && p.isAboveDay(b)
}

// isUncapitalized reports whether a line consists of two or more words in lower case. Below a label that is also an
// ordinary word, such as "door" (Dutch for "by"), it is not a name.
func isUncapitalized(line string) bool {
	return text.CountWords(line) >= 2 &&
		!strings.ContainsFunc(line, func(r rune) bool { return r != ' ' && !unicode.IsLower(r) })
}

// isBylineLabel reports whether a line is only the label of a name on the next line: "Author", "Written by:". The
// argument prefix is byPrefix of the line.
func isBylineLabel(line, prefix string) bool {
	return prefix != "" && strings.Trim(line[len(prefix):], " :：") == "" ||
		bylineLabels.Has(strings.ToLower(strings.Trim(line, " :.,-")))
}

var bylineLabels = text.SetOf(phrase.BylineLabels...)

// isWrittenBy reports whether a line has a phrase of several words for "by", such as "Posted by", and a name.
func isWrittenBy(line string) bool {
	prefix := byPrefix(line)
	return strings.Contains(prefix, " ") && !phrase.WeakPrefixes.Has(prefix) &&
		text.CountWords(line[len(prefix):]) <= maxByName && leadingName(strings.TrimLeft(line[len(prefix):], " :")) != ""
}

// isBySomebody reports whether a short line names an author, even if the name is not a full name: "by ibby", "By
// Marketing Team".
func isBySomebody(line, prefix string) bool {
	if prefix != "by" && prefix != "von" && !isWrittenBy(line) {
		return false
	}
	rest := strings.TrimLeft(line[len(prefix):], " :")
	words := strings.Fields(rest)
	return len(words) == 1 || len(words) > 0 && len(words) <= maxByName && leadingName(rest) == rest
}

// isReporter reports whether a line consists of a role that comes before names, and a name: "Reporter Ada Pell".
func isReporter(line string) bool {
	role, name, ok := strings.Cut(line, " ")
	return ok && phrase.LeadRoles.Has(strings.ToLower(role)) && strings.Count(name, " ") < maxByName && allNames(name) &&
		Classify(name) == Person
}

// maxByName is the maximum number of words in a name after "by".
const maxByName = 4

// readOther recognizes a line that is only a label for another person, such as "Edited by:", and the name on the line
// after it. It reports whether the line is one of these two.
func (r *lineReader) readOther(line string, b int) bool {
	if r.credit.awaited && b-r.credit.at <= 1 {
		r.credit.awaited = !strings.ContainsFunc(line, unicode.IsLetter)
		return true
	}
	label := strings.TrimRight(line, " :：")
	if !text.EndsWithColon(line) && !strings.Contains(label, " ") {
		return false // "Video" without a colon is a section
	}
	if label = strings.ToLower(label); len(label) > maxLabel || !isCreditLabel(label) {
		return false
	}
	r.credit, r.label.author = credit{awaited: true, at: b}, false
	return true
}

// authorWords come before the author's name in a sentence about the page.
var authorWords = []string{" by ", "von ", "par ", "por ", "da ", "door ", "przez ", "автором ", "بواسطة ", "بقلم "}

// authorInSentence returns the author in a part of a sentence about the page: "This post was written by Ada Pell and
// filed under …".
func (p *View) authorInSentence(line string, b int) string {
	if !p.speaksOfItself(p.Blocks[b].Text) {
		return ""
	}
	for _, word := range authorWords {
		if i := strings.Index(line, word); i == 0 || i > 0 && (word[0] == ' ' || line[i-1] == ' ') {
			return leadingName(line[i+len(word):])
		}
	}
	return ""
}

// leadingName returns the capitalized words at the start of a text, with the lowercase words between them: "Ada van der
// Pell".
func leadingName(s string) string {
	end, at := 0, 0
	for word := range strings.FieldsSeq(s) {
		at = at + strings.Index(s[at:], word) + len(word)
		first, _ := utf8.DecodeRuneInString(word)
		_, elided, _ := strings.Cut(strings.ReplaceAll(word, "’", "'"), "'") // d'Arc
		if second, _ := utf8.DecodeRuneInString(elided); unicode.IsUpper(first) || unicode.IsUpper(second) {
			end = at
		} else if len(word) > maxParticle || !unicode.IsLetter(first) || endsName(word) {
			break
		}
		if last := word[len(word)-1]; (last == '.' || last == ',' || last == ';') &&
			utf8.RuneCountInString(word) > maxInitial {
			break
		}
	}
	return strings.TrimRight(s[:end], ".,; ")
}

// Limits on the words in a name.
const (
	maxParticle = 4 // bytes of a lowercase word such as "van" or "dos"
	maxInitial  = 2 // characters of an initial with its period
)

// endsName recognizes short words that do not occur in names. A name ends before them.
func endsName(word string) bool {
	switch word {
	case "on", "Stand", "am", "le", "el", "il", "em", "op", "in", "at", "im", "um", "mit", "with", "as", "for", "to",
		"was", "is", "est", "es", "è", "ist", "wurde", "para", "für", "pour", "per", "dans", "na", "no", "w", "в":
		return true
	}
	return false
}

// readLabel recognizes a line that is only the label of the date on the next line: "Published", "Last updated:". It
// reports whether the line is such a label.
func (r *lineReader) readLabel(line string) bool {
	line = strings.Trim(line, " :.,-")
	if line == "" || len(line) > 2*maxLabel {
		return false
	}
	plain := dates.WithoutAccents(strings.ToLower(line))
	switch {
	case isLabel(plain, phrase.PlainPublished()):
		r.label.published, r.label.modified = true, false
	case isLabel(plain, phrase.PlainModified()):
		r.label.modified, r.label.published = true, false
	default:
		return false
	}
	return true
}

// isLabel reports whether a line consists only of one of the given words, with or without a preposition: "Published
// on", "Last updated:".
func isLabel(plain string, words *phrase.LabelIndex) bool {
	if plain == "" || len(plain) > maxLabel {
		return false
	}
	for _, w := range words.By[plain[0]] {
		if rest, ok := strings.CutPrefix(plain, w); ok && len(rest) <= 8 {
			if rest = strings.Trim(rest, " :："); rest == "" ||
				len(rest) <= 5 && !strings.Contains(rest, " ") && isPreposition(rest) {
				return true
			}
		}
	}
	return false
}

// maxLabel is the maximum length of a label in bytes, without accents.
const maxLabel = 48

func isPreposition(word string) bool {
	switch word {
	case "on", "at", "am", "le", "el", "il", "em", "op", "dnia", "den", "dne", "la", "pada", "date", "on:", "em:", "in",
		"den:", "på", "στις", "lúc", "ngày", "i":
		return true
	}
	return false
}

// addNames adds the names on a line. The argument accounts reports whether the names of accounts count, too. If several
// lines have names, lines with people's names take precedence over other lines, and then lines with a higher trust.
// Names from further lines are added only if these lines have the same trust and are at most three blocks apart.
func (r *lineReader) addNames(line string, trust, b int, accounts bool) {
	found := nameList{site: r.meta.Names}
	found.add(cutPlace(line, r.meta.Names.language))
	if trust == trustLine && !accounts {
		found.of[organization] = nil
	}
	if accounts && r.byline.trust > 0 && r.ofThread {
		return // the first name is the name of the first post's author
	}
	if len(found.of[Person]) == 0 && trust < trustNamed && !accounts {
		found.of[account], found.of[handle] = nil, nil
	}
	if len(found.best()) == 0 && (!accounts && trust < trustNamed || len(found.of[handle]) == 0) {
		return
	}
	known := &r.byline
	if len(found.of[Person]) == 0 && len(known.names.of[Person]) > 0 {
		return
	}
	if len(found.of[Person]) > 0 && len(known.names.of[Person]) == 0 || trust > known.trust {
		if trust < known.trust && known.trust >= trustNamed && len(known.names.of[account]) > 0 && b-known.at > 2 {
			return
		}
		*known = visibleByline{found, trust, b}
		return
	}
	if trust < known.trust && (b != known.at || trust < trustMarked) || b-known.at > 3 ||
		r.inText() && known.at < r.textAt && b > r.textAt { // a reader's name, below the text
		return
	}
	known.at = b
	for c := handle; c <= Person; c++ {
		for _, name := range found.of[c] {
			known.names.addOnce(name, c)
		}
	}
}

// dropLast removes the last of the people's names if it was found in block b or the block before. It is a
// photographer's name. If there is only one name, dropLast keeps it.
func (r *lineReader) dropLast(b int) {
	if people := r.byline.names.of[Person]; len(people) > 1 && b-r.byline.at <= 1 {
		r.byline.names.of[Person] = people[:len(people)-1]
	}
}

// addOnce adds a name unless it is part of another name of the same class. If another name is part of it, it replaces
// that other name.
func (n *nameList) addOnce(name string, class nameClass) {
	if class == Person && isRoleWord(lastWord(name)) {
		return
	}
	key := text.FoldLetters(name)
	for i, other := range n.of[class] {
		o := text.FoldLetters(other)
		if strings.Contains(o, key) {
			return
		}
		if strings.Contains(key, o) {
			n.of[class][i] = name
			return
		}
	}
	if len(n.of[class]) < MaxAuthors {
		n.of[class] = append(n.of[class], name)
	}
}

// cutPlace removes a place, a section or a description after a name: "Ada Pell in Gardening", "Bo Ek for The Gazette",
// "Ada Pell is a reporter".
func cutPlace(line, language string) string {
	and := andIn(language)
	for _, word := range [...]string{
		" in ", " for ", " For ", " FOR ", " at ", " on ", " from ", " für ", " pour ",
		" para ", " per ", " dla ", " для ",
	} {
		if word == and {
			continue
		}
		if i := strings.Index(line, word); i > 0 && strings.Contains(strings.TrimSpace(StripBy(line[:i])), " ") {
			line = line[:i]
		}
	}
	for _, word := range [...]string{" is ", " ist ", " est ", " è ", " är "} { // a description follows
		if i := strings.Index(line, word); i > 0 && Classify(cleanName(line[:i])) == Person {
			return line[:i]
		}
	}
	return line
}

// withoutPlace removes the place that follows a byline after a dash: "By Ada Pell — Stelling".
func withoutPlace(line string) string {
	for _, dash := range [...]string{" — ", " – "} {
		if head, tail, ok := strings.Cut(line, dash); ok && !strings.Contains(tail, "\n") && byPrefix(tail) == "" &&
			len(BylineNames(head)) > 0 {
			return head
		}
	}
	return line
}

// withoutCount removes a number in brackets from the end of a line: "by Ada Pell (Comments: 2)".
func withoutCount(line string) string {
	if at := strings.LastIndexByte(line, '('); at > 0 && len(line)-at <= maxCount && strings.HasSuffix(line, ")") &&
		strings.ContainsAny(line[at:], "0123456789") {
		return strings.TrimSpace(line[:at])
	}
	return line
}

// maxCount is the maximum number of bytes of a number in brackets, with its label.
const maxCount = 40

// isLineBreak recognizes separators between a name and a date.
func isLineBreak(r rune) bool {
	switch r {
	case '\n', '|', '•', '·', '⋅', '—', '–', '｜', '∙', '▪', '►', '■', '●', '◆', '│':
		return true
	}
	return false
}
