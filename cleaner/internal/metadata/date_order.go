package metadata

import (
	"github.com/dechaff/dechaff/cleaner/internal/dates"
)

// Limits on the search for dates that show the order of day and month.
const (
	maxOrderLines = 400 // lines that may have a date
	maxOrderLine  = 160 // bytes read from each line
)

// numberOrder returns 'd' if the dates on the page put the day before the month, 'm' if they put the month first, and 0
// if the order is unknown or not the same everywhere. Only a date with a number from 13 to 31 shows the order. Dates
// with points do not count.
func (p *View) numberOrder() byte {
	var dayFirst, monthFirst int
	left := maxOrderLines
	for b := range p.Blocks {
		text := p.Blocks[b].Text
		if len(text) < minDated || !hasDay(text) {
			continue
		}
		if left--; left < 0 {
			break
		}
		text = text[:min(len(text), maxOrderLine)]
		tokens := dates.Tokens(text)
		for i := 0; i+2 < len(tokens); i++ {
			a, b, c := &tokens[i], &tokens[i+1], &tokens[i+2]
			if a.Kind != 'n' || b.Kind != 'n' || c.Kind != 'n' || a.Digits > 2 || b.Digits > 2 || c.Digits != 4 {
				continue
			}
			sign, ok := dates.Sign(text[a.End:b.Start])
			if other, ok2 := dates.Sign(text[b.End:c.Start]); !ok || !ok2 || sign != other || sign == '.' {
				continue
			}
			switch {
			case a.Number > 12 && a.Number <= 31 && b.Number <= 12:
				dayFirst++
			case b.Number > 12 && b.Number <= 31 && a.Number <= 12:
				monthFirst++
			}
		}
	}
	switch {
	case dayFirst > 0 && monthFirst == 0:
		return 'd'
	case monthFirst > 0 && dayFirst == 0:
		return 'm'
	}
	return 0
}
