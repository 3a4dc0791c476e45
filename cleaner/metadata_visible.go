package cleaner

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// A visible is what a reader sees near the headline of who wrote the page and when.
type visible struct {
	names nameList
	// trust is how sure it is that the names are the authors', nameAt the block that named the last of them.
	trust, nameAt         int
	published, modified   visibleDate
	expectName, expectNew bool // the line before was nothing but "Written by", "Published"
	expectChange, forum   bool
}

type visibleDate struct {
	dateSpan
	score int
}

// How sure it is that a name is the author's, or a date the page's. What is labelled is surer than what is marked up, and that than a
// line by itself.
const (
	trustFar    = 1 // a line above the headline that is not beside it: today's date stands there too
	trustLine   = 2 // a line that is nothing but a date
	trustMarked = 3 // the class, or an element for times
	trustNamed  = 4 // "By", "Published"
)

// Bounds of where a byline and a date stand: blocks before the headline and after it, and beyond the last text.
const (
	maxAboveHeadline = 5
	maxBelowHeadline = 24
	maxBelowText     = 6
	maxNextAbove     = 2  // lines above the headline that are beside it
	farAbove         = 60 // the nearness of the last of these
	belowText        = -100
	minOpening       = 20 // words of the first paragraph
	maxSignature     = 25 // words of a line with names and dates
)

// findVisible reads the lines around the headline, and where they name nobody or no day, those below the text.
func (p *page) findVisible() *visible {
	v := &visible{nameAt: -9, forum: p.isForum()}
	head, first, last := p.headLines()
	style := p.dateStyle()
	for b := first; b <= last; b++ {
		nearness := 100 - (b - head)
		if b < head {
			nearness = farAbove + 2*maxNextAbove - 2*(head-b)
		}
		p.readLine(b, v, style, nearness)
	}
	if p.lastText < 0 || v.trust > 0 && v.published.score > 0 {
		return v
	}
	names := v.names
	v.expectName, v.expectNew, v.expectChange = false, false, false
	for b := max(last+1, p.lastText+1); b <= min(p.lastText+maxBelowText, len(p.blocks)-1); b++ {
		p.readLine(b, v, style, belowText)
	}
	if len(names.of[person]) > 0 {
		v.names = names
	}
	if v.published.score == 0 && !p.meta.found.isDated() {
		p.findLabelledDate(v, style)
	}
	return v
}

// findLabelledDate finds the line that says "Published" and a date, of a page that says so in an unexpected place. Lines with other days
// are those of a list.
func (p *page) findLabelledDate(v *visible, style dateStyle) {
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Words > maxLabelled || len(bl.Text) < minDated || !hasYear(bl.Text) || bl.Kind == block.Code || bl.Kind == block.Cell || p.zoneOf(b)&notBylines != 0 {
			continue
		}
		d, ok := findDate(bl.Text, style)
		if ok && letters(bl.Text[d.end:]) <= maxBeside && roleOf(bl.Text[:d.start], "") == 'p' {
			if v.published.score > 0 && v.published.day() != d.day() {
				v.published = visibleDate{}
				return
			}
			v.published = visibleDate{d, 1000*trustLine + belowText}
		}
	}
}

// hasYear reports whether a line can hold a year of four digits.
func hasYear(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf && c != 0xC2 && c != 0xC3 && c != 0xE2 {
			return true // another script may have other digits
		} else if (c == '1' || c == '2') && i+1 < len(s) && (s[i+1] == '9' || s[i+1] == '0') {
			return true
		}
	}
	return false
}

// maxLabelled is how many words a line has that says when the page was published.
const maxLabelled = 12

// minDated is how many bytes the shortest date has that says its year.
const minDated = 8

// headLines finds the headline, and the first and the last block that may hold the byline and the date.
func (p *page) headLines() (head, first, last int) {
	head = p.articleHeadline()
	if head < 0 {
		head = max(p.firstText, 0) - 1
		if p.firstText >= len(p.blocks) {
			head = 0
		}
		first = max(head-8, 0)
	} else {
		first = max(head-maxAboveHeadline, 0)
	}
	texts := 0
	for last = head + 1; last < min(head+maxBelowHeadline, len(p.blocks)-1); last++ {
		if bl := &p.blocks[last]; bl.Words-bl.LinkWords >= minOpening && bl.Kind != block.Caption {
			if texts++; texts >= 3 {
				break
			}
		}
	}
	return head, first, min(last, len(p.blocks)-1)
}

