package metadata

import (
	"slices"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits on the search in the data that a page carries for its scripts.
const (
	maxStateSearch = 512 << 10 // bytes that are searched for each beginning of a key
	maxStateValue  = 40        // bytes after the beginning of a key: its ending and its value
)

// A stateKey is the beginning of a key in data for scripts, and its possible endings.
type stateKey struct {
	begin string
	ends  []string
}

// stateKeys are the keys for the date of publication in data for scripts.
var stateKeys = [...]stateKey{
	{"ublish", []string{
		"edAt", "ed_at", "Date", "_date", "edDate", "ed_date", "edOn", "ed_on", "ed", "Time", "_time",
		"edTime", "ed_time", "At", "_at", "ingDate", "DateTime",
	}},
	{"ublication", []string{"Date", "_date", "-date", "Time", "_time", "DateTime"}},
	{"isplay", []string{"_date", "Date"}},
}

// eastStateKeys are additional keys of Chinese, Japanese and Korean pages. On other pages, "created" is often the date
// of the site or of a user's registration, and the search for the others takes time.
var eastStateKeys = [...]stateKey{
	{"ub", []string{"time", "Time", "_time", "date", "Date", "_date"}},
	{"ewsTime", []string{""}},
	{"reate", []string{"Time", "_time", "dAt", "d_at", "dTime", "Date", "_date"}},
	{"var ct", []string{""}},
}

// stateDates searches the page's data for scripts for dates such as "datePublished":"2026-03-14" or ct = "1772419800".
// language is the page's language. If the data gives several different days, it is a list.
func (f *Findings) stateDates(language string) []string {
	keys := stateKeys[:]
	if isEastAsian(language) {
		keys = append(slices.Clone(keys), eastStateKeys[:]...)
	}
	for _, keys := range keys {
		found, several := f.stateDay(keys.begin, keys.ends)
		if several {
			return nil
		}
		if found != "" {
			return []string{found}
		}
	}
	return nil
}

// stateDay returns the day in the values of the keys with the given beginning and endings, or "" if there is none. It
// also reports whether the values give several different days.
func (f *Findings) stateDay(begin string, ends []string) (found string, several bool) {
	left := maxStateSearch
	for _, n := range f.concealed.States {
		data := n.FirstChild.Data
		data = data[:min(len(data), left)]
		left -= len(data)
		for i := strings.Index(data, begin); i >= 0; i = strings.Index(data, begin) {
			data = data[i+len(begin):]
			day := stateValue(data[:min(len(data), maxStateValue)], ends)
			if day != "" && found != "" && day != found {
				return "", true
			}
			if day != "" {
				found = day
			}
		}
	}
	return found, false
}

// stateValue parses the day of a value: an ISO date, eight digits, or the seconds or milliseconds since 1970. The
// argument s is the text that follows the beginning of the key. stateValue returns "" if the key has a different ending
// or the value is not a date.
func stateValue(s string, ends []string) string {
	quote := strings.IndexAny(s, `"'\\:`)
	if quote < 0 || !phrase.HasWord(ends, strings.TrimRight(s[:quote], " =")) { // "key":"value" or key = "value"
		return ""
	}
	s = strings.TrimLeft(s[quote:], `\"': `)
	_, end, digits := text.ReadNumber(s, 0)
	if digits == 9 && (end == len("1772627400") || end == len("1772627400000")) {
		t, ok := dates.Epoch(s[:end])
		if !ok {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	if digits == 8 {
		if d, ok := numbersDate(s[:4], s[4:6], s[6:8]); ok {
			return d.String()
		}
	}
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, ok := dates.ISO(s[:len(time.DateOnly)], dates.Style{}); !ok {
		return ""
	}
	return s[:len(time.DateOnly)]
}
