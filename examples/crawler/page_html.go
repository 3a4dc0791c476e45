package main

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
)

// pageText is the template of a page of -format html, in one file with its style. Its content security policy does not
// let anything run, whatever the article contains.
//
//go:embed page.tmpl
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// renderHTML returns an article as a complete page.
func renderHTML(d *document) ([]byte, error) {
	day := d.Record.Published.String()
	if day == "" {
		day = d.Record.Modified.String()
	}
	by := strings.Join(d.Record.Authors, ", ")
	if by == "" {
		by = d.Record.Byline
	}
	content := template.HTML(d.Article.HTML()) //nolint:gosec // the cleaner has sanitized it
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, struct {
		*document
		By, Day, Short string
		Content        template.HTML
	}{d, by, day, day[:min(len(day), len("2026-01-02"))], content})
	return b.Bytes(), err
}

// renderText returns an article as plain text, preceded by its title, authors, publication date and address.
func renderText(d *document) ([]byte, error) {
	var b strings.Builder
	about := append(d.Record.Authors[:len(d.Record.Authors):len(d.Record.Authors)], d.Record.Published.String())
	for _, line := range []string{d.Record.Title, strings.Trim(strings.Join(about, ", "), ", "), d.Record.URL} {
		if line != "" {
			b.WriteString(line + "\n")
		}
	}
	b.WriteString("\n" + d.Article.Text() + "\n")
	return []byte(b.String()), nil
}
