package main

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// maxName is the longest file name in bytes, without its extension: file systems take 255, and users look at them.
const maxName = 80

// names hands out file names that no page can steer: letters, digits and hyphens only, no two the same on a file
// system that folds case, none that Windows reserves.
type names struct{ taken map[string]bool }

func newNames() *names { return &names{taken: make(map[string]bool)} }

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
	name := base
	for i := 2; n.taken[folder+"/"+name]; i++ {
		name = base + "-" + strconv.Itoa(i)
	}
	n.taken[folder+"/"+name] = true
	return name
}

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
