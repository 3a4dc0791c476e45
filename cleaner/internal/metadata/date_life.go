package metadata

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// minLife is the minimum number of years between two dates on one line for them to be the first and the last day of a
// life, a membership or a war. The days on which a page was published and changed rarely stand so far apart without
// words between them.
const minLife = 3

// isLife reports whether a line has two dates that are at least minLife years apart, with nothing between them but
// signs: "June 2, 1934 ~ March 9, 2026". Neither is the date of the page.
func isLife(line string, style dates.Style) bool {
	d, ok := dates.Find(line, style)
	if !ok {
		return false
	}
	before := strings.TrimRightFunc(line[:d.Start], isSign)
	if at := oldYear.FindStringIndex(before); at != nil {
		year, _ := strconv.Atoi(before[at[0]:at[1]])
		recent := before[:at[0]] + strconv.Itoa(dates.FirstYear) + before[at[1]:]
		first, ok := dates.Find(recent, style)
		return ok && first.End == len(recent) && isApart(year, d.Time.Year())
	}
	next, ok := dates.Find(line[d.End:], style)
	return ok && strings.IndexFunc(line[d.End:d.End+next.Start], text.IsWordRune) < 0 &&
		isApart(d.Time.Year(), next.Time.Year())
}

// oldYear matches a year before dates.FirstYear, which dates.Find does not accept.
var oldYear = regexp.MustCompile(`\b(18|19)[0-9][0-9]`)

func isApart(a, b int) bool { return a-b >= minLife || b-a >= minLife }

func isSign(r rune) bool { return !text.IsWordRune(r) }
