package siterules

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// fivefilters' files have one directive per line, "name: value" or "name(argument): value", and comments after "#". A
// file is read when the first page of its host arrives, because reading two thousand files takes a tenth of a second.

// A directive is one line of a file.
type directive struct {
	name, argument, value string
	line                  int
}

// An ftrFile is a file in fivefilters' format.
type ftrFile struct {
	fsys  fs.FS
	name  string
	host  string
	once  sync.Once
	rules *ftrRules
}

// compiled returns the file's rules. The file is read and compiled on first use.
func (f *ftrFile) compiled() *ftrRules {
	f.once.Do(func() { f.rules = f.compile() })
	return f.rules
}

// noHost contains the names of .txt files that are not about a host.
var noHost = map[string]bool{"license": true, "readme": true, "about": true}

// addFTR adds a file, which is named after its host, unless its name is in noHost.
func (r *Rules) addFTR(fsys fs.FS, name string) {
	if host := hostOfFile(name); !noHost[host] {
		r.addFile(host, &ftrFile{fsys: fsys, name: name, host: host})
	}
}

// isForHost reports whether the file is about a host. Other programs apply some files to all pages, or to all pages of
// one publishing system.
func (f *ftrFile) isForHost() bool {
	return strings.Contains(strings.Trim(f.host, "."), ".") && !strings.HasPrefix(f.host, "fingerprint.")
}

// read returns the file's directives and errors.
func (f *ftrFile) read() (directives []directive, faults []error) {
	data, err := readFile(f.fsys, f.name)
	if err != nil {
		return nil, []error{err}
	}
	line := 0
	for text := range strings.SplitSeq(strings.TrimPrefix(string(data), "\uFEFF"), "\n") {
		line++
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		d, ok := parseDirective(text)
		if !ok {
			faults = append(faults, &Error{f.name, line, ErrRule, fmt.Sprintf("%.80q is not a directive", text)})
			continue
		}
		d.line = line
		directives = append(directives, d)
	}
	return directives, faults
}

// parseDirective parses a line. An argument ends at the first closing parenthesis that a colon follows, so it may
// contain other parentheses and colons.
func parseDirective(text string) (d directive, ok bool) {
	end := 0
	for end < len(text) && (text[end] == '_' || text[end] >= 'a' && text[end] <= 'z' || text[end] >= 'A' &&
		text[end] <= 'Z') {
		end++
	}
	d.name = strings.ToLower(text[:end])
	rest := strings.TrimLeft(text[end:], " \t")
	if strings.HasPrefix(rest, "(") {
		for from := 1; ; {
			closing := strings.IndexByte(rest[from:], ')')
			if closing < 0 {
				return d, false
			}
			after := strings.TrimLeft(rest[from+closing+1:], " \t")
			if strings.HasPrefix(after, ":") {
				d.argument, rest = rest[1:from+closing], after
				break
			}
			from += closing + 1
		}
	}
	if d.name == "" || !strings.HasPrefix(rest, ":") {
		return d, false
	}
	d.value = strings.TrimSpace(rest[1:])
	return d, true
}