// articleHeadline is the block of the headline that the article stands below: teasers and breadcrumbs say it too.
func (p *page) articleHeadline() int {
	best, bestScore := -1, -100
	for b := range p.blocks {
		bl := &p.blocks[b]
		if bl.Kind != block.Headline {
			continue
		}
		score := 0
		switch {
		case bl.Level == 1 || p.tree.Ancestor(bl.Elem, atom.H1) != block.None:
			score = 4
		case bl.Level > 0:
			score = 2
		}
		if p.zoneOf(b)&(zoneRelated|zoneNav|zoneBreadcrumb|zonePager|zoneComments) != 0 || p.tree.Ancestor(bl.Elem, atom.Aside, atom.Footer) != block.None {
			score -= 5
		}
		if bl.LinkWords == bl.Words {
			score -= 2
		}
		if equalFolded(bl.Text, p.title.folded) {
			score += 3
		}
		for j := b + 1; j < min(b+maxBelowHeadline, len(p.blocks)); j++ {
			if next := &p.blocks[j]; next.Words-next.LinkWords >= minOpening {
				score += 3
				break
			}
		}
		if score > bestScore {
			best, bestScore = b, score
		}
	}
	return best
}

// notBylines are boxes whose names and dates are those of other pages and other people.
const notBylines = zoneRelated | zoneNav | zoneComments | zoneReplyForm | zoneNewsletter | zoneAd | zoneBreadcrumb | zonePager | zoneTags | zoneQuote

// readLine reads one block.
func (p *page) readLine(b int, v *visible, style dateStyle, nearness int) {
	bl := &p.blocks[b]
	foreign := notBylines
	if nearness >= nearHeadline && nearness < 100 { // whatever the box is named: the page may be a newsletter
		foreign &^= zoneNewsletter | zoneTags | zoneAd
	}
	switch {
	case bl.Kind == block.Code || bl.Kind == block.Cell && bl.Words > maxSignature || p.zoneOf(b)&foreign != 0:
		return
	case bl.Words > maxSignature && !p.marksUp(bl):
		p.readLead(bl.Text, v, style)
		return
	}
	outer := p.hintsAbove(bl.Elem)
	for _, piece := range p.pieces(bl, outer) {
		p.readPiece(piece, b, v, style, nearness)
	}
	if bl.Words >= minOpening {
		v.expectName, v.expectNew, v.expectChange = false, false, false
	}
}

// maxDateline is how many bytes into a text its dateline reaches: "RAJSHAHI, Dec 20, 2025 (BSS) –".
const maxDateline = 72

// readDateline reads the place and the day that agencies begin a text with.
func (v *visible) readDateline(text string, style dateStyle) {
	head := text[:min(len(text), maxDateline)]
	d, ok := findDate(head, style)
	if !ok || letters(head[:d.start]) > maxBeside {
		return
	}
	for _, sign := range [...]string{" -", "–", "—", "--", "電", "电", "讯", "訊"} {
		if i := strings.Index(head[d.end:], sign); i >= 0 && letters(head[d.end:d.end+i]) <= maxBeside/2 {
			v.published = visibleDate{d, 1000 * trustFar}
			return
		}
	}
}

// readLead reads what agencies begin a text with.
func (p *page) readLead(text string, v *visible, style dateStyle) {
	if v.published.score == 0 {
		v.readDateline(text, style)
	}
	if v.trust == 0 {
		if names := eastAsianNames(text); names != nil {
			v.addNames(strings.Join(names, "、"), trustMarked, -1, false, p.meta.names)
		}
	}
	v.expectName, v.expectNew, v.expectChange = false, false, false
}

// readPiece reads a run of text of one meaning.
func (p *page) readPiece(pc piece, b int, v *visible, style dateStyle, nearness int) {
	if pc.hint&hintOther != 0 || block.CountWords(pc.text) > maxSignature {
		return
	}
	text, dated := pc.text, false
	if d, ok := parseDate(pc.when, style); ok && len(pc.when) >= len(time.DateOnly) {
		before, after := text, ""
		if seen, ok := findDate(text, style); ok {
			before, after = text[:seen.start], text[seen.end:]
			if seen.day() != d.day() {
				d = seen
			}
		}
		v.addDate(d, pc.hint, before, after, nearness)
		text, dated = before+"\n"+afterClock(after), true
	}
	for range 3 {
		d, ok := findDate(text, style)
		if !ok {
			break
		}
		before, after := text[:d.start], text[d.end:]
		v.addDate(d, pc.hint, before, after, nearness)
		text, dated = before+"\n"+afterClock(after), true
	}
	if names := eastAsianNames(strings.ReplaceAll(text, "\n", " ")); names != nil {
		v.addNames(strings.Join(names, "、"), trustNamed, b, false, p.meta.names)
		return
	}
	if k := p.blocks[b].Kind; k == block.Headline || k == block.Heading && pc.hint&hintPerson == 0 {
		return
	}
	for line := range strings.FieldsFuncSeq(text, isLineBreak) {
		for part := range strings.SplitSeq(line, " - ") {
			p.readNames(strings.TrimSpace(part), pc.hint, b, dated && nearness >= farAbove, v)
		}
	}
}

