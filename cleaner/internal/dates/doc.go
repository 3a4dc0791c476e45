// Package dates finds and parses dates in text. It knows the month names of some sixty languages and the Gregorian,
// Buddhist, Iranian, Islamic and Ethiopian calendars.
//
//	Find("Updated: 14. März 2026, 9:30 Uhr", StyleOf("de"))  is 2026-03-14T09:30:00
//	Find("१४ मार्च २०२६", StyleOf("hi"))                        is 2026-03-14
//	Parse("2026-03-14T06:12:00Z", Style{})                    is 2026-03-14T06:12:00Z
//
// Files, in the order of use:
//
//	parse.go       Parse reads a value that is a date: ISO 8601, seconds since 1970, or words
//	find.go        Find finds the first date in a line
//	tokens.go      cuts a line into numbers, words and times of day
//	months.go      the months by name and language
//	east_asia.go   dates whose numbers are followed by 年, 月 and 日
//	style.go       how a language orders the numbers of a date
//	order.go       which number is the day, judging by the weekday or the country of a host
//	partial.go     Month and Partial read dates without a day
//	calendar.go    conversion from other calendars
//	clock.go       the time of day and the time zone next to a date
//	date.go        Date, the result
package dates
