package metadata

import (
	"regexp"
	"strings"
	"unicode"
)

// Ages of a page at the end of a line: "10 minutes ago", "vor 10 Minuten", "10分钟前".
var (
	agesBehind = regexp.MustCompile(`(?i)[\s,(·•|–-]*\b(?:about |over )?(?:\d+|an?)\s*\pL+\.?` +
		`(?:(?:,| and|,? et|,? und)?\s\d+\s*\pL+)?\s(?:ago|fa|geleden|temu|назад|тому|önce|sedan|siden|sitten|` +
		`atrás|(?:yang )?lalu|trước|pred|πριν)\)?$`)
	agesBefore = regexp.MustCompile(`(?i)[\s,(·•|–-]*(?:\s|^)(?:vor|il y a|hace|há|för|for|před|πριν από|منذ|acum)` +
		`\s+(?:\d+|einem|einer)\s*\pL+\.?(?:\s(?:sedan|siden))?\)?$`)
	agesEast = regexp.MustCompile(`\s*\d+\s*(?:秒|分鐘|分钟|分|小時|小时|時間|天|日|초|분|시간|일)(?:之?前|\s?전)$`)
)

// maxAgeLine is the maximum number of bytes of a line with a name and an age.
const maxAgeLine = 200

// withoutAge removes how long ago the page was published from the end of a line: "By Ada Pell, Agency Writer 10 minutes
// ago".
func withoutAge(line string) string {
	if len(line) > maxAgeLine || !strings.ContainsFunc(line, unicode.IsDigit) && !strings.HasSuffix(line, " ago") {
		return line
	}
	for _, ages := range [...]*regexp.Regexp{agesBehind, agesBefore, agesEast} {
		if at := ages.FindStringIndex(line); at != nil {
			return line[:at[0]]
		}
	}
	return line
}
