package siterules

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// A Directive reports how well the directives with one name in fivefilters' files are supported.
type Directive struct {
	Name string
	// Honored is the number of supported directives. Needless is the number of supported directives that only request
	// the default behavior.
	Honored, Needless int
	// Unsupported is the number of directives that have an unsupported name or value, that lack another directive to
	// which they belong, or that are in a file that is not about a host. Why lists the reasons for the first hundred of
	// them, with file and line.
	Unsupported int
	Why         []string
}

// maxWhy is the maximum number of reasons in a Directive.
const maxWhy = 100

// Report returns one Directive for each name of a directive in fivefilters' files, sorted by name. It compiles the
// selectors of all files, which takes much longer than loading them.
func (r *Rules) Report() []Directive {
	names := make(map[string]*Directive)
	for _, f := range r.sortedFiles() {
		for _, n := range f.compiled().outcomes {
			of := names[n.name]
			if of == nil {
				of = &Directive{Name: n.name}
				names[n.name] = of
			}
			switch n.fate {
			case unsupported:
				of.Unsupported++
				if len(of.Why) < maxWhy {
					of.Why = append(of.Why, place(f.name, n.line)+": "+n.why)
				}
			case needless:
				of.Needless++
				of.Honored++
			default:
				of.Honored++
			}
		}
	}
	list := make([]Directive, 0, len(names))
	for _, of := range names {
		list = append(list, *of)
	}
	slices.SortFunc(list, func(a, b Directive) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// Faults returns the errors in fivefilters' files: lines that are not directives, as *Error with ErrRule, and read
// errors. Report lists the unsupported directives. Like Report, Faults reads all files.
func (r *Rules) Faults() (faults []error) {
	for _, f := range r.sortedFiles() {
		faults = append(faults, f.compiled().faults...)
	}
	return faults
}

func (r *Rules) sortedFiles() []*ftrFile {
	return slices.SortedFunc(maps.Values(r.files), func(a, b *ftrFile) int { return cmp.Compare(a.name, b.name) })
}

// A Test is a page with which a fivefilters file can be tested.
type Test struct {
	// File and Line say where the page's address is given.
	File string
	Line int
	// URL is the page's address. Contains lists texts that its article must contain.
	URL      string
	Contains []string
}

// Tests returns the test pages in fivefilters' files.
func (r *Rules) Tests() (tests []Test) {
	for _, f := range r.sortedFiles() {
		tests = append(tests, f.compiled().tests...)
	}
	return tests
}

// Header returns the headers that rules specify for requests to an address, or nil. They may include another User-Agent
// and cookies. The caller decides whether to send them.
func (r *Rules) Header(address *url.URL) http.Header {
	if _, file := r.lookup(address); file != nil {
		return file.compiled().header.Clone()
	}
	return nil
}

// SignIn describes how a reader signs in to a site.
type SignIn struct {
	// Required reports whether pages are complete only for readers who are signed in.
	Required bool
	// URL is the address to which the form is sent. UserField and PasswordField are the names of its fields. Extra
	// contains further fields with their values.
	URL, UserField, PasswordField string
	Extra                         [][2]string
}

// SignIn returns how to sign in to the site of an address. The second result is false if the rules do not describe it.
func (r *Rules) SignIn(address *url.URL) (SignIn, bool) {
	if _, file := r.lookup(address); file != nil {
		in := file.compiled().signIn
		in.Extra = slices.Clone(in.Extra)
		return in, in.URL != ""
	}
	return SignIn{}, false
}
