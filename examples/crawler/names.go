package main

import (
	"encoding/json"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// maxName is the maximum length, in bytes, of a slug or title in a file name. File systems allow names of 255 bytes,
// but users read the names.
const maxName = 80

// The type names assigns file names that pages cannot misuse. By default, the names contain only letters, digits and
// hyphens. No two of them are equal on a file system that folds case or normalizes Unicode, and none of them is
// reserved by Windows. A page that is written again gets the same name, even if an earlier run wrote it.
type names struct {
	taken map[string]bool   // by folder and folded name
	owned map[string]string // the name of a page, by folder and address
	next  map[string]int    // how many numbers were tried for a name, by folder and folded name without number
}

func newNames() *names {
	return &names{taken: make(map[string]bool), owned: make(map[string]string), next: make(map[string]int)}
}

// take returns the name of an article: the one that its address already has, or a new one made by the pattern.
func (n *names) take(pattern *namePattern, a *cleaner.Article) string {
	return n.takeIn("", a.URL, func() string { return pattern.name(a) })
}

// takeIn returns a name in a folder for an address: the name that the address already has, or otherwise the name that
// the function propose returns, with a number if that name is taken.
func (n *names) takeIn(folder, address string, propose func() string) string {
	if name, ok := n.owned[folder+"/"+address]; ok {
		return name
	}
	base := propose()
	name, key := base, folder+"/"+fold(base)
	for n.taken[folder+"/"+fold(name)] {
		n.next[key]++
		name = base + "-" + strconv.Itoa(n.next[key]+1)
	}
	n.own(folder, name, address)
	return name
}

// own records that a page has a name.
func (n *names) own(folder, name, address string) {
	n.owned[folder+"/"+address] = name
	n.reserve(folder, name)
}

// reserve records that a name must not be assigned.
func (n *names) reserve(folder, name string) { n.taken[folder+"/"+fold(name)] = true }

// htmlFolder stands for the folder of -save-html in the keys of names. savedAbout is the file in each page's folder
// that contains the page's address.
const (
	htmlFolder = "html"
	savedAbout = "page.json"
)

// readSaved records which folders of -save-html earlier runs created, and for which pages.
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

// readFiles records the files with a format's extension that articles.jsonl does not name: the user's own files, which
// are never overwritten, and those of pages whose writing was interrupted by a crash. It removes unfinished files of a
// killed run. It reads subfolders only if the parameter folders is true, and never the crawler's own.
func (n *names) readFiles(dir string, folders bool) error {
	return filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && file != dir &&
			(!folders || strings.HasPrefix(entry.Name(), ".") || isOurFolder(entry.Name())):
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		case strings.HasPrefix(entry.Name(), whole.TemporaryPrefix):
			return ignoreMissing(os.Remove(file))
		}
		extension := filepath.Ext(file)
		name, err := filepath.Rel(dir, strings.TrimSuffix(file, extension))
		if name = filepath.ToSlash(name); err != nil || !isFormat(extension) || n.taken["/"+fold(name)] {
			return err
		}
		if extension == markdownExtension {
			if address := addressOfFile(file); address != "" && n.owned["/"+address] == "" {
				n.own("", name, address)
				return nil
			}
		}
		n.reserve("", name)
		return nil
	})
}

// isFormat reports whether an extension is that of a format's files.
func isFormat(extension string) bool {
	return extension != "" && slices.ContainsFunc(formats, func(f *format) bool { return f.extension == extension })
}

// addressOfFile returns the address in a file's front matter, or "" if there is none.
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

// fold returns the same form for all names that at least one file system treats as equal: HFS+ and APFS normalize
// Unicode, and they and NTFS fold case. Full case folding and compatibility forms go further than any of them.
func fold(name string) string { return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name))) }

// addressSlug converts an address to a file name.
func addressSlug(address string) string {
	name := slugOfURL(address)
	if isReserved(name) {
		return "page-" + name
	}
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

// slug converts a text to lower case, replaces each run of characters other than letters, digits and combining marks
// with a hyphen, and cuts the result to maxName bytes.
func slug(s string) string { return slugTo(s, maxName) }

// slugTo is like slug, but with a given maximum length in bytes.
func slugTo(s string, longest int) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFC.String(s) {
		if unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
			continue // invisible letters and marks, which HFS+ ignores
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			hyphen = b.Len() > 0
			continue
		}
		r = unicode.ToLower(r)
		if b.Len()+len(string(r))+1 > longest {
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

// isReserved reports whether a name in lower case is that of a device, which Windows opens instead of a file, or that
// of articles.jsonl without its extension.
func isReserved(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul", "articles":
		return true
	}
	return len(s) == 4 && (strings.HasPrefix(s, "com") || strings.HasPrefix(s, "lpt")) && s[3] >= '0' && s[3] <= '9'
}
