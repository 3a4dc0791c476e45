package siterules

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

// Rules are site rules for cleaner.Options.SiteRules. Several goroutines may use them at once, but not while Add runs.
// The zero value and nil have no rules.
type Rules struct {
	// sections are the sections of YAML files by host: "example.org" for that host, ".example.org" also for its
	// subdomains.
	sections map[string][]*section
	// files are fivefilters' files by host, with the same keys.
	files map[string]*ftrFile
	mu    sync.Mutex // guards costly
	// costly are the rules whose selectors exceeded a budget.
	costly map[*rule]bool
}

// Load reads all rules files of a folder, but not of its subfolders: *.yaml, *.yml, and fivefilters' *.txt. A file
// example.org.yaml is for example.org and www.example.org, a file .example.org.yaml for example.org and all its
// subdomains. A fivefilters file is read only when a page of its host is cleaned.
//
// Errors: all errors in YAML files, as *Error with ErrRule, joined with the read errors. For the errors in fivefilters'
// files, see Faults.
func Load(dir string) (*Rules, error) { return load(os.DirFS(dir), dir) }

// LoadFS is like Load, but for a file system.
func LoadFS(fsys fs.FS) (*Rules, error) { return load(fsys, ".") }

// load reads the rules in the root of a file system, which is called name in errors: os.DirFS calls every folder ".".
func load(fsys fs.FS, name string) (*Rules, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		var inRoot *fs.PathError
		if errors.As(err, &inRoot) {
			err = inRoot.Err
		}
		return nil, fmt.Errorf("siterules: reading the folder %s: %w", name, err)
	}
	r := &Rules{}
	var faults []error
	for _, entry := range entries {
		name := entry.Name()
		switch ext := path.Ext(name); {
		case entry.IsDir():
		case ext == ".txt":
			r.addFTR(fsys, name)
		case ext == ".yaml" || ext == ".yml":
			data, err := readFile(fsys, name)
			if err == nil {
				err = r.addYAML(name, data)
			}
			if err != nil {
				faults = append(faults, err)
			}
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return r, nil
}

// maxFileBytes is the maximum size of a rules file.
const maxFileBytes = 1 << 20

func readFile(fsys fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("siterules: reading a file: %w", err)
	}
	if len(data) > maxFileBytes {
		return nil, &Error{name, 0, ErrRule, fmt.Sprintf("the file has more than %d bytes", maxFileBytes)}
	}
	return data, nil
}

// Parse parses one YAML file. name is its file name, as for Load.
//
// Errors: all errors of the file, joined, as *Error with ErrRule.
func Parse(name string, data []byte) (*Rules, error) {
	r := &Rules{}
	if err := r.addYAML(name, data); err != nil {
		return nil, err
	}
	return r, nil
}

// Add adds the rules of another Rules, which does not change. If both have a fivefilters file for a host, the one in r
// is kept. The two then share rules: a match through either counts for both in Unmatched.
func (r *Rules) Add(others *Rules) {
	for host, sections := range others.sections {
		for _, s := range sections {
			r.addSection(host, s)
		}
	}
	for host, f := range others.files {
		r.addFile(host, f)
	}
}

// addSection adds a section for a host. It keeps the sections of a host in order, the most specific first.
func (r *Rules) addSection(host string, s *section) {
	if r.sections == nil {
		r.sections = make(map[string][]*section)
	}
	list := append(r.sections[host], s)
	slices.SortStableFunc(list, func(a, b *section) int { return b.path.weight() - a.path.weight() })
	r.sections[host] = list
}

// addFile adds a fivefilters file. For each host, the first file is used.
func (r *Rules) addFile(host string, f *ftrFile) {
	if r.files == nil {
		r.files = make(map[string]*ftrFile)
	}
	if r.files[host] == nil {
		r.files[host] = f
	}
}

// hostOfFile returns the host in a file name.
func hostOfFile(name string) string {
	return normalHost(strings.TrimSuffix(name, path.Ext(name)))
}

// normalHost returns a host in lower case, without "www.".
func normalHost(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if rest, ok := strings.CutPrefix(host, "www."); ok && strings.Contains(rest, ".") {
		return rest
	}
	return host
}

// lookup returns the sections for an address, the most specific first, and the fivefilters file for it or nil.
func (r *Rules) lookup(address *url.URL) (sections []*section, file *ftrFile) {
	if r == nil || address == nil || len(r.sections)+len(r.files) == 0 {
		return nil, nil
	}
	host := normalHost(address.Hostname())
	take := func(key string) {
		for _, s := range r.sections[key] {
			if s.path.matches(address) {
				sections = append(sections, s)
			}
		}
		if file == nil {
			file = r.files[key]
		}
	}
	if host == "" {
		return nil, nil
	}
	take(host)
	for wide := "." + host; wide != ""; {
		take(wide)
		dot := strings.IndexByte(wide[1:], '.')
		if dot < 0 {
			break
		}
		wide = wide[1+dot:]
	}
	return sections, file
}

// noteCostly records that a selector exceeded its budget.
func (r *Rules) noteCostly(of *rule) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.costly == nil {
		r.costly = make(map[*rule]bool)
	}
	r.costly[of] = true
}
