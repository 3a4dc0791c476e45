package record

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

// extraFields maps the names of the optional fields to functions that set the options that enable them.
var extraFields = map[string]func(*cleaner.Options){
	"blocks":   func(o *cleaner.Options) { o.Blocks = true },
	"comments": func(o *cleaner.Options) { o.Comments = true },
	"entries":  func(o *cleaner.Options) { o.Entries = true },
	"posts":    func(o *cleaner.Options) { o.Posts = true },
	"product":  func(o *cleaner.Options) { o.Product = true },
	"recipe":   func(o *cleaner.Options) { o.Recipe = true },
}

// ExtraFields lists the names of the optional fields, separated by commas.
func ExtraFields() string { return strings.Join(slices.Sorted(maps.Keys(extraFields)), ", ") }

// Ask sets the options that enable optional fields. The argument fields is a list of their names separated by commas;
// the name "all" means all of them. An unknown name is an error.
func Ask(o *cleaner.Options, fields string) error {
	for name := range strings.SplitSeq(fields, ",") {
		switch name = strings.TrimSpace(name); {
		case name == "":
		case name == "all":
			for _, ask := range extraFields {
				ask(o)
			}
		case extraFields[name] == nil:
			return fmt.Errorf("unknown field %q: the fields are %s and all", name, ExtraFields())
		default:
			extraFields[name](o)
		}
	}
	return nil
}

// AskIn sets the options that enable the optional fields in a list of fields. The names in the list are separated by
// commas and may begin with "+"; the name "all" means all optional fields. AskIn returns the list with the names of the
// optional fields instead of "all". If the list has only optional fields, each name gets a "+", so that the fields are
// added to the default ones.
func AskIn(o *cleaner.Options, fields string) string {
	var list []string
	others := false
	for name := range strings.SplitSeq(fields, ",") {
		name = strings.TrimSpace(name)
		switch ask := extraFields[strings.TrimPrefix(name, "+")]; {
		case name == "all":
			for _, extra := range slices.Sorted(maps.Keys(extraFields)) {
				extraFields[extra](o)
				list = append(list, "+"+extra)
			}
		case ask != nil:
			ask(o)
			list = append(list, name)
		default:
			others = others || name != ""
			list = append(list, name)
		}
	}
	if !others {
		for k, name := range list {
			if name != "" && name[0] != '+' {
				list[k] = "+" + name
			}
		}
	}
	return strings.Join(list, ",")
}
