package metadata

import "encoding/json"

// parselyKeys maps the members of the data in <meta name="parsely-page"> to the names of the meta elements that have
// the same values in Parse.ly's later format.
var parselyKeys = [...][2]string{
	{"title", "parsely-title"},
	{"author", "parsely-author"},
	{"authors", "parsely-author"},
	{"pub_date", "parsely-pub-date"},
	{"section", "parsely-section"},
	{"tags", "parsely-tags"},
	{"image_url", "parsely-image-url"},
}

// addParsely adds the members of the data in <meta name="parsely-page"> to the page's meta elements.
func (f *Findings) addParsely(content string) {
	if len(content) > maxLDBytes {
		return
	}
	var page map[string]any
	if json.Unmarshal([]byte(content), &page) != nil {
		return
	}
	for _, key := range parselyKeys {
		for _, value := range stringsOf(page[key[0]], "name") {
			if value != "" && len(f.meta[key[1]]) < maxValues {
				f.meta[key[1]] = append(f.meta[key[1]], value)
			}
		}
	}
}
