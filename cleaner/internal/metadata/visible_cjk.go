package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
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
	if !v.beside || pc.hint&(hintUser|hintProfile) == 0 || pc.when != "" || nickname(name) != name {
		return ""
	}
	return name
}