// isLineBreak knows the signs between a name and a date.
func isLineBreak(r rune) bool {
	switch r {
	case '\n', '|', '•', '·', '⋅', '—', '–', '｜', '∙', '▪', '►', '■', '●', '◆':
		return true
	}
	return false
}

// afterClock takes the time of day and its zone off what stands behind a date.
func afterClock(s string) string {
	tokens := dateTokens(s[:min(len(s), 40)])
	for i := range tokens {
		if tokens[i].kind == 't' && tokens[i].start <= maxClockGap {
			s = strings.TrimLeft(s[tokens[i].end:], " ")
			for _, word := range [...]string{"Uhr", "AM", "PM", "A.M.", "P.M.", "น.", "WITA", "MSK", "Eastern", "EET", "EEST", "CEST", "BST", "PST", "PDT", "CDT", "CST", "am", "pm", "a.m.", "p.m.", "GMT", "UTC", "EST", "EDT", "ET", "PT", "CET", "IST", "WIB", "h"} {
				if rest, ok := strings.CutPrefix(s, word); ok && (rest == "" || !isWordLetter(rune(rest[0]))) {
					s = strings.TrimLeft(rest, " ")
				}
			}
			return s
		}
	}
	return s
}

// readNames reads what is left of a line when its dates are taken out.
func (p *page) readNames(line string, hint hint, b int, dated bool, v *visible) {
	if line = strings.Trim(line, " ,;"); line == "" || len(line) > 300 {
		return
	}
	lower := strings.ToLower(strings.Trim(line, " :.,-"))
	plain := withoutAccents(lower)
	if isLabel(plain, plainPublished()) {
		v.expectNew, v.expectChange = true, false
		return
	}
	if isLabel(plain, plainModified()) {
		v.expectChange, v.expectNew = true, false
		return
	}
	prefix := byPrefix(line)
	if prefix != "" && len(strings.Trim(line[len(prefix):], " :：")) == 0 || hasWord(bylineLabels, lower) {
		v.expectName = true
		return
	}
	trust := 0
	switch {
	case len(bylineNames(line)) > 0, prefix != "" && !weakPrefixes[prefix] && hint&hintAuthor != 0:
		trust = trustNamed
	case v.expectName && block.CountWords(line) <= 12:
		trust = trustNamed
	case hint&hintAuthor != 0:
		trust = trustMarked
	case dated && allNames(line) && strings.Count(line, " ") <= 3 || hint&hintProfile != 0:
		trust = trustLine
	}
	v.expectName = v.expectName && !strings.ContainsFunc(line, unicode.IsLetter)
	if trust > 0 {
		v.addNames(line, trust, b, hint&hintPerson != 0 || v.forum, p.meta.names)
	}
}

// isLabel reports whether a line is nothing but one of the words, and one or two of no meaning: "Published on", "Last updated:".
func isLabel(plain string, words *labelIndex) bool {
	if plain == "" || len(plain) > 48 {
		return false
	}
	for _, w := range words.by[plain[0]] {
		if rest, ok := strings.CutPrefix(plain, w); ok && len(rest) <= 8 {
			if rest = strings.Trim(rest, " :："); rest == "" || len(rest) <= 5 && !strings.Contains(rest, " ") && isPreposition(rest) {
				return true
			}
		}
	}
	return false
}

func isPreposition(word string) bool {
	switch word {
	case "on", "at", "am", "le", "el", "il", "em", "op", "dnia", "den", "dne", "la", "pada", "date", "on:", "em:", "in", "den:", "på", "στις", "lúc", "ngày", "i":
		return true
	}
	return false
}

