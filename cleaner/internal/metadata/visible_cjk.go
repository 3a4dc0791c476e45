package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// isEastAsian reports whether a language is Chinese, Japanese or Korean.
func isEastAsian(language string) bool {
	return language == "zh" || language == "ja" || language == "ko"
}

// isDatedLine reports whether a line has a date, in its text or in an attribute of one of its elements.
func isDatedLine(line string, pieces []piece, style dates.Style) bool {
	if isDated(line, style) {
		return true
	}
	for i := range pieces {
		if _, ok := dates.Parse(pieces[i].when, style); ok {
			return true
		}
	}
	return false
}

// readAcross reads a Chinese, Japanese or Korean line whose label and names are in separate elements: a link to a
// reporter after "記者", and the place of the report after the link. It reports whether the line names anyone.
func (r *lineReader) readAcross(pieces []piece, b int) bool {
	line := r.Blocks[b].Text
	if text.UnspacedLength(line) == 0 {
		return false
	}
	names := nameBehindLength(line)
	if names == nil || !isDatedLine(line, pieces, r.style) {
		names = r.namesAcross(pieces, r.style)
	}
	if names == nil {
		return false
	}
	r.addNames(strings.Join(names, "、"), trustNamed, b, false)
	return true
}

// namesAcross returns the names on a line of several elements, read as one.
func (p *View) namesAcross(pieces []piece, style dates.Style) []string {
	if len(pieces) < 2 {
		return nil
	}
	var line strings.Builder
	for i := range pieces {
		if pieces[i].hint&hintForeign == 0 && pieces[i].when == "" {
			line.WriteString(strings.ReplaceAll(pieces[i].text, "\n", " "))
			line.WriteByte(' ')
		}
	}
	return eastAsianNames(withoutDates(line.String(), style), p.meta.Names.language)
}

// nameBehindLength returns the name at the end of a line with a date, the time to read the page and a name, separated
// by dots: "2026-03-02 · 4 分钟 · 海边的猫".
func nameBehindLength(line string) []string {
	parts := strings.Split(line, "·")
	name := strings.TrimSpace(parts[len(parts)-1])
	if len(parts) < 3 || nickname(name) != name || !slices.ContainsFunc(parts, isMinutes) {
		return nil
	}
	return []string{name}
}

// isMinutes recognizes the time to read a page without a word for reading: "4 分钟".
func isMinutes(s string) bool {
	_, end, digits := text.ReadNumber(strings.TrimSpace(s), 0)
	unit := strings.TrimSpace(strings.TrimSpace(s)[end:])
	return digits > 0 && (strings.HasPrefix(unit, "分") || strings.HasPrefix(unit, "min"))
}

// withoutDates removes the first dates from a line, with the times of day after them.
func withoutDates(line string, style dates.Style) string {
	for range 3 {
		d, ok := dates.Find(line, style)
		if !ok {
			break
		}
		line = line[:d.Start] + " " + afterClock(line[d.End:])
	}
	return line
}

// accountBeside returns the name of an account that is next to a date: the text of an element that is marked as an
// author's or a user's name, or a link to a user's page.
func (r *lineReader) accountBeside(pc piece, line string) (name string, trust int) {
	if !r.line.beside || pc.hint&(hintUser|hintProfile|hintAuthor) == 0 || pc.when != "" {
		return "", 0
	}
	name = strings.TrimSpace(line)
	latin := pc.hint&(hintProfile|hintAuthor) != 0 && !strings.Contains(name, " ") && Classify(name) >= handle
	switch {
	case nickname(name) != name && !latin:
	case pc.hint&hintAuthor != 0:
		return name, trustMarked
	default:
		return name, trustLine
	}
	return "", 0
}

// signedHan is like the function signedHan, but a line between the headline and the text also counts as dated if the
// line above or below it has the date.
func (p *View) signedHan(line string, b int, dated bool) string {
	if text.UnspacedLength(line) < 2 {
		return ""
	}
	if b > 0 && b+2 < len(p.Blocks) && !dated {
		above, below := &p.Blocks[b-1], &p.Blocks[b+1]
		dated = p.isDayLine(b-1) && below.Words >= minOpening ||
			p.isDayLine(b+1) && above.Kind == block.Headline && p.Blocks[b+2].Words >= minOpening
	}
	if p.meta.Names.language != "ja" {
		line = joinHanNames(line)
	}
	return signedHan(line, dated)
}

// isDayLine reports whether a block is a short line with a date.
func (p *View) isDayLine(b int) bool {
	return p.Blocks[b].Words <= maxBesideWords && isDated(p.Blocks[b].Text, p.dateStyle())
}

// labelsAreBehind reports whether a Chinese or Japanese line begins with a date and the label of that date comes after
// it, as in "2026-03-02 发表 2026-03-09 更新".
func labelsAreBehind(pieces []piece, style dates.Style) bool {
	if len(pieces) < 2 || !isLabelBehind(&pieces[1]) {
		return false
	}
	if d, ok := dates.Find(pieces[0].text, style); !ok || strings.TrimSpace(pieces[0].text[:d.Start]) != "" {
		return false
	}
	return true
}

// isLabelBehind reports whether a run of text is only a label that can come after a date.
func isLabelBehind(pc *piece) bool {
	label := strings.TrimSpace(pc.text)
	return phrase.HanLabels.Has(label) && roleBehind(label) != roleUnknown
}

