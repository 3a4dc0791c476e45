package main

import (
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the longest file name in bytes, without its extension: file systems take 255, and users look at them.
const maxName = 80

// names hands out file names that no page can steer: letters, digits and hyphens only, no two the same on a file system
// that folds case or normalizes Unicode, none that Windows reserves. A page that comes again gets the name that it had,
// in an earlier run too.
type names struct {
	taken map[string]bool   // by folder and folded name
	owned map[string]string // the name of a page, by folder and address
	next  map[string]int    // by folder and folded base: the number to try next, since a site may give all pages one title
}

func newNames() *names {
	return &names{taken: make(map[string]bool), owned: make(map[string]string), next: make(map[string]int)}
}

// take names an article after its title, else after its address.
func (n *names) take(title, address string) string { return n.takeIn("", title, address) }

// takeIn is take for a folder of its own.
func (n *names) takeIn(folder, title, address string) string {
	if name, ok := n.owned[folder+"/"+address]; ok {
		return name
	}
	base := slug(title)
	if base == "" {
		base = slugOfURL(address)
	}
	if isReserved(base) {
		base = "page-" + base
	}
	name, key := base, folder+"/"+fold(base)
	for n.taken[folder+"/"+fold(name)] {
		n.next[key]++
		name = base + "-" + strconv.Itoa(n.next[key]+1)
	}
	n.own(folder, name, address)
	return name
}

// own notes that a page has a name, and reserve that a name is not to be given to any.
func (n *names) own(folder, name, address string) {
	n.owned[folder+"/"+address] = name
	n.reserve(folder, name)
}

func (n *names) reserve(folder, name string) { n.taken[folder+"/"+fold(name)] = true }

// htmlFolder is the names' folder of pages as they were fetched, and savedAbout the file there that has a page's
// address.
const (
	htmlFolder = "html"
	savedAbout = "page.json"
)

// readSaved learns which folders of -save-html earlier runs have made, and of which pages.
func (n *names) readSaved(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		var about savedPage
		b, err := os.ReadFile(filepath.Join(dir, entry.Name(), savedAbout))
		if err == nil && json.Unmarshal(b, &about) == nil && about.URL != "" {
			n.own(htmlFolder, entry.Name(), about.URL)
			continue
		}
		n.reserve(htmlFolder, entry.Name())
	}
	return nil
}

// readMarkdown learns which Markdown files there are that articles.jsonl does not name: the user's own, which stay as
// they are, and those of pages that a crash has interrupted.
func (n *names) readMarkdown(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name, isMarkdown := strings.CutSuffix(entry.Name(), markdownExtension)
		if !isMarkdown || n.taken["/"+fold(name)] {
			continue
		}
		if address := addressOfFile(filepath.Join(dir, entry.Name())); address != "" && n.owned["/"+address] == "" {
			n.own("", name, address)
			continue
		}
		n.reserve("", name)
	}
	return nil
}

// addressOfFile reads the address in a file's front matter; empty where there is none.
func addressOfFile(name string) string {
	const longestMatter = 64 << 10
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, longestMatter))
	if err != nil {
		return ""
	}
	return addressOf(b)
}

// fold gives names one form that some file system takes for the same: HFS+ and APFS normalize, NTFS and they fold case.
// Full case folding and compatibility forms are more than any of them does.
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
