package siterules

import (
	"net/url"
	"strings"
)

// A pathPattern says which pages of a host a section is for. The zero value is for all. Patterns are as the
// scraper's: "*" is any text without a slash, "**" is any text. They are compared with the path and, if they have a
// question mark, with the query.
type pathPattern struct{ text string }

// weight is how specific a pattern is: how many bytes are not stars.
func (p pathPattern) weight() int { return len(p.text) - strings.Count(p.text, "*") }

func (p pathPattern) matches(address *url.URL) bool {
	if p.text == "" {
		return true
	}
	path := address.EscapedPath()
	if path == "" {
		path = "/"
	}
	if strings.Contains(p.text, "?") && address.RawQuery != "" {
		path += "?" + address.RawQuery
	}
	return glob(p.text, path)
}

// glob matches a text in time that is at most the product of both lengths: a table of what the rest of the pattern
// matches, from the end.
func glob(pattern, text string) bool {
	if len(text) > maxGlobBytes {
		return false
	}
	rest, next := make([]bool, len(text)+1), make([]bool, len(text)+1)
	rest[len(text)] = true
	for i := len(pattern) - 1; i >= 0; i-- {
		switch {
		case pattern[i] != '*':
			for k := range len(text) {
				next[k] = text[k] == pattern[i] && rest[k+1]
			}
			next[len(text)] = false
		default:
			wide := i > 0 && pattern[i-1] == '*'
			if wide {
				i--
			}
			for k := len(text); k >= 0; k-- {
				next[k] = rest[k] || k < len(text) && (wide || text[k] != '/') && next[k+1]
			}
		}
		rest, next = next, rest
	}
	return rest[0]
}

// maxGlobBytes is the longest path that a pattern matches.
const maxGlobBytes = 4096
