package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrFields means that a list of fields is invalid.
var ErrFields = errors.New("bad list of fields")

// Fields is a selection of the fields of a row, by their JSON keys. A field may be from a Line or from the article's
// own JSON (see cleaner.Article). Fields is safe for concurrent use.
type Fields struct{ columns []column }

// A column is a selected field. A field that a Line does not have is from the article's own JSON.
type column struct {
	lineField
	own bool
}

// ownKeys are the keys that only the article's own JSON has.
var ownKeys = strings.Fields(`blocks comments confidence declined entries html kind_probability paywalled posts product
	provenance reading_minutes recipe removed`)

// Keys lists the keys of all fields, separated by commas.
func Keys() string {
	keys := slices.Clone(ownKeys)
	for _, field := range lineFields {
		keys = append(keys, field.key)
	}
	slices.Sort(keys)
	return strings.Join(keys, ", ")
}

// Select returns the fields that two comma-separated lists select: those in the list fields ("" means all fields of a
// Line), without those in the list omit. If all names in the list fields begin with "+", they are added to a Line's
// fields. Select returns ErrFields if the list fields has an unknown field, if the list omit has a field that is not
// selected, or if no field is left.
func Select(fields, omit string) (*Fields, error) {
	f := &Fields{}
	wanted := names(fields)
	if !slices.ContainsFunc(wanted, func(name string) bool { return !strings.HasPrefix(name, "+") }) {
		for _, field := range lineFields {
			f.columns = append(f.columns, column{lineField: field})
		}
	}
	for _, name := range wanted {
		if err := f.add(strings.TrimPrefix(name, "+")); err != nil {
			return nil, err
		}
	}
	for _, name := range names(omit) {
		before := len(f.columns)
		f.columns = slices.DeleteFunc(f.columns, func(c column) bool { return c.key == name })
		if len(f.columns) == before {
			return nil, fmt.Errorf("%w: no field %q to omit", ErrFields, name)
		}
	}
	if len(f.columns) == 0 {
		return nil, fmt.Errorf("%w: no field is left", ErrFields)
	}
	return f, nil
}

func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func (f *Fields) add(key string) error {
	if f.Has(key) {
		return nil
	}
	for _, field := range lineFields {
		if field.key == key {
			f.columns = append(f.columns, column{lineField: field})
			return nil
		}
	}
	if !slices.Contains(ownKeys, key) {
		return fmt.Errorf("%w: unknown field %q: the fields are %s, and all", ErrFields, key, Keys())
	}
	f.columns = append(f.columns, column{lineField{key: key}, true})
	return nil
}

// Has reports whether a field is selected.
func (f *Fields) Has(key string) bool {
	return slices.ContainsFunc(f.columns, func(c column) bool { return c.key == key })
}

// ownFields returns the fields of the article's own JSON, or nil if no selected field is from it.
func (f *Fields) ownFields(r *Row) (map[string]json.RawMessage, error) {
	if !slices.ContainsFunc(f.columns, func(c column) bool { return c.own }) {
		return nil, nil
	}
	return r.articleFields()
}
