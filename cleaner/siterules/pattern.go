package siterules

import (
	"net/url"
	"strings"
)

// A pathPattern selects the pages of a host to which a section applies. The zero value selects all pages. Patterns are
// like those of package scraper: "*" matches any text without a slash, "**" matches any text. A pattern with a question
// mark is compared with the path and the query, other patterns with the path alone.
type pathPattern struct{ text string }

// weight is the specificity of a pattern: the number of bytes that are not stars.
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

// glob matches a text in time proportional to the length of the pattern times the length of the text. It fills a table
// from the end; each entry records whether the rest of the pattern matches the rest of the text.
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

// maxGlobBytes is the maximum length in bytes of a path that a pattern can match, with the query if it is compared.
const maxGlobBytes = 4096
