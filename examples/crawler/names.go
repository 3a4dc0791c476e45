package main

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the longest file name in bytes, without its extension: file systems take 255, and users look at them.
const maxName = 80

// names hands out file names that no page can steer: letters, digits and hyphens only, no two the same on a file
// system that folds case or normalises Unicode, none that Windows reserves.
type names struct {
	taken map[string]string // folded, and the address that has it
	// theirs tells whether the name of a folder belongs to the page of another address since an earlier run; nil for a folder that is begun anew, where each
	// call is for a page of its own. Otherwise a page that comes again is given the name that it had.
	theirs func(folder, name, address string) bool
	next   map[string]int // by folded base: the number to try next, since a site may give all its pages one title
}

func newNames() *names {
	return &names{taken: make(map[string]string), next: make(map[string]int)}
}

// take names an article after its title, else after its address.
func (n *names) take(title, address string) string { return n.takeIn("", title, address) }

// takeIn is take for a folder of its own.
func (n *names) takeIn(folder, title, address string) string {
	base := slug(title)
	if base == "" {
		base = slugOfURL(address)
	}
	if isReserved(base) {
		base = "page-" + base
	}
	name, key := base, folder+"/"+fold(base)
	for number := 1; n.isTaken(folder, name, address); number++ {
		if n.theirs == nil {
			n.next[key]++
			number = n.next[key]
		}
		name = base + "-" + strconv.Itoa(number+1)
	}
	n.taken[folder+"/"+fold(name)] = address
	return name
}

func (n *names) isTaken(folder, name, address string) bool {
	owner, taken := n.taken[folder+"/"+fold(name)]
	if n.theirs == nil {
		return taken
	}
	if taken {
		return owner != address
	}
	return n.theirs(folder, name, address)
}

// fold gives names one form that some file system takes for the same: HFS+ and APFS normalise, NTFS and they fold case. Full case
// folding and compatibility forms are more than any of them does.
func fold(name string) string { return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name))) }

func slugOfURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "page"
	}
	if s := slug(u.Path); s != "" {
		return s
	}
	if s := slug(u.Host); s != "" {
		return s
	}
	return "page"
}

// slug folds a title to lower case and puts a hyphen for everything that is no letter or digit.
func slug(s string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range s {
		if unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
			continue // letters and marks that nobody sees, and that HFS+ does not tell apart
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			hyphen = b.Len() > 0
			continue
		}
		r = unicode.ToLower(r)
		if b.Len()+len(string(r))+1 > maxName {
			break
		}
		if hyphen {
			b.WriteByte('-')
		}
		hyphen = false
		b.WriteRune(r)
	}
	return b.String()
}

// isReserved knows the names of devices that Windows opens instead of files.
func isReserved(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul", "articles":
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '0' && s[3] <= '9'
}
