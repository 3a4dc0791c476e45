package metadata

import (
	"regexp"
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Bounds of what is read of a recipe: lines of each list, bytes of a line, and the depth of sections.
const (
	maxRecipeLines = 200
	maxRecipeLine  = 4000
	maxRecipeDepth = 4
)

// A RecipeLists is what a page's JSON-LD says that a recipe consists of (schema.org/Recipe).
type RecipeLists struct{ Ingredients, Steps []string }

// recipeListsOf returns the lists of the page's one recipe, nothing if there are several.
func recipeListsOf(objects []Object) RecipeLists {
	recipe := oneRecipe(objects)
	if recipe == nil {
		return RecipeLists{}
	}
	return recipe.recipeLists()
}

// oneRecipe returns the only recipe among objects; nil if there is none or several. A page may repeat its recipe.
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

func (o Object) recipeLists() RecipeLists {
	var lists RecipeLists
	for _, key := range [...]string{"recipeIngredient", "ingredients"} {
		if lists.Ingredients == nil {
			lists.Ingredients = appendRecipeLines(nil, o[key], 0)
		}
	}
	lists.Steps = appendRecipeLines(nil, o["recipeInstructions"], 0)
	return lists
}

// breaks matches the tags that begin or end a line in the markup that data may have.
var breaks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)</?(?:p|li|br|div|ol|ul)\b[^<>]{0,200}>`)
})

// appendRecipeLines adds the lines of a value: a text, a list, a step, or a section with steps.
func appendRecipeLines(lines []string, value any, depth int) []string {
	if depth > maxRecipeDepth || len(lines) >= maxRecipeLines {
		return lines
	}
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "<") {
			v = breaks().ReplaceAllString(v, "\n")
		}
		for line := range strings.Lines(v) {
			if line = text.PlainText(line, maxRecipeLine); line != "" && len(lines) < maxRecipeLines {
				lines = append(lines, line)
			}
		}
	case []any:
		for _, e := range v {
			lines = appendRecipeLines(lines, e, depth+1)
		}
	case map[string]any:
		switch steps := v["itemListElement"]; {
		case steps != nil:
			lines = appendRecipeLines(lines, steps, depth+1)
		case v["text"] != nil:
			lines = appendRecipeLines(lines, v["text"], depth+1)
		default:
			lines = appendRecipeLines(lines, v["name"], depth+1)
		}
	}
	return lines
}
