package dates

import (
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// MaxClockGap is the maximum number of bytes between a date and a time of day that follows it. Typical texts between
// them are " at ", " um " and " klo ".
const MaxClockGap = 24

// MaxClockLetters is the maximum number of letters between a date and a time of day that follows it. More letters are
// assumed to be the label of another time.
const MaxClockLetters = 12

// addClock adds a time of day, and its time zone, to the date that consists of tokens[first:after]. The time of day is
// after the date, within it or right before it.
func (d *Span) addClock(s string, tokens []Token, first, after int) {
	for i := after; i < len(tokens) && tokens[i].Start-d.End <= MaxClockGap; i++ {
		if t := &tokens[i]; t.Kind == 't' {
			if text.Letters(s[d.End:t.Start]) > MaxClockLetters {
				break
			}
			d.setClock(s, tokens, i)
			return
		} else if t.Kind == 'n' && !(i+1 < len(tokens) && tokens[i+1].Kind == 't') {
			break
		}
	}
	for i := first + 1; i < after; i++ {
		if tokens[i].Kind == 't' {
			d.setClock(s, tokens, i)
			return
		}
	}
	if first > 0 && tokens[first-1].Kind == 't' && d.Start-tokens[first-1].End <= 4 {
		d.setClock(s, tokens, first-1)
	}
}

func (d *Span) setClock(s string, tokens []Token, i int) {
	c := tokens[i].clock
	switch halfOfDay(s, tokens, i) {
	case 'p':
		if c.hour < 12 {
			c.hour += 12
		}
	case 'a':
		if c.hour == 12 {
			c.hour = 0
		}
	}
	if c.hour > 23 {
		return
	}
	zone, known := zoneAfter(s[tokens[i].End:])
	location := time.UTC
	if known && zone != 0 {
		location = time.FixedZone("", zone)
	}
	set := func(day Date) Date {
		y, m, dd := day.Time.Date()
		return Date{Time: time.Date(y, m, dd, c.hour, c.minute, c.second, 0, location), HasTime: true, HasZone: known}
	}
	d.Date = set(d.Date)
	if !d.Swapped.IsZero() {
		d.Swapped = set(d.Swapped)
	}
}

// halfOfDay returns 'p' for 6:12 p.m. and 下午6:12, 'a' for 6:12 a.m. and 上午6:12, and 0 if the text does not give the
// half of the day. The time of day is tokens[i].
func halfOfDay(s string, tokens []Token, i int) byte {
	rest := strings.TrimLeft(s[tokens[i].End:], " \u00A0\u202F")
	if len(rest) >= 2 {
		if half := rest[0] | 0x20; half == 'a' || half == 'p' {
			second := strings.ToLower(rest[1:min(len(rest), 4)])
			if (strings.HasPrefix(second, "m") || strings.HasPrefix(second, ".m")) &&
				(len(rest) == 2 || !text.IsWordLetter(rune(rest[2])) || rest[1] == '.') {
				return half
			}
		}
	}
	if i > 0 && tokens[i-1].Kind == 'w' {
		switch word := tokens[i-1].Word; {
		case strings.HasSuffix(word, "下午"), strings.HasSuffix(word, "午後"), strings.HasSuffix(word, "오후"),
			strings.HasSuffix(word, "晚上"):
			return 'p'
		case strings.HasSuffix(word, "上午"), strings.HasSuffix(word, "午前"), strings.HasSuffix(word, "오전"):
			return 'a'
		}
	}
	return 0
}

// zoneNames maps the abbreviations that mean the same time zone on almost all pages to hours east of UTC. Ambiguous
// abbreviations (IST, CST, AST) are absent.
var zoneNames = sync.OnceValue(func() map[string]int {
	return map[string]int{
		"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
		"SAST": 2, "EEST": 3, "MSK": 3, "TRT": 3, "EAT": 3,
		"WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "HKT": 8, "PHT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
		"NZDT": 13,
		"EST":  -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
	}
})

// zoneAfter returns the time zone at the start of s, the text after a time of day, in seconds east of UTC. It reads
// "+02:00", "GMT+3" and "a.m. EST".
func zoneAfter(s string) (seconds int, ok bool) {
	s = strings.TrimLeft(s, " \u00A0\u202F(")
	for _, half := range [...]string{"a.m.", "p.m.", "am", "pm", "AM", "PM", "Uhr", "h"} {
		if rest, found := strings.CutPrefix(s, half); found && (rest == "" || rest[0] == ' ' || rest[0] == '(') {
			s = strings.TrimLeft(rest, " (")
			break
		}
	}
	end := 0
	for end < len(s) && end < 5 && s[end] >= 'A' && s[end] <= 'Z' {
		end++
	}
	hours, known := zoneNames()[s[:end]]
	if end < len(s) && text.IsWordLetter(rune(s[end])) {
		return 0, false
	}
	rest := s[end:]
	if (known && hours == 0 || end == 0) && len(rest) >= 2 && (rest[0] == '+' || rest[0] == '-') &&
		text.IsDigit(rune(rest[1])) {
		return offset(rest)
	}
	return hours * 3600, known && end > 0
}

// offset parses +2, +02, +0200 and +02:00, and returns seconds east of UTC.
func offset(s string) (seconds int, ok bool) {
	h, end, digits := text.ReadNumber(s, 1)
	m := 0
	switch {
	case digits == 4:
		h, m = h/100, h%100
	case digits <= 2 && end < len(s) && s[end] == ':':
		m, _, _ = text.ReadNumber(s, end+1)
	case digits > 2:
		return 0, false
	}
	if h > 14 || m > 59 {
		return 0, false
	}
	seconds = h*3600 + m*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
