package explain

import (
	"strings"

	"golang.org/x/net/html"
)

// A Field is one metadata field of the article.
type Field struct {
	// Name is the field's name as in the article's JSON. Value is its value as text.
	Name  string `json:"name"`
	Value string `json:"value"`
	// Source is the source of the value, as in Article.Provenance; "" if it has none.
	Source string `json:"source,omitempty"`
	// Places are the locations of the value on the page, at most maxPlaces.
	Places []Place `json:"places,omitempty"`
}

// A Place is a location of a field's value on the page.
type Place struct {
	// Item is the ID of the item with the value, or "" if the value is in an element that is not an item, such as a
	// meta element.
	Item string `json:"item,omitempty"`
	// Markup is the text of the item. If Item is "", it is the start tag of the element with the value.
	Markup string `json:"markup"`
}

// maxPlaces is the maximum number of places of a field.
const maxPlaces = 5

// findFields lists the fields and their places.
func (p *Page) findFields() {
	a := p.Article
	source := func(name string) string { return a.Provenance[name] }
	for _, f := range []Field{
		{Name: "title", Value: a.Title},
		{Name: "byline", Value: a.Byline},
		{Name: "authors", Value: strings.Join(a.Authors, ", ")},
		{Name: "published", Value: a.Published.String()},
		{Name: "modified", Value: a.Modified.String()},
		{Name: "publisher", Value: a.Publisher},
		{Name: "site_name", Value: a.SiteName},
		{Name: "section", Value: a.Section},
		{Name: "tags", Value: strings.Join(a.Tags, ", ")},
		{Name: "language", Value: a.Language},
		{Name: "image", Value: a.Image},
		{Name: "excerpt", Value: a.Excerpt},
		{Name: "url", Value: a.URL},
		{Name: "canonical", Value: a.Canonical},
		{Name: "content", Value: source("content")},
	} {
		if f.Value == "" {
			continue
		}
		if f.Source = source(f.Name); f.Name == "content" {
			f.Source = ""
		}
		p.Fields = append(p.Fields, f)
	}
	p.findShown()
	p.findDeclared()
}

// findShown finds the fields in the visible text.
func (p *Page) findShown() {
	for k := range p.Fields {
		f := &p.Fields[k]
		isDate := f.Name == "published" || f.Name == "modified"
		if f.Name == "image" || f.Name == "language" || f.Name == "canonical" || f.Name == "content" || f.Name == "url" {
			continue
		}
		value := strings.ToLower(fold(f.Value))
		for i := range p.Items {
			it := &p.Items[i]
			found := isDate && it.Rule == "date-line" || f.Name == "title" && it.Kind == "headline" ||
				!isDate && len(value) > 2 && it.Words < 60 && strings.Contains(strings.ToLower(fold(it.Text)), value)
			if found && len(f.Places) < maxPlaces {
				f.Places = append(f.Places, Place{Item: it.ID, Markup: it.Text})
			}
		}
	}
}

// findDeclared finds the fields in the markup: in attributes, in the title and in JSON.
func (p *Page) findDeclared() {
	for n := range p.doc.Root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		var has string
		switch n.Data {
		case "meta", "link", "time", "html":
			for _, a := range n.Attr {
				if a.Key == "content" || a.Key == "href" || a.Key == "datetime" || a.Key == "lang" {
					has = a.Val
				}
			}
		case "title":
			has = textOf(n)
		case "script":
			if n.FirstChild != nil && isJSON(n) {
				has = n.FirstChild.Data
			}
		}
		if has == "" {
			continue
		}
		has = strings.ToLower(fold(has))
		for k := range p.Fields {
			f := &p.Fields[k]
			if len(f.Places) < maxPlaces && f.Name != "content" && declares(n, has, f) {
				f.Places = append(f.Places, Place{Markup: markupOf(n)})
			}
		}
	}
}

// declares reports whether an element may be the source of a field. The element's content is passed as has, in lower
// case.
func declares(n *html.Node, has string, f *Field) bool {
	value := strings.ToLower(fold(f.Value))
	switch {
	case f.Name == "published" || f.Name == "modified":
		const day = len("2026-01-02")
		return len(value) >= day && strings.Contains(has, value[:day])
	case n.Data == "html":
		return f.Name == "language" && strings.HasPrefix(has, value)
	case f.Name == "language":
		return n.Data == "meta" && has == value
	}
	return len(value) > 2 && strings.Contains(has, value)
}

func isJSON(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "type" {
			return strings.Contains(strings.ToLower(a.Val), "json")
		}
	}
	return false
}

// markupOf returns the start tag of an element, shortened to 300 characters. For a title, it adds the text.
func markupOf(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key + `="` + cut(a.Val, 120) + `"`)
	}
	b.WriteString(">")
	if n.Data == "title" {
		b.WriteString(fold(textOf(n)))
	}
	return cut(b.String(), 300)
}

// cut shortens a text that has more than the given number of characters, and then adds an ellipsis.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
