package siterules

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
)

// A Directive is what became of the directives of one name in fivefilters' files.
type Directive struct {
	Name string
	// Honored is how many are honored. Needless is how many of those ask for what is done anyway.
	Honored, Needless int
	// Unsupported is how many are not honored: of names that are not, or with selectors that cannot be used. Why has the
	// reasons, with file and line, of the first hundred.
	Unsupported int
	Why         []string
}

// maxWhy is how many reasons a Directive lists.
const maxWhy = 100

// Report returns what became of all directives of fivefilters' files, by name. It compiles the selectors of all
// files, which takes much longer than loading them.
func (r *Rules) Report() []Directive {
	names := make(map[string]*Directive)
	for _, f := range r.sortedFiles() {
		for _, n := range f.compiled().notes {
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

// Faults returns what is wrong in fivefilters' files, as *Error with ErrRule: lines that are no directives; and the
// errors of reading them. Report has the directives that are not honored. Like Report it reads all files.
func (r *Rules) Faults() (faults []error) {
	for _, f := range r.sortedFiles() {
		faults = append(faults, f.compiled().faults...)
	}
	return faults
}

func (r *Rules) sortedFiles() []*ftrFile {
	return slices.SortedFunc(maps.Values(r.files), func(a, b *ftrFile) int { return cmp.Compare(a.name, b.name) })
}

// A Test is a page by which a file of fivefilters' can be tested.
type Test struct {
	File string
	Line int
	// URL is the page's address, Contains texts that its article must have.
	URL      string
	Contains []string
}

// Tests returns the pages by which fivefilters' files can be tested.
func (r *Rules) Tests() (tests []Test) {
	for _, f := range r.sortedFiles() {
		tests = append(tests, f.compiled().tests...)
	}
	return tests
}

// Header returns the headers that rules ask to send with requests to an address; nil for none. They may give another
// User-Agent and cookies: whether to send them is for the caller to decide.
func (r *Rules) Header(address *url.URL) http.Header {
	if _, file := r.lookup(address); file != nil {
		return file.compiled().header.Clone()
	}
	return nil
}

// SignIn is how rules say that a reader signs in to a site.
type SignIn struct {
	// Required reports whether pages are complete only for readers who did.
	Required bool
	// URL is the address that the form is sent to. UserField and PasswordField are the names of its fields, Extra
	// further fields with their values.
	URL, UserField, PasswordField string
	Extra                         [][2]string
}

// SignIn returns how to sign in to the site of an address; false if rules do not say.
func (r *Rules) SignIn(address *url.URL) (SignIn, bool) {
	if _, file := r.lookup(address); file != nil {
		in := file.compiled().signIn
		in.Extra = slices.Clone(in.Extra)
		return in, in.URL != ""
	}
	return SignIn{}, false
}
