// Package dates finds and parses dates in text, in the calendars and with the month names of some sixty languages.
package dates