// addNames adds the names on a line. Of several lines those of the surest kind count, and of those the ones beside each other.
func (v *visible) addNames(line string, trust, b int, accounts bool, site siteNames) {
	found := nameList{site: site}
	found.add(cutPlace(line))
	if trust == trustLine && !accounts {
		found.of[organisation] = nil
	}
	if accounts && v.trust > 0 && v.forum {
		return // the first is who began
	}
	if len(found.of[person]) == 0 && trust < trustNamed && !accounts {
		found.of[account], found.of[handle] = nil, nil
	}
	if len(found.best()) == 0 && (!accounts || len(found.of[handle]) == 0) {
		return
	}
	if len(found.of[person]) == 0 && len(v.names.of[person]) > 0 {
		return
	}
	if len(found.of[person]) > 0 && len(v.names.of[person]) == 0 || trust > v.trust {
		if trust < v.trust && v.trust >= trustNamed && len(v.names.of[account]) > 0 && b-v.nameAt > 2 {
			return
		}
		v.names, v.trust, v.nameAt = found, trust, b
		return
	}
	if trust < v.trust && (b != v.nameAt || trust < trustMarked) || b-v.nameAt > 3 {
		return
	}
	v.nameAt = b
	for c := handle; c <= person; c++ {
		for _, name := range found.of[c] {
			v.names.addOnce(name, c)
		}
	}
}

// addOnce adds a name that is not part of one that is there.
func (n *nameList) addOnce(name string, class nameClass) {
	if class == person && isRoleWord(lastWord(name)) {
		return
	}
	key := foldLetters(name)
	for i, other := range n.of[class] {
		o := foldLetters(other)
		if strings.Contains(o, key) {
			return
		}
		if strings.Contains(key, o) {
			n.of[class][i] = name
			return
		}
	}
	if len(n.of[class]) < maxAuthors {
		n.of[class] = append(n.of[class], name)
	}
}

// cutPlace cuts off where a piece was filed: "Ada Pell in Gardening", "Bo Ek for The Gazette".
func cutPlace(line string) string {
	for _, word := range [...]string{" in ", " for ", " at ", " on ", " from ", " für ", " pour ", " para ", " per ", " dla ", " для "} {
		if i := strings.Index(line, word); i > 0 && strings.Contains(strings.TrimSpace(stripBy(line[:i])), " ") {
			line = line[:i]
		}
	}
	return line
}

// addDate notes a date by what stands beside it.
func (v *visible) addDate(d dateSpan, hint hint, before, after string, nearness int) {
	role := roleOf(before, after)
	if role == 0 {
		switch {
		case hint&hintModified != 0, v.expectChange:
			role = 'm'
		case hint&hintPublished != 0, v.expectNew:
			role = 'p'
		}
	}
	v.expectNew, v.expectChange = false, false
	trust := 0
	switch {
	case role != 0:
		trust = trustNamed
	case hint&(hintDate|hintTime) != 0:
		trust = trustMarked
	case letters(lastPart(before))+letters(firstPart(after)) <= maxBeside, hint&hintAuthor != 0, byPrefix(strings.TrimSpace(before)) != "":
		trust = trustLine
	default:
		return
	}
	if role == 0 && nearness < farAbove {
		if trust = trustFar; nearness <= belowText {
			return
		}
	}
	to := &v.published
	if role == 'm' {
		to = &v.modified
	}
	if score := 1000*trust + nearness; score > to.score {
		*to = visibleDate{d, score}
	}
}

// maxBeside is how many letters stand beside a date on a line that is there for it: a weekday, a place, "Uhr".
const maxBeside = 24

func lastPart(s string) string {
	if i := strings.LastIndexFunc(strings.TrimRightFunc(s, isLineBreak), isLineBreak); i >= 0 {
		return s[i:]
	}
	return s
}

func firstPart(s string) string {
	s = strings.TrimLeftFunc(s, isLineBreak)
	if i := strings.IndexFunc(s, isLineBreak); i >= 0 {
		return s[:i]
	}
	return s
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// maxRole is how far in bytes before a date the word stands that says what happened then.
const maxRole = 60

// roleOf reads from the words beside a date whether the page was published then, 'p', or changed, 'm'.
func roleOf(before, after string) byte {
	before = strings.ToLower(strings.ToValidUTF8(before[max(len(before)-maxRole, 0):], ""))
	before = withoutAccents(before)
	p, m := plainPublished().lastIn(before), plainModified().lastIn(before)
	if p < 0 && m < 0 {
		after = strings.ToLower(strings.TrimLeft(after[:min(len(after), maxRole)], " :)("))
		for _, w := range [...]string{"更新", "修正", "수정", "업데이트"} {
			if strings.HasPrefix(after, w) {
				return 'm'
			}
		}
		for _, w := range [...]string{"公開", "掲載", "配信", "发布", "發布", "发表", "投稿", "입력", "등록", "송고"} {
			if strings.HasPrefix(after, w) {
				return 'p'
			}
		}
		return 0
	}
	if m >= p {
		return 'm'
	}
	return 'p'
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
