package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Openings contains the first characters of phrases. Most lines begin with another character and are ruled out without
// further comparison. Openings is built on first use and may be used from several goroutines.
type Openings struct {
	phrases []string
	once    sync.Once
	ascii   [utf8.RuneSelf]bool
	others  string
}

// NewOpenings returns the Openings of the given phrases, which must be in lower case.
func NewOpenings(phrases []string) *Openings { return &Openings{phrases: phrases} }

func (o *Openings) build() {
	for _, phrase := range o.phrases {
		if r, _ := utf8.DecodeRuneInString(phrase); r < utf8.RuneSelf {
			o.ascii[r] = true
		} else {
			o.others += string(r)
		}
	}
}

// Have reports whether a line could begin with one of the phrases, in capitals or not: whether it begins with the first
// character of one. It is also true if the line is empty or begins with invalid UTF-8.
func (o *Openings) Have(line string) bool {
	o.once.Do(o.build)
	r, _ := utf8.DecodeRuneInString(line)
	if r < utf8.RuneSelf {
		return o.ascii[LowerASCII(byte(r))]
	}
	return r == utf8.RuneError || strings.ContainsRune(o.others, LowerRune(r)) || o.haveASCII(r)
}

// haveASCII reports whether the lower case of r is an ASCII letter with which a phrase begins. Two letters beyond ASCII
// have an ASCII letter as their lower case: the kelvin sign and the Turkish capital İ.
func (o *Openings) haveASCII(r rune) bool {
	r = LowerRune(r)
	return r < utf8.RuneSelf && o.ascii[r]
}
