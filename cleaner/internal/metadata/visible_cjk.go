package metadata

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

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
func (p *View) readAcross(pieces []piece, b int, v *visible, style dates.Style) bool {
	if len(pieces) < 2 || text.UnspacedLength(p.Blocks[b].Text) == 0 {
		return false
	}
	var line strings.Builder
	for i := range pieces {
		if pieces[i].hint&hintForeign == 0 && pieces[i].when == "" {
			line.WriteString(strings.ReplaceAll(pieces[i].text, "\n", " "))
			line.WriteByte(' ')
		}
	}
	names := eastAsianNames(withoutDates(line.String(), style), p.meta.Names.language)
	if names == nil {
		return false
	}
	v.addNames(strings.Join(names, "、"), trustNamed, b, false, p.meta.Names)
	return true
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

// accountBeside returns the name of an account that is next to a date: the text of an element that is marked as a
// user's name, or a link to a user's page.
func (p *View) accountBeside(pc piece, line string, v *visible) string {
	name := strings.TrimSpace(line)
	switch {
	case !v.beside || pc.hint&(hintUser|hintProfile) == 0 || pc.when != "":
	case nickname(name) == name, pc.hint&hintProfile != 0 && !strings.Contains(name, " ") && Classify(name) >= handle:
		return name
	}
	return ""
}

// followsDate reports whether a line is between a line with a date and the text.
func (p *View) followsDate(b int) bool {
	return b > 0 && b+1 < len(p.Blocks) && p.Blocks[b+1].Words >= minOpening &&
		p.Blocks[b-1].Words <= maxBesideWords && isDated(p.Blocks[b-1].Text, p.dateStyle())
}

// findSignature reads the names in brackets with which Japanese and Chinese newspapers end a text, if the page names
// nobody else: 【海野健太】, （森みどり）.
func (p *View) findSignature(v *visible) {
	if v.trust > 0 || v.forum {
		return
	}
	for b := max(p.LastText, 0); b <= min(p.LastText+maxBelowText, len(p.Blocks)-1); b++ {
		if p.Hidden[b] || p.Zones[b]&notBylines != 0 {
			continue
		}
		names := signedNames(p.Blocks[b].Text, p.meta.Names.language)
		if names != nil && !p.meta.Found.namesPeople(p.meta.Names) {
			v.addNames(strings.Join(names, "、"), trustLine, b, false, p.meta.Names)
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
	return strings.ContainsRune(phrase.JapaneseSurnameEnds, runes[1]) || strings.ContainsRune(phrase.ShortJapaneseSurnames, runes[0])
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
func (p *View) findEditors(v *visible, first, last int) {
	if p.meta.Names.language != "zh" || len(p.meta.Found.meta["author"]) == 0 {
		return
	}
	for b := first; b < len(p.Blocks); b++ {
		if b > last && (b <= p.LastText || b > p.LastText+maxBelowText) || len(p.Blocks[b].Text) > maxEditorLine {
			continue
		}
		v.editors = append(v.editors, editorsIn(p.Blocks[b].Text, "zh")...)
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
		return slices.Contains(v.editors, name) && !slices.Contains(v.names.of[Person], name)
	})
	return names
}
