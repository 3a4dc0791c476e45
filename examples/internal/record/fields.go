package record

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

// extraFields are the fields of a record that are there only if asked for, and how cleaner's Options ask.
var extraFields = map[string]func(*cleaner.Options){
	"comments": func(o *cleaner.Options) { o.Comments = true },
	"posts":    func(o *cleaner.Options) { o.Posts = true },
	"product":  func(o *cleaner.Options) { o.Product = true },
	"recipe":   func(o *cleaner.Options) { o.Recipe = true },
}

// ExtraFields lists the names of those fields, separated by commas.
func ExtraFields() string { return strings.Join(slices.Sorted(maps.Keys(extraFields)), ", ") }

// Ask sets the options that ask for fields: a list of names separated by commas, or "all".
func Ask(o *cleaner.Options, fields string) error {
	for name := range strings.SplitSeq(fields, ",") {
		switch name = strings.TrimSpace(name); {
		case name == "":
		case name == "all":
			for _, ask := range extraFields {
				ask(o)
			}
		case extraFields[name] == nil:
			return fmt.Errorf("unknown field %q: there are %s and all", name, ExtraFields())
		default:
			extraFields[name](o)
		}
	}
	return nil
}
