package dates

import (
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// dayFirstHosts are the top-level domains of countries where the day is written before the month, even on pages that
// are in English or that declare the default language of their theme. The domains of Liberia and the Philippines are
// absent because the month comes first there. Domains that are sold worldwide are absent too.
var dayFirstHosts = text.SetOf("uk", "ie", "in", "au", "nz", "za", "ng", "gh", "ke", "ug", "tz", "zm", "zw", "bw",
	"na", "mw", "sl", "gm", "rw", "et", "mu", "pk", "bd", "lk", "np", "my", "sg", "hk", "jm", "tt", "bb", "bs", "gy",
	"fj", "pg", "cy", "mt", "ae", "qa", "eg", "jo", "lb", "kw", "om", "bh", "sa")

// IsDayFirstHost reports whether the top-level domain of an address belongs to a country where the day is written
// before the month, even on pages that are in English or that declare the default language of their theme. It returns
// false for nil.
func IsDayFirstHost(u *url.URL) bool {
	if u == nil {
		return false
	}
	host := u.Hostname()
	return dayFirstHosts.Has(strings.ToLower(host[strings.LastIndexByte(host, '.')+1:]))
}

// byWeekday uses the weekday before a date to decide the order of the date's numbers, as in "Wednesday 04/03/2026", or
// in "Mi, 03/04/2026", which Drupal writes in this order in any language. It does nothing if the weekday fits both
// orders or neither.
func (d *Span) byWeekday(word, language string) {
	if d.Swapped.IsZero() {
		return
	}
	day, known := weekdayOf(word, language)
	switch {
	case !known:
	case d.Swapped.Time.Weekday() == day && d.Time.Weekday() != day:
		d.Date, d.Swapped = d.Swapped, Date{}
	case d.Time.Weekday() == day && d.Swapped.Time.Weekday() != day:
		d.Swapped = Date{}
	}
}

// weekdayOf recognizes a weekday by the beginning of its name in the given language or in English.
func weekdayOf(word, language string) (time.Weekday, bool) {
	word = WithoutAccents(strings.ToLower(word))
	if len(word) > maxWeekday {
		return 0, false
	}
	for _, begins := range [...][]string{weekdayBegins()[language], weekdayBegins()["en"]} {
		for i, begin := range begins {
			if strings.HasPrefix(word, begin) {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}

// maxWeekday is the maximum length of a weekday's name, in bytes.
const maxWeekday = 24

// weekdayBegins maps a language to the beginnings of the weekdays' names, Sunday to Saturday, without accents. It
// covers languages in which pages write a date in numbers after a weekday.
var weekdayBegins = sync.OnceValue(func() map[string][]string {
	begins := make(map[string][]string)
	for language, line := range map[string]string{
		"en": "sun mon tue wed thu fri sat",
		"de": "so mo di mi do fr sa",
		"fr": "dim lun mar mer jeu ven sam",
		"es": "dom lun mar mie jue vie sab",
		"ca": "dg dl dt dc dj dv ds",
		"pt": "dom seg ter qua qui sex sab",
		"it": "dom lun mar mer gio ven sab",
		"ro": "dum lun mar mie joi vin sam",
		"nl": "zo ma di wo do vr za",
		"sv": "son man tis ons tor fre lor",
		"da": "son man tir ons tor fre lor",
		"nb": "son man tir ons tor fre lor",
		"no": "son man tir ons tor fre lor",
		"pl": "nie pon wt sr czw pi so",
		"hu": "vas het ked sze csu pen szo",
		"tr": "paz pzt sal car per cum cmt",
		"id": "min sen sel rab kam jum sab",
		"ms": "aha isn sel rab kha jum sab",
		"ru": "вос пон вто сре чет пят суб",
		"uk": "нед пон вів сер чет пят суб",
		"bg": "нед пон вто сря чет пет съб",
		"el": "κυρ δευ τρι τετ πεμ παρ σαβ",
	} {
		begins[language] = strings.Fields(line)
	}
	return begins
})
