package cleaner

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	minRecipeLines = 2   // minimum number of lines of a list that is added
	maxShownLines  = 0.3 // maximum share of the list's lines that may already be in the article
	minShownWords  = 0.6 // share of a line's words that must be in the article for the line to count as shown
)

// addRecipe adds the list of ingredients and the list of steps from the page's JSON-LD. It adds each list only if the
// article has hardly any of its lines, because the page shows them only after a script has run.
func (p *page) addRecipe(a *Article) {
	lists := p.Meta.RecipeLists
	if a.content == nil || len(lists.Ingredients)+len(lists.Steps) == 0 {
		return
	}
	words := make(map[string]bool)
	for word := range strings.FieldsSeq(text.FoldLetters(a.Text())) {
		words[word] = true
	}
	for _, list := range [...]struct {
		tag   atom.Atom
		lines []string
	}{{atom.Ul, lists.Ingredients}, {atom.Ol, lists.Steps}} {
		all := float64(len(list.lines))
		if all < minRecipeLines || float64(shownLines(list.lines, words)) > maxShownLines*all {
			continue
		}
		a.content.AppendChild(listOf(list.tag, list.lines))
		a.Provenance["recipe"] = "json-ld"
	}
}

// shownLines counts the lines in which the share of words from the given set is at least minShownWords.
func shownLines(lines []string, words map[string]bool) int {
	shown := 0
	for _, line := range lines {
		own := strings.Fields(text.FoldLetters(line))
		found := 0
		for _, word := range own {
			if words[word] {
				found++
			}
		}
		if float64(found) >= minShownWords*float64(len(own)) {
			shown++
		}
	}
	return shown
}

func listOf(tag atom.Atom, lines []string) *html.Node {
	list := dom.NewElement(tag)
	for _, line := range lines {
		item := dom.NewElement(atom.Li)
		item.AppendChild(dom.NewText(line))
		list.AppendChild(item)
	}
	return list
}
