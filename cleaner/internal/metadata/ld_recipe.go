package metadata

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits on a recipe's data.
const (
	maxRecipeLines = 200  // lines in each list
	maxRecipeLine  = 4000 // characters of a line
	maxRecipeDepth = 4    // levels of lists, sections and steps
)

// A RecipeLists contains the ingredients and steps of a recipe in a page's JSON-LD (schema.org/Recipe).
type RecipeLists struct{ Ingredients, Steps []string }

// recipeListsOf returns the lists of the page's only recipe, or empty lists if there is no recipe or more than one.
func recipeListsOf(objects []Object) RecipeLists {
	recipe := oneRecipe(objects)
	if recipe == nil {
		return RecipeLists{}
	}
	return recipe.recipeLists(false)
}

// oneRecipe returns the only recipe among the objects, or nil if there is no recipe or more than one. Objects with the
// same name count as one recipe; the object with the most members is returned.
func oneRecipe(objects []Object) Object {
	var recipe Object
	for _, o := range objects {
		switch {
		case !o.isType("Recipe"):
		case recipe != nil && recipe.Text("name") != o.Text("name"):
			return nil
		case recipe == nil || len(o) > len(recipe):
			recipe = o
		}
	}
	return recipe
}

// recipeLists returns the lists of a recipe. If named is true, the names of sections and steps are separate lines.
func (o Object) recipeLists(named bool) RecipeLists {
	var lists RecipeLists
	for _, key := range [...]string{"recipeIngredient", "ingredients"} {
		if lists.Ingredients == nil {
			lists.Ingredients = appendRecipeLines(nil, o[key], 0, named)
		}
	}
	lists.Steps = appendRecipeLines(nil, o["recipeInstructions"], 0, named)
	return lists
}

// breaks matches tags that begin or end a line. The texts in the data may contain markup.
var breaks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)</?(?:p|li|br|div|ol|ul)\b[^<>]{0,200}>`)
})

// appendRecipeLines adds the lines of a value: a text, a list, a step, or a section with steps. If named is true, it
// also adds the name of a section or step, unless its text begins with the name or several steps share the name. If
// named is false, it adds a name only if the section or step has no text.
func appendRecipeLines(lines []string, value any, depth int, named bool) []string {
	if depth > maxRecipeDepth || len(lines) >= maxRecipeLines {
		return lines
	}
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "<") {
			v = breaks().ReplaceAllString(v, "\n")
		}
		v = withoutMojibake(v)
		for line := range strings.Lines(v) {
			line = text.PlainText(html.UnescapeString(line), maxRecipeLine)
			if strings.ContainsFunc(line, unicode.IsLetter) && len(lines) < maxRecipeLines {
				lines = append(lines, line)
			}
		}
	case []any:
		names := make(map[string]int)
		for _, e := range v {
			if step, ok := e.(map[string]any); ok {
				name, _ := step["name"].(string)
				names[name]++
			}
		}
		for _, e := range v {
			if step, ok := e.(map[string]any); ok && step["text"] != nil {
				if name, _ := step["name"].(string); names[name] > 1 { // the generic name of a step
					e = step["text"]
				}
			}
			lines = appendRecipeLines(lines, e, depth+1, named)
		}
	case map[string]any:
		name, _ := v["name"].(string)
		more := v["itemListElement"]
		if more == nil {
			more = v["text"]
		}
		steps := appendRecipeLines(nil, more, depth+1, named)
		if name = text.PlainText(name, maxRecipeLine); name != "" && (len(steps) == 0 ||
			named && !strings.HasPrefix(steps[0], strings.TrimRight(name, ".…"))) { // some names are the first words
			lines = append(lines, name)
		}
		lines = append(lines, steps...)
	}
	return lines[:min(len(lines), maxRecipeLines)]
}

// withoutMojibake removes the extra letter that remains when a no-break space or a fraction in UTF-8 was decoded as
// Latin-1.
func withoutMojibake(s string) string {
	if !strings.Contains(s, "Â") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if next, _ := utf8.DecodeRuneInString(s[min(i+len("Â"), len(s)):]); r != 'Â' || next < 0xA0 || next > 0xBF {
			b.WriteRune(r)
		}
	}
	return b.String()
}
