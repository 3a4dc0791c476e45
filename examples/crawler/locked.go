package main

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Limits on a page that only asks for a password, in words. Some sites put a whole page into one form.
const (
	maxLocked     = 60  // of the article
	maxLockedForm = 120 // of the form
)

// isLocked reports whether a page only asks for a password: at least two thirds of its short article are in a form with
// a field for one.
func isLocked(d *htmldoc.Document, a *cleaner.Article) bool {
	text := a.Text()
	words := countWords(text)
	if words > maxLocked {
		return false
	}
	form := passwordForm(d.Root)
	if form == "" || countWords(form) > maxLockedForm {
		return false
	}
	inside := 0
	for line := range strings.Lines(text) {
		if strings.Contains(form, strings.Join(strings.Fields(line), " ")) {
			inside += countWords(line)
		}
	}
	return inside > 0 && 3*inside >= 2*words
}

// passwordForm returns the text of the first form with a field for a password, or "" if there is none.
func passwordForm(root *html.Node) string {
	for n := range root.Descendants() {
		if n.DataAtom != atom.Form {
			continue
		}
		var b strings.Builder
		hasField := false
		for d := range n.Descendants() {
			switch {
			case d.Type == html.TextNode:
				b.WriteString(d.Data + " ")
			case d.DataAtom == atom.Input:
				token := html.Token{Attr: d.Attr}
				hasField = hasField || strings.EqualFold(attributeOf(&token, "type"), "password")
			}
		}
		if hasField {
			return strings.Join(strings.Fields(b.String()), " ")
		}
	}
	return ""
}
