package output

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// A Row is an article to write.
type Row struct {
	Line

	// Article is nil for a text that had no markup.
	Article *cleaner.Article
}

// A Line contains the fields that every row has.
type Line struct {
	record.Record
	// URLSource is the source of the address: "record" (the WARC record, the JSON line, the MHTML header), "sidecar"
	// (page.json), "list" (-urls or @FILE), "canonical" (the page itself), or "" if there is no address.
	URLSource string `json:"url_source"`
	// FetchedAt is the time when the page was fetched, as written in its file; "" if the file does not say.
	FetchedAt string `json:"fetched_at"`
	// Input is the id of the file that contains the page.
	Input string `json:"input"`
	// Truncated is the reason why the page is known to be incomplete; "" if it is not known to be incomplete.
	Truncated string `json:"truncated"`
}

// lineFields are the fields of a Line, by their JSON keys, in order.
var lineFields = fieldsOf(reflect.TypeFor[Line]())

type lineField struct {
	key   string
	index []int
	kind  reflect.Type
}

func fieldsOf(t reflect.Type) []lineField {
	var fields []lineField
	for _, f := range reflect.VisibleFields(t) {
		// Fields that are only set on request are taken from the article's own JSON.
		if key, options, _ := strings.Cut(f.Tag.Get("json"), ","); key != "" && options == "" && f.IsExported() {
			fields = append(fields, lineField{key, f.Index, f.Type})
		}
	}
	return fields
}

// value returns the value of a line's field.
func (r *Row) value(f lineField) any {
	return reflect.ValueOf(&r.Line).Elem().FieldByIndex(f.index).Interface()
}

// articleFields returns the fields of the article's own JSON.
func (r *Row) articleFields() (map[string]json.RawMessage, error) {
	fields := make(map[string]json.RawMessage)
	if r.Article == nil {
		return fields, nil
	}
	b, err := json.Marshal(r.Article)
	if err != nil {
		return nil, err
	}
	return fields, json.Unmarshal(b, &fields)
}