// findUserCard reads the user's name on a card next to the article, on pages in Chinese, Japanese and Korean that name
// nobody else. The name is the text of a link in a box whose class names a user.
func (r *lineReader) findUserCard(first int) {
	if r.byline.trust > 0 || r.ofThread || !isEastAsian(r.meta.Names.language) {
		return
	}
	found := ""
	for b := first; b <= min(r.LastText+maxBelowText, len(r.Blocks)-1); b++ {
		bl := &r.Blocks[b]
		if bl.LinkWords != bl.Words || bl.Kind == block.Headline || r.Hidden[b] || r.Zones[b]&notBylines != 0 ||
			nickname(bl.Text) != strings.TrimSpace(bl.Text) {
			continue
		}
		if pieces := r.pieces(bl, r.hintsAbove(bl.Elem)); len(pieces) != 1 || pieces[0].hint&hintUser == 0 {
			continue
		}
		if found != "" && found != bl.Text {
			return
		}
		found = bl.Text
	}
	if found != "" && !r.meta.Found.namesPeople(r.editors, r.meta.Names) {
		r.addNames(found, trustLine, 0, true)
	}
}

// findSignature reads the names in brackets with which Japanese and Chinese newspapers end a text, if the page names
// nobody else: 【海野健太】, （森みどり）.
func (r *lineReader) findSignature() {
	if r.byline.trust > 0 || r.ofThread {
		return
	}
	for b := max(r.LastText, 0); b <= min(r.LastText+maxBelowText, len(r.Blocks)-1); b++ {
		if r.Hidden[b] || r.Zones[b]&notBylines != 0 {
			continue
		}
		names := signedNames(r.Blocks[b].Text, r.meta.Names.language)
		if names != nil && !r.meta.Found.namesPeople(r.editors, r.meta.Names) {
			r.addNames(strings.Join(names, "、"), trustLine, b, false)
			return
		}
	}
}

// signedNames returns the names in the brackets at the end of a text, if the brackets have only names.
func signedNames(line, language string) []string {
	line = strings.TrimRight(line, " \u3000。")
	open := strings.LastIndexAny(line, "【（(〔")
	if last := lastRune(line); open < 0 || len(line)-open > maxFiled || !strings.ContainsRune("】）)〕", last) ||
		text.UnspacedLength(line[open:]) < 2 {
		return nil
	}
	inside, _, _ := strings.Cut(strings.Trim(line[open:], "【（(〔】）)〕 "), "＝") // 海野健太＝ロンドン
	if names := eastAsianNames(inside, language); names != nil {
		return names
	}
	parts := strings.FieldsFunc(inside, func(r rune) bool { return r == '・' || isHanSeparator(r, language) })
	before := strings.TrimSpace(line[:open])
	if len(parts) == 1 && (before == "" || text.EndsSentence(before)) && !strings.HasSuffix(line, "】") &&
		language == "zh" && nickname(inside) == inside && utf8.RuneCountInString(inside) < maxHanName {
		return parts // a pseudonym: …。（海风）
	}
	for _, name := range parts {
		if name = strings.ReplaceAll(name, " ", ""); !isHanPerson(name) && !isJapaneseName(name) {
			return nil
		}
	}
	return parts
}

// isJapaneseName reports whether a word can be a Japanese name that has a surname of two characters, judging by their
// second character, or a frequent surname of one character.
func isJapaneseName(s string) bool {
	runes := []rune(s)
	if len(runes) < maxHanName-1 || len(runes) > maxHanName+1 || Classify(s) != Person ||
		strings.ContainsRune("庁省局部課会社校院所法式", lastRune(s)) {
		return false
	}
	for _, r := range runes {
		if !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Hiragana, r) && r != '々' {
			return false
		}
	}
	return strings.ContainsRune(phrase.JapaneseSurnameEnds, runes[1]) ||
		strings.ContainsRune(phrase.ShortJapaneseSurnames, runes[0])
}

// editorsIn returns the names after labels for editors on a Chinese line: "责任编辑：王芳".
func editorsIn(line, language string) []string {
	var names []string
	for _, label := range phrase.HanEditors {
		if rest, ok := behindHanLabel(line, label); ok {
			names = append(names, namesUpToStop(rest, language)...)
		}
	}
	return names
}

// findEditors records the editors on the lines around the text. Some sites name the editor in the meta element for the
// author.
func (r *lineReader) findEditors(first, last int) {
	if r.meta.Names.language != "zh" || len(r.meta.Found.meta["author"]) == 0 {
		return
	}
	for b := first; b < len(r.Blocks); b++ {
		if b > last && (b <= r.LastText || b > r.LastText+maxBelowText) || len(r.Blocks[b].Text) > maxEditorLine {
			continue
		}
		r.editors = append(r.editors, editorsIn(r.Blocks[b].Text, "zh")...)
	}
}

// maxEditorLine is the maximum number of bytes of a line that names editors.
const maxEditorLine = 240

// withoutEditors removes the page's editors from the people in its markup, unless a visible line names them as authors.
func (v *visible) withoutEditors(names nameList) nameList {
	if len(v.editors) == 0 {
		return names
	}
	names.of[Person] = slices.DeleteFunc(slices.Clone(names.of[Person]), func(name string) bool {
		return slices.Contains(v.editors, name) && !slices.Contains(v.byline.names.of[Person], name)
	})
	return names
}
